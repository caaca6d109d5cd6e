"""How votes become a proposal, what must add up, the two readings of the cap: tables, without a row."""

from __future__ import annotations

import pytest

from critique.levels.voting import DEFAULT, HALF_EACH, Base, Cap, Method, Threshold, VoteRule, problems, proposed
from critique.official_forms.model import Level

TWO_THIRDS = VoteRule(
    Method.SECRET, Base.SUMMONED, {**HALF_EACH, Level.EXCELLENT: Threshold.TWO_THIRDS}, "theo 15-HD/ĐU"
)
OF_PRESENT = VoteRule(Method.SECRET, Base.PRESENT, HALF_EACH, "theo 16-HD/ĐU")

# Rule, summoned, present, votes for the four levels and "not rated", what is proposed.
TABLE = [
    (DEFAULT, 9, 9, (5, 4, 0, 0, 0), Level.EXCELLENT),
    (DEFAULT, 9, 9, (4, 5, 0, 0, 0), Level.GOOD),
    (DEFAULT, 9, 9, (0, 4, 5, 0, 0), Level.DONE),
    (DEFAULT, 9, 9, (0, 0, 4, 5, 0), Level.NOT_DONE),
    (DEFAULT, 9, 9, (3, 3, 3, 0, 0), None),
    (DEFAULT, 8, 8, (4, 4, 0, 0, 0), None),  # half is not more than half
    (DEFAULT, 8, 8, (0, 5, 3, 0, 0), Level.GOOD),
    (DEFAULT, 9, 5, (0, 5, 0, 0, 0), Level.GOOD),  # of those summoned, not of those who came
    (DEFAULT, 10, 5, (0, 5, 0, 0, 0), None),
    (OF_PRESENT, 10, 5, (0, 3, 2, 0, 0), Level.GOOD),
    (OF_PRESENT, 10, 4, (0, 2, 2, 0, 0), None),
    (TWO_THIRDS, 9, 9, (6, 3, 0, 0, 0), Level.EXCELLENT),
    (TWO_THIRDS, 9, 9, (5, 4, 0, 0, 0), None),  # votes for a higher level are not added to a lower one
    (TWO_THIRDS, 10, 10, (6, 4, 0, 0, 0), None),
    (TWO_THIRDS, 10, 10, (7, 3, 0, 0, 0), Level.EXCELLENT),
    (TWO_THIRDS, 9, 9, (4, 5, 0, 0, 0), Level.GOOD),
    (DEFAULT, 9, 9, (0, 0, 0, 0, 9), None),
    (DEFAULT, 0, 0, (0, 0, 0, 0, 0), None),
]


@pytest.mark.parametrize(("rule", "summoned", "present", "votes", "level"), TABLE)
def test_the_level_that_reached_its_share_is_proposed(
    rule: VoteRule, summoned: int, present: int, votes: tuple[int, ...], level: Level | None
) -> None:
    counts = dict(zip(("excellent", "good", "done", "not_done", "unrated"), votes, strict=True))
    assert proposed(rule, counts, summoned=summoned, present=present) == level


@pytest.mark.parametrize(
    ("need", "base", "least"),
    [
        (Threshold.HALF, 9, 5),
        (Threshold.HALF, 8, 5),
        (Threshold.TWO_THIRDS, 9, 6),
        (Threshold.TWO_THIRDS, 8, 6),
        (Threshold.THREE_QUARTERS, 8, 6),
        (Threshold.THREE_QUARTERS, 9, 7),
    ],
)
def test_the_least_number_of_votes(need: Threshold, base: int, least: int) -> None:
    assert (need.reached(least, base), need.reached(least - 1, base), need.reached(0, 0)) == (True, False, False)


def figures(*counts: int | None) -> dict[str, int | None]:
    return dict(zip(("summoned", "present", "issued", "returned", "valid", "invalid"), counts, strict=True))


def line(*counts: int | None) -> dict[str, int | None]:
    return dict(zip(("excellent", "good", "done", "not_done", "unrated"), counts, strict=True))


GOOD = line(2, 5, 0, 0, 0)
EMPTY = line(None, None, None, None, None)
# Method, figures, the line of subject 7, the fields that are wrong.
SUMS: list[tuple[Method, dict[str, int | None], dict[str, int | None], list[str]]] = [
    (Method.SECRET, figures(9, 8, 8, 8, 7, 1), GOOD, []),
    (Method.SECRET, figures(9, 8, 8, 7, 7, 0), GOOD, []),
    (Method.SECRET, figures(9, 8, 8, 8, 7, 1), EMPTY, []),
    (Method.SECRET, figures(9, 8, 8, 8, 7, 1), line(2, 5, None, None, None), []),
    (Method.SECRET, figures(8, 9, 8, 8, 7, 1), GOOD, ["present"]),
    (Method.SECRET, figures(9, 8, 9, 8, 7, 1), GOOD, ["issued"]),
    (Method.SECRET, figures(9, 8, 7, 8, 7, 1), GOOD, ["returned"]),
    (Method.SECRET, figures(9, 8, 8, 8, 7, 0), GOOD, ["invalid"]),
    (Method.SECRET, figures(9, 8, 8, 8, 8, 0), GOOD, ["excellent_7"]),
    (Method.SECRET, figures(9, 8, 8, 8, 6, 2), GOOD, ["excellent_7"]),
    (Method.SECRET, figures(9, 8, None, None, 7, 1), GOOD, ["issued", "returned"]),
    (Method.HANDS, figures(9, 8, None, None, None, None), GOOD, []),
    (Method.HANDS, figures(9, 6, None, None, None, None), GOOD, ["excellent_7"]),
    (Method.HANDS, figures(None, 6, None, None, None, None), GOOD, ["summoned"]),
    (Method.HANDS, figures(5, 6, None, None, None, None), EMPTY, ["present"]),
]


@pytest.mark.parametrize(("method", "totals", "votes", "wrong"), SUMS)
def test_what_does_not_add_up_is_named_beside_its_field(
    method: Method, totals: dict[str, int | None], votes: dict[str, int | None], wrong: list[str]
) -> None:
    assert [field for field, _ in problems(method, totals, {7: votes})] == wrong


def test_the_rule_says_where_it_comes_from_and_what_each_level_needs() -> None:
    assert DEFAULT.sentence() == (
        "Phiếu kín; mức được đề xuất là mức có trên 1/2 số đảng viên chính thức được triệu tập tán thành."
    )
    assert "Điều 9, khoản 5" in DEFAULT.source
    assert TWO_THIRDS.sentence() == (
        "Phiếu kín; mức được đề xuất là mức đạt đủ tỉ lệ so với số đảng viên chính thức được triệu tập: "
        "“Hoàn thành xuất sắc nhiệm vụ”: từ 2/3 trở lên; “Hoàn thành tốt nhiệm vụ”, “Hoàn thành nhiệm vụ”, "
        "“Không hoàn thành nhiệm vụ”: trên 1/2."
    )


@pytest.mark.parametrize(
    ("excellent", "good", "percent", "most", "over"),
    [
        (2, 12, 20, (2, 2), (False, False)),
        (3, 12, 20, (2, 3), (True, False)),
        (4, 12, 20, (2, 3), (True, True)),
        (3, 12, 25, (3, 3), (False, False)),
        (1, 0, 20, (0, 0), (True, True)),
        (0, 0, 20, (0, 0), (False, False)),
    ],
)
def test_the_cap_is_shown_in_both_readings(
    excellent: int, good: int, percent: int, most: tuple[int, int], over: tuple[bool, bool]
) -> None:
    readings = Cap(excellent, good, percent, "").readings
    assert tuple(one.most for one in readings) == most
    assert tuple(one.is_over for one in readings) == over


def test_a_reading_is_said_with_its_figures() -> None:
    one, _ = Cap(3, 12, 20, "").readings
    assert one.sentence() == "20% của 12 (số xếp loại “Hoàn thành tốt nhiệm vụ”) là 2,4: không quá 2; đang có 3, vượt."
