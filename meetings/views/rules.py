"""Screens of the guideline: as it applies to a cell, and what committees have fixed beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.html import to_fragment
from documents.http import pdf_response
from guideline import breakdown, criteria
from guideline import rulebook as rulebooks
from guideline.local import LOCAL_KEYS
from meetings import rules
from meetings.actions import rules as actions
from meetings.forms.rules import BreakdownForm, EndForm, FigureForm
from meetings.models import LocalRule
from meetings.models.rules import BREAKDOWN
from meetings.papers.guideline import build_guideline
from meetings.views.shared import end_rule
from members.access import load, load_cell, load_organisation
from members.forming import answer, run
from members.models import Organisation, OrganisationKind
from members.policy import may

if TYPE_CHECKING:
    from datetime import date

    from documents.model import Document
    from members.access import MemberRequest


def _day(request: MemberRequest) -> date:
    """The day that was asked for, or today; nonsense and days before any guideline are today."""
    today = timezone.localdate()
    try:
        day = parse_date(request.GET.get("ngay", "")) or today
    except ValueError:
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
        "may_set": may(request.user, "rule.set", organisation),
    }
    return answer(request, "meetings/guideline.html", FigureForm(), **context)


@require_GET
def guideline_pdf(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "rule.see", cell)
    return pdf_response(_paper(organisation, _day(request)))


@require_http_methods(["GET", "POST"])
def rule_list(request: MemberRequest, pk: int) -> HttpResponse:
    """What this organisation has fixed and what reaches it from above; POST enters one figure."""
    organisation = load_organisation(request, "rule.set", pk)
    form = FigureForm(request.POST or None)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.set_figure, organisation, **who, **form.cleaned_data):
        return redirect("rule-list", pk)
    return answer(request, "meetings/rules.html", form, **_context(organisation))


def _context(organisation: Organisation) -> dict[str, Any]:
    rows = list(LocalRule.objects.reaching(organisation).select_related("organisation"))
    words = {key.value: words for key, words in LOCAL_KEYS.items()} | {BREAKDOWN: "Biểu điểm chấm chất lượng"}
    named = [(row, words[row.key]) for row in rows]
    return {
        "organisation": organisation,
        "is_cell": organisation.kind == OrganisationKind.CELL,
        "own": [entry for entry in named if entry[0].organisation_id == organisation.pk],
        "above": [entry for entry in named if entry[0].organisation_id != organisation.pk],
        "end_form": EndForm(initial={"ends_on": timezone.localdate()}),
    }


@require_http_methods(["GET", "POST"])
def breakdown_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Begins with the most detailed sheet we know, as an example to change."""
    organisation = load_organisation(request, "rule.set", pk)
    example = breakdown.as_text(criteria.get("hd42-phuong"))
    form = BreakdownForm(request.POST or None, initial={"breakdown": example})
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.set_breakdown, organisation, **who, **form.cleaned_data):
        return redirect("rule-list", pk)
    return answer(request, "meetings/breakdown.html", form, organisation=organisation)


@require_POST
def rule_end(request: MemberRequest, pk: int) -> HttpResponse:
    rule = load(request, LocalRule.objects.select_related("organisation"), "rule.set", pk=pk)
    return end_rule(request, rule, actions.end_rule, "rule-list")
