"""Screens of requests about one's own data; what they share with letters stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.letters.forms import PutOffForm
from critique.letters.views import Desk, load_row
from meetings.views.shared import act
from members.access import load_cell
from members.forming import run
from members.policy import may
from members.private import private
from members.refusal import Refused
from members.roster import people_today
from privacy.actions import data_requests as actions
from privacy.forms import OutcomeForm, RequestForm
from privacy.models import CLAUSE, DataRequest
from privacy.papers import build_request
from privacy.views.my_data import myself

if TYPE_CHECKING:
    from members.access import MemberRequest

REQUESTS = Desk(
    model=DataRequest,
    name="data-request",
    template="privacy/data_request.html",
    see="request.see",
    answers="request.answer",
    withdraws="request.withdraw",
    answer=actions.answer,
    put_off=actions.put_off,
    withdraw=actions.withdraw,
    answer_form=OutcomeForm,
    put_off_form=PutOffForm,
    paper=build_request,
    told=lambda request, row: {"clause": CLAUSE},
)


@private
@require_GET
def data_request_list(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "request.list", cell)
    me, today = request.user.member_id, timezone.localdate()
    rows = DataRequest.objects.for_user(request.user).with_parties()
    known = [(row, row.is_late(today)) for row in rows.of_cell(organisation)]
    groups = [
        ("Của các đồng chí", [pair for pair in known if pair[0].member_id != me]),
        ("Của tôi", [pair for pair in known if pair[0].member_id == me]),
    ]
    enters = may(request.user, "request.enter", organisation)
    context = {"cell": organisation, "groups": groups, "nothing": not known, "enters": enters}
    return render(request, "privacy/data_request_list.html", context)


@private
@require_http_methods(["GET", "POST"])
def data_request_new(request: MemberRequest, cell: int) -> HttpResponse:
    """Entered by the committee for somebody of the cell, from paper or by word of mouth."""
    organisation = load_cell(request, "request.enter", cell)
    people = [person for person in people_today(organisation) if person.pk != request.user.member_id]
    form = RequestForm(request.POST or None, people=people)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.make_request, organisation, **who, **form.cleaned_data):
        messages.success(request, "Đã ghi đề nghị; đồng chí ấy thấy ở trang dữ liệu của mình.")
        return redirect("data-request-list", cell)
    return _form(request, form, cell=organisation)


@private
@require_http_methods(["GET", "POST"])
def my_data_request(request: MemberRequest) -> HttpResponse:
    """About oneself, also after having left the cell."""
    me, form = myself(request), RequestForm(request.POST or None)
    who = {"by": request.user, "at": timezone.now()}
    cell, none = None, ""
    try:
        cell = actions.home_of(me, request.user)
    except Refused as refused:
        none = refused.sentence
    told = {"member": me, **form.cleaned_data} if form.is_valid() else {}
    if cell is not None and told and run(form, actions.make_request, cell, **who, **told):
        messages.success(request, "Đã gửi đề nghị. Trang này cho thấy khi nào có trả lời.")
        return redirect("my-data")
    return _form(request, form, cell=cell, mine=True, none=none)


def _form(request: MemberRequest, form: RequestForm, **context: Any) -> HttpResponse:
    wrong = form.errors or (context.get("none") and form.is_bound)
    context |= {"form": form, "clause": CLAUSE}
    return render(request, "privacy/data_request_new.html", context, status=422 if wrong else 200)


@private
@require_POST
def data_request_acknowledge(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_row(request, REQUESTS, pk, "request.answer")
    return act(request, row, actions.acknowledge, row, said="Đã xác nhận; người đề nghị thấy ngay.")
