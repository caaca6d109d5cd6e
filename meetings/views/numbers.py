"""The number register of a cell: read, printed, and filled with the numbers of papers that were written outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.http import paper_response
from meetings.actions import numbers
from meetings.forms import NumberForm
from meetings.numbered import register_of
from meetings.papers.numbers import build_register
from meetings.views.shared import act
from members.access import load, load_cell
from members.forming import answer, run
from members.models import PaperNumber
from members.press import press_of
from rulings.actions import done_before

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_http_methods(["GET", "POST"])
def number_list(request: MemberRequest, cell: int) -> HttpResponse:
    """`?tu=`: the term that began on that day."""
    organisation = load_cell(request, "number.keep", cell)
    form = NumberForm(request.POST or None)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, numbers.enter_outside, organisation, **who, **form.cleaned_data):
        messages.success(request, "Đã ghi vào sổ.")
        return redirect("number-list", cell)
    register = register_of(organisation, request.GET.get("tu", ""))
    return answer(request, "meetings/number_list.html", form, cell=organisation, register=register)


@require_GET
def number_pdf(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "number.keep", cell)
    return paper_response(request, build_register(register_of(organisation, request.GET.get("tu", "")), timezone.now()))


@require_POST
def number_remove(request: MemberRequest, pk: int) -> HttpResponse:
    if (organisation := done_before(request.user, press_of(request))) is not None:
        return redirect("number-list", organisation.pk)
    row = load(request, PaperNumber.objects, "number.keep", pk=pk)
    there = reverse("number-list", args=[row.cell_id])
    return act(request, there, numbers.remove_outside, row, said="Đã bỏ số này khỏi sổ.")
