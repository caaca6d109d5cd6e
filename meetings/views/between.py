"""Between two meetings: what members would have on the next agenda, and the day that the cell keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from guideline.model import RuleKey
from meetings import rules
from meetings.actions import matters, meeting_day, planning
from meetings.coming import coming, first_day, rule_of
from meetings.forms.between import MatterAnswerForm, MatterForm, MeetingDayForm, PressedDayForm
from meetings.models import Matter, Meeting, MeetingDay
from meetings.views.shared import done_before
from members import roster
from members.access import load, load_cell, require
from members.edits import undisturbed
from members.entering import may_enter_for
from members.forming import answer, complaint, run
from members.policy import may
from members.press import press_of
from members.saving.drafts import draft_of

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Member, Organisation


@require_http_methods(["GET", "POST"])
def matter_list(request: MemberRequest, cell: int) -> HttpResponse:
    """One's own with their answers; the committee has everybody's, what waits first."""
    organisation = load_cell(request, "matter.send", cell)
    draft = draft_of("matter-add", organisation, request.user)
    form = MatterForm(request.POST or None, initial=draft.texts, people=_others(request, organisation))
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid():
        member = form.cleaned_data.get("member") or request.user.member
        if run(form, matters.propose, organisation, member=member, text=form.cleaned_data["text"], **who):
            draft.forget()
            messages.success(request, "Đã gửi đề xuất. Chi uỷ trả lời ở trang này.")
            return redirect("matter-list", cell)
    rows = list(Matter.objects.for_user(request.user).in_cell(organisation).with_people())
    context = {
        "cell": organisation,
        "draft": draft,
        "answers": may(request.user, "matter.enter", organisation),
        "waiting": [row for row in rows if row.is_open],
        "answered": [row for row in rows if not row.is_open],
    }
    return answer(request, "meetings/matter_list.html", form, **context)


def _others(request: MemberRequest, cell: Organisation) -> list[Member]:
    """For whom this account may enter a matter: who has no device or no account."""
    if not may(request.user, "matter.enter", cell):
        return []
    return [person for person in roster.people_today(cell) if may_enter_for(person, request.user)]


@require_http_methods(["GET", "POST"])
def matter(request: MemberRequest, pk: int) -> HttpResponse:
    """The matter with its answers; whoever may answer does so here."""
    row = load(request, Matter.objects.with_people(), "matter.see", pk=pk)
    if request.method == "POST":
        require(request.user, "matter.answer", row)
    answers = may(request.user, "matter.answer", row) and row.is_open
    draft = draft_of("matter-answer", row, request.user) if answers else None
    form = MatterAnswerForm(
        request.POST or None,
        initial=draft.texts if draft else None,
        meetings=Meeting.objects.in_preparation(row.cell),
    )
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, matters.answer, row, **{**form.cleaned_data, **who}):
        if draft:
            draft.forget()
        messages.success(request, "Đã trả lời đề xuất.")
        return redirect("matter-list", row.cell_id)
    plans = may(request.user, "plan.see", row.cell)  # a plan is nobody else's until its notice
    context = {"matter": row, "answers": list(row.answers.with_people()), "plans": plans}
    return answer(request, "meetings/matter.html", form, draft=draft, may_answer=answers, **context)


@require_http_methods(["GET", "POST"])
def meeting_day_page(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "programme.see", cell)
    if request.method == "POST":
        require(request.user, "programme.edit", organisation)
    today, rule = timezone.localdate(), rule_of(organisation)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    asked = rules.rulebook_in(organisation, planning.rulebook_on(timezone.now()), today).rule(RuleKey.MEETING_DAY)
    with undisturbed(request, rule or organisation):
        form = MeetingDayForm(request.POST or None)
        if rule is not None:
            form = form.over(MeetingDayForm.initial_for(rule))
        else:
            form.initial = first_day(organisation, asked.figure if asked else None)
        if form.is_valid() and run(form, meeting_day.fix_day, organisation, **{**form.cleaned_data, **who}):
            messages.success(request, "Đã ghi ngày sinh hoạt thường kỳ.")
            return redirect("meeting-day", cell)
    days = coming(rule, today, plans=may(request.user, "plan.see", organisation)) if rule is not None else []
    context: dict[str, Any] = {
        "cell": organisation,
        "rule": rule,
        "asked": asked if rule is not None and asked is not None and asked.figure != rule.day else None,
        "coming": days,
        "next": next((one for one in days if one.meeting is None), None),
        "may_edit": may(request.user, "programme.edit", organisation),
    }
    return answer(request, "meetings/meeting_day.html", form, **context)


@require_POST
def meeting_day_plan(request: MemberRequest, cell: int) -> HttpResponse:
    """One press on a coming day: the meeting is there, with what is usual, to be looked through."""
    organisation = load_cell(request, "programme.edit", cell)
    rule = get_object_or_404(MeetingDay.objects.for_user(request.user), cell=organisation)
    form = PressedDayForm(request.POST)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, meeting_day.plan_day, rule, day=form.cleaned_data["day"], **who):
        return redirect(form.outcome or done_before(request) or "home")
    messages.error(request, complaint(form))
    return redirect("meeting-day", cell)
