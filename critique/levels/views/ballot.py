"""Screens of the ballot on levels: the rounds of a review, one round with its totals, its paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.cycle.access import load_cycle
from critique.cycle.models import Cycle
from critique.levels.actions import ballot as actions
from critique.levels.fixed import vote_rule
from critique.levels.forms import CountForm, TeamForm
from critique.levels.models import Ballot
from critique.levels.papers import blank_ballot
from critique.levels.voting import CHOICES, SHORT_WORDS
from critique.lifecycle import BALLOTING
from documents.http import paper_response
from meetings.presence import room_of
from meetings.views.shared import act
from members import roster
from members.access import load
from members.entry.views.again import password_again
from members.forming import run
from members.models import TenureKind
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Member


@require_http_methods(["GET", "POST"])
def ballot_list(request: MemberRequest, pk: int) -> HttpResponse:
    """The rule with its source and every round; POST opens a round with its counting team."""
    row = load_cycle(request, pk, "ballot.open" if request.method == "POST" else "ballot.see")
    form = _team_form(row, request.POST or None)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.open_round, row, **who, **form.cleaned_data):
        return redirect(form.outcome or "ballot-list", *([] if form.outcome else [pk]))
    rounds = list(Ballot.objects.with_people().for_user(request.user).of(row))
    opens = may(request.user, "ballot.open", row) and row.state in BALLOTING and row.handed_up_at is None
    waits = any(one.confirmed_at is None for one in rounds)
    left = actions.undecided(row) if opens and not waits else []
    context = {
        "cycle": row,
        "rule": vote_rule(row.cell, row.meets_on),
        "rounds": rounds,
        "left": left,
        "form": form if left or form.errors else None,
        "opens": opens,
        "above": not may(request.user, "cycle.see", row),
        "may_set": may(request.user, "rule.set", row.cell),
    }
    return render(request, "critique/ballots.html", context, status=422 if form.errors else 200)


def _team_form(row: Cycle, posted: Any) -> TeamForm:
    entries = roster.on_day(row.cell, row.meets_on)
    people: list[Member] = [entry.member for entry in entries]
    leads = [entry.member for entry in entries if TenureKind.SECRETARY in entry.posts]
    chair = row.meeting.chair if row.meeting else None
    official = [entry.member for entry in entries if entry.standing == TenureKind.FULL]
    initial = {"chair": chair or (leads[0] if leads else None)}
    return TeamForm(posted, people=people, official=official, initial=initial)


def load_ballot(request: MemberRequest, pk: int, action: str) -> Ballot:
    found: Ballot = load(request, Ballot.objects.with_people(), action, pk=pk)
    return found


@require_http_methods(["GET", "POST"])
def ballot(request: MemberRequest, pk: int) -> HttpResponse:
    """One round: its figures and its paper; POST saves the totals."""
    row = load_ballot(request, pk, "ballot.count" if request.method == "POST" else "ballot.see")
    if request.method == "GET":
        return _page(request, row)
    form = CountForm(request.POST, ballot=row)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.count, row, **who, **form.told):
        messages.success(request, "Đã lưu số phiếu. Tổ trưởng và chủ trì xem lại rồi xác nhận.")
        return redirect(row)
    return _page(request, row, form)


def _page(request: MemberRequest, row: Ballot, refused: CountForm | None = None) -> HttpResponse:
    paper = actions.rendered_paper(row)
    open_now = row.confirmed_at is None and row.cycle.state in BALLOTING and row.cycle.handed_up_at is None
    counts = open_now and may(request.user, "ballot.count", row)
    form = refused or (CountForm(ballot=row, start=_start(row)) if counts else None)
    seats = [
        (actions.HEAD, "Tổ trưởng kiểm phiếu", row.head, row.head_signed_at, row.head_signed_by),
        (actions.CHAIR, "Chủ trì hội nghị", row.chair, row.chair_signed_at, row.chair_signed_by),
    ]
    context = {
        "ballot": row,
        "cycle": row.cycle,
        "form": form,
        "counts": counts,
        "heads": [(choice, SHORT_WORDS[choice]) for choice in CHOICES],
        "seats": seats,
        "paper": paper.fragment(),
        "proof": paper.proof,
        "seen": paper.fingerprint,
        "may_list": may(request.user, "ballot.open", row.cycle),
        "above": not may(request.user, "cycle.see", row.cycle),
    }
    return render(request, "critique/ballot.html", context, status=422 if refused else 200)


def _start(row: Ballot) -> dict[str, int]:
    """How many official members the list or the roll call knows; whoever counts writes what is true."""
    meeting = row.cycle.meeting
    if meeting is not None and meeting.opened_at is not None:
        room = room_of(meeting, timezone.now())
        found = {"summoned": len(room.base()), "present": len(room.voters())}
        return {name: figure for name, figure in found.items() if figure}
    entries = roster.on_day(row.cycle.cell, row.cycle.meets_on)
    return {"summoned": sum(entry.standing == TenureKind.FULL for entry in entries)}


@require_POST
@password_again
def ballot_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_ballot(request, pk, "ballot.count")
    seat, seen = request.POST.get("seat", ""), request.POST.get("seen", "")
    return act(request, row, actions.confirm, row, seat=seat, seen=seen, said="Đã ghi xác nhận.")


@require_GET
def ballot_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return paper_response(request, actions.rendered_paper(load_ballot(request, pk, "ballot.see")))


@require_GET
def ballot_blank(request: MemberRequest, pk: int) -> HttpResponse:
    """To write on by hand; names and the rule, no figure."""
    return paper_response(request, blank_ballot(load_cycle(request, pk, "ballot.open")))
