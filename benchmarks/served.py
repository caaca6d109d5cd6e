"""The program as it is served, and beside it under /bare/ the bare pages, in the same processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from chibo.wsgi import application as chibo

if TYPE_CHECKING:
    from collections.abc import Iterable

from benchmarks import bare

with override_settings(MIDDLEWARE=bare.MIDDLEWARE):
    beside = WSGIHandler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    handler = beside if environ["PATH_INFO"].startswith("/bare/") else chibo
    return handler(environ, start_response)
