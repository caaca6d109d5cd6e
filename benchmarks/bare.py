"""The bare pages that ours are held against: the same middleware, session and account, and no work of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

if TYPE_CHECKING:
    from django.http import HttpRequest

TEMPLATE = engines["django"].from_string("<!doctype html><title>{{ user.username }}</title><p>{{ text }}</p>")

# Set by the benchmark before each page: how many bytes, and the statements that our page sends.
size = 0
statements: list[str] = []


def text(request: HttpRequest) -> HttpResponse:
    """A page of the same number of bytes; the account is looked up, nothing else."""
    return HttpResponse(TEMPLATE.render({"text": "x" * size, "user": request.user}))


def queries(request: HttpRequest) -> HttpResponse:
    """The same, and the statements of our page are sent and read: what the database alone costs."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()
    return text(request)


urlpatterns = [path("bare/text/", text), path("bare/queries/", queries), path("", include("chibo.urls"))]
