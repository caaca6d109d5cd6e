"""Pages on which a body is kept: by the committee above, by the cell's leaders what is theirs, by the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.access import load_body, require_administrator
from members.bodies import actions
from members.bodies.forms import BodyForm, CloseForm, FollowerForm, MoveForm, NewBodyForm
from members.bodies.page import Beside, left_today, named_as_superior
from members.edits import undisturbed
from members.forming import answer, run
from members.models import OrganisationKind
from members.paging import page_with
from members.posts import giving
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.access import MemberRequest
    from members.models import Organisation

PAGE = 50  # bodies


def _by(request: MemberRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


@require_http_methods(["GET", "POST"])
def body(request: MemberRequest, pk: int) -> HttpResponse:
    """What it is called, what its papers say, and the ways to what else is kept of it."""
    row = load_body(request, "body.keep", pk)
    with undisturbed(request, row):
        how: dict[str, Any] = {"named": actions.may_name(request.user, row), "below": named_as_superior(row)}
        form = BodyForm(request.POST or None, body=row, **how).over(BodyForm.initial_for(row))
        if form.is_valid() and _save(request, form, row):
            return redirect("body", pk)
    beside = Beside.of(row, request.user)
    page = page_with(beside.below, PAGE, request.GET.get("page"))
    return answer(request, "members/body.html", form, body=row, beside=beside, page=page)


def _save(request: MemberRequest, form: BodyForm, row: Organisation) -> bool:
    given = {"fields": form.columns, "also_below": form.cleaned_data.get("also_below", False)}
    if not run(form, actions.edit_body, row, **given, **_by(request)):
        return False
    more = f" Dòng cấp trên của {form.outcome} tổ chức trực thuộc đã đổi theo." if form.outcome else ""
    messages.success(request, f"Đã lưu.{more} Giấy tờ đã ký giữ nguyên như lúc ký.")
    return True


@require_http_methods(["GET", "POST"])
def body_add(request: MemberRequest, pk: int) -> HttpResponse:
    """One body below this committee."""
    return _add(request, load_body(request, "body.found", pk))


@require_http_methods(["GET", "POST"])
def body_add_top(request: MemberRequest) -> HttpResponse:
    """One that nothing stands above on this server."""
    require_administrator(request.user)
    return _add(request, None)


def _add(request: MemberRequest, above: Organisation | None) -> HttpResponse:
    form = NewBodyForm(request.POST or None)
    if form.is_valid() and run(form, actions.add_body, above, **form.cleaned_data, **_by(request)):
        if form.outcome is None:  # the same press again
            return redirect("body", above.pk) if above else redirect("server-bodies")
        messages.success(request, f"Đã lập {form.outcome}.")
        return redirect("body", form.outcome.pk)
    return answer(request, "members/body_add.html", form, above=above)


def _load_below(request: MemberRequest, pk: int) -> Organisation:
    """Nobody moves or ends the body from which they follow."""
    row = load_body(request, "body.keep", pk)
    if not actions.may_place(request.user, row):
        raise PermissionDenied("Chuyển trực thuộc, kết thúc hoạt động do cấp uỷ cấp trên của tổ chức này ghi.")
    return row


@require_http_methods(["GET", "POST"])
def body_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Below another committee."""
    row = _load_below(request, pk)
    form = MoveForm(request.POST or None)
    if form.is_valid() and run(form, actions.move_body, row, **form.cleaned_data, **_by(request)):
        messages.success(request, f"Đã chuyển {row} về trực thuộc {form.outcome}.")
        return redirect("body", pk)
    return answer(request, "members/body_move.html", form, body=row)


@require_http_methods(["GET", "POST"])
def body_close(request: MemberRequest, pk: int) -> HttpResponse:
    """It has ended; or that was a mistake."""
    row = _load_below(request, pk)
    if "reopen" in request.POST:
        return _reopen(request, row)
    form = CloseForm(request.POST or None)
    if form.is_valid() and run(form, actions.close_body, row, **form.cleaned_data, **_by(request)):
        messages.success(request, f"Đã ghi {row} kết thúc hoạt động.")
        return redirect("body", pk)
    return answer(request, "members/body_close.html", form, body=row, left=left_today(row))


def _reopen(request: MemberRequest, row: Organisation) -> HttpResponse:
    try:
        actions.reopen_body(row, **_by(request))
        messages.success(request, f"Đã bỏ ghi kết thúc: {row} hoạt động như trước.")
    except Refused as refused:
        messages.error(request, refused.sentence)
    except AlreadyDone:
        messages.info(request, f"{row} đang hoạt động.")
    return redirect("body", row.pk)


@require_http_methods(["GET", "POST"])
def follower_list(request: MemberRequest, pk: int) -> HttpResponse:
    """Who follows the cells below from this committee; posts of a cell have a page of their own."""
    row = load_body(request, "post.give", pk)
    if row.kind == OrganisationKind.CELL:
        return redirect("post-list", pk)
    form = FollowerForm(request.POST or None)
    if form.is_valid() and run(form, actions.add_follower, row, **form.cleaned_data, **_by(request)):
        messages.success(request, "Đã ghi cấp uỷ viên theo dõi.")
        return redirect("follower-list", pk)
    posts = {"posts": giving.held(row), "earlier": giving.over(row)}
    return answer(request, "members/follower_list.html", form, committee=row, **posts)
