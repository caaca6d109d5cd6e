"""Slips for many members in one go: who is chosen, then one answer with all of them, to be printed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from members.access import load_organisation
from members.entry.actions.all_slips import AT_ONCE, candidates, issue_all
from members.entry.views.slip_paper import never_kept, printed
from members.press import press_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from members.access import MemberRequest
    from members.models import Organisation

SHOWN = (
    "Đã lập phiếu ở lần bấm trước; mã chỉ hiện một lần. Phiếu đã in vẫn dùng được; chưa in kịp thì chọn lại các đồng "
    "chí ấy rồi in phiếu mới."
)
ONE_EACH = "one"


@require_http_methods(["GET", "POST"])
@sensitive_variables("issued", "context")
def all_slips(request: MemberRequest, cell: int) -> HttpResponse:
    """The codes are in this answer and nowhere else."""
    organisation, at = load_organisation(request, "slip.issue", cell), timezone.now()
    if request.method == "GET":
        return _choosing(request, organisation, at)
    chosen = {int(pk) for pk in request.POST.getlist("member") if pk.isascii() and pk.isdecimal() and len(pk) < 16}
    try:
        issued = issue_all(organisation, chosen, by=request.user, at=at, key=press_of(request))
    except Refused as refused:
        return _choosing(request, organisation, at, chosen, refused.sentence)
    except AlreadyDone:
        messages.info(request, SHOWN)
        return redirect("all-slips", organisation.pk)
    context = {
        "cell": organisation,
        "one_each": request.POST.get("each") == ONE_EACH,
        "slips": [printed(request, owner, code, at) for owner, code in issued],
    }
    return never_kept(render(request, "members/slip_papers.html", context))


def _choosing(
    request: MemberRequest, cell: Organisation, at: datetime, chosen: set[int] | None = None, refused: str = ""
) -> HttpResponse:
    """Who can be handed a first slip; as long as nobody has chosen, whoever has none is ticked, up to the bound."""
    people = candidates(cell, request.user, at)
    if chosen is None:
        chosen = {one.member.pk for one in [one for one in people if one.proposed][:AT_ONCE]}
    context = {"cell": cell, "people": people, "chosen": chosen, "refused": refused, "most": AT_ONCE}
    return render(request, "members/all_slips.html", context, status=422 if refused else 200)
