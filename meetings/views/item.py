"""One agenda item at the desk, with everything that is recorded under it: remarks, votes, tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import rules
from meetings.actions import evening, following, one_click, outcomes
from meetings.actions import votes as aside
from meetings.forms import AsideForm, TaskForm, VoteForm
from meetings.models import AgendaItem, Outcome, Recusal, Remark, Task, Vote
from meetings.views.floor import called_on, kind_named
from meetings.views.item_page import item_page
from meetings.views.shared import (
    ROWS,
    act,
    back_if_not_held,
    desk,
    done_before,
    load_bare,
    load_item,
    load_person,
    number,
)
from members.access import load
from members.edits import undisturbed
from members.forming import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

    from members.access import MemberRequest


@require_GET
def item(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_item(request, pk)
    return back_if_not_held(request, row.meeting) or item_page(request, row)


@require_POST
def item_start(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_item(request, pk)
    act(request, row.meeting, evening.start_item, row)
    return redirect("room-item", pk)


@require_POST
def item_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End the item and begin the next one; after the last to the closing."""
    row = load_item(request, pk)
    unheard = ", ".join(turn.speaker.name for turn in row.turns.waiting().with_speaker())
    said = f"Đã kết thúc “{row.title}”; chưa được phát biểu: {unheard}." if unheard else ""
    act(request, row.meeting, one_click.go_on, row, said=said)
    return on_to_what_runs(row)


def on_to_what_runs(row: AgendaItem, **query: str) -> HttpResponse:
    """To the item that is on now; where none is, to the next one, and after the last to the closing."""
    items = row.meeting.items
    following = items.running() or items.after(row)
    if following is None:
        return redirect("close", row.meeting_id)
    return redirect(reverse("room-item", args=[following.pk], query=query))


def _vote_named(request: MemberRequest, item: AgendaItem) -> Vote | None:
    """The vote under this item that the form names; None where it names none."""
    given = request.POST.get("vote", "")
    return load(request, Vote.objects.with_meeting(), "meeting.run", pk=number(given), item=item) if given else None


def _taken_out(request: MemberRequest, rows: QuerySet[Any], pk: int, action: Callable[..., None]) -> HttpResponse:
    """Something that stands under an item is taken out of the minutes; back to the item, or to the closing."""
    if (changed := done_before(request)) is not None:
        return redirect("room", changed.pk)
    row = load(request, rows, "meeting.run", pk=pk)
    act(request, row.meeting, action, row)
    return redirect("room-item", row.item_id) if row.item_id else redirect("close", row.meeting_id)


@require_POST
def remark_add(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody is to speak, at once as `speaker_now`; with `vote` they reserve an opinion on that vote."""
    row = load_bare(request, pk, "meeting.run")
    at_once = request.POST.get("speaker_now", "")
    who = number(at_once or request.POST.get("speaker", ""))
    speaker = load_person(request, row.meeting, who, "meeting.run")
    if (vote := _vote_named(request, row)) is None:
        return called_on(request, row, speaker, kind=kind_named(request), at_once=bool(at_once))
    made: list[Remark] = []

    def add(**who: Any) -> None:
        made.append(evening.add_remark(row, speaker, vote=vote, **who))

    act(request, row.meeting, add)
    return redirect(reverse("room-item", args=[pk], query={"remark": made[0].pk} if made else None))


@require_POST
def remark_remove(request: MemberRequest, pk: int) -> HttpResponse:
    return _taken_out(request, Remark.objects.with_meeting(), pk, evening.remove_remark)


@require_POST
def vote_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_item(request, pk)
    form = VoteForm(request.POST, kinds=rules.vote_kinds(row.meeting))
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, evening.record_vote, row, **who, **form.cleaned_data):
        return redirect("room-item", pk)
    return item_page(request, row, vote_form=form)


@require_POST
def vote_remove(request: MemberRequest, pk: int) -> HttpResponse:
    return _taken_out(request, Vote.objects.with_meeting(), pk, evening.remove_vote)


@require_POST
def outcome_add(request: MemberRequest, pk: int) -> HttpResponse:
    """One more outcome of a kind; with `vote` the decision that this vote has carried."""
    row = load_item(request, pk)
    vote = _vote_named(request, row)
    made: list[Outcome] = []

    def add(**who: Any) -> None:
        made.append(outcomes.add_outcome(row, kind=request.POST.get("kind", ""), vote=vote, **who))

    act(request, row.meeting, add)
    query = {"outcome": made[0].pk} if made else None
    return redirect(reverse("room-item", args=[pk], query=query, fragment="votes" if vote else "outcomes"))


@require_POST
def outcome_remove(request: MemberRequest, pk: int) -> HttpResponse:
    return _taken_out(request, Outcome.objects.with_meeting(), pk, outcomes.remove_outcome)


@require_POST
def aside_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_item(request, pk)
    person = load(request, ROWS, "meeting.run", pk=number(request.POST.get("person", "")), meeting_id=row.meeting_id)
    leads = person.member_id in (row.meeting.chair_id, row.presenter_id)
    said = f"Xin cử đồng chí khác điều hành nội dung này thay đồng chí {person.name}." if leads else ""
    act(request, row.meeting, aside.step_aside, row, person, form=AsideForm(request.POST), said=said)
    return redirect("room-item", pk)


@require_POST
def aside_remove(request: MemberRequest, pk: int) -> HttpResponse:
    return _taken_out(request, Recusal.objects.with_meeting(), pk, aside.take_part_again)


@require_POST
def task_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_item(request, pk)
    people = row.meeting.attendances.people()
    form = TaskForm(request.POST, people=people)
    who = {"by": request.user, "at": timezone.now(), "item": row}
    if form.is_valid() and run(form, following.assign_task, row.meeting, **who, **form.cleaned_data):
        return redirect("room-item", pk)
    return item_page(request, row, task_form=form)


@require_http_methods(["GET", "POST"])
def task_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(
        request,
        Task.objects.with_meeting(),
        "meeting.run",
        pk=pk,
    )
    if (away := back_if_not_held(request, row.meeting)) is not None:
        return away
    people = row.meeting.attendances.people()
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, row.meeting, row):
        form = TaskForm(request.POST or None, people=people).over(TaskForm.initial_for(row))
        if form.is_valid() and run(form, following.edit_task, row, **who, **form.cleaned_data):
            return redirect("room-item", row.item_id) if row.item_id else redirect("close", row.meeting_id)
    context = desk(row.meeting, row.item_id or "close", task=row, form=form)
    return render(request, "meetings/room/task.html", context, status=422 if form.errors else 200)


@require_POST
def task_remove(request: MemberRequest, pk: int) -> HttpResponse:
    return _taken_out(request, Task.objects.with_meeting(), pk, following.remove_task)
