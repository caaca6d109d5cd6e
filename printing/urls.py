"""Addresses of large papers."""

from django.urls import path

from printing import views

urlpatterns = [
    path("cells/<int:cell>/book/<int:year>.pdf", views.year_book, name="year-book"),
    path("printing/<int:pk>/", views.order, name="order"),
    path("printing/<int:pk>/give-up/", views.order_give_up, name="order-give-up"),
    path("printing/<int:pk>/again/", views.order_again, name="order-again"),
]
