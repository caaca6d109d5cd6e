"""One meeting as figures: each figure counts what it says and nothing else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guideline.facts import MeetingFacts
from guideline.rulebook import Kind
from meetings.actions import evening, following, planning, preparing, thematic
from meetings.facts import STAGES, Evening, agenda, facts_of, roll, step_of
from meetings.lifecycle import State
from meetings.models import Meeting, Opinion, Task
from members import actions as people
from members.models import TenureKind
from members.saving.actions import save_text
from tests.factories import NOW, at, plan_fields
from tests.meetings.steps import CLOSED, DURING, OPENED, SIGNED, close, fresh, item_of, row_named, row_of, say, seal

if TYPE_CHECKING:
    from tests.conftest import Cast

ALL_STEPS = (
    "opening",
    "past_tasks",
    "purpose",
    "present_paper",
    "thematic_discussion",
    "assess_topic",
    "conclusion",
    "quality",
    "read_minutes",
)


def figures(meeting: Meeting, opinions: list[Opinion] | None = None) -> MeetingFacts:
    return facts_of(Evening.of(fresh(meeting)), now=SIGNED, opinions=opinions)


def test_a_plan_as_figures(cast: Cast, planned: Meeting) -> None:
    assert figures(planned) == MeetingFacts(
        kind=Kind.THEMATIC,
        topic="Nâng cao chất lượng tự phê bình và phê bình",
        place="Hội trường cơ quan",
        planned_start=at("2026-12-03 19:00"),
        now=SIGNED,
        chair_named=True,
        minute_taker_named=True,
        presenter_named=True,
        agenda=ALL_STEPS,
        agenda_minutes=90,
        items_total=9,
        items_empty=6,
        items_wanting_conclusion=2,
    )


def test_a_full_evening_as_figures(cast: Cast, called: Meeting) -> None:
    lan, hoa, tuan = (cast.account(who) for who in (cast.lan, cast.hoa, cast.tuan))
    earlier = planning.plan_meeting(
        cast.cell, kind="regular", by=lan, at=NOW, **plan_fields(starts_at=at("2026-11-03 19:00"), topic="")
    )
    for text in ("Rà soát hồ sơ", "Nộp báo cáo", "Sửa hội trường"):
        Task.objects.create(cell=cast.cell, meeting=earlier, text=text)
    save_text("draft", called.paper, {"draft": "Nhận thức."}, base=0, by=tuan, at=NOW)
    thematic.agree(called.paper, by=lan, at=at("2026-11-26 08:00"))
    thematic.share(called.paper, by=tuan, at=at("2026-11-27 08:00"))
    for hour, what in enumerate(("committee_met_at", "superior_notified_at", "papers_posted_at")):
        preparing.tick(called, what=what, done=True, by=lan, at=at(f"2026-11-28 0{hour}:00"))
    opinions = [
        thematic.give_opinion(called.paper, member=who, paragraph=None, text="Rõ.", by=by, at=NOW)
        for who, by in ((cast.lan, lan), (cast.hoa, cast.account(cast.hoa)), (cast.son, lan))
    ]
    thematic.answer_opinion(opinions[0], answer="adopted", reason="", became="", by=tuan, at=NOW)
    evening.open_meeting(called, by=lan, at=OPENED)
    for who, given in ((cast.lan, "present"), (cast.hoa, "present"), (cast.son, "excused")):
        evening.mark(row_of(called, who), mark=given, reason="Ốm", by=hoa, at=DURING)
    evening.add_guest(called, name="Cao Văn Long", position="", by=hoa, at=DURING)
    save_text("meeting", called, {"dues": "Đủ.", "quality": "Tốt."}, base=0, by=hoa, at=DURING)
    evening.start_item(item_of(called, "opening"), by=hoa, at=DURING)
    evening.start_item(item_of(called), by=hoa, at=DURING)
    say(cast, called, row_of(called, cast.tuan), awareness="Hiểu", relation="Làm", proposal="Góp")
    say(cast, called, row_of(called, cast.tuan), awareness="Hiểu", relation="Làm")
    say(cast, called, row_of(called, cast.lan), step="past_tasks", text="Đã xong.")
    say(cast, called, row_named(called, "Cao Văn Long"), awareness="Hiểu", relation="Làm", proposal="Góp")
    evening.add_remark(item_of(called), row_of(called, cast.hoa), by=hoa, at=DURING)
    save_text("item", item_of(called, "conclusion"), {"conclusion": "Nhất trí."}, base=0, by=hoa, at=DURING)
    for owner, due in ((cast.son, date(2026, 12, 20)), (cast.son, None), (None, None)):
        following.assign_task(called, text="Kê khai", owner=owner, due_on=due, item=None, by=hoa, at=DURING)
    task = Task.objects.get(text="Nộp báo cáo")
    following.report_task(task, called, state="done", result="", by=hoa, at=DURING)
    evening.record_vote(item_of(called), question="?", in_favour=1, against=1, other=0, by=hoa, at=DURING)
    evening.read_back(called, by=hoa, at=DURING)
    assert figures(called, list(called.opinions.all())) == MeetingFacts(
        kind=Kind.THEMATIC,
        topic="Nâng cao chất lượng tự phê bình và phê bình",
        place="Hội trường cơ quan",
        planned_start=at("2026-12-03 19:00"),
        now=SIGNED,
        chair_named=True,
        minute_taker_named=True,
        presenter_named=True,
        agenda=ALL_STEPS,
        agenda_minutes=90,
        committee_met_at=at("2026-11-28 00:00"),
        paper_agreed_at=at("2026-11-26 08:00"),
        paper_ready_at=at("2026-11-27 08:00"),
        notice_sent_at=at("2026-11-25 08:00"),
        superior_notified=True,
        opened_at=OPENED,
        read_back_at=DURING,
        counted=4,
        present=3,  # whoever spoke is here
        excused=1,
        items_total=9,
        items_started=2,
        items_ended=1,
        items_empty=3,
        items_wanting_conclusion=1,
        speakers=2,
        remarks=4,
        remarks_incomplete=1,
        opinions_total=3,
        opinions_unanswered=2,
        dues_stated=True,
        open_tasks=3,
        open_tasks_reported=1,
        tasks=3,
        tasks_without_owner=1,
        tasks_without_due=2,
        votes=1,
        conclusion_recorded=True,
        quality_recorded=True,
    )


def test_after_the_seal_the_times_of_the_end_are_figures_too(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    seal(cast, opened)
    for day, what in ((4, "posted_at"), (5, "reported_up_at")):
        preparing.tick(opened, what=what, done=True, by=cast.account(cast.lan), at=at(f"2026-12-0{day} 08:00"))
    found = figures(opened)
    assert (found.closed_at, found.sealed_at, found.posted_at, found.reported_up_at, found.duration_minutes) == (
        CLOSED,
        SIGNED,
        at("2026-12-04 08:00"),
        at("2026-12-05 08:00"),
        103,
    )


def test_without_a_paper_the_posting_says_when_members_could_read(cast: Cast) -> None:
    by = cast.account(cast.lan)
    meeting = planning.plan_meeting(cast.cell, kind="regular", by=by, at=NOW, **plan_fields(topic=""))
    preparing.tick(meeting, what="papers_posted_at", done=True, by=by, at=DURING)
    assert (figures(meeting).paper_ready_at, figures(meeting).presenter_named) == (DURING, False)


@pytest.mark.parametrize(
    ("standing", "counted"),
    [
        (TenureKind.EXEMPT, 3),
        (TenureKind.TEMPORARY_OUT, 3),
        (TenureKind.SUSPENDED, 3),
        (TenureKind.TEMPORARY_IN, 4),
        (TenureKind.PROBATIONARY, 4),
    ],
)
def test_who_counts_in_the_rate(cast: Cast, called: Meeting, standing: TenureKind, counted: int) -> None:
    people.set_standing(cast.son, cast.cell, kind=standing, starts_on=date(2026, 12, 1), by=None, at=NOW)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    found = figures(called)
    assert (found.counted, found.unmarked, found.present) == (counted, counted, 0)


def test_an_exempt_member_who_speaks_makes_no_share_above_the_whole(cast: Cast, called: Meeting) -> None:
    people.set_standing(cast.son, cast.cell, kind=TenureKind.EXEMPT, starts_on=date(2026, 12, 1), by=None, at=NOW)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    for who in (cast.lan, cast.hoa, cast.tuan, cast.son):
        say(cast, called, row_of(called, who))
    found = figures(called)
    assert (found.counted, found.present, found.speakers, found.remarks) == (3, 3, 3, 4)


def test_an_absence_without_reason_is_counted_by_itself(cast: Cast, opened: Meeting) -> None:
    evening.mark(row_of(opened, cast.son), mark="unexcused", by=cast.account(cast.hoa), at=DURING)
    found = figures(opened)
    assert (found.present, found.excused, found.unexcused, found.unmarked) == (3, 0, 1, 0)


def test_blank_lines_are_nothing_said_and_nothing_concluded(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.hoa)
    say(cast, opened, row_of(opened, cast.tuan), text=" \n ")
    save_text("item", item_of(opened, "conclusion"), {"conclusion": " \n"}, base=0, by=by, at=DURING)
    save_text("meeting", opened, {"dues": " ", "quality": "\n"}, base=0, by=by, at=DURING)
    found = figures(opened)
    assert (found.remarks, found.speakers, found.conclusion_recorded, found.dues_stated, found.quality_recorded) == (
        0,
        0,
        False,
        False,
        False,
    )


def test_a_line_of_the_cells_own_belongs_to_no_step(cast: Cast, planned: Meeting) -> None:
    item = planning.add_item(planned, by=cast.account(cast.lan), at=NOW, title="Văn nghệ", minutes=10, presenter=None)
    assert step_of(planned, item) is None
    found = figures(planned)
    assert (found.agenda, found.items_total, found.agenda_minutes) == (ALL_STEPS, 10, 100)


def test_everything_is_gathered_in_eleven_queries_however_much_there_is(cast: Cast, opened: Meeting) -> None:
    meeting = fresh(opened)
    counts = []
    for _ in range(2):
        for who in (cast.lan, cast.hoa, cast.tuan):
            say(cast, opened, row_of(opened, who))
        with CaptureQueriesContext(connection) as queries:
            facts_of(Evening.of(meeting), now=SIGNED)
        counts.append(len(queries))
    assert counts == [11, 11]


def test_whatever_is_gathered_of_a_meeting_knows_which_and_asks_for_it_no_more(opened: Meeting) -> None:
    """The very row at hand: nothing of the page sees another state of it, or asks the database for it again."""
    meeting = fresh(opened)
    lines, seats, seats_then = agenda(meeting), roll(meeting), roll(meeting, item_of(opened, "purpose"))
    assert (len(lines), len(seats)) == (len(ALL_STEPS), len(seats_then))
    with CaptureQueriesContext(connection) as queries:
        owners = [one.meeting for one in (*lines, *seats, *seats_then)]
    assert (len(queries), all(one is meeting for one in owners)) == (0, True)


def test_every_state_of_a_living_meeting_has_its_advice() -> None:
    assert set(STAGES) == {State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED}
