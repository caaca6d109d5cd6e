"""The page of one agenda item at the desk: what is written under it in the middle, what is recorded in the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.utils import timezone

from meetings import facts, follow, rules, under_item
from meetings.extension import brought_before, keeper_of
from meetings.floor import at_desk, floor_of
from meetings.forms import ReportForm, TaskForm, VoteForm
from meetings.lifecycle import State
from meetings.models import Resolution, TaskState
from meetings.passages import OFFERED_IN, passage_of, passages
from meetings.polls import poll_of
from meetings.presence import Room, room_with
from meetings.views.shared import before_a_vote, desk, minutes_left, named, number
from members.edits import made_from
from members.forming import focused
from members.paging import page_with
from members.policy import may

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpResponse

    from meetings.models import AgendaItem, Attendance, Meeting, Outcome, Remark
    from members.access import MemberRequest

EARLIER = 40  # earlier remarks on one page, a line each


def item_page(
    request: MemberRequest,
    item: AgendaItem,
    *,
    shorthand: dict[str, Any] | None = None,
    report: tuple[int, ReportForm] | None = None,
    **forms: Any,
) -> HttpResponse:
    """`shorthand`: a typed line with what it would do; `report`, `forms`: what was refused."""
    meeting, since, step = item.meeting, timezone.now(), facts.step_of(item.meeting, item)
    if facts.is_apart(meeting, item):
        return _apart(request, item)
    rows = facts.roll(meeting, item)
    room, spoken = room_with(rows, meeting, since, item), _remarks(request, item, rows)
    came_to, did = under_item.came_to(item), request.GET.get("did", "")
    fresh_outcome = number(request.GET.get("outcome", ""))
    forms, fold = forms | _opened(request, meeting, rows), _may_fold(step, spoken["said"])
    context = {
        "item": item,
        "step": step,
        "item_left": minutes_left(item.counts_from, item.minutes, since),
        "rows": rows,
        **spoken,
        **_votes(item, room, spoken["full"], came_to, forms.get("vote_form")),
        "outcomes": [one for one in came_to if one.vote_id is None],
        "fresh_outcome": fresh_outcome,
        "tasks": under_item.tasks(item),
        **_floor(item, room, spoken["spoke"]),
        "may_issue": not meeting.of_committee and may(request.user, "resolution.keep", meeting),
        "since": since,
        "opened": _workspace(request, forms, spoken["full"], came_to),
        "fold_notes": fold,
        "shorthand": shorthand or {},
        "did": did,
        **_focus(item, spoken, forms, fold, fresh_outcome, typed=bool(shorthand or did)),
        **(promised(meeting, since, report) if item.step == "past_tasks" else {}),
        **forms,
    }
    status = 422 if report is not None or any(form.errors for form in forms.values()) else 200
    return render(request, "meetings/room/item.html", desk(meeting, item.pk, **context), status=status)


def _apart(request: MemberRequest, item: AgendaItem) -> HttpResponse:
    """What is said here about people is written elsewhere: on a page of the desk that its keeper has, or beside it."""
    keeper = keeper_of(item.meeting)
    if keeper is not None and (there := keeper.at_desk(item, request.user)):
        return redirect(there)
    frame = desk(item.meeting, item.pk, item=item, elsewhere=keeper.written_at(item) if keeper else None)
    return render(request, "meetings/room/apart.html", frame)


def _may_fold(step: Any, said: int) -> bool:
    """Where people speak, their words are what is written; what was presented stays folded."""
    return step is not None and (step.three_part or (said > 0 and not step.asks_conclusion))


def _focus(
    item: AgendaItem, spoken: dict[str, Any], forms: dict[str, Any], fold: bool, elsewhere: int, *, typed: bool
) -> Any:
    """Where one writes now: the text just opened, the remark that is going on, what is presented, or the typed line.

    `typed`: a line was refused, or has done what opens no text; the next one is typed where it was.
    """
    if typed and not spoken["fresh"]:
        return {"focus_remark": 0, "focus_notes": 0, "focus_line": True}
    current = spoken["current"]
    busy = bool(forms) or elsewhere or item.progress != "running"
    remark = spoken["fresh"] or (0 if busy or current is None else current.pk)
    notes = item.pk if not (busy or remark or fold) else 0
    return {"focus_remark": remark, "focus_notes": notes, "focus_line": not (busy or remark or notes)}


def _opened(request: MemberRequest, meeting: Meeting, rows: list[Attendance]) -> dict[str, Any]:
    """The form that was opened on purpose."""
    if request.GET.get("open") == "vote":
        return {"vote_form": focused(VoteForm(kinds=rules.vote_kinds(meeting)), "question")}
    if request.GET.get("open") == "task":
        return {"task_form": focused(TaskForm(people=named(rows)), "text")}
    return {}


def _workspace(request: MemberRequest, forms: dict[str, Any], full: dict[int, Remark], came_to: list[Outcome]) -> str:
    """What lies open above the item: its votes or its tasks, with a form or with a text that has just been begun."""
    fresh = number(request.GET.get("remark", ""))
    reserved = fresh in full and full[fresh].vote_id is not None
    decided = {one.pk for one in came_to if one.vote_id is not None}
    if "vote_form" in forms or reserved or number(request.GET.get("outcome", "")) in decided:
        return "vote"
    return "task" if "task_form" in forms else ""


def _remarks(request: MemberRequest, item: AgendaItem, rows: list[Attendance]) -> dict[str, Any]:
    """The remark that is being written with its boxes, the earlier ones a line each, and open the one asked for."""
    people = {row.pk: row for row in rows}
    lines = under_item.lines(item)
    fresh = number(request.GET.get("remark", ""))
    now = lines.pop().pk if lines else 0
    full = {one.pk: one for one in under_item.in_full(item, {now, fresh})}
    for remark in (*lines, *full.values()):
        remark.speaker = people[remark.speaker_id]
    current = full.get(now)
    page = page_with(lines[::-1], EARLIER, request.GET.get("page"), pk=fresh)
    return {
        "said": len(lines) + (current is not None),
        "spoke": {one.speaker_id for one in lines} | ({current.speaker_id} if current else set()),
        "current": current,
        "lines": [(one, full.get(one.pk)) for one in page],
        "page": page,
        "fresh": fresh,
        "full": full,
    }


def _floor(item: AgendaItem, room: Room, spoke: set[int]) -> dict[str, Any]:
    """Who speaks, who waits, who has not spoken on this item, and the paragraph that is discussed."""
    floor = floor_of(item.meeting, item, now=room.at, room=room, spoke=frozenset(spoke))
    return {**at_desk(floor), "not_yet": floor.not_yet, **_draft(item.meeting, item)}


def _draft(meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """What of the draft can be put on the screens while the item is on, and what is there."""
    offered = meeting.state == State.OPEN and item.progress == "running" and item.step in OFFERED_IN
    return {"passages": passages(meeting) if offered else [], "passage": passage_of(meeting, item)}


def _votes(
    item: AgendaItem, room: Room, full: dict[int, Remark], came_to: list[Outcome], form: VoteForm | None
) -> dict[str, Any]:
    """Votes with the opinions reserved on them, who could vote then and what they decided; the base of the next one."""
    meeting = item.meeting
    votes = [(vote, Room(room.rows, vote.taken_at, aside=room.aside, end=room.end)) for vote in under_item.votes(item)]
    return {
        "poll": poll_of(meeting) if item.open_poll else None,
        "votes": [
            (vote, *([r for r in rows if r.vote_id == vote.pk] for rows in (full.values(), came_to)), then.voters())
            for vote, then in votes
        ],
        **before_a_vote(meeting, room, form.kinds if form else ()),
        "aside": [row for row in room.rows if row.pk in room.aside],
    }


def promised(meeting: Meeting, now: datetime, refused: tuple[int, ReportForm] | None = None) -> dict[str, Any]:
    """What earlier meetings gave and this one hears about; `refused`: a task's key and its form."""
    task, form = refused or (0, None)
    return {
        "promised": [
            (promise, form if promise.task.pk == task else None, made_from(ReportForm.initial_for(promise.report)))
            for promise in follow.promises(meeting)
        ],
        "resolutions": [] if meeting.of_committee else list(Resolution.objects.not_ended_before(meeting).with_names()),
        "task_states": TaskState.choices,
        "day": meeting.day,
        "business": brought_before(meeting, now),
    }
