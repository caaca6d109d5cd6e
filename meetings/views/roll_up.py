"""What the cells of a committee have sealed in a month or a year: one page, the same as a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from documents.html import to_fragment
from documents.http import paper_response
from meetings.forms.programme import YEARS
from meetings.papers.roll_up import build_roll_up
from meetings.rolled_up import RollUp, roll_up
from members.access import load
from members.models import Organisation

if TYPE_CHECKING:
    from members.access import MemberRequest


def _load(request: MemberRequest, pk: int, year: int, month: int | None) -> tuple[Organisation, RollUp]:
    if year not in YEARS or (month is not None and not 1 <= month <= 12):
        raise Http404
    committee = load(request, Organisation.objects.committees(), "rollup.see", pk=pk)
    return committee, roll_up(committee, year, month, request.user)


@require_GET
def roll_up_now(request: MemberRequest, pk: int) -> HttpResponse:
    """This month, from where the other months and the year are led to."""
    today = timezone.localdate()
    return roll_up_page(request, pk, today.year, today.month)


@require_GET
def roll_up_page(request: MemberRequest, pk: int, year: int, month: int | None = None) -> HttpResponse:
    """Of a month, or without one of the year."""
    committee, found = _load(request, pk, year, month)
    name = "roll-up-month" if month else "roll-up-year"
    context: dict[str, Any] = {
        "committee": committee,
        "found": found,
        "paper": to_fragment(build_roll_up(committee, found, timezone.now())),
        "pdf": reverse(f"{name}-pdf", args=[pk, year, *([month] if month else [])]),
        "months": range(1, 13),
        "years": [one for one in (year - 1, year, year + 1) if one in YEARS],
    }
    return render(request, "meetings/roll_up.html", context)


@require_GET
def roll_up_pdf(request: MemberRequest, pk: int, year: int, month: int | None = None) -> HttpResponse:
    """The same as a file."""
    committee, found = _load(request, pk, year, month)
    return paper_response(request, build_roll_up(committee, found, timezone.now()))
