"""Screens of what can be printed of a meeting, and the papers that are made for printing alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.http import paper_response
from meetings.actions import handing
from meetings.actions.minutes import rendered_paper
from meetings.actions.news import NO_NEWS_OF
from meetings.forms import InvitationForm
from meetings.lifecycle import OVER, PLANNING, State
from meetings.models import Vote
from meetings.papers.agenda import build_agenda
from meetings.papers.extract import build_extract
from meetings.papers.handout import build_outcome_sheet, build_task_sheet
from meetings.papers.invitation import build_invitation
from meetings.papers.roll import build_roll_sheet
from meetings.prints import ROLLED, handouts_of, prints_of
from meetings.views.shared import ROWS, act, load_meeting
from members.access import load
from members.forming import complaint
from members.policy import may

if TYPE_CHECKING:
    from meetings.models import Attendance, Meeting
    from members.access import MemberRequest

VOTES = Vote.objects.with_meeting()


@require_GET
def prints(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "meeting.see")
    invites = row.state in PLANNING and may(request.user, "plan.edit", row)
    context = {
        "meeting": row,
        "prints": prints_of(row, request.user),
        "invitation_form": InvitationForm() if invites else None,
        "handouts": handouts_of(row, request.user),
        "news": row.state in OVER and row.kind not in NO_NEWS_OF and may(request.user, "news.write", row),
    }
    return render(request, "meetings/prints.html", context)


@require_GET
def agenda_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """`?kieu=van-ban`: as a text."""
    row = load_meeting(request, pk, "meeting.see")
    return paper_response(request, build_agenda(row, as_text=request.GET.get("kieu") == "van-ban"))


@require_GET
def invitation_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """`?name=&position=`: of the guest; neither is kept."""
    row = load_meeting(request, pk, "plan.edit")
    form = InvitationForm(request.GET)
    if row.state not in PLANNING:
        raise Http404
    if not form.is_valid():
        messages.error(request, complaint(form))
        return redirect("prints", pk)
    return paper_response(request, build_invitation(row, **form.cleaned_data))


@require_GET
def roll_sheet_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "plan.see")
    if row.state not in ROLLED:
        raise Http404
    return paper_response(request, build_roll_sheet(row))


@require_GET
def outcome_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """For the door."""
    return paper_response(request, build_outcome_sheet(_over(load_meeting(request, pk, "handout.give"))))


@require_GET
def own_outcome_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    row = _row_over(request, pk)
    return paper_response(request, build_outcome_sheet(row.meeting, row))


@require_GET
def task_sheet_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return paper_response(request, build_task_sheet(_row_over(request, pk)))


@require_POST
def handed(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "handout.give", pk=pk)
    done = request.POST.get("done") == "1"
    return act(request, reverse("prints", args=[row.meeting_id], fragment="handed"), handing.hand_over, row, done=done)


@require_GET
def extract_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """Only from minutes that are what was sealed; where they are not, their page says so in red."""
    vote = load(request, VOTES, "handout.give", pk=pk)
    meeting = load_meeting(request, vote.meeting_id, "minutes.see")
    if meeting.state != State.SEALED:
        raise Http404
    sealed = rendered_paper(meeting)
    if sealed.proof is None or sealed.proof.wrong:
        return redirect("minutes", meeting.pk)
    made = build_extract(meeting, sealed.document, vote, timezone.localdate(), sealed.proof.code)
    if made is None:
        raise Http404
    return paper_response(request, made)


def _over(meeting: Meeting) -> Meeting:
    if meeting.state not in OVER:
        raise Http404
    return meeting


def _row_over(request: MemberRequest, pk: int) -> Attendance:
    row: Attendance = load(request, ROWS.of_members(), "handout.give", pk=pk)
    row.meeting = _over(load_meeting(request, row.meeting_id, "handout.give"))
    return row
