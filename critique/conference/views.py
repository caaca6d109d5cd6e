"""Screens of the conference of a review: planning it, who is considered as a page of the desk, the full minutes."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from book.proof import sealed_paper
from critique.conference import actions
from critique.conference.room import Folded, Turns, item_of, review_of
from critique.cycle.access import load_cycle
from critique.cycle.forms import ConferenceForm
from critique.hearing.actions import hearing as hearings
from critique.hearing.actions.opening import hearing_opened, write_down_opening
from critique.hearing.forms import WordForm
from critique.hearing.in_book import PROCEEDINGS
from critique.hearing.models import Proceedings
from critique.hearing.models.hearing import OpinionKind, SeenWay, Stance
from critique.hearing.models.opening import Opened
from critique.hearing.page import shown_to
from critique.hearing.seats import guests, speakers
from critique.hearing.views.hearing import load_hearing
from critique.lifecycle import HEARD_IN
from critique.writing.models import Way
from documents.http import paper_response
from meetings.views import signed
from meetings.views.shared import act, back_if_not_held, desk, load_item, number
from members import roster
from members.access import load, require
from members.entry.views.again import password_again
from members.forming import answer, run
from members.models import TenureKind
from members.policy import may
from members.private import private

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from critique.hearing.models import Hearing
    from meetings.models import AgendaItem
    from members.access import MemberRequest

MORNING = time(8)
SEEN_FOR_THEM = ((SeenWay.ROOM, "Đã nghe đọc tại đây"), (SeenWay.DEVICE, "Đã đọc bản in"))


@require_http_methods(["GET", "POST"])
def conference_new(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_cycle(request, pk, "cycle.plan")
    entries = roster.on_day(row.cell, row.meets_on)
    lead = next((entry.member for entry in entries if TenureKind.SECRETARY in entry.posts), None)
    morning = timezone.make_aware(datetime.combine(row.meets_on, MORNING))
    initial = {"starts_at": morning, "place": row.place, "chair": lead}
    form = ConferenceForm(request.POST or None, people=[entry.member for entry in entries], initial=initial)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.plan_conference, row, **who, **form.cleaned_data):
        return redirect(form.outcome or row)
    return answer(request, "critique/conference_form.html", form, cell=row.cell, cycle=row)


@private
@require_GET
@password_again
def conference_paper(request: MemberRequest, pk: int) -> HttpResponse:
    """The full minutes as they were sealed; for whoever stands above, once the review was handed up."""
    rows = Proceedings.objects.with_cycle()
    row = load(request, rows, "proceedings.see", cycle=pk)
    write_down_opening(row.cycle, Opened.WHOLE, way=Way.PAPER, by=request.user, at=timezone.now())
    return paper_response(request, sealed_paper(PROCEEDINGS.name, row), download=True)


@private
@require_GET
def conference_signed(request: MemberRequest, pk: int) -> HttpResponse:
    """Who has signed the full minutes outside, and what that is worth; no word of them stands here."""
    return signed.signed_page(request, PROCEEDINGS.name, signed.load_paper(request, PROCEEDINGS.name, pk))


@private
@require_POST
def conference_signed_give(request: MemberRequest, pk: int) -> HttpResponse:
    return signed.give_paper(request, PROCEEDINGS.name, pk)


@private
@require_POST
def conference_signed_add(request: MemberRequest, pk: int) -> HttpResponse:
    return signed.add_paper(request, PROCEEDINGS.name, pk)


@private
@require_GET
@password_again
def conference_signed_file(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Every word about everybody, so that it is written down as any other reading is."""
    row = signed.load_paper(request, PROCEEDINGS.name, pk)
    found = signed.paper_file(PROCEEDINGS.name, row, number)
    write_down_opening(row.cycle, Opened.WHOLE, way=Way.PAPER, by=request.user, at=timezone.now())
    return found


@private
@require_GET
def hearing_turns(request: MemberRequest, pk: int) -> HttpResponse:
    """At the desk, under a line of the agenda: whose turn it is. No word of anybody."""
    item = load_item(request, pk)
    cycle = review_of(item)
    if (away := back_if_not_held(request, item.meeting)) is not None or cycle is None:
        return away or redirect("room-item", pk)
    require(request.user, "hearing.list", cycle)
    return _at_desk(request, item, cycle, hearing=None)


@private
@require_GET
def hearing_desk(request: MemberRequest, pk: int) -> HttpResponse:
    """At the desk: one who is considered; what is written in the middle, who may speak and who follows beside it."""
    return _considered(request, load_hearing(request, pk, "hearing.record"))


def _considered(request: MemberRequest, row: Hearing, word: WordForm | None = None) -> HttpResponse:
    """`word`: a name that was refused, with what was typed."""
    if (item := item_of(row)) is None or row.cycle is None:
        return redirect(row)
    require(request.user, "meeting.run", item.meeting)
    if (away := back_if_not_held(request, item.meeting)) is not None:
        return away
    now = timezone.now()
    hearing_opened(row, by=request.user, at=now)
    shown = shown_to(request.user, row, timezone.localdate(now))
    context = {
        "shown": shown,
        "folded": Folded.of(shown, number(request.GET.get("opinion", ""))),
        "presents": row.pk if shown.records and not shown.opinions and row.seen_at is None else 0,
        "kinds": OpinionKind.choices,
        "stances": Stance.choices,
        "ways": SEEN_FOR_THEM,
        "speakers": speakers(row, now) if shown.records else [],
        "guests": guests(row, now) if shown.records else [],
        "word": word,
    }
    return _at_desk(request, item, row.cycle, hearing=row, **context)


def _at_desk(
    request: MemberRequest, item: AgendaItem, cycle: Cycle, *, hearing: Hearing | None, **context: Any
) -> HttpResponse:
    turns = Turns.under(item, cycle, hearing.participant_id or 0 if hearing else 0, request.user)
    begins = cycle.state in HEARD_IN and may(request.user, "hearing.record", cycle)
    frame = desk(item.meeting, item.pk, item=item, turns=turns, hearing=hearing, may_begin=begins, **context)
    page = "critique/room/hearing.html" if hearing else "critique/room/turns.html"
    return render(request, page, frame, status=422 if context.get("word") else 200)


@private
@require_POST
def hearing_give_word(request: MemberRequest, pk: int) -> HttpResponse:
    """A name is pressed: an empty opinion opens under it."""
    row, now = load_hearing(request, pk, "hearing.record"), timezone.now()
    form = WordForm(request.POST, people=speakers(row, now))
    if form.is_valid() and run(form, hearings.give_word, row, by=request.user, at=now, **form.cleaned_data):
        query = {"opinion": form.outcome.pk} if form.outcome else None
        return redirect(reverse("hearing-desk", args=[pk], query=query))
    return _considered(request, load_hearing(request, pk, "hearing.record"), form)


@private
@require_POST
def hearing_next(request: MemberRequest, pk: int) -> HttpResponse:
    """This one is concluded, the next begins; after the last back to the line of the agenda."""
    row = load_hearing(request, pk, "hearing.close")
    if (item := item_of(row)) is None or row.cycle is None:
        return act(request, row, hearings.close, row)
    following = Turns.under(item, row.cycle, row.participant_id or 0).onward
    then: list[Hearing | None] = []

    def go_on(**who: Any) -> None:
        then.append(actions.go_on(row, following, **who))

    act(request, row, go_on)
    if not then:
        return redirect("hearing-desk", pk)
    return redirect("hearing-desk", then[0].pk) if then[0] else redirect("hearing-turns", item.pk)
