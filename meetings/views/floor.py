"""The speaking list: a member asks from the phone; the desk gives the floor, orders, closes, takes a step back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from meetings.actions import floor
from meetings.forms import LimitForm, TurnForm
from meetings.models import Turn, TurnKind
from meetings.views.shared import act, back_if_not_held, desk, load_bare, load_oneself, number
from members.access import load
from members.edits import undisturbed
from members.forming import run
from members.policy import may

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import AgendaItem, Attendance, Remark
    from members.access import MemberRequest

TURNS = Turn.objects.with_meeting()
OF_TURN: dict[str, Callable[..., None]] = {
    "pause": floor.pause,
    "resume": partial(floor.pause, on=False),
    "end": floor.end,
    **{to: partial(floor.move, to=to) for to in floor.PLACES},
}
OF_LIST: dict[str, Callable[..., None]] = {
    "close": floor.close_list,
    "reopen": partial(floor.close_list, closed=False),
}


def _named(of: dict[str, Callable[..., None]], request: MemberRequest) -> Callable[..., None]:
    if (action := of.get(request.POST.get("do", ""))) is None:
        raise Http404
    return action


def kind_named(request: MemberRequest) -> str:
    return request.POST.get("kind") or TurnKind.SPEAK


def called_on(
    request: MemberRequest, item: AgendaItem, speaker: Attendance, *, kind: str, at_once: bool
) -> HttpResponse:
    """The floor or a place in the list for whom the desk has named; then to the remark that was opened."""
    return _to_the_remark(request, item, partial(floor.call_on, item, speaker, kind=kind, at_once=at_once))


def _to_the_remark(request: MemberRequest, item: AgendaItem, action: Callable[..., Remark | None]) -> HttpResponse:
    made: list[Remark | None] = []

    def call(**who: Any) -> None:
        made.append(action(**who))

    act(request, item.meeting, call)
    opened = next(iter(made), None)
    return redirect(reverse("room-item", args=[item.pk], query={"remark": opened.pk} if opened else None))


@require_POST
def floor_ask(request: MemberRequest, pk: int) -> HttpResponse:
    """A member puts themself on the list of an item."""
    item = load_bare(request, pk, "meeting.see")
    mine = load_oneself(request, item.meeting, "floor.ask")
    said = "Đã đăng ký. Xin chờ đến lượt."
    return act(request, item.meeting, floor.ask, item, mine, kind=kind_named(request), said=said)


@require_POST
def turn_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Off the list; whoever does it at the desk stays there."""
    turn = load(request, TURNS, "floor.ask", pk=pk)
    at_desk = request.POST.get("desk") == "1" and may(request.user, "meeting.run", turn)
    act(request, turn.meeting, floor.withdraw, turn, said="" if at_desk else "Đã rút đăng ký.")
    return redirect("room-item", turn.item_id) if at_desk else redirect(turn.meeting)


@require_POST
def turn_do(request: MemberRequest, pk: int) -> HttpResponse:
    turn = load(request, TURNS, "meeting.run", pk=pk)
    if request.POST.get("do") == "give":
        return _to_the_remark(request, turn.item, partial(floor.call_up, turn))
    act(request, turn.meeting, _named(OF_TURN, request), turn)
    return redirect("room-item", turn.item_id)


@require_POST
def floor_do(request: MemberRequest, pk: int) -> HttpResponse:
    """Close the list, open it again, or take the last step back."""
    item = load_bare(request, pk, "meeting.run")
    if request.POST.get("do") == "undo":
        act(request, item.meeting, floor.undo, item, step=number(request.POST.get("step", "")))
    else:
        act(request, item.meeting, _named(OF_LIST, request), item)
    return redirect("room-item", pk)


@require_POST
def floor_limit(request: MemberRequest, pk: int) -> HttpResponse:
    item = load_bare(request, pk, "meeting.run")
    act(request, item.meeting, floor.limit, item, form=LimitForm(request.POST))
    return redirect("room-item", pk)


@require_http_methods(["GET", "POST"])
def turn_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The times of a turn that is over."""
    turn = load(request, TURNS, "meeting.run", pk=pk)
    if (away := back_if_not_held(request, turn.meeting)) is not None:
        return away
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, turn.meeting, turn):
        form = TurnForm(request.POST or None).over(TurnForm.initial_for(turn))
        if form.is_valid() and run(form, floor.correct_times, turn, **who, **form.moments(turn, turn.meeting.held_at)):
            return redirect("room-item", turn.item_id)
    context = desk(turn.meeting, turn.item_id, turn=turn, form=form)
    return render(request, "meetings/room/turn.html", context, status=422 if form.errors else 200)
