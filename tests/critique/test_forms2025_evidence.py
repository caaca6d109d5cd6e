"""The annex in figures and the conditions of Điều 11: met, not met, or not known; never a level by itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from critique.official_forms.body import Body, Row, clean
from critique.official_forms.evidence import Tally, conditions, pace_of, tally
from critique.official_forms.forms import FORMS
from critique.official_forms.model import FormKind, Level
from guideline.model import Evidence
from tests.sample import tries

STAFF = FormKind.STAFF
PERFECT = {"result": "done", "pace": "on_time", "quality": "met"}
OVER = PERFECT | {"result": "over"}


def body(tasks: list[Row], score: tuple[str, str] = ("", ""), remedied: tuple[str, ...] = ()) -> Body:
    return clean(
        FORMS[STAFF],
        {
            "PL": [{"task": "việc"} | task for task in tasks],
            "B.I.1": score[0],
            "B.I.2": score[1],
            "A.III": [{"shortcoming": str(n), "state": state} for n, state in enumerate(remedied)],
        },
    )


def found(level: Level, written: Body, kind: FormKind = STAFF) -> list[tuple[bool | None, str]]:
    return [(one.met, one.found) for one in conditions(level, kind, written).conditions]


@pytest.mark.parametrize(
    ("row", "pace"),
    [
        ({"due": "2026-03-25", "done_on": "2026-03-25", "pace": ""}, "on_time"),
        ({"due": "2026-03-25", "done_on": "2026-03-26", "pace": ""}, "late"),
        ({"due": "2026-03-25", "done_on": "2026-03-26", "pace": "on_time"}, "on_time"),
        ({"due": "quý I", "done_on": "2026-03-26", "pace": ""}, ""),
        ({"due": "", "done_on": "", "pace": "late"}, "late"),
    ],
)
def test_the_author_says_the_pace_or_the_days_do(row: Row, pace: str) -> None:
    assert pace_of(row) == pace


def test_ten_tasks_are_counted() -> None:
    tasks = [OVER] * 3 + [PERFECT] * 5 + [PERFECT | {"pace": "late", "quality": "not_met"}, {"result": "not_done"}]
    counted = tally(body(tasks))
    assert counted == Tally(tasks=10, done=9, over=3, not_done=1, on_time=8, late=1, good=8)
    assert (str(counted.percent(counted.done)), tally(body([])).percent(0)) == ("90.0", None)


def test_an_excellent_year_meets_every_line() -> None:
    written = body([OVER] * 3 + [PERFECT] * 7, ("28", "63"), ("done", "done"))
    assert found(Level.EXCELLENT, written) == [
        (True, "91 điểm"),
        (True, "10/10 nhiệm vụ (100%)"),
        (True, "10/10 nhiệm vụ (100%)"),
        (True, "10/10 nhiệm vụ (100%)"),
        (True, "3/10 nhiệm vụ (30%)"),
        (True, "2/2 hạn chế đã khắc phục"),
    ]


def test_one_task_short_of_thirty_per_cent_and_one_shortcoming_open_are_said() -> None:
    written = body([OVER] * 2 + [PERFECT] * 8, ("25", "64"), ("done", "doing"))
    assert found(Level.EXCELLENT, written) == [
        (False, "89 điểm"),
        (True, "10/10 nhiệm vụ (100%)"),
        (True, "10/10 nhiệm vụ (100%)"),
        (True, "10/10 nhiệm vụ (100%)"),
        (False, "2/10 nhiệm vụ (20%)"),
        (False, "1/2 hạn chế đã khắc phục"),
    ]


def test_an_empty_annex_says_nothing_for_or_against() -> None:
    nothing = "phụ lục chưa có nhiệm vụ nào"
    assert found(Level.GOOD, body([])) == [
        (None, "chưa đủ điểm hai nhóm"),
        (None, nothing),
        (None, nothing),
        (None, nothing),
    ]


def test_a_task_of_which_nothing_is_said_leaves_the_answer_open() -> None:
    assert found(Level.GOOD, body([PERFECT, {}]))[1:] == [(None, "1/2 nhiệm vụ (50%)")] * 3


@pytest.mark.parametrize(("late", "met"), [(0, True), (2, True), (3, False)])
def test_up_to_a_fifth_may_be_late_for_the_third_level(late: int, met: bool) -> None:
    tasks = [PERFECT | {"pace": "late"}] * late + [PERFECT] * (10 - late)
    assert found(Level.DONE, body(tasks, ("20", "35")))[2][0] == met


@pytest.mark.parametrize(
    ("points", "levels"),
    [
        (("30", "60"), [True, False, False, False]),
        (("30", "59,99"), [False, True, False, False]),
        (("20", "50"), [False, True, False, False]),
        (("20", "30"), [False, False, True, False]),
        (("20", "29,5"), [False, False, False, True]),
    ],
)
def test_points_belong_to_one_band(points: tuple[str, str], levels: list[bool]) -> None:
    assert [found(level, body([], points))[0][0] for level in Level] == levels


@pytest.mark.parametrize(("failed", "met"), [(5, False), (6, True)])
def test_more_than_half_not_done_is_one_case_of_the_lowest_level(failed: int, met: bool) -> None:
    check = conditions(Level.NOT_DONE, STAFF, body([{"result": "not_done"}] * failed + [PERFECT] * (10 - failed)))
    assert (check.every, [one.met for one in check.conditions]) == (False, [None, met, None, None, None])


def test_of_a_leader_the_annex_does_not_know_the_unit_and_our_reading_is_marked() -> None:
    check = conditions(Level.EXCELLENT, FormKind.LEADER, body([OVER]))
    assert [(one.met, one.clause.evidence) for one in check.conditions] == [
        (None, Evidence.SEEN),
        *[(True, Evidence.DERIVED)] * 4,
        (True, Evidence.SEEN),
        (None, Evidence.SEEN),
    ]


@pytest.mark.parametrize("kind", FormKind)
@pytest.mark.parametrize("level", Level)
def test_every_line_has_its_clause(kind: FormKind, level: Level) -> None:
    check = conditions(level, kind, body([]))
    assert {one.clause.place for one in check.conditions} == {f"Điều 11, khoản {list(Level).index(level) + 1}"}


TASKS = st.lists(
    st.fixed_dictionaries(
        {
            "result": st.sampled_from(["", "not_done", "done", "over"]),
            "pace": st.sampled_from(["", "on_time", "late"]),
            "quality": st.sampled_from(["", "met", "not_met"]),
        }
    ),
    max_size=12,
)
BEST = {"result": "over", "pace": "on_time", "quality": "met"}
WORST = {"result": "not_done", "pace": "late", "quality": "not_met"}


def filled(tasks: list[Row], with_this: Row) -> list[Row]:
    """Each unsaid cell said in one way."""
    return [{name: value or with_this[name] for name, value in task.items()} for task in tasks]


@settings(max_examples=tries(150), deadline=None)
@given(TASKS, st.sampled_from([Level.EXCELLENT, Level.GOOD, Level.DONE]))
def test_what_is_told_as_known_holds_however_the_unsaid_turns_out(tasks: list[Row], level: Level) -> None:
    now = [one.met for one in conditions(level, STAFF, body(tasks)).conditions]
    best, worst = (
        [one.met for one in conditions(level, STAFF, body(filled(tasks, way))).conditions] for way in (BEST, WORST)
    )
    assert [
        known for known, a, b in zip(now, best, worst, strict=True) if known is not None and not known == a == b
    ] == []
