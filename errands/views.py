"""Pages of work and topics from above: a committee gives them and sees what became of them, a cell answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from errands import actions
from errands.facts import cells_of, given_by
from errands.forms import ErrandForm, ReportForm
from errands.models import Charge, Errand
from meetings.forms.programme import MonthForm
from meetings.views.shared import act
from members.access import load, load_cell, load_committee
from members.forming import answer, run
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Organisation


@require_http_methods(["GET", "POST"])
def errand_list(request: MemberRequest, organisation: int) -> HttpResponse:
    body = load_committee(request, "errand.give", organisation)
    start = {"year": timezone.localdate().year, "cells": request.GET.getlist("cell")}
    form = ErrandForm(request.POST or None, cells=cells_of(body), initial=start)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.give, body, **who, **form.cleaned_data):
        messages.success(
            request, "Đã giao. Chi bộ thấy ngay: việc ở trang chủ và các buổi họp tới, nội dung ở chương trình năm."
        )
        return redirect(reverse("errand-list", args=[organisation], fragment="main"))  # not down to the form again
    page = given_by(body, request.user, request.GET.get("page"))
    return answer(request, "errands/errand_list.html", form, organisation=body, page=page)


@require_GET
def errand(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Errand.objects.with_organisation(), "errand.give", pk=pk)
    charges = row.charges.for_user(request.user).by_name()
    return render(request, "errands/errand.html", {"row": row, "charges": charges})


@require_POST
def errand_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Errand.objects.with_organisation(), "errand.give", pk=pk)
    then = reverse("errand-list", args=[row.organisation_id])
    return act(request, then, actions.withdraw, row, said="Đã thu hồi.")


@require_GET
def charge_list(request: MemberRequest, cell: int) -> HttpResponse:
    return _charges(request, load_cell(request, "errand.see", cell))


def _charges(request: MemberRequest, cell: Organisation, sent: tuple[int, ReportForm] | None = None) -> HttpResponse:
    shown = Charge.objects.for_user(request.user).in_cell(cell).in_force(also=sent[0] if sent else None)
    rows = list(shown.with_reports())
    again = dict([sent]) if sent else {}
    told = [(row, again.get(row.pk) or ReportForm(auto_id=f"id_{row.pk}_%s")) for row in rows]
    context = {
        "cell": cell,
        "waiting": [one for one in told if not one[0].is_settled and not one[0].errand.kind],
        "topics": [one for one in told if not one[0].is_settled and one[0].errand.kind],
        "settled": [one for one in told if one[0].is_settled],
        "may_report": may(request.user, "errand.report", cell),
    }
    return render(request, "errands/charge_list.html", context, status=422 if sent else 200)


@require_POST
def charge_report(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Charge.objects.with_errand(), "errand.report", pk=pk)
    form = ReportForm(request.POST, auto_id=f"id_{pk}_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.report, row, **who, **form.cleaned_data):
        messages.success(request, "Đã ghi. Cấp trên thấy ngay.")
        return redirect(reverse("charge-list", args=[row.cell_id], fragment=f"charge-{pk}"))
    return _charges(request, row.cell, (pk, form))


@require_POST
def charge_place(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Charge.objects.with_errand(), "programme.edit", pk=pk)
    year = row.errand.year
    then = reverse("programme", args=[row.cell_id, year]) if year else reverse("charge-list", args=[row.cell_id])
    return act(request, then, actions.place, row, form=MonthForm(request.POST), said="Đã xếp vào tháng.")
