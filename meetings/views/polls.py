"""A vote in the room: opened and counted at the desk, answered from the pocket; and a secret one by slips of paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.http import paper_response
from meetings import facts, polls, rules
from meetings.actions import evening
from meetings.actions import polls as actions
from meetings.forms import BallotForm, HandsForm, PollForm, SlipsForm
from meetings.models import AgendaItem, Choice, Poll
from meetings.papers.slips import build_slips
from meetings.presence import Room, room_with
from meetings.views.shared import ROWS, act, back_if_not_held, before_a_vote, desk, number
from members.access import load, load_one
from members.asked import Asked
from members.forming import complaint, run
from members.private import private

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from members.access import MemberRequest

WITH_PEOPLE = AgendaItem.objects.with_people()
POLLS = Poll.objects.with_meeting()
_POLL = Asked(lambda known, pk: Poll.objects.with_meeting().at_hand(known, pk))
NO_TEAM = "Chưa ghi tổ trưởng kiểm phiếu nên biên bản không nêu. Muốn nêu thì xoá biểu quyết này rồi ghi lại."


def _room(item: AgendaItem) -> Room:
    return room_with(facts.roll(item.meeting, item), item.meeting, timezone.now(), item)


def _votes_of(item: int) -> str:
    """Where they stand at the desk: the panel beside what is written."""
    return reverse("room-item", args=[item], fragment="panel-votes")


@require_http_methods(["GET", "POST"])
def poll_open(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, WITH_PEOPLE, "meeting.run", pk=pk)
    if (away := back_if_not_held(request, row.meeting)) is not None:
        return away
    kinds = rules.vote_kinds(row.meeting)
    form = PollForm(request.POST or None, kinds=kinds)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.open_poll, row, **who, **form.cleaned_data):
        return redirect(_votes_of(pk))
    context = {"item": row, "form": form, **before_a_vote(row.meeting, _room(row), kinds)}
    status = 422 if form.errors else 200
    return render(request, "meetings/room/poll_open.html", desk(row.meeting, pk, **context), status=status)


@require_GET
def poll(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, POLLS, "meeting.run", pk=pk)
    return _poll_page(request, row) if row.is_alive else redirect(_votes_of(row.item_id))


def _poll_page(request: MemberRequest, row: Poll, hands_form: HandsForm | None = None) -> HttpResponse:
    """Where the desk enters what was said aloud and counts hands; what anybody chose is not on it."""
    meeting: Meeting = row.meeting
    entitled = polls.entitled_in(row)
    context = {
        "poll": polls.poll_of(meeting),
        "item": row.item,
        "waiting": [one.attendance for one in entitled if not one.spoken],
        "without_phone": polls.without_phone(entitled),
        "choices": Choice.choices,
        "hands_form": hands_form or HandsForm(initial={"rev": row.rev}),
    }
    status = 422 if hands_form is not None else 200
    return render(request, "meetings/room/poll_count.html", desk(meeting, row.item_id, **context), status=status)


@private
@require_POST
def say(request: MemberRequest, pk: int) -> HttpResponse:
    """From the pocket; back to the meeting, where the card says what is recorded.

    The sentence names no choice: until it is read it stands in the session, beside whose session it is.
    """
    row = load_one(request, _POLL, Poll, "poll.say", pk)
    back = reverse("meeting", args=[row.meeting_id], fragment="panel-vote")
    choice = request.POST.get("choice", "")
    said = "Đã ghi ý kiến của đồng chí; đổi được đến khi chốt."
    return act(request, back, actions.say, row, choice=choice, said=said)


@private
@require_POST
def say_for(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, POLLS, "meeting.run", pk=pk)
    person = load(request, ROWS, "meeting.run", pk=number(request.POST.get("person", "")), meeting_id=row.meeting_id)
    said = f"Đã ghi ý kiến của đồng chí {person.name}, bàn thư ký nhập."
    choice = request.POST.get("choice", "")
    return act(request, reverse("poll", args=[pk]), actions.say_for, row, person, choice=choice, said=said)


@private
@require_POST
def hands(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, POLLS, "meeting.run", pk=pk)
    form = HandsForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.count_hands, row, **who, **form.cleaned_data):
        return redirect("poll", pk)
    row.refresh_from_db(fields=["state", "rev"])
    if not row.is_alive:
        messages.error(request, complaint(form))
        return redirect(_votes_of(row.item_id))
    form.knows(row.rev)
    return _poll_page(request, row, form)


def _step(request: MemberRequest, pk: int, action: Callable[..., Any], said: str = "") -> HttpResponse:
    row = load(request, POLLS, "meeting.run", pk=pk)
    return act(request, _votes_of(row.item_id), action, row, said=said)


@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.close_poll)


@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.reopen_poll)


@require_POST
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.publish_poll, said="Đã công bố và ghi vào biên bản.")


@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    return _step(request, pk, actions.withdraw_poll, said="Đã rút biểu quyết; các ý kiến đã ghi được xoá.")


@require_http_methods(["GET", "POST"])
def ballot_add(request: MemberRequest, pk: int) -> HttpResponse:
    """A secret vote: the slips to print before it, and what the team has counted after it."""
    row = load(request, WITH_PEOPLE, "meeting.run", pk=pk)
    if (away := back_if_not_held(request, row.meeting)) is not None:
        return away
    room, kinds = _room(row), rules.vote_kinds(row.meeting)
    here = [one for one in room.here() if not one.is_guest]
    form = BallotForm(request.POST or None, here=here, kinds=kinds)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, evening.record_vote, row, **who, **form.ballot):
        if not form.cleaned_data["head"]:
            messages.info(request, NO_TEAM)
        return redirect(_votes_of(pk))
    slips = SlipsForm(initial={"count": len(room.voters())})
    context = {"item": row, "form": form, "slips_form": slips, **before_a_vote(row.meeting, room, kinds)}
    status = 422 if form.errors else 200
    return render(request, "meetings/room/ballot.html", desk(row.meeting, pk, **context), status=status)


@require_GET
def slips_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, WITH_PEOPLE, "meeting.run", pk=pk)
    form = SlipsForm(request.GET)
    if not form.is_valid():
        messages.error(request, complaint(form))
        return redirect("ballot-add", pk)
    return paper_response(request, build_slips(row.meeting, **form.cleaned_data))
