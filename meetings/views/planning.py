"""Screens before the evening: the list, the plan, the agenda, the notice, apologies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.html import to_fragment
from documents.http import paper_response
from guideline import checks
from guideline import rulebook as rules
from meetings import facts, preparation
from meetings.actions import planning, preparing
from meetings.actions.matters import TAKES_MATTERS
from meetings.coming import usual
from meetings.extension import advised, brought_before, to_read
from meetings.forms import ItemForm, PlanForm, ReasonForm, TickForm
from meetings.lifecycle import PLANNING, TOOK_PLACE, State
from meetings.live.panels import POCKET
from meetings.models import PLANNED_HERE, AgendaItem, Attendance, Kind, Matter, Meeting, Task
from meetings.next_steps import next_step
from meetings.papers import build_notice
from meetings.polls import pocket_of
from meetings.rules import rulebook_of
from meetings.views.live import own_number, shown
from meetings.views.shared import act, back_unless_planned, done_before, load_meeting, people_of
from members import roster
from members.access import load, load_cell
from members.edits import undisturbed
from members.forming import run
from members.models import Organisation
from members.policy import may
from members.press import press_of
from members.saving.drafts import draft_of

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Member, User

PAGE = 20
AHEAD = (State.PLAN, State.CALLED)  # on the evening the desk says it


@require_GET
def meeting_list(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "cell.see", cell)
    plans = may(request.user, "plan.edit", organisation)
    pages = facts.listed(request.user, organisation, PAGE, plans=plans)
    context = {"cell": organisation, "page": pages.get_page(request.GET.get("page")), "may_plan": plans}
    return render(request, "meetings/meeting_list.html", context)


@require_http_methods(["GET", "POST"])
def meeting_new(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "plan.edit", cell)
    kind = request.GET.get("kind")
    if kind not in PLANNED_HERE:  # most cells begin with the meeting of the month
        kind = Kind.THEMATIC if Meeting.objects.in_cell(organisation).exists() else Kind.REGULAR
    people, prefilled = _people_and_plan(request, organisation, kind)
    form = PlanForm(request.POST or None, kind=kind, people=people, **prefilled)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, planning.plan_meeting, organisation, kind=kind, **who, **form.plan):
        return redirect(form.outcome or done_before(request) or "home")
    context = {"cell": organisation, "form": form, "kind": Kind(kind), "kinds": PLANNED_HERE}
    return render(request, "meetings/meeting_new.html", context, status=422 if form.errors else 200)


def _people_and_plan(request: MemberRequest, cell: Organisation, kind: str) -> tuple[list[Member], dict[str, Any]]:
    """Who can be named; and for the committee's own meeting what it prepares, asked for or the next one."""
    today = timezone.localdate()
    if kind != Kind.COMMITTEE:
        entries = roster.on_day(cell, today)
        return [entry.member for entry in entries], {"initial": usual(cell, kind, entries, today)}
    people = [entry.member for entry in roster.committee_on_day(cell, today)]
    ahead = list(Meeting.objects.to_prepare(cell).with_people())
    asked = next((row for row in ahead if str(row.pk) == request.GET.get("for")), next(iter(ahead), None))
    return people, {"prepared": ahead, "initial": PlanForm.before(asked, people)}


@require_GET
def meeting(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "minutes.see")
    roll = facts.roll(row) if row.notice_number_id else []  # nobody is on it before the first notice
    evening = facts.Evening(row, items=facts.agenda(row), attendances=roll)
    plans, opened = may(request.user, "plan.edit", row), request.GET.get("open", "")
    mine = next((a for a in evening.attendances if a.member_id and a.member_id == request.user.member_id), None)
    context = {
        "meeting": row,
        "of_cell": may(request.user, "cell.see", row),  # the superior committee reads this page, not those it leads to
        "items": evening.items,
        "planned_minutes": sum(item.minutes for item in evening.items),
        "may_edit": plans and row.state in PLANNING,
        "may_run": may(request.user, "meeting.run", row),
        "matters": Matter.objects.in_cell(row.cell).open().count() if _takes_matters(row) and plans else 0,
        **_next(row, request.user),
        "to_read": to_read(row, evening.items, timezone.now()),
        **(_guidance(evening, opened) if plans else {}),
        "arranging": opened == "agenda",
        "mine": mine,
        "pocket": pocket_of(row, request.user) if row.state == State.OPEN else None,
        "apology_form": ReasonForm() if mine and row.state == State.CALLED and not mine.apologised_at else None,
        "apologies": [a for a in evening.attendances if a.apologised_at],
        "without_apology": _without_apology(evening) if opened == "apology" else [],
        "may_decide": may(request.user, "apology.decide", row),
        "may_call": may(request.user, "meeting.call", row),
        "sees_deeds": may(request.user, "deed.see", row),
        **_resolutions(row, request),
        "business": brought_before(row, timezone.now()) if row.state in AHEAD else (),
        **(shown(row, POCKET, mine) if row.state == State.OPEN else {"own_number": own_number(mine, row)}),
    }
    return render(request, "meetings/meeting.html", context)


def _next(row: Meeting, user: User) -> dict[str, Any]:
    """From the opening on it is what one comes for, and stands under the title."""
    step = next_step(row, user)
    return {"step": step, "at_once": row.state in TOOK_PLACE and bool(step and step.label)}


def _without_apology(evening: facts.Evening) -> list[Attendance]:
    return [row for row in evening.attendances if row.counts and not row.apologised_at]


def _takes_matters(row: Meeting) -> bool:
    return row.state == State.PLAN and row.kind in TAKES_MATTERS


def _resolutions(row: Meeting, request: MemberRequest) -> dict[str, Any]:
    """What this meeting has issued; only the cell's own meetings issue."""
    if row.of_committee or row.state not in TOOK_PLACE:
        return {}
    issued = list(row.resolutions.with_names())
    return {"resolutions": issued, "may_issue": may(request.user, "resolution.keep", row)}


def _guidance(evening: facts.Evening, opened: str) -> dict[str, Any]:
    """What the guideline says to those who plan: advice while it helps, and the duties with their evidence."""
    rulebook = rulebook_of(evening.meeting)
    told: dict[str, Any] = {"findings": (), "advised": ()}
    if evening.meeting.state in PLANNING:
        missing = advised(evening.meeting, evening.items, rulebook, timezone.now())
        told = {"findings": _advice(evening, rulebook), "advised": missing}
    found = _checklist(evening, rulebook)
    return {**told, **found, "checklist_open": opened == "checklist" or found["duties"].is_overdue}


def _advice(evening: facts.Evening, rulebook: rules.Rulebook) -> tuple[checks.Finding, ...]:
    row = evening.meeting
    stage = checks.Stage(facts.STAGES[row.state])
    found = checks.findings(stage, facts.facts_of(evening, now=timezone.now()), rulebook)
    return tuple(finding for finding in found if finding.code not in preparation.RULES)


def _checklist(evening: facts.Evening, rulebook: rules.Rulebook) -> dict[str, Any]:
    """The duties with their evidence; and the committee's own meeting for this one, if one was planned here."""
    row = evening.meeting
    committee = facts.prepared_by(row)
    of_cell = not row.of_committee and row.state != State.CANCELLED
    unknown = of_cell and committee is None and row.committee_met_at is None
    sits = not unknown or planning.committee_sits(evening)
    record = preparation.record_of(row, committee, secretary_alone=not sits)
    lines = preparation.lines(record, rulebook, timezone.now())
    return {
        "checklist": lines,
        "duties": preparation.Checklist(lines),
        "committee": committee,
        "committee_wanted": unknown and sits and row.state in PLANNING,
        "prepares": row.prepares,
    }


@require_http_methods(["GET", "POST"])
def meeting_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "plan.edit")
    if (back := back_unless_planned(request, row)) is not None:
        return back
    draft = draft_of("meeting-edit", row, request.user)
    prepared = list(Meeting.objects.to_prepare(row.cell, row.prepares_id)) if row.of_committee else []
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    with undisturbed(request, row):
        about: dict[str, Any] = {"kind": row.kind, "people": people_of(row), "prepared": prepared}
        form = PlanForm(request.POST or None, initial=draft.texts, **about).over(PlanForm.initial_for(row))
        if form.is_valid() and run(form, planning.edit_plan, row, **who, **form.plan):
            draft.forget()
            return redirect(row)
    context = {"meeting": row, "form": form, "draft": draft}
    return render(request, "meetings/meeting_edit.html", context, status=422 if form.errors else 200)


@require_POST
def meeting_call(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "meeting.call")
    return act(request, row, planning.call, row, said="Đã gửi thông báo. Đảng viên thấy khi đăng nhập.")


@require_POST
def meeting_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "meeting.call")
    return act(request, row, planning.withdraw, row, said="Đã thu hồi thông báo, buổi họp trở lại bước chuẩn bị.")


@require_POST
def meeting_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "meeting.call")
    return act(request, row, planning.cancel, row, form=ReasonForm(request.POST), said="Đã huỷ buổi họp.")


@require_POST
def meeting_tick(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "plan.edit")
    back = f"{row.get_absolute_url()}?open=checklist#checklist"
    return act(request, back, preparing.tick, row, form=TickForm(request.POST))


@require_http_methods(["GET", "POST"])
def item_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "plan.edit")
    if (back := back_unless_planned(request, row, PLANNING | {State.OPEN})) is not None:
        return back
    form = ItemForm(request.POST or None, people=people_of(row))
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, planning.add_item, row, **who, **form.cleaned_data):
        return redirect(row)
    context = {"meeting": row, "form": form}
    return render(request, "meetings/item.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def item_edit(request: MemberRequest, pk: int) -> HttpResponse:
    item = load(request, AgendaItem.objects.with_meeting(), "plan.edit", pk=pk)
    if (back := back_unless_planned(request, item.meeting)) is not None:
        return back
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, item.meeting, item):
        form = ItemForm(request.POST or None, people=people_of(item.meeting)).over(ItemForm.initial_for(item))
        if form.is_valid() and run(form, planning.edit_item, item, **who, **form.cleaned_data):
            return redirect(item.meeting)
    context = {"meeting": item.meeting, "item": item, "form": form}
    return render(request, "meetings/item.html", context, status=422 if form.errors else 200)


@require_POST
def item_move(request: MemberRequest, pk: int) -> HttpResponse:
    item = load(request, AgendaItem.objects.with_meeting(), "plan.edit", pk=pk)
    back = f"{item.meeting.get_absolute_url()}?open=agenda#item-{item.pk}"
    return act(request, back, planning.move_item, item, up=request.POST.get("to") == "up")


@require_POST
def item_remove(request: MemberRequest, pk: int) -> HttpResponse:
    if (changed := done_before(request)) is not None:
        return redirect(changed)
    item = load(request, AgendaItem.objects.with_meeting(), "plan.edit", pk=pk)
    return act(request, item.meeting, planning.remove_item, item)


@require_GET
def notice(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "meeting.see")
    mine = Task.objects.unfinished().in_cell(row.cell).of_owner(request.user.member_id)
    ahead = row.state in (State.CALLED, State.OPEN)
    context = {"meeting": row, "paper": to_fragment(build_notice(row)), "my_tasks": list(mine) if ahead else []}
    return render(request, "meetings/notice.html", context)


@require_GET
def notice_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return paper_response(request, build_notice(load_meeting(request, pk, "meeting.see")))


@require_POST
def apology(request: MemberRequest, pk: int) -> HttpResponse:
    """The row of the person who cannot come: their own, or one that a leader enters for them."""
    rows = Attendance.objects.with_meeting().of_members()
    row = load(request, rows, "meeting.see", pk=pk)
    form = ReasonForm(request.POST)
    return act(request, row.meeting, planning.apologise, row, form=form, said="Đã ghi xin vắng mặt.")


@require_POST
def apology_decide(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Attendance.objects.with_meeting(), "apology.decide", pk=pk)
    accepted = request.POST.get("accepted") == "1"
    return act(request, row.meeting, planning.decide_apology, row, accepted=accepted)
