"""Screens of a hearing: whose turn it is, one hearing with its opinions, seeing and concluding it, the smaller form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.cycle.access import load_cycle
from critique.cycle.models import Participant
from critique.hearing.actions import hearing as actions
from critique.hearing.actions.opening import hearing_opened
from critique.hearing.forms import BeginForm, OpinionForm, SeenForm, SeenForThemForm
from critique.hearing.models import Hearing, HearingOpinion
from critique.hearing.models.hearing import OpinionKind, Stance
from critique.hearing.order import CLAUSE
from critique.hearing.page import openings_of, shown_to
from critique.hearing.papers import room_sheet
from critique.hearing.seats import alone, speakers, turn_at, turns_of
from critique.lifecycle import HEARD_IN, HEARING_OVER, Considering
from critique.official_forms.body import kept_day
from critique.official_forms.model import day_of
from critique.remedies.forms import EnterForm
from critique.remedies.models import Source
from documents.http import paper_response
from meetings.lifecycle import RUNNING
from meetings.models import Meeting
from meetings.views.shared import act
from members.access import load, load_cell, require
from members.forming import run
from members.policy import may
from members.press import press_of
from members.private import private
from members.roster import people_today

if TYPE_CHECKING:
    from django.forms import Form

    from members.access import MemberRequest

MEETINGS = 6  # the latest to choose from


@private
@require_GET
def hearing_order(request: MemberRequest, pk: int) -> HttpResponse:
    """The chair's aid: who was considered, who is, who follows. No times, no counts."""
    row = load_cycle(request, pk, "hearing.list")
    meeting = row.meeting
    is_on = meeting is not None and meeting.state in RUNNING and may(request.user, "meeting.run", meeting)
    context = {
        "cycle": row,
        "desk": meeting if is_on else None,
        "turns": turns_of(row, request.user),
        "clause": CLAUSE,
        "may_begin": row.state in HEARD_IN and may(request.user, "hearing.record", row),
    }
    return render(request, "critique/hearing_order.html", context)


@private
@require_POST
def hearing_begin(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Participant.objects.with_people()
    row = load(request, rows, "hearing.record", pk=pk)
    answer = act(request, row.cycle, actions.begin, row)
    begun = Hearing.objects.for_user(request.user).of(row).first()
    return redirect(_here(request, begun)) if begun else answer


@private
@require_http_methods(["GET", "POST"])
def hearing_list(request: MemberRequest, cell: int) -> HttpResponse:
    """Self-criticism at the cell's meetings: one's own for everybody, all for the table, which also begins one."""
    organisation = load_cell(request, "cycle.see", cell)
    held = Meeting.objects.with_people().held().in_cell(organisation).of_the_month()
    meetings = [row for row in held[:MEETINGS] if may(request.user, "hearing.record", row)]
    if request.method == "POST" and not meetings:
        require(request.user, "hearing.record", organisation)
    initial = {"meeting": meetings[0].pk, "about": turn_at(meetings[0])} if meetings else {}
    form = BeginForm(request.POST or None, meetings=meetings, people=people_today(organisation), initial=initial)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.begin_at, **who, **form.cleaned_data):
        return redirect(form.outcome or request.path)
    rows = Hearing.objects.for_user(request.user).in_cell(organisation).at_meetings()
    context = {"cell": organisation, "hearings": rows, "form": form}
    context["may_begin"] = bool(meetings)
    return render(request, "critique/hearings.html", context, status=422 if form.errors else 200)


def _here(request: MemberRequest, row: Hearing, **query: int) -> str:
    """Back to the page on which it was pressed: the hearing's own, or the meeting's desk."""
    if "desk" in request.POST:
        return reverse("hearing-desk", args=[row.pk], query=query)
    return row.get_absolute_url()


def load_hearing(request: MemberRequest, pk: int, action: str) -> Hearing:
    """To the person concerned it exists once it is begun, also where they sit at the table."""
    hearing: Hearing = load(request, Hearing.objects.with_people(), action, pk=pk)
    if hearing.state == Considering.WAITING and alone(hearing, request.user, timezone.localdate()):
        raise Http404
    return hearing


@private
@require_GET
def hearing(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_hearing(request, pk, "hearing.see")
    hearing_opened(row, by=request.user, at=timezone.now())
    return _page(request, row)


def _page(request: MemberRequest, row: Hearing, bound: Form | None = None) -> HttpResponse:
    """Everything that this person may see and do; a form that was refused comes back as it was typed."""
    today = timezone.localdate()
    shown = shown_to(request.user, row, today)
    seen = {"seen": row.said_rev}
    forms: dict[str, Any] = {"opinion": None, "seen": None, "for_them": None}
    if shown.records:
        forms["opinion"] = OpinionForm(people=speakers(row, timezone.now()))
        forms["for_them"] = SeenForThemForm(initial=seen, auto_id="for_them_%s") if not shown.about_me else None
    if shown.confirms:
        forms["seen"] = SeenForm(initial=seen, auto_id="own_%s")
    for name, kind in (("opinion", OpinionForm), ("for_them", SeenForThemForm), ("seen", SeenForm)):
        if type(bound) is kind:
            forms[name] = bound
            if name != "opinion":  # the page shows what stands now, and asks about that
                bound.data = {**{key: bound.data.get(key) for key in bound.data}, **seen}
    context = {
        "hearing": row,
        "cell": row.cell,
        "cycle": row.cycle,
        "shown": shown,
        "forms": forms,
        "stances": Stance.choices,
        "kinds": OpinionKind.choices,
        "openings": openings_of(row) if shown.about_me else [],
        "may_list": row.cycle is not None and may(request.user, "hearing.list", row.cycle),
        "may_take": row.state in HEARING_OVER and may(request.user, "remedy.enter", row),
    }
    return render(request, "critique/hearing.html", context, status=422 if bound is not None else 200)


@private
@require_POST
def hearing_opinion_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_hearing(request, pk, "hearing.record")
    form = OpinionForm(request.POST, people=speakers(row, timezone.now()))
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.add_opinion, row, **who, **form.cleaned_data):
        return redirect(reverse("hearing", args=[row.pk], fragment="opinions"))
    return _page(request, load_hearing(request, pk, "hearing.see"), form)


@private
@require_POST
def hearing_seen(request: MemberRequest, pk: int) -> HttpResponse:
    """One's own word; with a `way` the table's for somebody without a device or in the room, named as such."""
    for_them = "way" in request.POST
    row = load_hearing(request, pk, "hearing.record" if for_them else "hearing.confirm")
    form = (SeenForThemForm if for_them else SeenForm)(request.POST)
    if "desk" in request.POST:
        return act(request, _here(request, row), actions.confirm_seen, row, form=form)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.confirm_seen, row, **who, **form.cleaned_data):
        return redirect(row)
    return _page(request, load_hearing(request, pk, "hearing.see"), form)


@private
@require_POST
def hearing_close(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_hearing(request, pk, "hearing.close")
    return act(request, row, actions.close, row, said="Đã kết luận. Từ bây giờ không sửa được nữa.")


@private
@require_POST
def hearing_reopen(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_hearing(request, pk, "hearing.reopen")
    return act(request, row, actions.reopen, row)


def load_opinion(request: MemberRequest, pk: int, action: str) -> HearingOpinion:
    opinion: HearingOpinion = load(request, HearingOpinion.objects.with_people(), action, pk=pk)
    return opinion


@private
@require_POST
def hearing_opinion_record(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk, "hearing.record")
    return act(request, _here(request, row.hearing, opinion=row.pk), actions.record_sent, row)


@private
@require_POST
def hearing_opinion_strike(request: MemberRequest, pk: int) -> HttpResponse:
    """Of an empty one nothing is left; the same click once more leads where the first one led."""
    press = press_of(request)
    if press is not None and (done := Hearing.objects.changed_by(request.user, press, "strike")):
        return redirect(_here(request, done))
    row = load_opinion(request, pk, "hearing.record")
    return act(request, _here(request, row.hearing), actions.strike, row)


@private
@require_GET
def hearing_sheet(request: MemberRequest, pk: int) -> HttpResponse:
    """To write on by hand; holds a name and no word of anybody."""
    return paper_response(request, room_sheet(load_hearing(request, pk, "hearing.record")))


@private
@require_GET
def hearing_remedy(request: MemberRequest, pk: int) -> HttpResponse:
    """The conclusion of a closed hearing, ready to be entered into the register."""
    row = load_hearing(request, pk, "remedy.enter")
    if row.state not in HEARING_OVER:
        return redirect(row)
    leads = may(request.user, "remedy.check", row.cell)
    initial = {
        "about": row.about_id or "cell",
        "source": Source.OPINION.value,
        "shortcoming": row.faults,
        "measure": row.duties,
        "due_on": day_of(kept_day(row.due.strip())),
    }
    people = people_today(row.cell)
    form = EnterForm(people=people, me=request.user.member, leads=leads, initial=initial)
    return render(request, "critique/remedy_form.html", {"cell": row.cell, "form": form, "leads": leads})
