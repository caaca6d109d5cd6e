"""The password once more before what cannot be undone or leaves the house; what was pressed is kept and goes on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from members.entry.door import has_proved, proves
from members.entry.forms import OwnPassword
from members.sent import next_of

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict
    from django.http.response import HttpResponseBase

    from members.access import MemberRequest

ASKED = "asked-again"  # before the names of this form's inputs, so that they are nobody else's
_OWN = (f"{ASKED}-old", "csrfmiddlewaretoken")

View = Callable[..., "HttpResponseBase"]


def password_again(view: View) -> View:
    """Where the password was typed some minutes ago nothing is asked."""

    @wraps(view)
    def handle(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if has_proved(request):
            return view(request, *args, **kwargs)
        if request.method != "POST":
            return _ask(request, OwnPassword(request.user, prefix=ASKED), next=request.get_full_path())
        typed = f"{ASKED}-old" in request.POST
        form = OwnPassword(request.user, request.POST if typed else None, prefix=ASKED)
        if not form.is_valid():
            return _ask(request, form)
        proves(request)
        request.POST = _pressed(request)  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return handle


def password_again_to_send(view: View) -> View:
    """The same where the page itself is free to read and only what is pressed on it is not."""
    asked = password_again(view)

    @wraps(view)
    def handle(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return (asked if request.method == "POST" else view)(request, *args, **kwargs)

    return handle


def _pressed(request: MemberRequest) -> QueryDict:
    """What was sent, without the password."""
    kept = request.POST.copy()
    for name in _OWN:
        kept.pop(name, None)
    return kept


def _ask(request: MemberRequest, form: OwnPassword, **more: Any) -> HttpResponse:
    kept = [(name, value) for name, values in _pressed(request).lists() for value in values]
    address = reverse("password-again") if more else request.get_full_path()
    context = {"form": form, "kept": kept, "address": address, **more}
    return render(request, "members/password_again.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_POST
def ask_before_reading(request: MemberRequest) -> HttpResponse:
    """The way back to a page that was only to be read or saved as a file."""
    form = OwnPassword(request.user, request.POST, prefix=ASKED)
    if not form.is_valid():
        return _ask(request, form, next=next_of(request))
    proves(request)
    return redirect(next_of(request))
