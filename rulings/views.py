"""The page of what an organisation has fixed by documents and what reaches it, with the days off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from documents.http import paper_response
from members.access import load, load_organisation
from members.forming import run
from members.models import Organisation, OrganisationKind
from members.policy import may
from members.press import press_of
from rulings import actions
from rulings.forms import DayOffForm, EndForm, RulingForm
from rulings.holidays import FIXED, SOURCE
from rulings.models import DayOff, Ruling
from rulings.page import sections
from rulings.sample import build_sample
from rulings.subjects import SUBJECTS, Group

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.forming import HouseForm


@require_http_methods(["GET", "POST"])
def ruling_list(request: MemberRequest, pk: int) -> HttpResponse:
    """What holds here about each subject; for whoever may fix it `?subject=` opens the form of one, POST fixes it."""
    sent = request.method == "POST"
    organisation = load_organisation(request, "rule.set" if sent else "rule.see", pk)
    about = SUBJECTS.get((request.POST if sent else request.GET).get("subject", ""))
    if not may(request.user, "rule.set", organisation):
        return _page(request, organisation)
    if about is None:
        if sent:
            messages.error(request, "Cấp uỷ không quy định riêng việc này.")
        return _page(request, organisation, status=422 if sent else 200)
    form = RulingForm(request.POST or None, about=about)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.fix, organisation, about.key, **who, **form.told):
        messages.success(request, f"Đã ghi: {about.title}.")
        return redirect(f"{reverse('ruling-list', args=[pk])}#{about.key}")
    return _page(request, organisation, form=form, opened=about.key, status=422 if sent else 200)


@require_http_methods(["GET", "POST"])
def ruling_sample(request: MemberRequest, pk: int) -> HttpResponse:
    """A page as papers of today come out; POST: with what is chosen in the form, which is not kept."""
    organisation = load_organisation(request, "rule.set", pk)
    about = SUBJECTS.get(request.POST.get("subject", ""))
    tried = about.tried(request.POST) if about is not None else {}
    return paper_response(request, build_sample(organisation, timezone.localdate(), tried))


def _page(
    request: MemberRequest,
    organisation: Organisation,
    *,
    form: HouseForm | None = None,
    opened: str = "",
    day_form: HouseForm | None = None,
    ending: tuple[int, HouseForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`ending`: the key of a ruling and the form of its last day, as it came back."""
    today = timezone.localdate()
    days_off = DayOff.objects.reaching(organisation).with_organisation()
    context = {
        "organisation": organisation,
        "is_cell": organisation.kind == OrganisationKind.CELL,
        "may_set": may(request.user, "rule.set", organisation),
        "papers": Group.PAPER.value,
        "sections": sections(organisation, today, opened, ending[0] if ending else 0),
        "today": today,
        "form": form,
        "opened": opened,
        "ending": ending[0] if ending else 0,
        "end_form": ending[1] if ending else None,
        "days_off": [(row, row.organisation_id == organisation.pk) for row in days_off],
        "statutory": [(f"{day:02d}/{month:02d}", name) for (month, day), name in FIXED.items()],
        "source": SOURCE,
        "day_form": day_form or DayOffForm(auto_id="off_%s"),
    }
    return render(request, "rulings/list.html", context, status=status)


@require_POST
def ruling_end(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Ruling.objects.with_organisation(), "rule.set", pk=pk)
    form = EndForm(request.POST)
    if form.is_valid() and run(form, actions.end, row, by=request.user, at=timezone.now(), **form.cleaned_data):
        messages.success(request, "Đã ghi ngày thôi áp dụng.")
        return redirect(f"{reverse('ruling-list', args=[row.organisation_id])}#{row.subject}")
    return _page(request, row.organisation, ending=(pk, form), status=422)


@require_POST
def day_off_add(request: MemberRequest, pk: int) -> HttpResponse:
    organisation = load_organisation(request, "rule.set", pk)
    form = DayOffForm(request.POST, auto_id="off_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.add_day_off, organisation, **who, **form.cleaned_data):
        messages.success(request, f"Đã ghi ngày nghỉ {form.cleaned_data['day']:%d/%m/%Y}.")
        return redirect(f"{reverse('ruling-list', args=[pk])}#days-off")
    return _page(request, organisation, day_form=form, status=422)


@require_POST
def day_off_remove(request: MemberRequest, pk: int) -> HttpResponse:
    press = press_of(request)
    organisation = actions.done_before(request.user, press)
    if organisation is None:
        row = load(request, DayOff.objects.with_organisation(), "rule.set", pk=pk)
        organisation = row.organisation
        actions.remove_day_off(row, by=request.user, at=timezone.now(), key=press)
        messages.success(request, "Đã bỏ ngày nghỉ này.")
    return redirect(f"{reverse('ruling-list', args=[organisation.pk])}#days-off")
