"""The desk on the evening: the roll, one agenda item at a time, promises, the closing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guideline import checks
from meetings import facts, follow
from meetings.actions import evening, following
from meetings.extension import brought_before, keeper_of
from meetings.forms import CloseForm, GuestForm, MarkForm, ReportForm, TaskForm, TimesForm, VoteForm
from meetings.lifecycle import HELD, State
from meetings.models import AgendaItem, Attendance, Mark, Meeting, Remark, Resolution, Task, TaskState, Vote
from meetings.rules import rulebook_of
from meetings.saving import others_wrote
from meetings.views.shared import act, done_before, load_meeting
from members.access import load
from members.forming import focused, run
from members.paging import page_with
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest

ITEMS = AgendaItem.objects.with_people()
ROWS = Attendance.objects.with_meeting()

REMARKS, ROLL = 20, 50  # on one page


def _desk(meeting: Meeting, here: str | int, **context: Any) -> dict[str, Any]:
    """What the desk's frame shows beside every panel: the agenda and where we are in it."""
    if "items" not in context:
        context["items"] = list(meeting.items.with_presenter())
    return {"meeting": meeting, "here": here, "states": State, "since": timezone.now(), **context}


def _back_if_not_held(request: MemberRequest, meeting: Meeting) -> HttpResponse | None:
    if meeting.state in HELD - {State.SEALED}:
        return None
    messages.info(request, "Bàn thư ký chỉ mở từ lúc khai mạc đến khi biên bản được ký.")
    return redirect(meeting)


@require_POST
def meeting_open(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    act(request, meeting, evening.open_meeting, meeting)
    return redirect("room", pk) if meeting.state == State.OPEN else redirect(meeting)


@require_GET
def roll(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    if (away := _back_if_not_held(request, meeting)) is not None:
        return away
    rows = facts.roll(meeting)
    members = [row for row in rows if row.counts]
    context = {
        "counted": len(members),
        "page": page_with(members, ROLL, request.GET.get("page"), pk=_number(request.GET.get("row", ""))),
        "others": [row for row in rows if not row.is_guest and not row.counts],
        "guests": [row for row in rows if row.is_guest],
        "marks": [Mark.PRESENT, Mark.EXCUSED, Mark.UNEXCUSED],
        "unmarked": sum(row.counts and row.mark == Mark.NONE for row in rows),
        "present": sum(row.counts and row.mark == Mark.PRESENT for row in rows),
        "guest_form": GuestForm(),
    }
    return render(request, "meetings/room/roll.html", _desk(meeting, "roll", **context))


@require_POST
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "meeting.run", pk=pk)
    return act(request, _roll_at(row), evening.mark, row, form=MarkForm(request.POST))


def _roll_at(row: Attendance) -> str:
    return reverse("room", args=[row.meeting_id], query={"row": row.pk}, fragment=f"row-{row.pk}")


@require_POST
def mark_rest(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    act(request, meeting, evening.mark_rest_present, meeting)
    return redirect("room", pk)


@require_POST
def times(request: MemberRequest, pk: int) -> HttpResponse:
    """Times of the evening are of the day on which the meeting opened."""
    row = load(request, ROWS, "meeting.run", pk=pk)
    form = TimesForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Giờ đến, giờ về ghi dạng 19:30.")
        return redirect(_roll_at(row))
    day = timezone.localdate(row.meeting.opened_at or row.meeting.starts_at)

    def moment(name: str) -> datetime | None:
        given = form.cleaned_data[name]
        return timezone.make_aware(datetime.combine(day, given)) if given else None

    return act(request, _roll_at(row), evening.come_and_go, row, arrived_at=moment("arrived"), left_at=moment("left"))


@require_POST
def guest_add(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    act(request, meeting, evening.add_guest, meeting, form=GuestForm(request.POST))
    return redirect("room", pk)


@require_POST
def guest_remove(request: MemberRequest, pk: int) -> HttpResponse:
    if (changed := done_before(request)) is not None:
        return redirect("room", changed.pk)
    row = load(request, ROWS, "meeting.run", pk=pk)
    act(request, row.meeting, evening.remove_guest, row)
    return redirect("room", row.meeting_id)


def _item_page(request: MemberRequest, item: AgendaItem, **forms: Any) -> HttpResponse:
    """One agenda item with everything that is recorded under it: eight queries in all."""
    meeting, since = item.meeting, timezone.now()
    if (step := facts.step_of(meeting, item)) is not None and step.apart:
        keeper = keeper_of(meeting)
        frame = _desk(meeting, item.pk, item=item, elsewhere=keeper.written_at(item) if keeper else None)
        return render(request, "meetings/room/apart.html", frame)
    rows = facts.roll(meeting)
    people = {row.pk: row for row in rows}
    remarks = list(meeting.remarks.under(item))
    for remark in remarks:
        remark.speaker = people[remark.speaker_id]
    speaking = [row for row in rows if row.is_guest or row.may_come]
    tasks = list(meeting.tasks.under(item).with_owner())
    said = [remark for remark in remarks if remark.vote_id is None]
    spoke, fresh = {remark.speaker_id for remark in said}, _number(request.GET.get("remark", ""))
    if request.GET.get("open") == "vote":
        forms["vote_form"] = focused(VoteForm(), "question")
    if request.GET.get("open") == "task":
        forms["task_form"] = focused(TaskForm(people=_named(rows)), "text")
    context = {
        "item": item,
        "step": step,
        "said": len(said),
        "page": page_with(said, REMARKS, request.GET.get("page"), pk=fresh, last=True),
        "votes": [(vote, [r for r in remarks if r.vote_id == vote.pk]) for vote in meeting.votes.under(item)],
        "voters": [row for row in rows if row.may_vote],
        "tasks": tasks,
        "speaking": [row for row in speaking if row.mark == Mark.PRESENT or row.mark == Mark.NONE],
        "not_yet": [row for row in speaking if row.mark == Mark.PRESENT and row.pk not in spoke and not row.is_guest],
        "may_issue": not meeting.of_committee and may(request.user, "resolution.keep", meeting),
        "fresh": fresh,
        "since": since,
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    frame = _desk(meeting, item.pk, **context)
    return render(request, "meetings/room/item.html", frame, status=status)


def _named(rows: list[Attendance]) -> list[Any]:
    """People for a form, from rows already loaded: a person is a key and a name here."""
    return [Attendee(row.member_id, row.name) for row in rows if row.member_id]


class Attendee:
    """Enough of a member for a list of choices, without another query."""

    def __init__(self, pk: int, full_name: str) -> None:
        self.pk = pk
        self.full_name = full_name


@require_GET
def item(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ITEMS, "meeting.run", pk=pk)
    return _back_if_not_held(request, row.meeting) or _item_page(request, row)


@require_POST
def item_start(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ITEMS, "meeting.run", pk=pk)
    act(request, row.meeting, evening.start_item, row)
    return redirect("room-item", pk)


@require_POST
def item_end(request: MemberRequest, pk: int) -> HttpResponse:
    """End the item and turn to the next one, or to the closing after the last."""
    row = load(request, ITEMS, "meeting.run", pk=pk)
    act(request, row.meeting, evening.end_item, row)
    next_item = row.meeting.items.after(row)
    return redirect("room-item", next_item.pk) if next_item else redirect("close", row.meeting_id)


@require_POST
def remark_add(request: MemberRequest, pk: int) -> HttpResponse:
    """A new remark for a speaker, or with `vote` a reserved opinion on that vote."""
    row = load(request, ITEMS, "meeting.run", pk=pk)
    speaker = load(request, ROWS, "meeting.run", pk=_number(request.POST.get("speaker", "")), meeting_id=row.meeting_id)
    vote = None
    if request.POST.get("vote"):
        vote = load(
            request,
            Vote.objects.with_meeting(),
            "meeting.run",
            pk=_number(request.POST.get("vote", "")),
            item=row,
        )
    made: list[Remark] = []

    def add(**who: Any) -> None:
        made.append(evening.add_remark(row, speaker, vote=vote, **who))

    act(request, row.meeting, add)
    return redirect(reverse("room-item", args=[pk], query={"remark": made[0].pk} if made else None))


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 19 else 0


@require_POST
def remark_remove(request: MemberRequest, pk: int) -> HttpResponse:
    if (changed := done_before(request)) is not None:
        return redirect("room", changed.pk)
    row = load(
        request,
        Remark.objects.with_meeting(),
        "meeting.run",
        pk=pk,
    )
    act(request, row.meeting, evening.remove_remark, row)
    return redirect("room-item", row.item_id)


@require_POST
def vote_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ITEMS, "meeting.run", pk=pk)
    form = VoteForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, evening.record_vote, row, **who, **form.cleaned_data):
        return redirect(reverse("room-item", args=[pk], fragment="votes"))
    return _item_page(request, row, vote_form=form)


@require_POST
def vote_remove(request: MemberRequest, pk: int) -> HttpResponse:
    if (changed := done_before(request)) is not None:
        return redirect("room", changed.pk)
    row = load(request, Vote.objects.with_meeting(), "meeting.run", pk=pk)
    act(request, row.meeting, evening.remove_vote, row)
    return redirect("room-item", row.item_id)


@require_POST
def task_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ITEMS, "meeting.run", pk=pk)
    people = row.meeting.attendances.people()
    form = TaskForm(request.POST, people=people)
    who = {"by": request.user, "at": timezone.now(), "item": row}
    if form.is_valid() and run(form, following.assign_task, row.meeting, **who, **form.cleaned_data):
        return redirect(reverse("room-item", args=[pk], fragment="tasks"))
    return _item_page(request, row, task_form=form)


@require_http_methods(["GET", "POST"])
def task_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(
        request,
        Task.objects.with_meeting(),
        "meeting.run",
        pk=pk,
    )
    if (away := _back_if_not_held(request, row.meeting)) is not None:
        return away
    people = row.meeting.attendances.people()
    form = TaskForm(request.POST or None, people=people, initial=TaskForm.initial_for(row))
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, following.edit_task, row, **who, **form.cleaned_data):
        return redirect("room-item", row.item_id) if row.item_id else redirect("close", row.meeting_id)
    context = _desk(row.meeting, row.item_id or "close", task=row, form=form)
    return render(request, "meetings/room/task.html", context, status=422 if form.errors else 200)


@require_POST
def task_remove(request: MemberRequest, pk: int) -> HttpResponse:
    if (changed := done_before(request)) is not None:
        return redirect("room", changed.pk)
    row = load(request, Task.objects.with_meeting(), "meeting.run", pk=pk)
    act(request, row.meeting, following.remove_task, row)
    return redirect("room-item", row.item_id) if row.item_id else redirect("close", row.meeting_id)


def _promises_page(
    request: MemberRequest, meeting: Meeting, refused: ReportForm | None = None, task: int = 0
) -> HttpResponse:
    found = follow.promises(meeting)
    context = {
        "promised": [(promise, refused if promise.task.pk == task else None) for promise in found],
        "resolutions": [] if meeting.of_committee else list(Resolution.objects.not_ended_before(meeting).with_names()),
        "task_states": TaskState.choices,
        "day": timezone.localdate(meeting.starts_at),
        "business": brought_before(meeting, timezone.now()),
    }
    status = 422 if refused is not None else 200
    return render(request, "meetings/room/promises.html", _desk(meeting, "promises", **context), status=status)


@require_GET
def promises(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "task.report")
    return _back_if_not_held(request, meeting) or _promises_page(request, meeting)


@require_POST
def report(request: MemberRequest, pk: int, task: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "task.report")
    row = load(request, Task.objects.with_meeting(), "cell.see", pk=task, cell=meeting.cell)
    form = ReportForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, following.report_task, row, meeting, **who, **form.cleaned_data):
        return redirect(reverse("promises", args=[pk], fragment=f"task-{task}"))
    return _promises_page(request, meeting, form, task)


@require_http_methods(["GET", "POST"])
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """What is still missing, as advice; then the two times and the end."""
    meeting = load_meeting(request, pk, "meeting.run")
    if meeting.state == State.CLOSED:
        return redirect("minutes", pk)
    if (away := _back_if_not_held(request, meeting)) is not None:
        return away
    now = timezone.now()
    initial = {"opened_at": meeting.opened_at, "closed_at": now}
    form = CloseForm(request.POST or None, initial=initial)
    if form.is_valid() and run(form, evening.close, meeting, by=request.user, at=now, **form.cleaned_data):
        return redirect("minutes", pk)
    recorded = facts.Evening.of(meeting)
    figures = facts.facts_of(recorded, now=now)
    found = checks.findings(checks.Stage.BEFORE_CLOSING, figures, rulebook_of(meeting))
    context = {"form": form, "findings": found, "facts": figures, "items": recorded.items}
    return render(
        request,
        "meetings/room/close.html",
        _desk(meeting, "close", **context),
        status=422 if form.errors else 200,
    )


@require_POST
def read_back(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    done = "Đã ghi: biên bản được đọc lại và thông qua."
    act(request, meeting, evening.read_back, meeting, said=done)
    return redirect("close", pk) if meeting.state == State.OPEN else redirect("minutes", pk)


@require_POST
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    act(request, meeting, evening.reopen, meeting)
    return redirect("room", pk)


@require_GET
def now(request: MemberRequest, pk: int) -> HttpResponse:
    """The card on a member's phone. 204: the phone shows it already, or the desk knows this version.

    A desk also asks whether somebody else has typed since it was shown: that makes no new version.
    """
    meeting = load_meeting(request, pk, "meeting.see")
    typed = others_wrote(meeting, request.GET.get("since", ""), request.user)
    if request.GET.get("v") == str(meeting.version) and not typed:
        return HttpResponse(status=204)
    running = meeting.items.running()
    shown = f"{meeting.state}-{running.pk if running else 0}"
    if request.GET.get("shown") == shown:
        return HttpResponse(status=204)
    context = {"meeting": meeting, "running": running, "shown": shown, "states": State}
    return render(request, "meetings/now.html", context)
