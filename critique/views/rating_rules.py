"""Screens of what a committee has fixed about levels: how cells vote, the share of "xuất sắc"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from critique.actions import rating_rules as actions
from critique.levels.forms import CapForm, VoteRuleForm
from critique.levels.models import RatingRule
from critique.levels.voting import CAP_CLAUSE, CAP_PERCENT, DEFAULT
from meetings.views.shared import end_rule
from members.access import load, load_organisation
from members.forming import run
from members.models import Organisation, OrganisationKind

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.forming import HouseForm


def _page(
    request: MemberRequest, organisation: Organisation, *, vote: HouseForm | None = None, cap: HouseForm | None = None
) -> HttpResponse:
    rows = list(RatingRule.objects.reaching(organisation).select_related("organisation"))
    context = {
        "organisation": organisation,
        "is_cell": organisation.kind == OrganisationKind.CELL,
        "own": [row for row in rows if row.organisation_id == organisation.pk],
        "above": [row for row in rows if row.organisation_id != organisation.pk],
        "vote_form": vote or VoteRuleForm(auto_id="vote_%s"),
        "cap_form": cap or CapForm(auto_id="cap_%s"),
        "cap_asked": cap is not None,
        "today": timezone.localdate(),
        "default": DEFAULT,
        "cap_percent": CAP_PERCENT,
        "cap_clause": CAP_CLAUSE,
    }
    return render(request, "critique/rating_rules.html", context, status=422 if vote or cap else 200)


@require_http_methods(["GET", "POST"])
def rating_rules(request: MemberRequest, pk: int) -> HttpResponse:
    """What this organisation has fixed and what reaches it from above; POST enters how is voted."""
    organisation = load_organisation(request, "rule.set", pk)
    if request.method == "GET":
        return _page(request, organisation)
    form = VoteRuleForm(request.POST, auto_id="vote_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.set_vote_rule, organisation, **who, **form.cleaned_data):
        return redirect("rating-rules", pk)
    return _page(request, organisation, vote=form)


@require_POST
def cap_add(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = load_organisation(request, "rule.set", pk)
    form = CapForm(request.POST, auto_id="cap_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.set_cap, organisation, **who, **form.cleaned_data):
        return redirect("rating-rules", pk)
    return _page(request, organisation, cap=form)


@require_POST
def rating_rule_end(request: MemberRequest, pk: int) -> HttpResponse:
    rule = load(request, RatingRule.objects.select_related("organisation"), "rule.set", pk=pk)
    return end_rule(request, rule, actions.end_rating_rule, "rating-rules")
