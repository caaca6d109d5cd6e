"""The typed line at the desk: shown as what it will do, done when it is sent as it was shown, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from meetings import facts
from meetings.actions import shorthand as actions
from meetings.lifecycle import State
from meetings.presence import room_of
from meetings.shorthand import HELP, Desk, Doing, Person, Unclear, Verb, parse
from meetings.views.item import on_to_what_runs
from meetings.views.item_page import item_page
from meetings.views.shared import back_if_not_held, load_item
from members.fields import Line, unmarked
from members.press import press_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from meetings.models import AgendaItem
    from members.access import MemberRequest


def _read(item: AgendaItem, line: str) -> dict[str, Any]:
    """The line, and what it would do, for the page that shows it."""
    rows = facts.roll(item.meeting)
    people = [Person(row.pk, row.name) for row in rows if row.may_take_part]
    now, following = timezone.localtime(), item.meeting.items.after(item)
    desk = Desk(people, item.title, following.title if following else "", now.date(), now.time())
    read = _understood(line, desk)
    is_help = isinstance(read, Doing) and read.verb == Verb.HELP
    if isinstance(read, Doing) and read.verb == Verb.FLOOR and (why := _why_no_floor(item, read.person)):
        read = Unclear(why)
    return {"line": line, "read": read, "clear": isinstance(read, Doing) and not is_help, "help": HELP}


def _why_no_floor(item: AgendaItem, person: int | None) -> str:
    """What giving them the floor would refuse, said while the line is typed: the roll has them elsewhere."""
    room = room_of(item.meeting, timezone.now(), item)
    if item.meeting.state == State.OPEN and item.progress == "running":
        room = room.now()
    return next((room.why_silent(row) for row in room.rows if row.pk == person), "")


def _understood(line: str, desk: Desk) -> Doing | Unclear:
    """Cleaned and looked at as the fields of the buttons do it, whole and without what stands before its text."""
    try:
        read = parse(Line(required=False).clean(line), desk)
        if isinstance(read, Doing):
            unmarked(read.text)
    except ValidationError as marked:
        return Unclear(marked.messages[0])
    return read


@require_POST
def shorthand(request: MemberRequest, pk: int) -> HttpResponse:
    """Done only when it comes back as it was shown; otherwise shown. `pick`: one of several lines shown to choose."""
    item = load_item(request, pk)
    if (away := back_if_not_held(request, item.meeting)) is not None:
        return away
    picked = request.POST.get("pick", "")
    line = (picked or request.POST.get("line", "")).strip()
    shown = _read(item, line)
    if not shown["clear"] or (picked or request.POST.get("seen", "")) != line:
        return item_page(request, item, shorthand=shown)
    who: dict[str, Any] = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    try:
        done = actions.carry_out(item, shown["read"], **who)
    except Refused as refused:
        return item_page(request, item, shorthand={**shown, "read": Unclear(refused.sentence), "clear": False})
    except AlreadyDone:
        return on_to_what_runs(item) if shown["read"].verb == Verb.NEXT else redirect("room-item", pk)
    if shown["read"].verb == Verb.NEXT:
        return on_to_what_runs(item, did=done.did)
    if done.says:
        messages.success(request, done.says)
    query = {"did": done.did, **({"remark": done.remark} if done.remark else {})}
    return redirect(reverse("room-item", args=[pk], query=query))


@require_POST
def shorthand_look(request: MemberRequest, pk: int) -> HttpResponse:
    """What the line would do, while it is typed. Posted, so that no address and no log keeps a word of it."""
    item = load_item(request, pk)
    if (away := back_if_not_held(request, item.meeting)) is not None:
        return away
    shown = _read(item, request.POST.get("line", "").strip())
    return render(request, "meetings/room/shorthand_shown.html", {"shorthand": shown, "item": item})


@require_POST
def shorthand_undo(request: MemberRequest, pk: int) -> HttpResponse:
    item = load_item(request, pk)
    who: dict[str, Any] = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    try:
        messages.success(request, actions.undo(item, request.POST.get("did", ""), **who))
    except Refused as refused:
        messages.error(request, refused.sentence)
    except AlreadyDone:
        pass
    return redirect("room-item", pk)
