"""What each guideline has to say of one evening when one thing about it is different."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import pytest

from guideline.checks import CHECKS, COMMITTEE_CHECKS, Stage, findings
from guideline.checks_evening import check_quorum
from guideline.facts import VIETNAM, MeetingFacts
from guideline.hd12 import HD12
from guideline.hd42 import HD42
from guideline.local import LocalFigure, localise
from guideline.rulebook import Clause, Evidence, Kind, Rulebook, RuleKey


def at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


OPENED = at(12, 3, 19, 0)
DAY_BEFORE = at(12, 2, 20, 0)
STEPS = tuple(step.code for step in HD42.steps[Kind.THEMATIC])

# A thematic evening of nine members at which nothing is left to be desired under either guideline.
GOOD = MeetingFacts(
    kind=Kind.THEMATIC,
    topic="Nâng cao chất lượng tự phê bình và phê bình",
    place="Phòng họp chi bộ",
    planned_start=OPENED,
    now=OPENED + timedelta(hours=2),
    chair_named=True,
    minute_taker_named=True,
    presenter_named=True,
    bulletin_presenter_named=True,
    agenda=STEPS,
    agenda_minutes=90,
    committee_met_at=at(11, 30, 17, 0),
    paper_agreed_at=at(12, 1, 17, 0),
    paper_ready_at=DAY_BEFORE,
    notice_sent_at=at(12, 1, 8, 0),
    superior_notified=True,
    opened_at=OPENED,
    closed_at=OPENED + timedelta(minutes=95),
    read_back_at=OPENED + timedelta(minutes=93),
    sealed_at=OPENED + timedelta(minutes=110),
    paper_completed_at=OPENED + timedelta(days=1),
    posted_at=OPENED + timedelta(days=2),
    reported_up_at=OPENED + timedelta(days=2),
    counted=9,
    present=9,
    items_total=9,
    items_started=9,
    items_ended=9,
    speakers=7,
    remarks=7,
    opinions_total=3,
    dues_stated=True,
    open_tasks=4,
    open_tasks_reported=4,
    tasks=3,
    votes=1,
    conclusion_recorded=True,
    quality_recorded=True,
)
REGULAR = {"kind": Kind.REGULAR}
MONTHLY = {**REGULAR, "agenda": tuple(step.code for step in HD42.steps[Kind.REGULAR])}
COMBINED = {"kind": Kind.COMBINED}
IN_TURN = tuple(step.code for step in HD42.steps[Kind.COMBINED])
TOPIC_FIRST = (*IN_TURN[8:12], *IN_TURN[:8], *IN_TURN[12:])
MIXED = (IN_TURN[8], *IN_TURN[:8], *IN_TURN[9:])


class Case(NamedTuple):
    says: str
    stage: Stage
    change: dict[str, Any]
    hd12: tuple[str, ...]
    hd42: tuple[str, ...]


def both(says: str, stage: Stage, change: dict[str, Any], *codes: str) -> Case:
    return Case(says, stage, change, codes, codes)


CALLING, OPENING, CLOSING, AFTER = Stage
CASES = [
    both("nothing is amiss before calling", CALLING, {}),
    both("no place", CALLING, {"place": " "}, "place_and_time"),
    both(
        "no place, and no time to count back from",
        CALLING,
        {"place": "", "planned_start": None},
        "place_and_time",
    ),
    both("nobody chairs", CALLING, {"chair_named": False}, "chair"),
    both("the topic has no name", CALLING, {"topic": ""}, "topic"),
    both("a regular meeting needs no topic", CALLING, {"topic": "", **REGULAR}, "all_steps"),
    both("nobody writes the paper", CALLING, {"presenter_named": False}, "paper_author"),
    both("no agenda yet", CALLING, {"agenda": (), "agenda_minutes": 0}, "all_steps"),
    both("nobody will read the minutes", CALLING, {"agenda": STEPS[:-1]}, "all_steps"),
    both("75 minutes planned", CALLING, {"agenda_minutes": 75}, "agenda_minutes"),
    both("the committee has not met", CALLING, {"committee_met_at": None}, "committee_meets"),
    both("the committee has not seen the draft", CALLING, {"paper_agreed_at": None}, "paper_agreed"),
    Case("the draft is not out", CALLING, {"paper_ready_at": None}, ("paper_sent",), ("papers_days_before",)),
    Case("the draft came out that morning", CALLING, {"paper_ready_at": OPENED}, (), ("papers_days_before",)),
    both(
        "the draft came out late the evening before",
        CALLING,
        {"paper_ready_at": at(12, 2, 23, 59)},
    ),
    Case(
        "both parts in one evening, one after the other",
        CALLING,
        {**COMBINED, "agenda": IN_TURN, "agenda_minutes": 130},
        ("combine_only_if_needed",),
        (),
    ),
    Case(
        "both parts in one evening, the topic first",
        CALLING,
        {**COMBINED, "agenda": TOPIC_FIRST, "agenda_minutes": 130},
        ("combine_only_if_needed",),
        (),
    ),
    Case(
        "the two parts mixed",
        CALLING,
        {**COMBINED, "agenda": MIXED, "agenda_minutes": 130},
        ("combine_only_if_needed",),
        ("one_part_after_the_other",),
    ),
    Case(
        "110 minutes planned for both parts",
        CALLING,
        {**COMBINED, "agenda": IN_TURN, "agenda_minutes": 110},
        ("combine_only_if_needed", "agenda_minutes"),
        ("agenda_minutes",),
    ),
    both("nothing is amiss before opening", OPENING, {}),
    both("no notice", OPENING, {"notice_sent_at": None}, "notice"),
    both("the superior does not know", OPENING, {"superior_notified": False}, "notice_to_superior"),
    Case("the draft is still not out", OPENING, {"paper_ready_at": None}, ("paper_sent",), ("papers_days_before",)),
    Case("not on the fixed day", CALLING, {**MONTHLY, "planned_start": at(12, 4, 19, 0)}, (), ("meeting_day",)),
    Case("nobody brings the bulletin", CALLING, {**MONTHLY, "bulletin_presenter_named": False}, (), ("bulletin",)),
    both("a regular meeting without papers", OPENING, {"paper_ready_at": None, **REGULAR}),
    Case(
        "the papers of a regular meeting came late",
        OPENING,
        {"paper_ready_at": OPENED, **REGULAR},
        (),
        ("papers_days_before",),
    ),
    both("one person leads and writes", OPENING, {"one_in_both_seats": True}, "two_seats"),
    both("the chair is on probation", OPENING, {"chair_on_probation": True}, "chair_on_probation"),
    both("nobody takes the minutes", OPENING, {"minute_taker_named": False}, "minute_taker"),
    both("nothing is amiss before closing", CLOSING, {}),
    both("62 minutes so far", CLOSING, {"closed_at": None, "now": OPENED + timedelta(minutes=62)}, "duration"),
    both("90 minutes to the dot", CLOSING, {"closed_at": OPENED + timedelta(minutes=90)}),
    both("95 minutes for both parts", CLOSING, COMBINED, "duration"),
    both("not opened yet", CLOSING, {"opened_at": None}),
    both("one member is not marked", CLOSING, {"unmarked": 1, "present": 8}, "roll_call"),
    both("seven of nine came", CLOSING, {"present": 7, "excused": 2}, "attendance"),
    Case("eight of nine came", CLOSING, {"present": 8, "excused": 1}, (), ("attendance",)),
    Case(
        "17 of 20 came",
        CLOSING,
        {"present": 17, "counted": 20, "speakers": 9},
        ("attendance",),
        ("attendance",),
    ),
    both("18 of 20 came", CLOSING, {"present": 18, "counted": 20, "speakers": 10}),
    both("nobody counts", CLOSING, {"counted": 0, "present": 0}),
    both("one is away for the fourth time in a row", CLOSING, {"excused_in_a_row_over": 1}, "excused_in_a_row"),
    both("one stayed away without a reason", CLOSING, {"unexcused": 1}, "no_unexcused"),
    Case("nothing was said of dues", CLOSING, {"dues_stated": False}, (), ("dues",)),
    both("nothing stands under one item", CLOSING, {"items_empty": 1}, "items_empty"),
    both("who stepped aside led it", CLOSING, {"led_by_who_stepped_aside": ("Việc",)}, "led_by_somebody_else"),
    both("one item is still on", CLOSING, {"items_ended": 8}, "items_held"),
    both("an old task went unreported", CLOSING, {"open_tasks_reported": 3}, "past_tasks"),
    both("four of nine spoke", CLOSING, {"speakers": 4}, "speakers"),
    both("five of nine spoke", CLOSING, {"speakers": 5}),
    both("half of eight spoke", CLOSING, {"counted": 8, "present": 8, "speakers": 4}, "speakers"),
    both("a remark lacks a part", CLOSING, {"remarks_incomplete": 1}, "three_parts"),
    both("a regular meeting's remarks are whole", CLOSING, {"remarks_incomplete": 1, **REGULAR}),
    both("an item wants its conclusion", CLOSING, {"items_wanting_conclusion": 1}, "item_conclusion"),
    both("nothing was concluded", CLOSING, {"conclusion_recorded": False}, "conclusion"),
    both(
        "a vote with more hands than people",
        CLOSING,
        {"votes_beyond_the_roll": ("Biểu quyết “Việc” ghi 3 đồng chí, mà theo điểm danh chỉ có 2.",)},
        "votes_and_roll",
    ),
    both("nobody is said to have counted the slips", CLOSING, {"votes_without_team": ("Việc",)}, "votes_and_team"),
    both("nobody got a task", CLOSING, {"tasks": 0}, "tasks"),
    both("a task is nobody's", CLOSING, {"tasks_without_owner": 1}, "task_owners"),
    both("a task has no date", CLOSING, {"tasks_without_due": 1}, "task_dates"),
    both("the evening was not judged", CLOSING, {"quality_recorded": False}, "quality"),
    Case("it was judged without a vote", CLOSING, {"votes": 0}, (), ("quality_voted",)),
    both("the minutes were not read back", CLOSING, {"read_back_at": None}, "read_back"),
    both("nothing is amiss afterwards", AFTER, {}),
    both("it lasted 62 minutes", AFTER, {"closed_at": OPENED + timedelta(minutes=62)}, "duration"),
    both("the minutes are not signed", AFTER, {"sealed_at": None}, "sealed"),
    both("an opinion waits for its answer", AFTER, {"opinions_unanswered": 1}, "opinions_answered"),
    both("the paper is not finished", AFTER, {"paper_completed_at": None}, "paper_completed"),
    both("a regular meeting has no such paper", AFTER, {"paper_completed_at": None, **REGULAR}),
    Case("nothing is posted", AFTER, {"posted_at": None}, (), ("posted_days_after",)),
    Case(
        "it was posted on the third day",
        AFTER,
        {"posted_at": at(12, 6, 0, 1)},
        (),
        ("posted_days_after",),
    ),
    both("it was posted late on the second day", AFTER, {"posted_at": at(12, 5, 23, 59)}),
    Case("nothing was reported", AFTER, {"reported_up_at": None}, (), ("reported_up",)),
    both("it is not over yet", AFTER, {"closed_at": None, "now": None, "sealed_at": None, "posted_at": None}),
]


def codes(stage: Stage, facts: MeetingFacts, rulebook: Rulebook) -> tuple[str, ...]:
    return tuple(finding.code for finding in findings(stage, facts, rulebook))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_hd12_says_of_the_evening(case: Case) -> None:
    assert codes(case.stage, replace(GOOD, **case.change), HD12) == case.hd12


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.says)
def test_hd42_says_of_the_evening(case: Case) -> None:
    assert codes(case.stage, replace(GOOD, **case.change), HD42) == case.hd42


def test_a_quorum_is_pointed_out_only_where_a_committee_has_fixed_one() -> None:
    few = replace(GOOD, present=4, excused=5, speakers=4)
    figure = LocalFigure(RuleKey.QUORUM, 50, Clause("QĐ 08-QĐ/ĐU", date(2026, 1, 15), "Điều 3", Evidence.LOCAL))
    books = [HD42, localise(HD42, [figure], members=9)]
    assert [codes(CLOSING, few, book) for book in books] == [("attendance",), ("quorum", "attendance")]


def test_every_check_is_tried_by_a_line_that_makes_it_speak() -> None:
    evenings = [(case.stage, replace(GOOD, **case.change)) for case in CASES]
    spoke = {
        check
        for stage, facts in evenings
        for check in CHECKS[stage]
        if check(facts, HD12) is not None or check(facts, HD42) is not None
    }
    # The quorum speaks only in a localised guideline, in the test above.
    assert spoke | {check_quorum} == {check for checks in CHECKS.values() for check in checks}


def test_a_committees_meeting_is_checked_by_some_of_the_same_checks() -> None:
    added = [check for stage in Stage for check in COMMITTEE_CHECKS[stage] if check not in CHECKS[stage]]
    assert added == []
