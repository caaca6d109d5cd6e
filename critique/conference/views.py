"""Screens around the conference of a yearly review: planning it as a meeting."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from book.proof import sealed_paper
from critique.conference import actions
from critique.cycle.access import load_cycle
from critique.cycle.forms import ConferenceForm
from critique.hearing.actions.opening import write_down_opening
from critique.hearing.in_book import PROCEEDINGS
from critique.hearing.models import Proceedings
from critique.hearing.models.opening import Opened
from critique.writing.models import Way
from documents.http import paper_response
from members import roster
from members.access import load
from members.entry.views.again import password_again
from members.forming import answer, run
from members.models import TenureKind
from members.private import private

if TYPE_CHECKING:
    from members.access import MemberRequest

MORNING = time(8)


@require_http_methods(["GET", "POST"])
def conference_new(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "cycle.plan")
    entries = roster.on_day(row.cell, row.meets_on)
    lead = next((entry.member for entry in entries if TenureKind.SECRETARY in entry.posts), None)
    morning = timezone.make_aware(datetime.combine(row.meets_on, MORNING))
    initial = {"starts_at": morning, "place": row.place, "chair": lead}
    form = ConferenceForm(request.POST or None, people=[entry.member for entry in entries], initial=initial)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.plan_conference, row, **who, **form.cleaned_data):
        return redirect(form.outcome or row)
    return answer(request, "critique/conference_form.html", form, cell=row.cell, cycle=row)


@private
@require_GET
@password_again
def conference_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The full minutes as they were sealed; for whoever stands above, once the review was handed up."""
    rows = Proceedings.objects.with_cycle()
    row = load(request, rows, "proceedings.see", cycle=pk)
    write_down_opening(row.cycle, Opened.WHOLE, way=Way.PAPER, by=request.user, at=timezone.now())
    return paper_response(request, sealed_paper(PROCEEDINGS.name, row), download=True)
