"""Screens of the yearly review as a whole: the list, the plan, one review with its people, its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.course import actions
from critique.cycle import reading_period as window
from critique.cycle.access import load_cycle
from critique.cycle.forms import CycleForm, ParticipantForm, StepForm
from critique.cycle.models import FORM_CHOICES, Cycle, Participant
from critique.levels.appraised import blank_appraisal
from critique.levels.models import Ballot
from critique.lifecycle import AFTER_MEETING, HEARD_IN, TRANSITIONS, WRITING, Considering, State
from critique.official_forms import years
from critique.official_forms.model import FormKind
from critique.remedies import register
from critique.writing import actions as writing
from critique.writing.content import FIRST
from critique.writing.models import SelfReview
from critique.writing.sheets import blank
from documents.http import paper_response
from meetings.lifecycle import State as MeetingState
from meetings.views.shared import act
from members.access import load, load_cell
from members.edits import undisturbed
from members.forming import answer, run
from members.policy import may
from members.private import private

if TYPE_CHECKING:
    from meetings.models import Meeting
    from members.access import MemberRequest
    from members.models import User


@require_GET
def cycle_list(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "cycle.see", cell)
    plans = may(request.user, "cycle.plan", organisation)
    rows = Cycle.objects.in_cell(organisation)
    rows = rows if plans else rows.announced()
    sets = may(request.user, "rule.set", organisation)
    context = {"cell": organisation, "cycles": rows, "may_plan": plans, "may_set": sets}
    return render(request, "critique/cycle_list.html", context)


@require_http_methods(["GET", "POST"])
def cycle_new(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "cycle.plan", cell)
    form = CycleForm(request.POST or None, initial={"year": timezone.localdate().year})
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.plan_cycle, organisation, **who, **form.cleaned_data):
        return redirect(form.outcome or "cycle-list", *([] if form.outcome else [cell]))
    return answer(request, "critique/cycle_form.html", form, cell=organisation, cycle=None)


@require_http_methods(["GET", "POST"])
def cycle_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "cycle.plan")
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, row):
        form = CycleForm(request.POST or None).over({name: getattr(row, name) for name in actions.PLAN_FIELDS})
        if form.is_valid() and run(form, actions.edit_cycle, row, **who, **form.cleaned_data):
            return redirect(row)
    return answer(request, "critique/cycle_form.html", form, cell=row.cell, cycle=row)


@private
@require_GET
def cycle(request: MemberRequest, pk: int) -> HttpResponse:
    """For everybody: days and one's own form. For the committee: everybody's state, never a word of theirs."""
    row = load_cycle(request, pk, "cycle.see")
    user = request.user
    mine = next((one for one in row.people if one.member_id == user.member_id), None)
    submitted = [one for one in row.people if hasattr(one, "review") and one.review.submitted_at]
    whole = next((one for one in row.people if one.of_collective and may(user, "selfreview.write", one)), None)
    context: dict[str, Any] = {
        "cycle": row,
        "mine": mine,
        "my_review": getattr(mine, "review", None),
        "collective": getattr(whole, "review", None) if whole and whole.writes else None,
        "plans": may(user, "cycle.plan", row),
        "heard": row.state in (*HEARD_IN, State.CLOSED) and may(user, "hearing.list", row),
        "hearings": [one.hearing for one in row.people if may_hear(user, one)],
        "notes": row.state in HEARD_IN and may(user, "note.keep", row),
        "steps": _steps(row) if may(user, "cycle.run", row) else [],
        "to_read": [one for one in submitted if one not in (mine, whole) and may(user, "selfreview.see", one)],
        "submitted": len(submitted),
        "finished": submitted,
        "waiting": [one for one in row.people if one not in submitted],
        "writers": sum(one.writes for one in row.people),
        "window": window.sentence(row, timezone.localdate()),
        "clause": window.CLAUSE,
        "forms": FORM_CHOICES,
        "unseen": years.unseen(FormKind.STAFF, row.year),
        "otherwise": years.code_of(FormKind.STAFF, row.year),
        "promised": row.state in AFTER_MEETING,
        "conference": _conference(row, plans=may(user, "cycle.plan", row)),
        "taken": register.taken_up(row),
        "levels": _levels(request, row),
    }
    return render(request, "critique/cycle.html", context)


def _conference(row: Cycle, *, plans: bool) -> Meeting | None:
    """The conference that this person may know of: a plan is for those who plan."""
    if row.meeting is None or not row.has_conference:
        return None
    return row.meeting if plans or row.meeting.state != MeetingState.PLAN else None


def _levels(request: MemberRequest, row: Cycle) -> dict[str, Any]:
    """What this person may open about levels; whoever counts is led to the round that waits."""
    user = request.user
    sees = may(user, "ballot.see", row)
    counting = [] if sees or user.member_id is None else list(Ballot.objects.waiting_for(row, user.member_id))
    return {"lists": may(user, "level.list", row), "ballots": sees, "counting": counting}


# The main step of each state, then what may also be done; each with the word on its button and what it means.
STEP_WORDS = {
    "open": ("Mở đợt kiểm điểm", "Mỗi đồng chí trong danh sách có mẫu để viết; danh sách được cập nhật lần cuối."),
    "read": ("Mở thời gian đọc", "Người dự họp đọc được các bản đã nộp; từ lúc này không rút lại bản đã nộp được nữa."),
    "hold": ("Đã họp kiểm điểm", "Thời gian đọc kết thúc: chỉ còn người viết và chi uỷ xem được."),
    "close": ("Kết thúc đợt kiểm điểm", "Không ghi thêm được nữa; mỗi đồng chí vẫn xem được bản của mình."),
    "shut": ("Đóng thời gian đọc", "Người dự họp thôi đọc; người viết lại rút lại để sửa được."),
    "resume": ("Mở lại thời gian đọc", "Khi họp chưa xong hoặc bấm nhầm: người dự họp lại đọc được."),
}


def may_hear(user: User, one: Participant) -> bool:
    """One's own hearing and the collective's, once it has begun; for others there is the order of the conference."""
    hearing = getattr(one, "hearing", None)
    begun = hearing is not None and hearing.state != Considering.WAITING
    return begun and one.member_id in (None, user.member_id)


def _steps(row: Cycle) -> list[tuple[str, str, str]]:
    return [(name, *words) for name, words in STEP_WORDS.items() if row.state in TRANSITIONS[name].source]


@private
@require_POST
def cycle_step(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "cycle.run")
    return act(request, row, actions.take_step, row, form=StepForm(request.POST))


@private
@require_POST
def cycle_draw_up(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "cycle.plan")
    return act(request, row, actions.draw_up, row, said="Đã cập nhật danh sách theo đảng viên của chi bộ.")


@require_GET
def blank_form(request: MemberRequest, pk: int, form: str) -> HttpResponse:
    """To write on by hand; holds nothing about anybody."""
    row = load_cycle(request, pk, "cycle.see")
    if form not in dict(FORM_CHOICES):
        raise Http404
    return paper_response(request, blank(row, form, blank_appraisal))


@private
@require_http_methods(["GET", "POST"])
def participant_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Participant.objects.with_people(), "cycle.plan", pk=pk)
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, row.cycle, row):
        form = ParticipantForm(request.POST or None, row=row)
        if form.is_valid() and run(form, actions.set_participant, row, **who, **form.cleaned_data):
            return redirect(row.cycle)
    waits = SelfReview.objects.unsubmitted_of(row).exists()
    may_enter = waits and row.cycle.state in WRITING and row.member_id not in (None, request.user.member_id)
    return answer(request, "critique/participant.html", form, row=row, cycle=row.cycle, may_enter=may_enter)


@private
@require_POST
def participant_enter(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(
        request,
        Participant.objects.with_people(),
        "selfreview.enter",
        pk=pk,
    )
    act(request, row.cycle, writing.begin_entering, row)
    if row.typist_id != request.user.member_id:
        return redirect(row.cycle)
    return redirect("self-review-write", row.review.pk, FIRST)
