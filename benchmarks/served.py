"""The program as it is served, and beside it under /bare/ the bare pages, in the same processes."""

from __future__ import annotations

from multiprocessing import Value
from typing import TYPE_CHECKING, Any

from django.core.handlers.wsgi import WSGIHandler
from django.db.backends.signals import connection_created
from django.http import HttpResponse
from django.shortcuts import render
from django.test.utils import override_settings
from django.urls import path

from chibo.wsgi import application as ours  # first of all: it starts Django

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest

import chibo.urls
from benchmarks import bare

ASKED = Value("Q", 0)  # questions to the database, of all processes: made before they part


def frame(request: HttpRequest) -> HttpResponse:
    """Our middleware, session, account, menu and base template, and nothing in the middle."""
    return render(request, "base.html")


def queries(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(ASKED.value))


def _count(execute: Callable[..., Any], *given: Any) -> Any:
    with ASKED.get_lock():
        ASKED.value += 1
    return execute(*given)


def _be_counted(connection: Any, **_: Any) -> None:
    if _count not in connection.execute_wrappers:
        connection.execute_wrappers.append(_count)


connection_created.connect(_be_counted)
chibo.urls.urlpatterns.append(path("bench/frame/", frame))
bare.urlpatterns.append(path("bare/queries/", queries))

with override_settings(MIDDLEWARE=bare.MIDDLEWARE):
    beside = WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    handler = beside if environ["PATH_INFO"].startswith("/bare/") else ours
    return handler(environ, start_response)
