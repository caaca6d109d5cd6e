"""Screens of a person's rights: requests about one's own data, the notice with its ticks, and taking them back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.actions import rights as actions
from critique.consenting import standing
from critique.fixed import basis_of
from critique.guard_forms import AnswerForm, ConsentForm, ExtendForm, PurposeForm, RequestForm
from critique.guard_papers import build_request
from critique.lifecycle import Answering
from critique.models import Consent, DataRequest
from critique.models.rights import OPTIONAL, Purpose
from critique.notice import current
from critique.remedies.forms import people_of
from documents.http import pdf_response
from meetings.views.shared import act
from members.access import load, load_cell
from members.forming import run
from members.policy import may
from members.refusal import Refused

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Member

PEOPLE = ("cell", "member", "entered_by__member", "acknowledged_by__member", "replied_by__member")


@sensitive_variables()
@require_GET
def request_list(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "request.list", cell)
    me, today = request.user.member_id, timezone.localdate()
    rows = DataRequest.objects.for_user(request.user).filter(cell=organisation).select_related(*PEOPLE)
    known = [(row, row.is_late(today)) for row in rows]
    groups = [
        ("Của các đồng chí", [pair for pair in known if pair[0].member_id != me]),
        ("Của tôi", [pair for pair in known if pair[0].member_id == me]),
    ]
    enters = may(request.user, "request.enter", organisation)
    context = {"cell": organisation, "groups": groups, "nothing": not known, "enters": enters}
    return render(request, "critique/requests.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def request_new(request: MemberRequest, cell: int) -> HttpResponse:
    """Entered by the committee for somebody of the cell, from paper or by word of mouth."""
    organisation = load_cell(request, "request.enter", cell)
    people = [person for person in people_of(organisation) if person.pk != request.user.member_id]
    form = RequestForm(request.POST or None, people=people)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.make_request, organisation, **who, **form.cleaned_data):
        return redirect("request-list", cell)
    context = {"cell": organisation, "form": form}
    return render(request, "critique/request_form.html", context, status=422 if form.errors else 200)


def _me(request: MemberRequest) -> Member:
    if request.user.member is None:
        raise Http404
    return request.user.member


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def my_request(request: MemberRequest) -> HttpResponse:
    """About oneself, also after having left the cell."""
    me, form = _me(request), RequestForm(request.POST or None)
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
    context = {"cell": cell, "form": form, "mine": True, "none": none}
    wrong = form.errors or (none and form.is_bound)
    return render(request, "critique/request_form.html", context, status=422 if wrong else 200)


def load_request(request: MemberRequest, pk: int, action: str) -> DataRequest:
    row: DataRequest = load(request, DataRequest.objects.select_related(*PEOPLE), action, pk=pk)
    return row


@sensitive_variables()
@require_GET
def data_request(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, load_request(request, pk, "request.see"))


def _page(request: MemberRequest, row: DataRequest, bound: Any = None) -> HttpResponse:
    waiting = row.state == Answering.WAITING
    context: dict[str, Any] = {
        "row": row,
        "cell": row.cell,
        "mine": row.member_id == request.user.member_id,
        "late": row.is_late(timezone.localdate()),
        "clause": actions.CLAUSE,
        "answers": (waiting and may(request.user, "request.answer", row)) or bound is not None,
        "answer_form": bound if isinstance(bound, AnswerForm) else AnswerForm(auto_id="answer_%s"),
        "extend_form": bound if isinstance(bound, ExtendForm) else ExtendForm(auto_id="extend_%s"),
        "extending": isinstance(bound, ExtendForm),
        "may_withdraw": waiting and may(request.user, "request.withdraw", row),
        "nobody": waiting and not row.followers,
    }
    return render(request, "critique/request.html", context, status=422 if bound is not None else 200)


@require_POST
def request_acknowledge(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk, "request.answer")
    return act(request, row, actions.acknowledge, row, said="Đã xác nhận; người đề nghị thấy ngay.")


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def request_answer(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk, "request.answer")
    form = AnswerForm(request.POST, auto_id="answer_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.answer_request, row, **who, **form.cleaned_data):
        return redirect(row)
    return _page(request, row, form)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def request_extend(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk, "request.answer")
    form = ExtendForm(request.POST, auto_id="extend_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.extend, row, **who, **form.cleaned_data):
        return redirect(row)
    return _page(request, row, form)


@require_POST
def request_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_request(request, pk, "request.withdraw")
    return act(request, row, actions.withdraw_request, row, said="Đã rút đề nghị.")


@sensitive_variables()
@require_GET
def request_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return pdf_response(build_request(load_request(request, pk, "request.see"), actions.CLAUSE), download=True)


# --- Notice and consent ---------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def data_notice(request: MemberRequest) -> HttpResponse:
    """The notice, and a tick for each thing that is not agreed to yet."""
    me = _me(request)
    held = standing(me)
    read = held.get(Purpose.READ) == current().version
    asked = [*([] if read else [Purpose.READ]), *(one for one in OPTIONAL if one not in held)]
    form = ConsentForm(request.POST or None, asked=asked)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.agree, form.ticked, key=form.cleaned_data["key"], **who):
        messages.success(request, "Đã ghi lựa chọn của đồng chí.")
        return redirect("data-notice")
    given = {Purpose(row.purpose): row.said_at for row in Consent.objects.filter(member=me)}
    context = {
        "notice": current(),
        "basis": basis_of(me.organisation, timezone.localdate()),
        "form": form,
        "asked": asked,
        "read_at": given.get(Purpose.READ) if read else None,
        "held": [(one, given[one]) for one in OPTIONAL if one in held],
    }
    return render(request, "critique/notice.html", context, status=422 if form.errors else 200)


@require_POST
def consent_take_back(request: MemberRequest) -> HttpResponse:
    _me(request)
    form = PurposeForm(request.POST)
    return act(request, "data-notice", actions.take_back, form=form, said="Đã rút lại sự đồng ý.")
