"""Screens of what an organisation fixes: settings with their document, days off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from critique.actions import settings as fixing
from critique.guard_forms import DayOffForm, EndForm, SettingForm
from critique.models import DayOff, GuardEvent, Setting
from critique.official_forms.holidays import FIXED, SOURCE
from meetings.views.shared import act, key_of
from members.access import load, load_organisation
from members.forming import run
from members.models import Organisation, OrganisationKind

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_http_methods(["GET", "POST"])
def setting_list(request: MemberRequest, pk: int) -> HttpResponse:
    """What this organisation has fixed and what reaches it from above, with the days off; POST fixes one thing."""
    organisation = load_organisation(request, "rule.set", pk)
    form = SettingForm(request.POST or None)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, fixing.fix, organisation, **who, **form.cleaned_data):
        return redirect("setting-list", pk)
    return _settings(request, organisation, form=form)


def _settings(request: MemberRequest, organisation: Organisation, **bound: Any) -> HttpResponse:
    near_first = ("-organisation__path", "-starts_on", "-pk")
    rows = list(Setting.objects.reaching(organisation).select_related("organisation").order_by(*near_first))
    off = DayOff.objects.reaching(organisation).select_related("organisation")
    context = {
        "organisation": organisation,
        "is_cell": organisation.kind == OrganisationKind.CELL,
        "own": [row for row in rows if row.organisation_id == organisation.pk],
        "above": [row for row in rows if row.organisation_id != organisation.pk],
        "days_off": [(row, row.organisation_id == organisation.pk) for row in off],
        "fixed": [(f"{day:02d}/{month:02d}", name) for (month, day), name in FIXED.items()],
        "source": SOURCE,
        "today": timezone.localdate(),
        "form": SettingForm(),
        "day_form": DayOffForm(auto_id="off_%s"),
        **bound,
    }
    return render(request, "critique/settings.html", context, status=422 if _wrong(bound) else 200)


def _wrong(bound: dict[str, Any]) -> bool:
    return any(form.errors for form in bound.values())


@require_POST
def setting_end(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Setting.objects.select_related("organisation"), "rule.set", pk=pk)
    act(request, "home", fixing.end, row, form=EndForm(request.POST), said="Đã ghi ngày thôi áp dụng.")
    return redirect("setting-list", row.organisation_id)


@require_POST
def day_off_add(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = load_organisation(request, "rule.set", pk)
    form = DayOffForm(request.POST, auto_id="off_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, fixing.add_day_off, organisation, **who, **form.cleaned_data):
        return redirect("setting-list", pk)
    return _settings(request, organisation, day_form=form)


@require_POST
def day_off_remove(request: MemberRequest, pk: int) -> HttpResponse:
    key = key_of(request)
    done = GuardEvent.objects.filter(key=key, actor=request.user, what="remove_day_off").first() if key else None
    if done is not None:  # the same click again finds no row any more
        return redirect("setting-list", done.thing_pk)
    row = load(request, DayOff.objects.select_related("organisation"), "rule.set", pk=pk)
    act(request, "home", fixing.remove_day_off, row, said="Đã bỏ ngày nghỉ này.")
    return redirect("setting-list", row.organisation_id)
