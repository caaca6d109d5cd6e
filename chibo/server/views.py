"""The administrator's pages about the server, and the one word that a machine asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from chibo.server import actions, health
from chibo.server.sign import gravest_first, worst
from members.access import require_administrator
from members.refusal import Refused

if TYPE_CHECKING:
    from members.access import MemberRequest


@login_not_required
@require_GET
def alive(request: HttpRequest) -> HttpResponse:
    """ "ok" or "not ok", and nothing else: anybody may ask."""
    up = health.is_up()
    return HttpResponse("ok\n" if up else "not ok\n", status=200 if up else 503, content_type="text/plain")


@require_GET
def server(request: MemberRequest) -> HttpResponse:
    """Where everything is that the administrator keeps."""
    require_administrator(request.user)
    return render(request, "chibo/server.html", {"admin_pages": settings.ADMIN_PAGES})


@require_GET
def server_health(request: MemberRequest) -> HttpResponse:
    """What is well, what is not, and what to do."""
    require_administrator(request.user)
    signs = gravest_first(health.signs())
    return render(request, "chibo/health.html", {"signs": signs, "worst": worst(signs), "now": timezone.now()})


@require_http_methods(["GET", "POST"])
def server_mail(request: MemberRequest) -> HttpResponse:
    """A letter to oneself, and what the mail server answered."""
    require_administrator(request.user)
    answered, refused = None, ""
    if request.method == "POST":
        try:
            answered = actions.send_test(by=request.user, at=timezone.now())
        except Refused as why:
            refused = why.sentence
    context = {
        "host": settings.EMAIL_HOST,
        "port": settings.EMAIL_PORT,
        "tls": settings.EMAIL_USE_TLS,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "answered": answered,
        "refused": refused,
    }
    return render(request, "chibo/server_mail.html", context, status=422 if refused else 200)
