"""The page on which a server is started for the first time; afterwards there is no such page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from members.entry import door, visits
from members.entry import start as first_start
from members.entry.actions.start import STARTED, AlreadyStarted, limited_start
from members.entry.start_forms import StartForm
from members.forming import answer, run

if TYPE_CHECKING:
    from members.models import User


@sensitive_post_parameters("code", "password", "again")
@sensitive_variables("form")
@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """While nobody has an account. Whoever sends it second is told; nothing of it is kept."""
    if not first_start.is_to_come():
        if request.method == "GET":
            raise Http404
        return _too_late(request)
    form = StartForm(request.POST or None)
    try:
        place, code = visits.place_of(request.META.get("REMOTE_ADDR", "")), request.POST.get("code", "")
        if form.is_valid() and run(form, _start, form, code, place):
            return _inside(request, form.outcome)
    except AlreadyStarted:
        return _too_late(request)
    return answer(request, "members/start.html", form)


def _start(form: StartForm, code: str, place: str) -> User:
    return limited_start(form.first, code=code, place=place)


def _too_late(request: HttpRequest) -> HttpResponse:
    return render(request, "members/start_over.html", {"reason": STARTED}, status=404)


def _inside(request: HttpRequest, user: User) -> HttpResponse:
    door.enter(request, user)
    if user.led_cells:
        messages.success(request, "Đã lập chi bộ. Việc đầu tiên: ghi các đảng viên của chi bộ.")
        on = redirect("member-add", min(user.led_cells))
    else:
        messages.success(request, "Đã lập cấp uỷ và tài khoản của đồng chí. Việc đầu tiên: thêm các chi bộ trực thuộc.")
        on = redirect("body-import", user.tenures[0].organisation_id)
    return door.remember_device(request, on, user)
