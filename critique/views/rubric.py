"""Screens of the rubrics: what holds, where it comes from, entering and ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from critique.actions import rubric as actions
from critique.cycle.models import FORM_CHOICES
from critique.models import Rubric
from critique.official_forms.model import FormKind
from critique.official_forms.rubric import EXAMPLE_MARK, EXAMPLES, as_text
from critique.rubric_forms import RubricForm
from meetings.views.shared import end_rule
from members.access import load, load_organisation
from members.forming import answer, run
from members.models import OrganisationKind

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_http_methods(["GET", "POST"])
def rubric_list(request: MemberRequest, pk: int) -> HttpResponse:
    """What this organisation has fixed and what reaches it; POST enters a version, beginning with the example."""
    organisation = load_organisation(request, "rule.set", pk)
    asked = request.GET.get("form", "")
    kind = FormKind(asked) if asked in dict(FORM_CHOICES) else FormKind.STAFF
    form = RubricForm(request.POST or None, initial={"kind": kind.value, "lines": as_text(EXAMPLES[kind])})
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.set_rubric, organisation, **who, **form.cleaned_data):
        return redirect("rubric-list", pk)
    rows = list(Rubric.objects.reaching(organisation).select_related("organisation"))
    context = {
        "organisation": organisation,
        "is_cell": organisation.kind == OrganisationKind.CELL,
        "rows": [(row, row.organisation_id == organisation.pk, row.version()) for row in rows],
        "kinds": [(code, words, code == kind.value) for code, words in FORM_CHOICES],
        "mark": EXAMPLE_MARK,
        "today": timezone.localdate(),
    }
    return answer(request, "critique/rubrics.html", form, **context)


@require_POST
def rubric_end(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Rubric.objects.select_related("organisation"), "rule.set", pk=pk)
    return end_rule(request, row, actions.end_rubric, "rubric-list")
