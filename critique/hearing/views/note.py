"""Screens of private preparation: about whom one has a note, one note, sending or erasing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from critique.cycle.access import load_cycle
from critique.cycle.models import Participant
from critique.hearing.actions import note as actions
from critique.hearing.models import Hearing, HearingOpinion, PrepNote
from critique.hearing.models.note import TEXTS, erased_on
from critique.lifecycle import HEARD_IN, NOTING, State
from meetings.views.shared import act
from members.access import load, require
from members.press import press_of
from members.private import private

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from members.access import MemberRequest

PROMPTS = {
    "noted": ("Điều ghi nhận", "Việc đồng chí ấy đã làm tốt."),
    "wish": ("Điều đề nghị sửa", "Một việc cụ thể, nói về việc, không nói về người."),
    "grounds": ("Căn cứ", "Việc xảy ra khi nào, chính mình thấy hay có kết luận; không ghi lời đồn, chuyện riêng tư."),
    "suggestion": ("Đề nghị cụ thể", "Làm gì, đến bao giờ, mình giúp được gì."),
}


@private
@require_GET
def prep_notes(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "note.keep")
    actions.erase_what_is_over(timezone.now())
    user = request.user
    mine = PrepNote.objects.for_user(user).about_whom(row)
    context = {
        "cycle": row,
        "people": [(one, one.pk in mine) for one in row.people if one.writes and one.member_id != user.member_id],
        "sent": HearingOpinion.objects.for_user(user).of_speaker(row, user.member).sent(),
        "writing": row.state in NOTING,
        "erased_on": _erased_on(row),
    }
    return render(request, "critique/notes.html", context)


def _erased_on(row: Cycle) -> Any:
    return erased_on(timezone.localdate(row.held_at)) if row.held_at else None


def load_row(request: MemberRequest, pk: int) -> Participant:
    """Who the note is about: no address names a note, so nobody can ask for somebody else's."""
    rows = Participant.objects.with_people()
    row: Participant = load(request, rows, "note.keep", pk=pk)
    if row.cycle.state == State.PLAN:
        require(request.user, "cycle.plan", row.cycle)
    return row


@private
@require_GET
def prep_note(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_row(request, pk)
    actions.erase_what_is_over(timezone.now())
    if row.member_id == request.user.member_id:
        return redirect(row.cycle)
    note = actions.note_of(row, request.user)
    context = {
        "row": row,
        "cycle": row.cycle,
        "note": note,
        "rev": note.rev if note else 0,
        "fields": [(name, *PROMPTS[name], getattr(note, name, "")) for name in TEXTS],
        "writing": row.cycle.state in NOTING,
        "may_send": note is not None and row.cycle.state in HEARD_IN,
        "erased_on": _erased_on(row.cycle),
    }
    return render(request, "critique/note.html", context)


@private
@require_POST
def prep_note_send(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_row(request, pk)
    said = "Đã gửi thư ký, đứng tên đồng chí. Ghi chú riêng đã xoá."
    return act(request, _notes(row), actions.send_note, row, said=said)


@private
@require_POST
def prep_note_erase(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_row(request, pk)
    return act(request, _notes(row), actions.erase_note, row, said="Đã xoá ghi chú.")


@private
@require_POST
def hearing_opinion_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Nothing is left of it afterwards; the same click once more leads where the first one led."""
    press = press_of(request)
    if press is not None and (done := Hearing.objects.changed_by(request.user, press, "take_back")):
        return redirect(done.cycle.get_absolute_url() if done.cycle else "home")
    row = load(request, HearingOpinion.objects.with_people(), "hearing.withdraw", pk=pk)
    then = row.hearing.cycle or row.hearing.cell
    return act(request, then, actions.take_back, row, said="Đã rút. Lời của đồng chí nằm lại ở ghi chú riêng.")


def _notes(row: Participant) -> str:
    return reverse("prep-notes", args=[row.cycle_id])
