"""Screens of criticism and questions in writing, and those that every kind of thing with an answer shares."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.letters import actions
from critique.letters.forms import AnswerForm, LetterForm, PutOffForm, PutOffToForm
from critique.letters.models import Criticism
from critique.letters.papers import addressee_of, blank_letter, build_letter
from critique.lifecycle import Answering
from documents.http import paper_response
from meetings.views.shared import act
from members.access import load, load_cell
from members.forming import run
from members.policy import may
from members.private import private

if TYPE_CHECKING:
    from critique.letters.answerable import Answerable
    from documents.model import Document
    from members.access import MemberRequest


@dataclass(frozen=True, slots=True)
class Desk:
    """One kind of thing that is answered: its rights, actions, forms and paper. `name` begins its addresses."""

    model: type[Answerable]
    name: str
    template: str
    see: str
    answers: str
    withdraws: str
    answer: Callable[..., None]
    put_off: Callable[..., None]
    withdraw: Callable[..., None]
    answer_form: type[AnswerForm]
    put_off_form: type[PutOffForm]
    paper: Callable[[Any], Document]
    told: Callable[[MemberRequest, Any], dict[str, Any]]


def load_row(request: MemberRequest, desk: Desk, pk: int, action: str) -> Any:
    return load(request, desk.model._default_manager.with_people(), action, pk=pk)


@private
@require_GET
def see(request: MemberRequest, pk: int, desk: Desk) -> HttpResponse:
    return _page(request, desk, load_row(request, desk, pk, desk.see))


def _page(request: MemberRequest, desk: Desk, row: Any, bound: Any = None) -> HttpResponse:
    """The words with their answer; `bound` is the form that came back with what was typed."""
    waiting = row.state == Answering.WAITING
    put_off = bound if isinstance(bound, PutOffForm) else desk.put_off_form(auto_id="put_%s")
    context: dict[str, Any] = {
        "row": row,
        "cell": row.cell,
        "name": desk.name,
        "mine": row.is_senders(request.user.member_id),
        "late": row.is_late(timezone.localdate()),
        "readable": row.is_readable(request.user.member_id),
        "delays": row.delays.with_people(),
        "answers": (waiting and may(request.user, desk.answers, row)) or bound is not None,
        "answer_form": desk.answer_form(auto_id="answer_%s") if bound is None or bound is put_off else bound,
        "put_off_form": put_off,
        "putting_off": bound is put_off,
        "may_withdraw": waiting and may(request.user, desk.withdraws, row),
        "alone": waiting and not row.followers,
        **desk.told(request, row),
    }
    return render(request, desk.template, context, status=422 if bound is not None else 200)


def _take(
    request: MemberRequest, desk: Desk, pk: int, form: Any, action: Callable[..., None], said: str
) -> HttpResponse:
    row = load_row(request, desk, pk, desk.answers)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, action, row, **who, **form.cleaned_data):
        messages.success(request, said)
        return redirect(row)
    return _page(request, desk, row, form)


@private
@require_POST
def answer(request: MemberRequest, pk: int, desk: Desk) -> HttpResponse:
    return _take(
        request, desk, pk, desk.answer_form(request.POST, auto_id="answer_%s"), desk.answer, "Đã gửi lời trả lời."
    )


@private
@require_POST
def put_off(request: MemberRequest, pk: int, desk: Desk) -> HttpResponse:
    return _take(
        request, desk, pk, desk.put_off_form(request.POST, auto_id="put_%s"), desk.put_off, "Đã báo lùi hạn trả lời."
    )


@private
@require_POST
def withdraw(request: MemberRequest, pk: int, desk: Desk) -> HttpResponse:
    row = load_row(request, desk, pk, desk.withdraws)
    return act(request, row, desk.withdraw, row, said="Đã rút lại. Từ nay chỉ đồng chí đọc được nội dung.")


@private
@require_GET
def pdf(request: MemberRequest, pk: int, desk: Desk) -> HttpResponse:
    row = load_row(request, desk, pk, desk.see)
    if not row.is_readable(request.user.member_id):
        return redirect(row)
    return paper_response(request, desk.paper(row), download=True)


# --- Letters --------------------------------------------------------------------------------


def _told(request: MemberRequest, row: Criticism) -> dict[str, Any]:
    for_them = row.to_member_id not in (None, request.user.member_id)
    return {"addressee": addressee_of(row), "for_them": for_them}


LETTERS = Desk(
    model=Criticism,
    name="letter",
    template="critique/letter.html",
    see="criticism.see",
    answers="criticism.reply",
    withdraws="criticism.withdraw",
    answer=actions.answer,
    put_off=actions.put_off,
    withdraw=actions.withdraw,
    answer_form=AnswerForm,
    put_off_form=PutOffToForm,
    paper=build_letter,
    told=_told,
)


@private
@require_GET
def letter_list(request: MemberRequest, cell: int) -> HttpResponse:
    """What I have sent, what waits for my answer or has it, and what I only watch over."""
    organisation = load_cell(request, "criticism.list", cell)
    me, today = request.user.member_id, timezone.localdate()
    rows = Criticism.objects.for_user(request.user).with_parties()
    known = [(row, row.is_late(today)) for row in rows.of_cell(organisation)]
    sent = [pair for pair in known if pair[0].sender_id == me]
    received = [pair for pair in known if pair[0].to_member_id in (me, None) and pair not in sent]
    groups = [
        ("Gửi đến tôi hoặc chi uỷ", received),
        ("Tôi đã gửi", sent),
        ("Theo dõi hạn trả lời", [pair for pair in known if pair not in sent and pair not in received]),
    ]
    context = {"cell": organisation, "groups": groups, "nothing": not known}
    return render(request, "critique/letter_list.html", context)


@private
@require_http_methods(["GET", "POST"])
def letter_new(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "criticism.list", cell)
    enters = may(request.user, "criticism.send", organisation)
    form = LetterForm(request.POST or None, cell=organisation, me=request.user.member, enters=enters)
    now = timezone.now()
    if form.is_valid() and run(form, actions.send, organisation, by=request.user, at=now, **form.told):
        messages.success(request, "Đã gửi. Người nhận thấy ở việc cần làm, với hạn trả lời.")
        return redirect("letter-list", cell)
    due = Criticism(cell=organisation, sent_at=now).due_on
    context = {"cell": organisation, "form": form, "enters": enters, "due": due}
    return render(request, "critique/letter_new.html", context, status=422 if form.errors else 200)


@require_GET
def letter_blank(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "criticism.list", cell)
    return paper_response(request, blank_letter(organisation))
