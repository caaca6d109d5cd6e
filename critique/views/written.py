"""Screens of criticism and questions in writing: one's own and those to follow, one letter, writing one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.actions import written as actions
from critique.guard_forms import LetterForm, PutOffForm, ReplyForm
from critique.guard_papers import addressee_of, blank_letter, build_letter
from critique.lifecycle import Answering
from critique.models import Criticism
from documents.http import pdf_response
from meetings.views.shared import act
from members.access import load, load_cell
from members.forming import run
from members.policy import may
from rulings.holidays import days_off

if TYPE_CHECKING:
    from members.access import MemberRequest

PEOPLE = ("cell", "sender", "to_member", "entered_by__member", "replied_by__member")


@sensitive_variables()
@require_GET
def criticism_list(request: MemberRequest, cell: int) -> HttpResponse:
    """What I have sent, what waits for my answer or has it, and what I only watch over."""
    organisation = load_cell(request, "criticism.list", cell)
    me, today = request.user.member_id, timezone.localdate()
    rows = Criticism.objects.for_user(request.user).filter(cell=organisation).select_related(*PEOPLE)
    known = [(row, row.is_late(today)) for row in rows]
    sent = [pair for pair in known if pair[0].sender_id == me]
    received = [pair for pair in known if pair[0].to_member_id in (me, None) and pair not in sent]
    groups = [
        ("Gửi đến tôi hoặc chi uỷ", received),
        ("Tôi đã gửi", sent),
        ("Theo dõi hạn trả lời", [pair for pair in known if pair not in sent and pair not in received]),
    ]
    context = {"cell": organisation, "groups": groups, "nothing": not known}
    return render(request, "critique/criticisms.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def criticism_new(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "criticism.list", cell)
    enters = may(request.user, "criticism.send", organisation)
    form = LetterForm(request.POST or None, cell=organisation, me=request.user.member, enters=enters)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.send, organisation, **who, **form.told):
        return redirect("criticism-list", cell)
    due = actions.reply_by(timezone.localdate(), days_off(organisation))
    context = {"cell": organisation, "form": form, "enters": enters, "due": due}
    return render(request, "critique/criticism_form.html", context, status=422 if form.errors else 200)


@require_GET
def criticism_blank(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "criticism.list", cell)
    return pdf_response(blank_letter(organisation))


def load_letter(request: MemberRequest, pk: int, action: str) -> Criticism:
    row: Criticism = load(request, Criticism.objects.select_related(*PEOPLE), action, pk=pk)
    return row


@sensitive_variables()
@require_GET
def criticism(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, load_letter(request, pk, "criticism.see"))


def _page(request: MemberRequest, row: Criticism, bound: Any = None) -> HttpResponse:
    """The letter with its answer; `bound` is the form that came back with what was typed."""
    user, today = request.user, timezone.localdate()
    waiting = row.state == Answering.WAITING
    answers = (waiting and may(user, "criticism.reply", row)) or bound is not None
    mine = row.sender_id == user.member_id
    context: dict[str, Any] = {
        "row": row,
        "cell": row.cell,
        "addressee": addressee_of(row),
        "mine": mine,
        "late": row.is_late(today),
        "readable": row.state != Answering.WITHDRAWN or mine,
        "delays": row.delays.select_related("said_by__member"),
        "answers": answers,
        "for_them": answers and row.to_member_id not in (None, user.member_id),
        "reply_form": bound if isinstance(bound, ReplyForm) else ReplyForm(auto_id="reply_%s"),
        "put_off_form": bound if isinstance(bound, PutOffForm) else PutOffForm(auto_id="put_%s"),
        "putting_off": isinstance(bound, PutOffForm),
        "may_withdraw": waiting and mine,
        "alone": waiting and not row.followers,
    }
    return render(request, "critique/criticism.html", context, status=422 if bound is not None else 200)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def criticism_reply(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_letter(request, pk, "criticism.reply")
    form = ReplyForm(request.POST, auto_id="reply_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.reply, row, **who, **form.cleaned_data):
        return redirect(row)
    return _page(request, row, form)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def criticism_put_off(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_letter(request, pk, "criticism.reply")
    form = PutOffForm(request.POST, auto_id="put_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.put_off, row, **who, **form.cleaned_data):
        return redirect(row)
    return _page(request, row, form)


@require_POST
def criticism_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_letter(request, pk, "criticism.withdraw")
    return act(request, row, actions.withdraw, row, said="Đã rút ý kiến này. Từ nay chỉ đồng chí đọc được nội dung.")


@sensitive_variables()
@require_GET
def criticism_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_letter(request, pk, "criticism.see")
    if row.state == Answering.WITHDRAWN and row.sender_id != request.user.member_id:
        return redirect(row)
    return pdf_response(build_letter(row), download=True)
