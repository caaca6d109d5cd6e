"""What the views of a meeting share: loading it, the desk's frame, and running an action from a plain button."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from guideline.votes import BASE, base_clause
from meetings.actions.planning import called_to
from meetings.facts import agenda, is_apart
from meetings.lifecycle import PLANNING, TOOK_PLACE, State
from meetings.models import AgendaItem, Attendance, Mark, Meeting
from meetings.presence import voters_word
from meetings.uploads import CONTENT_TYPES
from members.access import load_one, require
from members.asked import Asked
from members.forming import complaint
from members.models import Event
from members.press import press_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from django.forms import Form

    from guideline.votes import VoteKind
    from meetings.presence import Room
    from members.access import MemberRequest
    from members.models import Member

log = logging.getLogger(__name__)
_MEETING = Asked(lambda known, pk: Meeting.objects.with_people().at_hand(known, pk))
_ITEM = Asked(lambda known, pk: AgendaItem.objects.with_people().with_poll().at_hand(known, pk))
_BARE = Asked(lambda known, pk: AgendaItem.objects.with_meeting().at_hand(known, pk))
_PERSON = Asked(lambda known, pk, meeting: Attendance.objects.of(meeting).at_hand(known, pk))
_OWN = Asked(lambda known, member, meeting: Attendance.objects.of(meeting).own_at_hand(known, member))
ROWS = Attendance.objects.with_meeting()


def load_meeting(request: MemberRequest, pk: int, action: str) -> Meeting:
    """The meeting with its people in one query. A plan that is not announced asks for the right to see plans."""
    meeting = load_one(request, _MEETING, Meeting, action, pk)
    if meeting.state == State.PLAN:
        require(request.user, "plan.see", meeting)
    return meeting


def load_item(request: MemberRequest, pk: int) -> AgendaItem:
    """A line of the agenda as the desk works on it, with its meeting and people, in one query."""
    return load_one(request, _ITEM, AgendaItem, "meeting.run", pk)


def load_bare(request: MemberRequest, pk: int, action: str) -> AgendaItem:
    """The same without its people: a click is answered by another page, which names them."""
    return load_one(request, _BARE, AgendaItem, action, pk)


def load_person(request: MemberRequest, meeting: Meeting, pk: int, action: str) -> Attendance:
    """A row of this meeting's roll, by its key."""
    return load_one(request, _PERSON, Attendance, action, pk, meeting.pk, meeting=meeting)


def load_oneself(request: MemberRequest, meeting: Meeting, action: str) -> Attendance:
    """One's own row of this meeting's roll."""
    return load_one(request, _OWN, Attendance, action, request.user.member_id, meeting.pk, meeting=meeting)


def desk(meeting: Meeting, here: str | int, **context: Any) -> dict[str, Any]:
    """What the desk's frame shows beside every page: the agenda and where we are in it, the time left, the roll.

    `items`, `rows`: the agenda and the roll where the page has loaded them.
    """
    now = timezone.now()
    items = context.get("items") or agenda(meeting)
    rows = context.get("rows") or list(meeting.attendances.all())
    counted = [row for row in rows if row.counts]
    frame = {
        "meeting": meeting,
        "here": here,
        "states": State,
        "since": now,
        "rows": rows,
        "running": next((line for line in items if line.progress == "running"), None),
        "following": following(items, here),
        "has_past_tasks": any(line.step == "past_tasks" for line in items),
        "left": minutes_left(meeting.opened_at, sum(line.minutes for line in items), now),
        "counted": len(counted),
        "present": sum(row.mark == Mark.PRESENT for row in counted),
        "unmarked": sum(row.mark == Mark.NONE for row in counted),
        "written_here": [(number, line) for number, line in enumerate(items, 1) if not is_apart(meeting, line)],
        "gone": [row for row in rows if row.mark == Mark.PRESENT and row.left_at and row.left_at <= now],
        "absent": [row for row in counted if row.mark in (Mark.EXCUSED, Mark.UNEXCUSED)],
    }
    return {**frame, **context, "items": items}


def following(items: list[AgendaItem], here: str | int) -> tuple[int, AgendaItem] | None:
    """The next line that nobody has begun, with its number: where "Xong" leads."""
    numbered = list(enumerate(items, 1))
    place = next((number for number, line in numbered if line.pk == here), len(items))
    return next(((number, line) for number, line in numbered if number > place and line.started_at is None), None)


def minutes_left(begun: datetime | None, planned: int, now: datetime) -> int | None:
    """Of what was planned; below nought when it is over, None before it has begun."""
    return planned - int((now - begun).total_seconds() // 60) if begun is not None else None


def before_a_vote(meeting: Meeting, room: Room, kinds: Sequence[VoteKind]) -> dict[str, Any]:
    """Who votes, of how many it will be counted, and what each kind needs of them."""
    base = len(room.base())
    return {
        "voters": room.voters(),
        "voters_word": voters_word(meeting),
        "base": base,
        "base_words": BASE,
        "base_clause": base_clause(meeting.day),
        "vote_kinds": [(kind, kind.majority.needed(base)) for kind in kinds],
    }


def back_if_not_held(request: MemberRequest, meeting: Meeting) -> HttpResponse | None:
    if meeting.state in TOOK_PLACE - {State.SEALED}:
        return None
    messages.info(request, "Bàn thư ký chỉ mở từ lúc khai mạc đến khi biên bản được ký.")
    return redirect(meeting)


def back_unless_planned(
    request: MemberRequest, meeting: Meeting, states: Collection[State] = PLANNING
) -> HttpResponse | None:
    """No form is opened that could not be saved. What was typed before the state changed comes back with the reason."""
    if request.method == "POST" or meeting.state in states:
        return None
    messages.info(request, f"Buổi họp đang ở bước “{meeting.get_state_display()}” nên không sửa kế hoạch được nữa.")
    return redirect(meeting)


def number(given: str, none: int = 0) -> int:
    """A key as it came from outside; `none`, which no row has, for anything that is none."""
    return int(given) if given.isdecimal() and len(given) < 19 else none


def act(
    request: MemberRequest,
    then: Any,
    action: Callable[..., Any],
    *args: Any,
    form: Form | None = None,
    said: str = "",
    **kwargs: Any,
) -> HttpResponse:
    """Run an action behind a button, say what came of it, and go back to the page; `form` is what it sent."""
    if form is not None:
        if not form.is_valid():
            messages.error(request, complaint(form))
            return redirect(then)
        kwargs |= {name: value for name, value in form.cleaned_data.items() if name != "key"}
    try:
        action(*args, by=request.user, at=timezone.now(), key=press_of(request), **kwargs)
    except Refused as refused:
        messages.error(request, refused.sentence)
    except AlreadyDone as done:
        if done.sentence:
            messages.info(request, done.sentence)
    else:
        if said:
            messages.success(request, said)
    return redirect(then)


def done_before(request: MemberRequest) -> Meeting | None:
    """The meeting that this click has changed already: where it removes a row, its second arrival finds none."""
    press = press_of(request)
    if press is None:
        return None
    events = Event.objects.for_user(request.user).done_by(request.user).from_press(press)
    found: Meeting | None = Meeting.objects.for_user(request.user).changed_by(events).first()
    return found


def attached(row: Any) -> FileResponse:
    """The file of a row. Always a download, never a page of ours: whatever is inside cannot run in our origin."""
    if not row.file:
        raise Http404
    try:
        held = row.file.open("rb")
    except FileNotFoundError as gone:
        log.error("An attached file is not where such files are kept: %s", row.file.name)  # noqa: TRY400
        raise Http404 from gone
    response = FileResponse(held, as_attachment=True, filename=row.file_name, content_type=CONTENT_TYPES[row.file_type])
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def people_of(meeting: Meeting) -> list[Member]:
    """Who can be named in this meeting's forms: those who are called to it on its day, by given name."""
    return [entry.member for entry in called_to(meeting)]


def named(rows: list[Attendance]) -> list[Any]:
    """People for a form, from rows already loaded: a person is a key and a name here."""
    return [Attendee(row.member_id, row.name) for row in rows if row.member_id]


class Attendee:
    """Enough of a member for a list of choices, without another query."""

    def __init__(self, pk: int, name: str) -> None:
        self.pk = pk
        self.name = name

    def __str__(self) -> str:
        return self.name
