"""Screens of the dossiers: who has what, one person's nine items, the index and the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.cycle.access import load_cycle
from critique.cycle.models import Participant
from critique.dossier import actions
from critique.dossier.forms import FileForm
from critique.dossier.items import BY_NUMBER, CLAUSE, ITEMS, Dossier, dossiers, in_archive
from critique.dossier.papers import archive, index
from documents.archive import archive_response
from documents.http import paper_response
from members.access import load
from members.edits import undisturbed
from members.entry.views.again import password_again
from members.forming import answer, run
from members.policy import may
from members.press import press_of
from members.private import private
from members.refusal import Refused

if TYPE_CHECKING:
    from members.access import MemberRequest


def _one(row: Participant) -> Dossier:
    return next((one for one in dossiers(row.cycle) if one.participant.pk == row.pk), Dossier(row, ()))


@private
@require_GET
def dossier_list(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "dossier.keep")
    context = {
        "cycle": row,
        "dossiers": dossiers(row),
        "items": ITEMS,
        "clause": CLAUSE,
        "may_pack": may(request.user, "dossier.pack", row),
    }
    return render(request, "critique/dossier_list.html", context)


@private
@require_GET
def dossier_index(request: MemberRequest, pk: int) -> HttpResponse:
    return paper_response(request, index(load_cycle(request, pk, "dossier.keep")))


@private
@require_POST
@password_again
def dossier_pack(request: MemberRequest, pk: int) -> HttpResponse | FileResponse:
    """Every paper of the review in one archive; writes down first whose papers are opened."""
    row, now = load_cycle(request, pk, "dossier.pack"), timezone.now()
    try:
        actions.pack(row, by=request.user, at=now, key=press_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("dossier-list", pk)
    return archive_response(f"ho-so-kiem-diem-{row.year}", archive(row, in_archive(row)))


@private
@require_GET
def dossier(request: MemberRequest, pk: int) -> HttpResponse:
    """One person's nine items: for the committee, and for the person as a list."""
    row = load(request, Participant.objects.with_people(), "dossier.see", pk=pk)
    keeps = may(request.user, "dossier.keep", row)
    context = {"row": row, "cycle": row.cycle, "dossier": _one(row), "keeps": keeps, "clause": CLAUSE}
    return render(request, "critique/dossier.html", context)


@private
@require_http_methods(["GET", "POST"])
def dossier_item(request: MemberRequest, pk: int, item: int) -> HttpResponse:
    row = load(request, Participant.objects.with_people(), "dossier.keep", pk=pk)
    if item not in BY_NUMBER:
        raise Http404
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, row.cycle, row):
        form = FileForm(request.POST or None).over(FileForm.about(row.dossier.under(item)))
        if form.is_valid() and run(form, actions.file_item, row, item=item, **who, **form.cleaned_data):
            return redirect("dossier", pk)
    context = {"row": row, "cycle": row.cycle, "item": BY_NUMBER[item]}
    return answer(request, "critique/dossier_item.html", form, **context)
