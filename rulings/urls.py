"""Addresses of what organisations fix by documents."""

from django.urls import path

from rulings import views

urlpatterns = [
    path("organisations/<int:pk>/rulings/", views.ruling_list, name="ruling-list"),
    path("organisations/<int:pk>/rulings/sample.pdf", views.ruling_sample, name="ruling-sample"),
    path("rulings/<int:pk>/end/", views.ruling_end, name="ruling-end"),
    path("organisations/<int:pk>/days-off/", views.day_off_add, name="day-off-add"),
    path("days-off/<int:pk>/remove/", views.day_off_remove, name="day-off-remove"),
]
