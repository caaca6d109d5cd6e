"""How many questions a page asks the database: few, and as many with three rows of everything as with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from critique.course import actions as committee
from critique.cycle.models import Cycle
from critique.hearing.actions import hearing as hearings
from critique.hearing.models import Hearing
from critique.levels.actions import entries
from critique.levels.models import Ballot, BallotLine
from critique.remedies import actions as remedy
from critique.remedies.models import Remedy
from meetings.actions import evening, following, matters, outcomes, planning, resolutions, thematic
from meetings.lifecycle import State
from meetings.models import Matter
from members.saving.actions import save_text
from tests.clicks import clients
from tests.factories import make_member
from tests.world import AFTER, hold
from tests.world_privacy import more_privacy

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member
    from tests.world import World

# The session, the account with its posts, then what the page itself needs.
EXPECTED = {
    "home": 15,  # for leaders: days of persons, who comes from another cell, what members propose, work from above
    "meeting list": 5,
    "meeting, called": 10,
    "item at the desk": 11,
    "minutes, sealed": 11,
    "task list": 9,
    "member list": 7,
    "paper": 6,
    "roll call": 6,
    "promises": 11,
    "closing": 16,
    "reviews": 8,
    "score": 6,
    "score, the year": 6,
    "meeting, sealed": 10,
    "task, updated": 4,
    "resolution": 4,
    "resolution, paper": 19,
    "numbers": 8,
    "prints": 7,
    "remedies": 5,
    "review": 6,
    "hearing order": 8,
    "hearing": 6,  # one asks whether this sitting is written down already
    "hearings": 7,
    "notes": 7,
    "note": 5,
    "levels": 9,
    "level": 5,
    "levels, published": 7,
    "ballots": 7,
    "ballot": 10,
    "handed up": 8,
    "remedy": 12,
    "letters": 5,
    "letter": 5,
    "requests": 5,
    "retention": 12,
    "rulings": 5,
    "matters": 6,
    "matter": 6,
    "meeting day": 9,
}
MAIN = ("home", "meeting list", "meeting, called", "item at the desk", "minutes, sealed")


def fill(world: World, count: int) -> dict[str, str]:
    """`count` of everything that a page lists; gives the pages."""
    crew, meeting = world.crew, world.meeting
    who = {"by": crew.account(crew.lead), "at": AFTER}
    extra = [make_member(crew.cell, f"Phan Văn {number}", username=f"phan{number}") for number in range(count - 1)]
    for day in range(1, count):
        planned = hold(crew, State.CALLED, kind="thematic", day=f"2026-11-1{day}", reviewer=world.cast.phuc)
        assert planned.state == State.CALLED
    called = hold(crew, State.CALLED, kind="thematic", day="2026-12-04", reviewer=world.cast.phuc)
    item = meeting.items.last()
    first = Remedy.objects.get(pk=world.keys["remedy"])
    assert item is not None
    cycle = Cycle.objects.get(pk=world.keys["cycle"])
    committee.draw_up(cycle, **who)
    for member in extra:
        row = cycle.participants.select_related("cycle__cell").get(member=member)
        began = hearings.begin(row, **who)
        hearings.add_opinion(began, speaker=crew.lead, words="Nói ít", **who)
        save_text("note", row, {"wish": "Nói nhiều hơn"}, base=0, by=who["by"], at=AFTER)
        hearings.begin_at(world.earlier, about=crew.writer if member is extra[0] else crew.lead, **who)
        hearings.add_opinion(Hearing.objects.get(pk=world.keys["hearing"]), speaker=member, words="Ít", **who)
        account = crew.account(member)
        row = called.attendances.get(member=member)
        planning.apologise(row, reason="Việc nhà", by=account, at=AFTER)
        given = matters.propose(crew.cell, member=member, text="Chăm lo Tết", by=account, at=AFTER)
        matters.answer(given, answer="later", **who)
        matters.answer(Matter.objects.get(pk=world.keys["matter"]), answer="later", **who)
        matters.propose(crew.cell, member=member, text="Chăm lo Tết", by=account, at=AFTER)
        thematic.give_opinion(called.paper, member=member, paragraph=0, text="Rõ hơn.", by=account, at=AFTER)
    for member in [crew.writer, crew.author][: count - 1]:
        evening.add_remark(item, meeting.attendances.get(member=member), **who)
        vote = evening.record_vote(item, question="Thông qua", in_favour=2, against=0, other=0, **who)
        evening.add_remark(item, meeting.attendances.get(member=crew.writer), vote=vote, **who)
        outcomes.add_outcome(item, kind="conclusion", **who)
        evening.add_guest(meeting, name="Đại biểu", position="", **who)
        made = remedy.enter(crew.cell, about=crew.plain, source="opinion", shortcoming="Họp muộn", **who)
        remedy.report(made, state="going", words="Đang làm", **who)
        remedy.report(first, state="going", words="Đang làm", **who)
        remedy.check(first.checks.filter(checked_at=None).first(), found="going", words="Đang làm", **who)
        more_privacy(world, member, **who)
        following.assign_task(meeting, text="Việc mới", owner=member, due_on=None, item=item, **who)
        following.note_task(crew.cell.tasks.first(), state="going", text="Đang làm.", **who)
        given = {"vote": None, "issued_on": AFTER.date(), **who}
        issued = resolutions.issue(world.earlier, kind="KL", subject="Nhiệm vụ tháng 12", **given)
        resolutions.take_step(issued, state="carried_out", text="", **who)
    fill_levels(world, extra, count)
    return {
        "home": "/",
        "meeting list": f"/cells/{crew.cell.pk}/meetings/",
        "meeting, called": f"/meetings/{called.pk}/",
        "item at the desk": f"/items/{item.pk}/desk/",
        "minutes, sealed": f"/meetings/{world.earlier.pk}/minutes/",
        "task list": f"/cells/{crew.cell.pk}/tasks/",
        "member list": f"/cells/{crew.cell.pk}/members/",
        "paper": f"/meetings/{called.pk}/paper/",
        "roll call": f"/meetings/{meeting.pk}/room/",
        "promises": f"/meetings/{meeting.pk}/room/promises/",
        "closing": f"/meetings/{meeting.pk}/close/",
        "reviews": "/inspections/",
        "score": f"/meetings/{meeting.pk}/score/",
        "score, the year": f"/cells/{crew.cell.pk}/scores/",
        "meeting, sealed": f"/meetings/{world.earlier.pk}/",
        "task, updated": f"/tasks/{world.keys['promise']}/update/",
        "resolution": f"/resolutions/{world.keys['resolution']}/",
        "resolution, paper": f"/resolutions/{world.keys['resolution']}/paper/",
        "numbers": f"/cells/{crew.cell.pk}/numbers/",
        "prints": f"/meetings/{world.earlier.pk}/prints/",
        "remedies": f"/cells/{crew.cell.pk}/remedies/",
        "remedy": f"/remedies/{first.pk}/",
        "review": cycle.get_absolute_url(),
        "hearing order": f"/critique/{cycle.pk}/hearings/",
        "hearing": f"/hearings/{world.keys['hearing']}/",
        "hearings": f"/cells/{crew.cell.pk}/hearings/",
        "notes": f"/critique/{cycle.pk}/notes/",
        "note": f"/participants/{world.keys['unheard']}/note/",
        "levels": f"/critique/{world.keys['handed-cycle']}/levels/",
        "level": f"/participants/{world.keys['rated']}/level/",
        "levels, published": f"/critique/{world.keys['handed-cycle']}/published/",
        "ballots": f"/critique/{world.keys['handed-cycle']}/ballots/",
        "ballot": f"/ballots/{world.keys['ballot']}/",
        "handed up": "/handed-up/",
        "letters": f"/cells/{crew.cell.pk}/letters/",
        "letter": f"/letters/{world.keys['to-cell']}/",
        "requests": f"/cells/{crew.cell.pk}/data-requests/",
        "retention": f"/cells/{crew.cell.pk}/retention/",
        "rulings": f"/organisations/{crew.cell.pk}/rulings/",
        "matters": f"/cells/{crew.cell.pk}/matters/",
        "matter": f"/matters/{world.keys['matter']}/",
        "meeting day": f"/cells/{crew.cell.pk}/meeting-day/",
    }


def fill_levels(world: World, extra: list[Member], count: int) -> None:
    """More people who are judged, decided and published; more rounds, more reviews that were handed up."""
    who = {"by": world.crew.account(world.crew.lead), "at": AFTER}
    handed, past = (Cycle.objects.get(pk=world.keys[key]) for key in ("handed-cycle", "past-cycle"))
    ballot = Ballot.objects.get(pk=world.keys["ballot"])
    decision = {"level": "done", "document": "40-QĐ/ĐU", "document_date": AFTER.date(), "words": "Xem lại"}
    for cycle in (handed, past):
        committee.draw_up(cycle, **who)
    for member in extra:
        BallotLine.objects.create(ballot=ballot, participant=past.participants.get(member=member))
        entries.decide(handed.participants.get(member=member), **decision, **who)
        rated = handed.participants.get(pk=world.keys["rated"])
        entries.decide_again(rated, **decision, **who)
    entries.publish(handed, **who)
    if count > 1:
        shown = Cycle.objects.get(pk=world.keys["shown-cycle"])
        committee.take_step(shown, move_name="hold", **who)
        entries.hand_up(shown, **who)


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_often_with_three_rows_as_with_one(world_in: Callable[[State], World], count: int) -> None:
    world = world_in(State.OPEN)
    pages = fill(world, count)
    who, asked = clients(world), {}
    for page, url in pages.items():
        client = who["phuc" if page in ("reviews", "handed up") else "lan"]
        client.get(url)  # the first request of a minute also pushes the session's end forward
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        asked[page] = len(queries)
    assert asked == EXPECTED
    # at home each app asks in plain queries of its own; sealed minutes ask the book about themselves and about what
    # was said of them since, and for drafts of answers where they came back; under an item stand rows of five kinds,
    # and the words of the one remark that is open; beside an agenda stands what is read
    # for it and what the committee above has given
    most = dict.fromkeys(MAIN, 8) | {"home": 15, "meeting, called": 10, "minutes, sealed": 11, "item at the desk": 11}
    assert {page: EXPECTED[page] for page in MAIN if EXPECTED[page] > most[page]} == {}
