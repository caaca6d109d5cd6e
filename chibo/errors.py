"""When something has failed here: a page that needs nothing, with what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponseServerError
from django.template.loader import render_to_string

from members.sent import Sent

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponseServerError(render_to_string("500.html", {"written": _written(request)}))


def _written(request: HttpRequest) -> list[str]:
    """Whatever failed may be what was sent itself."""
    try:
        sent = Sent.by(request)
    except Exception:
        return []
    return sent.written if sent is not None and sent.is_of(request.user) else []
