"""The desk on the evening: opening, the roll, promises, the closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guideline import checks
from meetings import facts
from meetings.actions import evening, following, one_click, seats
from meetings.forms import CloseForm, GuestForm, MarkForm, ReportForm, SeatForm, TimesForm
from meetings.lifecycle import State
from meetings.models import Attendance, Mark, Meeting, Task, TaskReport, held
from meetings.presence import HOW_TO_FIT, beyond_the_roll, does_not_fit, rooms_of_votes
from meetings.rules import rulebook_of
from meetings.views.item_page import item_page, promised
from meetings.views.shared import ROWS, act, back_if_not_held, desk, done_before, load_item, load_meeting, number
from members.access import load
from members.edits import made_from, undisturbed
from members.forming import run
from members.paging import page_with

if TYPE_CHECKING:
    from django.forms import Form

    from members.access import MemberRequest

ROLL = 70  # on one page: a hall of sixty is called without turning over


@require_POST
def meeting_open(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    act(request, meeting, evening.open_meeting, meeting, early=request.POST.get("early") == "1")
    return redirect("room", pk) if meeting.state == State.OPEN else redirect(meeting)


@require_POST
def meeting_take_back(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    said = "Đã rút lại khai mạc; buổi họp trở lại bước đã thông báo."
    act(request, meeting, evening.take_back, meeting, said=said)
    return redirect("room", pk) if meeting.state == State.OPEN else redirect(meeting)


@require_GET
def roll(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    if (away := back_if_not_held(request, meeting)) is not None:
        return away
    return roll_page(request, meeting)


def roll_page(request: MemberRequest, meeting: Meeting, about: int = 0, **refused: Form) -> HttpResponse:
    """The roll. `refused`: seat_form, number_form; or mark_form, times_form, with `about`, the row whose form it is."""
    rows = facts.roll(meeting)
    for row in rows:
        row.made_from = {form.NAME: made_from(form.initial_for(row)) for form in (MarkForm, TimesForm)}
    members = [row for row in rows if row.counts]
    asked = request.GET.get("open") == "seats"
    items = facts.agenda(meeting)
    context = {
        "items": items,
        "rows": rows,
        "untouched": meeting.state == State.OPEN and all(item.started_at is None for item in items),
        "page": page_with(members, ROLL, request.GET.get("page"), pk=about or number(request.GET.get("row", ""))),
        "others": [row for row in rows if not row.is_guest and not row.counts],
        "guests": [row for row in rows if row.is_guest],
        "marks": [Mark.PRESENT, Mark.EXCUSED, Mark.UNEXCUSED],
        "guest_form": GuestForm(),
        "seats": held(meeting, meeting.seat_changes.with_holders()),
        "seat_form": SeatForm(people=meeting.attendances.people()) if asked else None,
        "about": about,
        "typing_numbers": "number" in request.GET or "number_form" in refused,
        "mark_form": None,
        "times_form": None,
        **refused,
    }
    status = 422 if refused else 200
    return render(request, "meetings/room/roll.html", desk(meeting, "roll", **context), status=status)


@require_POST
def seat_change(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    form = SeatForm(request.POST, people=meeting.attendances.people())
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, seats.change_seat, meeting, **who, **form.change(meeting.opened_at)):
        return redirect(reverse("room", args=[pk], fragment="seats"))
    return back_if_not_held(request, meeting) or roll_page(request, meeting, seat_form=form)


@require_POST
def mark(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "meeting.run", pk=pk)
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, row.meeting, row):
        form = MarkForm(request.POST).over(MarkForm.initial_for(row))
        if form.is_valid() and run(form, evening.mark, row, **who, **form.cleaned_data):
            return _told(request, row)
    return _refused_at(request, row, mark_form=form)


def _refused_at(request: MemberRequest, row: Attendance, **form: Form) -> HttpResponse:
    """The roll with this row's form open: the sentence beside what was typed."""
    meeting = load_meeting(request, row.meeting_id, "meeting.run")
    return back_if_not_held(request, meeting) or roll_page(request, meeting, row.pk, **form)


def _told(request: MemberRequest, row: Attendance) -> HttpResponse:
    """Back to this row, with a word about every vote that the roll now contradicts: the meeting cannot end so."""
    for one in beyond_the_roll(rooms_of_votes(row.meeting)):
        messages.warning(request, f"{does_not_fit(*one)} {HOW_TO_FIT}")
    return redirect(reverse("room", args=[row.meeting_id], query={"row": row.pk}, fragment=f"row-{row.pk}"))


@require_POST
def mark_rest(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "meeting.run")
    act(request, meeting, evening.mark_rest_present, meeting)
    return redirect("room", pk)


@require_POST
def times(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "meeting.run", pk=pk)
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, row.meeting, row):
        form = TimesForm(request.POST).over(TimesForm.initial_for(row))
        if form.is_valid() and run(form, evening.come_and_go, row, **who, **form.moments(row.meeting.held_at)):
            return _told(request, row)
    return _refused_at(request, row, times_form=form)


@require_POST
def late(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody comes in at this moment: one click."""
    row = load(request, ROWS, "meeting.run", pk=pk)
    act(request, row.meeting, one_click.arrive, row)
    return _told(request, row)


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


def _promises_page(
    request: MemberRequest, meeting: Meeting, refused: tuple[int, ReportForm] | None = None
) -> HttpResponse:
    context = promised(meeting, timezone.now(), refused)
    status = 422 if refused is not None else 200
    return render(request, "meetings/room/promises.html", desk(meeting, "promises", **context), status=status)


@require_GET
def promises(request: MemberRequest, pk: int) -> HttpResponse:
    """For who may report and does not write the minutes; at the desk the same stands under its item."""
    meeting = load_meeting(request, pk, "task.report")
    return back_if_not_held(request, meeting) or _promises_page(request, meeting)


@require_POST
def report(request: MemberRequest, pk: int, task: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "task.report")
    row = load(request, Task.objects.with_meeting(), "cell.see", pk=task, cell=meeting.cell)
    given = number(request.POST.get("item", ""))  # under which it is heard at the desk
    item = load_item(request, given) if given else None
    if item is not None and item.meeting_id != pk:
        raise Http404
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, meeting):
        form = ReportForm(request.POST).over(ReportForm.initial_for(TaskReport.objects.heard_at(meeting, row)))
        if form.is_valid() and run(form, following.report_task, row, meeting, **who, **form.cleaned_data):
            where = ("room-item", item.pk) if item else ("promises", pk)
            return redirect(reverse(where[0], args=[where[1]], fragment=f"task-{task}"))
    if item is not None:
        return item_page(request, item, report=(task, form))
    return _promises_page(request, meeting, (task, form))


@require_http_methods(["GET", "POST"])
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """What is still missing, as advice; then the two times and the end."""
    meeting = load_meeting(request, pk, "meeting.run")
    if meeting.state == State.CLOSED:
        return redirect("minutes", pk)
    if (away := back_if_not_held(request, meeting)) is not None:
        return away
    now = timezone.now()
    initial = {"opened_at": meeting.opened_at, "closed_at": now}
    recorded = facts.Evening.of(meeting)
    form = CloseForm(request.POST or None, initial=initial, empty=recorded.empty_items())
    if form.is_valid() and run(form, evening.close, meeting, by=request.user, at=now, **form.closing):
        return redirect("minutes", pk)
    figures = facts.facts_of(recorded, now=now)
    found = checks.findings(checks.Stage.BEFORE_CLOSING, figures, rulebook_of(meeting))
    context = {"form": form, "findings": found, "facts": figures, "items": recorded.items, "rows": recorded.attendances}
    return render(
        request,
        "meetings/room/close.html",
        desk(meeting, "close", **context),
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
