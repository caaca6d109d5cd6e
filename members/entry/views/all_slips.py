"""Slips for many members in one go: who is chosen, then one answer with all of them, to be printed at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from members.access import load_organisation
from members.entry.actions.all_slips import AT_ONCE, candidates, first_candidates, issue_all, issue_first
from members.entry.views.slip_paper import never_kept, printed
from members.press import press_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from members.access import MemberRequest
    from members.entry.actions.all_slips import Candidate
    from members.models import Organisation, User

SHOWN = (
    "Đã lập phiếu ở lần bấm trước; mã chỉ hiện một lần. Phiếu đã in vẫn dùng được; chưa in kịp thì chọn lại các đồng "
    "chí ấy rồi in phiếu mới."
)
ONE_EACH = "one"


@dataclass(frozen=True, slots=True)
class Way:
    """Who may be chosen at which place, what hands the slips out, and the page that it leads back to."""

    place: Organisation
    candidates: Callable[[Organisation, User, datetime], list[Candidate]]
    issue: Callable[..., list[tuple[User, str]]]
    back: str
    back_words: str


@require_http_methods(["GET", "POST"])
@sensitive_variables("issued", "context")
def all_slips(request: MemberRequest, cell: int) -> HttpResponse:
    """The codes are in this answer and nowhere else."""
    organisation = load_organisation(request, "slip.issue", cell)
    how = Way(organisation, candidates, issue_all, reverse("member-list", args=[cell]), "Đảng viên")
    return _chosen_and_printed(request, how)


@require_http_methods(["GET", "POST"])
@sensitive_variables("issued", "context")
def first_slips(request: MemberRequest, committee: int) -> HttpResponse:
    """For the secretaries of cells that nobody leads here yet."""
    organisation = load_organisation(request, "slip.first", committee)
    how = Way(
        organisation, first_candidates, issue_first, reverse("body-import", args=[committee]), "Tổ chức trực thuộc"
    )
    return _chosen_and_printed(request, how)


@sensitive_variables("issued", "context")
def _chosen_and_printed(request: MemberRequest, how: Way) -> HttpResponse:
    at = timezone.now()
    if request.method == "GET":
        return _choosing(request, how, at)
    chosen = {int(pk) for pk in request.POST.getlist("member") if pk.isascii() and pk.isdecimal() and len(pk) < 16}
    try:
        issued = how.issue(how.place, chosen, by=request.user, at=at, key=press_of(request))
    except Refused as refused:
        return _choosing(request, how, at, chosen, refused.sentence)
    except AlreadyDone:
        messages.info(request, SHOWN)
        return redirect(request.path)
    context = {
        "how": how,
        "one_each": request.POST.get("each") == ONE_EACH,
        "slips": [printed(request, owner, code, at) for owner, code in issued],
    }
    return never_kept(render(request, "members/slip_papers.html", context))


def _choosing(
    request: MemberRequest, how: Way, at: datetime, chosen: set[int] | None = None, refused: str = ""
) -> HttpResponse:
    """Who can be handed a first slip; as long as nobody has chosen, whoever has none is ticked, up to the bound."""
    people = how.candidates(how.place, request.user, at)
    if chosen is None:
        chosen = {one.member.pk for one in [one for one in people if one.proposed][:AT_ONCE]}
    context = {"how": how, "people": people, "chosen": chosen, "refused": refused, "most": AT_ONCE}
    return render(request, "members/all_slips.html", context, status=422 if refused else 200)
