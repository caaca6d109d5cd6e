"""The one address where typed text is saved: JSON for a page that saves by itself, else a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from members.access import load
from members.private import private
from members.refusal import Refused
from members.saving.actions import Conflict, save_text
from members.saving.sheet import SHEETS
from members.sent import next_of, only_own

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.saving.sheet import Sheet


@private
@require_POST
def write(request: MemberRequest, sheet: str, pk: int) -> HttpResponse:
    """Save the texts of one sheet. 200 saved, 409 somebody else saved meanwhile, 422 refused with the reason."""
    if sheet not in SHEETS:
        raise Http404
    only_own(request)
    known = SHEETS[sheet]
    row = load(request, known.rows(), known.needs, pk=pk)
    try:
        answer = save_text(sheet, row, request.POST.dict(), base=_base(request), by=request.user, at=timezone.now())
    except Refused as refused:
        return _not_saved(request, known, row, 422, {"sentence": refused.sentence})
    if isinstance(answer, Conflict):
        told = {"rev": answer.rev, "theirs": answer.theirs, "other": answer.other}
        return _not_saved(request, known, row, 409, told)
    if _wants_json(request):
        told = {"rev": answer.rev, "at": f"{timezone.localtime(answer.at):%H:%M}"}
        return JsonResponse(told if answer.said is None else {**told, "said": answer.said})
    return redirect(next_of(request))


def _base(request: MemberRequest) -> int:
    """The revision that the page was made from; what is no number is a revision that never was."""
    given = request.POST.get("base", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else -1


def _wants_json(request: MemberRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _not_saved(request: MemberRequest, sheet: Sheet, row: Any, status: int, told: dict[str, Any]) -> HttpResponse:
    """What was typed comes back: to the script as it asks for it, else on a page with the other text beside it."""
    if _wants_json(request):
        return JsonResponse(told, status=status)
    posted, theirs = request.POST.dict(), told.get("theirs", {})
    boxes = [(box, posted.get(box.name, ""), theirs.get(box.name, "")) for box in sheet.boxes(row, posted)]
    context = {
        "sheet": sheet.name,
        "row": row.pk,
        "boxes": [
            {"box": box, "mine": mine, "theirs": dict(box.choices).get(other, other) if other != mine else ""}
            for box, mine, other in boxes
        ],
        "sentence": told.get("sentence", ""),
        "other": told.get("other", ""),
        "base": told.get("rev", posted.get("base", "")),
        "next": next_of(request),
    }
    return render(request, "members/not_saved.html", context, status=status)
