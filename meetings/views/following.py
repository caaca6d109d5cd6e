"""Screens between the meetings: a year's tasks and resolutions, word on one task, the life of a resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings import follow
from meetings.actions import following, resolutions
from meetings.forms import NoteForm, ResolutionForm, StepForm
from meetings.lifecycle import TAKING_MINUTES, TOOK_PLACE
from meetings.models import Resolution, Task
from meetings.views.shared import act, done_before, load_meeting, number
from members.access import load, load_cell
from members.forming import answer, run
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest

FIRST_YEAR, LAST_YEAR = 2018, 2100


@require_GET
def task_list(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "cell.see", cell)
    today = timezone.localdate()
    year = follow.year_of(organisation, _year(request.GET.get("nam", ""), today.year), request.user, today)
    context = {"cell": organisation, "found": year, "this_year": today.year, "day": today}
    return render(request, "meetings/task_list.html", context)


def _year(given: str, usual: int) -> int:
    year = int(given) if given.isdecimal() and len(given) == len(str(usual)) else usual
    return year if FIRST_YEAR <= year <= LAST_YEAR else usual


@require_http_methods(["GET", "POST"])
def task_note(request: MemberRequest, pk: int) -> HttpResponse:
    """The owner's own word; or entered for somebody without a device, and named as such."""
    task = load(request, Task.objects.with_meeting(), "task.note", pk=pk)
    notes = list(task.notes.with_typist())
    form = NoteForm(request.POST or None, initial={"state": notes[-1].state if notes else None})
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, following.note_task, task, **who, **form.cleaned_data):
        return redirect(reverse("task-list", args=[task.cell_id], fragment=f"task-{pk}"))
    for_them = task.owner_id is not None and task.owner_id != request.user.member_id
    for note in notes:
        note.task = task
    return answer(request, "meetings/task_update.html", form, task=task, notes=notes, for_them=for_them)


@require_http_methods(["GET", "POST"])
def resolution_add(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "resolution.keep")
    votes = list(meeting.votes.all())
    day = meeting.day
    chosen = number(request.GET.get("vote", ""))
    decided = meeting.outcomes.decided_by(chosen)
    initial = ResolutionForm.initial_for(day, chosen, decided)
    form = ResolutionForm(request.POST or None, votes=votes, initial=initial)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, resolutions.issue, meeting, **who, **form.cleaned_data):
        return redirect("resolution", form.outcome.pk) if form.outcome else redirect(meeting)
    held = meeting.state in TOOK_PLACE and not meeting.of_committee
    return answer(request, "meetings/resolution_add.html", form, meeting=meeting, held=held)


@require_http_methods(["GET", "POST"])
def resolution(request: MemberRequest, pk: int) -> HttpResponse:
    """Members read how far it is; whoever keeps it writes down the next step."""
    if request.method == "POST" and done_before(request) is not None:
        return redirect("resolution", pk)
    row = load(
        request, Resolution.objects.with_meeting(), "cell.see" if request.method == "GET" else "resolution.keep", pk=pk
    )
    keeps = may(request.user, "resolution.keep", row)
    form = StepForm(request.POST or None, steps=row.steps_ahead)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, resolutions.take_step, row, **who, **form.cleaned_data):
        return redirect("resolution", pk)
    steps = list(row.steps.with_typist())
    context: dict[str, Any] = {
        "resolution": row,
        "steps": steps,
        "keeps": keeps,
        "may_withdraw": keeps and not steps and row.meeting.state in TAKING_MINUTES,
    }
    return answer(request, "meetings/resolution.html", form, **context)


@require_POST
def resolution_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    if (changed := done_before(request)) is not None:
        return redirect(changed)
    row = load(request, Resolution.objects.with_meeting(), "resolution.keep", pk=pk)
    act(request, row.meeting, resolutions.withdraw, row, said="Đã bỏ văn bản ghi nhầm.")
    return redirect(row.meeting)
