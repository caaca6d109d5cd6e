"""Screens of the guideline as it applies to a cell, with what committees have fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from documents.html import to_fragment
from documents.http import paper_response
from guideline import rulebook as rulebooks
from meetings import rules
from meetings.papers.guideline import build_guideline
from members.access import load_cell
from members.policy import may

if TYPE_CHECKING:
    from datetime import date

    from documents.model import Document
    from members.access import MemberRequest
    from members.models import Organisation


def _day(request: MemberRequest) -> date:
    """The day that was asked for, or today; nonsense and days before any guideline are today."""
    today = timezone.localdate()
    try:
        day = DateField(required=False).clean(request.GET.get("ngay", "")) or today
    except ValidationError:
        return today
    return day if rules.first_day() <= day <= today.replace(year=today.year + 50, day=1) else today


def _paper(cell: Organisation, day: date) -> Document:
    key = rulebooks.in_force(day).key
    return build_guideline(cell, day, rules.rulebook_in(cell, key, day), rules.criteria_for(cell, key, day))


@require_GET
def guideline(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "rule.see", cell)
    day = _day(request)
    context = {
        "cell": organisation,
        "day": day,
        "paper": to_fragment(_paper(organisation, day)),
        "own": may(request.user, "cell.see", organisation),
    }
    return render(request, "meetings/guideline.html", context)


@require_GET
def guideline_pdf(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "rule.see", cell)
    return paper_response(request, _paper(organisation, _day(request)))
