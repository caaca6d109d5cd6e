"""Addresses of the shelf."""

from django.urls import path

from shelf import views

urlpatterns = [
    path("organisations/<int:pk>/shelf/", views.shelf, name="shelf"),
    path("organisations/<int:pk>/shelf/new/", views.entry_new, name="shelf-new"),
    path("shelf/<int:pk>/", views.entry, name="shelf-entry"),
    path("shelf/<int:pk>/edit/", views.entry_edit, name="shelf-edit"),
    path("shelf/<int:pk>/withdraw/", views.entry_withdraw, name="shelf-withdraw"),
    path("shelf/<int:pk>/file/", views.entry_file, name="shelf-file"),
    path("shelf/<int:pk>/file/add/", views.file_add, name="shelf-file-add"),
    path("quotations/<int:pk>/withdraw/", views.quotation_withdraw, name="quotation-withdraw"),
    path("meetings/<int:pk>/readings/", views.readings, name="readings"),
    path("readings/<int:pk>/remove/", views.reading_remove, name="reading-remove"),
    path("cite/<str:sheet>/<int:pk>/<str:field>/", views.cite, name="cite"),
]
