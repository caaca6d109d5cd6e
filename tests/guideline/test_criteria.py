"""The score sheets: what they hold, how they change with the kind of meeting, and what is refused on loading."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from guideline.criteria import SETS, Band, CriteriaSet, Measure, NoCriteriaError, get, sets_for
from guideline.criteria_hd12 import HD12_SET, PROVINCE_SET
from guideline.criteria_hd42 import HD42_SET, WARD_SET
from guideline.reading import READERS
from guideline.rulebook import Evidence, Kind


def points(criteria: CriteriaSet) -> list[tuple[str, int | None, list[int | None]]]:
    return [(line.code, line.max_points, [one.max_points for one in under]) for line, under in criteria.groups()]


def with_line(criteria: CriteriaSet, line_code: str, /, **change: Any) -> CriteriaSet:
    lines = tuple(replace(line, **change) if line.code == line_code else line for line in criteria.criteria)
    return replace(criteria, criteria=lines)


def test_the_central_sheet_has_seven_lines_and_100_points() -> None:
    assert points(HD42_SET) == [
        ("1", 5, []),
        ("2", 5, []),
        ("3", 10, [5, 5]),
        ("4", 40, [5, 25, 10]),
        ("5", 5, []),
        ("6", 30, []),
        ("7", 5, []),
    ]


def test_the_wards_sheet_divides_the_same_100_points_further() -> None:
    assert points(WARD_SET.for_kind(Kind.COMBINED)) == [
        ("1", 5, []),
        ("2", 5, [4, 1]),
        ("3", 10, [3, 2, 2, 1, 2]),
        ("4", 30, [5, 10, 5, 2, 5, 1, 1, 1]),
        ("5", 10, [2, 4, 3, 1]),
        ("6", 5, [1, 2, 1, 1]),
        ("7", 30, []),
        ("8", 5, [2, 2, 1]),
    ]


def test_in_a_month_without_a_topic_its_points_go_to_the_regular_content() -> None:
    regular = WARD_SET.for_kind(Kind.REGULAR)
    assert (points(regular)[3], regular.total) == (("4", 30, [5, 15, 2, 5, 1, 1, 1]), 100)


@pytest.mark.parametrize("kind", [Kind.THEMATIC, Kind.COMBINED])
def test_a_month_with_a_topic_has_the_whole_sheet(kind: Kind) -> None:
    assert WARD_SET.for_kind(kind) is WARD_SET


def test_the_old_frame_has_neither_points_nor_grades() -> None:
    assert (points(HD12_SET), HD12_SET.scored, HD12_SET.total) == (
        [(code, None, []) for code in "12345"],
        False,
        None,
    )


def test_a_province_gave_100_points_in_four_parts() -> None:
    assert points(PROVINCE_SET) == [("1", 15, []), ("2", 20, []), ("3", 45, []), ("4", 20, [])]


@pytest.mark.parametrize(
    ("reached", "grade"),
    [
        (100, "Tốt"),
        (90, "Tốt"),
        (Decimal("89.5"), "Khá"),
        (70, "Khá"),
        (69, "Trung bình"),
        (50, "Trung bình"),
        (49, "Kém"),
        (0, "Kém"),
    ],
)
@pytest.mark.parametrize("criteria", [HD42_SET, WARD_SET, PROVINCE_SET])
def test_a_grade_begins_with_its_first_point(criteria: CriteriaSet, reached: Decimal | int, grade: str) -> None:
    assert criteria.grade_of(reached).name == grade


def test_a_frame_without_points_grades_nothing() -> None:
    with pytest.raises(ValueError, match="hd12 has no grade for 90"):
        HD12_SET.grade_of(90)


def test_each_guideline_has_its_default_sheet_and_an_example() -> None:
    assert [[one.key for one in sets_for(key)] for key in ("hd12", "hd42")] == [
        ["hd12", "hd12-tinh"],
        ["hd42", "hd42-phuong"],
    ]


def test_a_sheet_is_found_by_its_key() -> None:
    assert [get(one.key) for one in SETS] == list(SETS)


def test_an_unknown_sheet_or_guideline_is_refused_in_a_sentence() -> None:
    with pytest.raises(NoCriteriaError) as sheet:
        get("hd09")
    with pytest.raises(NoCriteriaError) as guideline:
        sets_for("hd09")
    assert [str(sheet.value), str(guideline.value)] == [
        "Không có bảng tiêu chí nào mang mã “hd09”.",
        "Không có bảng tiêu chí nào cho hướng dẫn mang mã “hd09”.",
    ]


@pytest.mark.parametrize("example", [WARD_SET, PROVINCE_SET])
def test_an_example_says_that_it_is_one_and_claims_nothing(example: CriteriaSet) -> None:
    assert (example.title.split(": ")[1].startswith("ví dụ một "), example.clause.evidence) == (
        True,
        Evidence.UNCONFIRMED,
    )


@pytest.mark.parametrize("criteria", SETS, ids=lambda one: one.key)
def test_no_sheet_is_for_the_committees_own_meeting(criteria: CriteriaSet) -> None:
    assert criteria.kinds == {Kind.REGULAR, Kind.THEMATIC, Kind.COMBINED}


def test_everything_that_a_line_may_be_read_from_has_a_reader() -> None:
    assert set(READERS) == set(Measure)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (
            lambda: with_line(HD42_SET, "4.2", max_points=20),
            "hd42: the lines under 4 add up to 35 and it has 40 points",
        ),
        (lambda: with_line(HD42_SET, "1", max_points=10), "hd42: its lines add up to 105 and not to 100"),
        (lambda: with_line(HD42_SET, "2", code="1"), "hd42: the line 1 stands twice"),
        (lambda: with_line(HD42_SET, "1", max_points=None), "hd42: the line 1 has no points"),
        (lambda: with_line(HD42_SET, "1", max_points=0), "hd42: the line 1 has 0 points"),
        (lambda: with_line(HD12_SET, "1", max_points=5), "hd12: the line 1 has points"),
        (
            lambda: with_line(HD42_SET, "3.1", parent="9"),
            "hd42: the line 3.1 stands under 9, which is not a main line",
        ),
        (
            lambda: with_line(HD42_SET, "3.1", parent="3.2"),
            "hd42: the line 3.1 stands under 3.2, which is not a main line",
        ),
        (
            lambda: with_line(WARD_SET, "7", bands=(Band(90, 31),)),
            "hd42-phuong: the bands of the line 7 go beyond its points",
        ),
        (
            lambda: with_line(WARD_SET, "7", bands=(Band(90, 20), Band(80, 30))),
            "hd42-phuong: the bands of the line 7 do not go down",
        ),
        (
            lambda: with_line(WARD_SET, "7", bands=(Band(80, 30), Band(90, 20))),
            "hd42-phuong: the bands of the line 7 do not go down",
        ),
        (
            lambda: with_line(WARD_SET, "7", measure=None),
            "hd42-phuong: the line 7 has bands and nothing to measure",
        ),
        (
            lambda: with_line(WARD_SET, "4.3", moves_to=""),
            "hd42-phuong: the points of the line 4.3 have nowhere to go in other meetings",
        ),
        (
            lambda: with_line(HD42_SET, "1", clause=replace(HD42_SET.clause, place="")),
            "hd42: a clause of HD 42-HD/BTCTW names no place",
        ),
        (
            lambda: replace(HD42_SET, grades=tuple(reversed(HD42_SET.grades))),
            "hd42: the grades do not go from high to low",
        ),
        (lambda: replace(HD42_SET, grades=HD42_SET.grades[:3]), "hd42: the lowest grade does not begin at 0"),
        (
            lambda: replace(HD42_SET, grades=(HD42_SET.grades[0], *HD42_SET.grades)),
            "hd42: a grade stands twice",
        ),
        (lambda: replace(HD12_SET, criteria=()), "hd12: it has no lines"),
    ],
)
def test_a_sheet_that_does_not_add_up_is_refused_with_the_reason(spoil: Callable[[], CriteriaSet], reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        spoil()
