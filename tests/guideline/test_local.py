"""What a committee fixes for its cells: which figure a cell of some size gets, and which entries are refused."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guideline.checks import Stage, findings
from guideline.finding import Finding
from guideline.hd12 import HD12
from guideline.hd42 import HD42
from guideline.local import BOUNDS, LOCAL_KEYS, LocalFigure, localise, validate_figures
from guideline.model import KNOWN_DOCUMENTS
from guideline.rulebook import RULEBOOKS, Clause, Evidence, Kind, Rulebook, RuleKey
from tests.guideline.words import facts_of

WARD = Clause("QĐ 08-QĐ/ĐU", date(2026, 1, 15), "Điều 3", Evidence.LOCAL)
SMALL = LocalFigure(RuleKey.MINUTES_REGULAR, 60, WARD, members_to=8)
LARGE = LocalFigure(RuleKey.MINUTES_REGULAR, 120, WARD, members_from=30)


def figure(key: RuleKey, number: int) -> LocalFigure:
    return LocalFigure(key, number, WARD)


def closing(said: str, rulebook: Rulebook, kind: Kind = Kind.REGULAR) -> dict[str, Finding]:
    return {one.code: one for one in findings(Stage.BEFORE_CLOSING, facts_of(said, rulebook, kind), rulebook)}


@pytest.mark.parametrize(("members", "minutes"), [(3, 60), (8, 60), (9, 90), (29, 90), (30, 120), (75, 120)])
def test_a_cell_gets_the_length_for_its_size(members: int, minutes: int) -> None:
    assert localise(HD42, [SMALL, LARGE], members=members).min_minutes[Kind.REGULAR] == minutes


def test_a_cell_of_which_no_figure_speaks_keeps_the_guideline_itself() -> None:
    assert localise(HD42, [SMALL, LARGE], members=12) is HD42


def test_a_small_cell_is_measured_by_the_committee_and_told_so() -> None:
    small = localise(HD42, [SMALL], members=7)
    found = closing("kéo dài 55 phút", small)["duration"]
    assert (found.sentence, found.advice, found.clause) == (
        "Buổi sinh hoạt kéo dài 55 phút, cấp uỷ quy định tối thiểu 60 phút.",
        "Ghi lý do vào biên bản.",
        WARD,
    )
    assert closing("kéo dài 60 phút", small) == {}


def test_a_large_cell_may_be_asked_for_more_than_the_suggested_agenda_has() -> None:
    large = localise(HD42, [LARGE], members=40)
    planned = sum(step.minutes for step in large.steps[Kind.REGULAR])
    assert (planned < 120, large.localised, list(closing("kéo dài 110 phút", large))) == (True, True, ["duration"])


@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_a_target_of_the_committee_replaces_whichever_the_guideline_has(rulebook: Rulebook) -> None:
    book = localise(rulebook, [figure(RuleKey.ATTENDANCE_AT_LEAST, 80)], members=20)
    rule = book.attendance_rule
    assert (rule.key, rule.sentence, rule.clause) == (
        RuleKey.ATTENDANCE_AT_LEAST,
        {
            "hd12": "Từ 80% đảng viên trở lên dự sinh hoạt.",
            "hd42": "Từ 80% đảng viên trở lên dự sinh hoạt, không tính đảng viên được miễn và đảng viên lực lượng vũ "
            "trang làm nhiệm vụ đặc biệt.",
        }[rulebook.key],
        WARD,
    )
    assert [closing("có mặt 16/20", book), list(closing("có mặt 15/20", book))] == [{}, ["attendance"]]


def test_nothing_is_said_of_a_quorum_that_nobody_has_fixed() -> None:
    assert [list(closing("có mặt 1/9", book)) for book in RULEBOOKS] == [["attendance"], ["attendance"]]


def test_a_quorum_is_said_with_its_figures_and_never_refuses() -> None:
    book = localise(HD42, [figure(RuleKey.QUORUM, 50)], members=9)
    assert closing("có mặt 4/9", book)["quorum"].sentence == (
        "Có mặt 4/9 đảng viên (44,4%), cấp uỷ quy định có từ 50% trở lên mới tiến hành sinh hoạt."
    )


@pytest.mark.parametrize(("present", "codes"), [(5, ["attendance"]), (4, ["quorum", "attendance"])])
def test_exactly_the_share_that_was_fixed_is_enough(present: int, codes: list[str]) -> None:
    book = localise(HD42, [figure(RuleKey.QUORUM, 50)], members=10)
    assert list(closing(f"có mặt {present}/10", book)) == codes


def test_a_quorum_that_those_unmarked_could_still_reach_is_not_missed_yet() -> None:
    book = localise(HD42, [figure(RuleKey.QUORUM, 50)], members=9)
    facts = replace(facts_of("có mặt 4/9", book, Kind.REGULAR), excused=4, unmarked=1)
    assert [one.code for one in findings(Stage.BEFORE_CLOSING, facts, book)] == ["roll_call", "attendance"]


@pytest.mark.parametrize(("spoke", "codes"), [(4, []), (3, ["speakers"]), (2, ["speakers"])])
def test_the_share_of_speakers_is_the_committees_where_it_has_one(spoke: int, codes: list[str]) -> None:
    book = localise(HD42, [figure(RuleKey.SPEAKERS, 30)], members=10)
    assert list(closing(f"có mặt 10/10; {spoke} người phát biểu", book)) == codes


def test_the_share_of_speakers_is_cited_from_the_committees_paper() -> None:
    book = localise(HD12, [figure(RuleKey.SPEAKERS, 30)], members=9)
    found = closing("2 người phát biểu", book)["speakers"]
    assert (found.sentence, found.clause) == (
        "Mới có 2/9 đảng viên có mặt phát biểu, cấp uỷ quy định trên 30%.",
        WARD,
    )


def test_the_number_of_absences_in_a_row_is_the_committees_where_it_has_one() -> None:
    said = "1 người vắng có lý do nhiều lần liên tiếp"
    books = [HD12, localise(HD12, [figure(RuleKey.EXCUSED_IN_A_ROW, 2)], members=9)]
    assert [closing(said, book)["excused_in_a_row"].sentence for book in books] == [
        "Có 1 đảng viên vắng có lý do quá 3 lần liên tiếp trong năm.",
        "Có 1 đảng viên vắng có lý do quá 2 lần liên tiếp trong năm.",
    ]


def test_a_committee_may_ask_for_papers_where_the_old_guideline_did_not() -> None:
    book = localise(HD12, [figure(RuleKey.PAPERS_DAYS_BEFORE, 3)], members=9)
    facts = facts_of("gửi tài liệu trước 2 ngày, lúc 08:00", book, Kind.THEMATIC)
    assert [one.sentence for one in findings(Stage.BEFORE_OPENING, facts, book)] == [
        "Tài liệu gửi ngày 14/05/2024, buổi sinh hoạt ngày 16/05/2024; cấp uỷ quy định gửi trước ít nhất 3 ngày."
    ]


def test_a_figure_that_is_added_stands_with_the_others_of_its_phase() -> None:
    book = localise(HD12, [figure(RuleKey.POSTED_DAYS_AFTER, 2), figure(RuleKey.QUORUM, 50)], members=9)
    phases = [rule.phase for rule in book.rules]
    assert phases == sorted(phases, key=list(dict.fromkeys(rule.phase for rule in HD12.rules)).index)


def test_every_figure_that_a_committee_may_fix_has_bounds_and_words() -> None:
    assert set(BOUNDS) == set(LOCAL_KEYS)


def test_two_figures_for_cells_of_one_size_are_refused() -> None:
    with pytest.raises(ValueError, match="one size") as refusal:
        validate_figures([SMALL, replace(SMALL, figure=45, members_from=8, members_to=20)])
    assert str(refusal.value) == "minutes_regular: 60 and 45 are both for cells of one size"


def test_figures_whose_sizes_meet_without_sharing_one_are_taken() -> None:
    validate_figures([SMALL, replace(SMALL, figure=75, members_from=9, members_to=29), LARGE])


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda: figure(RuleKey.DUES, 1), "dues: a committee cannot fix this"),
        (lambda: figure(RuleKey.QUORUM, 101), "quorum: 101 is not between 30 and 100"),
        (lambda: figure(RuleKey.MINUTES_REGULAR, 0), "minutes_regular: 0 is not between 30 and 240"),
        (lambda: replace(SMALL, members_from=9), "minutes_regular: its range of members is empty"),
        (lambda: replace(SMALL, members_from=-1), "minutes_regular: its range of members is empty"),
        (
            lambda: replace(SMALL, clause=replace(WARD, document=" ")),
            "minutes_regular: the document or the place in it is missing",
        ),
        (
            lambda: replace(SMALL, clause=replace(WARD, evidence=Evidence.SEEN)),
            "minutes_regular: its clause is not marked as a committee's",
        ),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_the_reason(spoil: Callable[[], LocalFigure], reason: str) -> None:
    with pytest.raises(ValueError, match=re.escape(reason)):
        spoil()


def test_a_guideline_as_shipped_may_not_cite_a_committees_paper() -> None:
    book = localise(HD42, [SMALL], members=5)
    with pytest.raises(ValueError, match="is not a known document"):
        replace(book, localised=False)


@given(st.permutations([SMALL, LARGE, figure(RuleKey.QUORUM, 50), figure(RuleKey.SPEAKERS, 40)]), st.integers(1, 300))
def test_the_order_in_which_figures_were_fixed_makes_no_difference(figures: list[LocalFigure], members: int) -> None:
    assert localise(HD42, figures, members=members) == localise(HD42, sorted(figures, key=str), members=members)


@given(st.data(), st.sampled_from(list(LOCAL_KEYS)), st.sampled_from(RULEBOOKS), st.integers(0, 500))
def test_any_figure_within_its_bounds_makes_a_guideline_that_holds(
    data: st.DataObject, key: RuleKey, rulebook: Rulebook, members: int
) -> None:
    number = data.draw(st.integers(*BOUNDS[key]))
    book = localise(rulebook, [figure(key, number)], members=members)
    others = [rule for rule in book.rules if (rule.clause.document, rule.clause.date) not in KNOWN_DOCUMENTS]
    assert (book.figure_of(key), [rule.key for rule in others]) == (number, [key])
