"""The bare pages that ours are held against: Django's own middleware, session and account, and no work of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.template import engines
from django.urls import path
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from meetings.models import Remark
from members.accounts import posts_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponseBase

#: What `startproject` writes down, and the way to the pages below.
MIDDLEWARE = [
    "benchmarks.bare.lead_here",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "benchmarks.bare.account",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AROUND = "<!doctype html><title></title><p></p>\n"
TEMPLATE = engines["django"].from_string("<!doctype html><title>{{ name }}</title><p>{{ text }}</p>\n")


def lead_here(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    def handle(request: HttpRequest) -> HttpResponseBase:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return get_response(request)

    return handle


def account(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The account by the same question as ours, but as Django asks any: built anew each time."""

    def look_up(request: HttpRequest) -> Any:
        return posts_of(timezone.localdate(), request.session[SESSION_KEY])[0].member.account

    def handle(request: HttpRequest) -> HttpResponseBase:
        request.user = SimpleLazyObject(lambda: look_up(request))
        return get_response(request)

    return handle


def page(request: HttpRequest, size: int) -> HttpResponse:
    """A page of so many bytes for whoever is signed in; the account is looked up, nothing else."""
    name = request.user.get_username()
    return HttpResponse(TEMPLATE.render({"name": name, "text": "x" * (size - len(AROUND) - len(name))}))


def save(request: HttpRequest, pk: int) -> JsonResponse:
    """The least that saving can be: one update of one row, for whoever is signed in."""
    if not request.user.is_authenticated:
        return JsonResponse({}, status=403)
    with transaction.atomic():
        Remark.objects.filter(pk=pk).update(awareness=request.POST["awareness"])
    return JsonResponse({"rev": 1, "at": "00:00", "version": 1})


urlpatterns = [path("bare/page/<int:size>/", page), path("bare/save/<int:pk>/", save)]
