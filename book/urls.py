"""Addresses of the book."""

from django.urls import path

from book import views

urlpatterns = [
    path("cells/<int:cell>/book/", views.book, name="book"),
    path("cells/<int:cell>/book.pdf", views.book_sheet, name="book-sheet"),
]
