"""The year's programme: which months, quarters and topics are pointed out."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guideline.hd12 import HD12
from guideline.hd42 import HD42
from guideline.programme import Planned, check_programme
from guideline.rulebook import RULEBOOKS, Kind, Rulebook

YEAR = dict.fromkeys(range(1, 13), HD42)
REGULAR = tuple(Planned(month, Kind.REGULAR) for month in range(1, 13))
THEMATIC = tuple(Planned(month, Kind.THEMATIC, "Học tập và làm theo Bác", True) for month in (3, 6, 9, 12))
FULL = (*REGULAR, *THEMATIC)

plans = st.lists(
    st.builds(Planned, st.integers(1, 12), st.sampled_from(Kind), st.text(max_size=5), st.booleans()), max_size=20
)
years = st.dictionaries(st.integers(1, 12), st.sampled_from(RULEBOOKS))


def said(planned: tuple[Planned, ...], year: dict[int, Rulebook] | None = None) -> list[str]:
    return [finding.sentence for finding in check_programme(planned, YEAR if year is None else year)]


def without(*months: int) -> tuple[Planned, ...]:
    return tuple(one for one in FULL if one.month not in months)


@pytest.mark.parametrize(
    ("planned", "sentences"),
    [
        (FULL, []),
        ((*FULL, Planned(3, Kind.REGULAR)), []),
        ((*without(3), Planned(3, Kind.COMBINED, "Đoàn kết", True)), []),
        ((*FULL, Planned(5, Kind.COMMITTEE)), []),
        (without(8), ["Chưa có buổi sinh hoạt thường kỳ trong tháng 8."]),
        ((*without(8), Planned(8, Kind.COMMITTEE)), ["Chưa có buổi sinh hoạt thường kỳ trong tháng 8."]),
        (
            (*without(8), Planned(8, Kind.THEMATIC, "Đoàn kết", True)),
            ["Chưa có buổi sinh hoạt thường kỳ trong tháng 8."],
        ),
        (
            without(1, 8, 11),
            ["Chưa có buổi sinh hoạt thường kỳ trong tháng 1, 8 và 11."],
        ),
        (
            without(12),
            [
                "Chưa có buổi sinh hoạt thường kỳ trong tháng 12.",
                "Chưa đủ buổi sinh hoạt chuyên đề trong quý IV.",
            ],
        ),
        (REGULAR, ["Chưa đủ buổi sinh hoạt chuyên đề trong quý I, II, III và IV."]),
        (
            (*FULL, Planned(5, Kind.THEMATIC, " ", True), Planned(2, Kind.COMBINED, "", True)),
            ["Chưa có tên chuyên đề cho buổi sinh hoạt tháng 2 và 5."],
        ),
        ((*FULL, Planned(5, Kind.THEMATIC, "Đoàn kết")), ["Chưa phân công người chuẩn bị chuyên đề tháng 5."]),
    ],
)
def test_what_a_programme_still_lacks(planned: tuple[Planned, ...], sentences: list[str]) -> None:
    assert said(planned) == sentences


def test_only_the_months_that_the_cell_plans_are_looked_at() -> None:
    assert said((Planned(12, Kind.REGULAR), THEMATIC[3]), {12: HD42}) == []


def test_each_month_is_judged_by_the_guideline_of_that_month() -> None:
    year = {month: HD12 if month < 11 else HD42 for month in range(1, 13)}
    documents = [finding.clause.document for finding in check_programme(REGULAR, year)]
    late = [finding.clause.document for finding in check_programme((*REGULAR, *THEMATIC[:3]), year)]
    assert (documents, late) == (["HD 12-HD/BTCTW"], ["CT 50-CT/TW"])


def test_the_plan_of_the_years_topics_is_reported_above() -> None:
    year = dict.fromkeys(range(1, 13), HD12)
    assert "plan_reported" not in [one.code for one in check_programme((*REGULAR, *THEMATIC), year)]
    told = [one.code for one in check_programme((*REGULAR, *THEMATIC), year, reported=False)]
    assert told.count("plan_reported") == 1
    without = [one.code for one in check_programme(REGULAR, year, reported=False)]
    assert "plan_reported" not in without


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_that_no_calendar_has_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Planned(month, Kind.REGULAR)


@given(plans, years, st.randoms())
def test_the_order_of_the_programme_makes_no_difference(
    planned: list[Planned], year: dict[int, Rulebook], chance: Random
) -> None:
    shuffled = sorted(planned, key=lambda _: chance.random())
    assert check_programme(shuffled, year) == check_programme(planned, year)


@given(plans, years)
def test_each_kind_of_problem_is_pointed_out_once(planned: list[Planned], year: dict[int, Rulebook]) -> None:
    codes = [finding.code for finding in check_programme(planned, year)]
    assert len(codes) == len(set(codes))


def test_an_empty_year_lacks_its_months_and_its_quarters() -> None:
    assert [finding.code for finding in check_programme((), YEAR)] == ["regular_per_month", "thematic_per_quarter"]
