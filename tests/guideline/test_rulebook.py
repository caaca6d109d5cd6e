"""The guidelines side by side: which is in force, what each asks in figures, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from guideline.hd12 import HD12
from guideline.hd42 import HD42
from guideline.rulebook import (
    RULEBOOKS,
    AgendaStep,
    Clause,
    Evidence,
    Kind,
    NoRulebookError,
    Rulebook,
    RuleKey,
    get,
    in_force,
    validate_succession,
)


def without(rulebook: Rulebook, key: RuleKey) -> Rulebook:
    return replace(rulebook, rules=tuple(rule for rule in rulebook.rules if rule.key is not key))


def with_figure(rulebook: Rulebook, key: RuleKey, figure: int | None) -> Rulebook:
    rules = tuple(replace(rule, figure=figure) if rule.key is key else rule for rule in rulebook.rules)
    return replace(rulebook, rules=rules)


def with_agenda(
    rulebook: Rulebook, kind: Kind, change: Callable[[tuple[AgendaStep, ...]], tuple[AgendaStep, ...]]
) -> Rulebook:
    return replace(rulebook, steps={**rulebook.steps, kind: change(rulebook.steps[kind])})


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2018, 7, 6), "hd12"),
        (date(2022, 1, 18), "hd12"),
        (date(2025, 10, 27), "hd12"),
        (date(2025, 10, 28), "hd42"),
        (date(2026, 12, 3), "hd42"),
    ],
)
def test_the_day_of_the_meeting_picks_the_guideline(day: date, key: str) -> None:
    assert in_force(day).key == key


def test_a_day_before_the_first_guideline_is_answered_in_a_sentence() -> None:
    with pytest.raises(NoRulebookError) as refusal:
        in_force(date(1900, 1, 1))
    assert str(refusal.value) == "Chưa có hướng dẫn nào cho buổi sinh hoạt ngày 01/01/1900."


def test_a_cell_can_pin_either_guideline_by_its_key() -> None:
    assert [get("hd12"), get("hd42")] == [HD12, HD42]


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(NoRulebookError) as refusal:
        get("hd09")
    assert str(refusal.value) == "Không có hướng dẫn nào mang mã “hd09”."


@pytest.mark.parametrize("rulebook", [HD12, HD42])
def test_both_guidelines_ask_for_90_minutes_and_120_when_combined(rulebook: Rulebook) -> None:
    assert rulebook.min_minutes == {Kind.REGULAR: 90, Kind.THEMATIC: 90, Kind.COMBINED: 120}


@pytest.mark.parametrize("rulebook", [HD12, HD42])
def test_both_guidelines_ask_for_one_thematic_meeting_a_quarter(rulebook: Rulebook) -> None:
    assert rulebook.thematic_per_quarter == 1


@pytest.mark.parametrize(
    ("rulebook", "present", "counted", "met"),
    [
        (HD12, 17, 20, False),
        (HD12, 18, 20, True),
        (HD12, 86, 100, True),
        (HD42, 17, 20, False),
        (HD42, 18, 20, True),
        (HD42, 89, 100, False),
        (HD42, 90, 100, True),
    ],
)
def test_attendance_is_over_85_under_the_old_and_at_least_90_under_the_new(
    rulebook: Rulebook, present: int, counted: int, met: bool
) -> None:
    assert rulebook.attendance_met(present, counted) == met


def test_only_the_new_guideline_has_lead_times() -> None:
    assert [(book.papers_days_before, book.posted_days_after) for book in RULEBOOKS] == [(None, None), (1, 2)]


def test_a_rule_says_its_figure_in_its_sentence() -> None:
    rule = HD42.minutes_rule(Kind.COMBINED)
    assert rule.sentence == "Thường kỳ kết hợp chuyên đề trong một buổi tối thiểu 120 phút."


@pytest.mark.parametrize(
    ("rulebook", "key", "evidence", "place"),
    [
        (HD12, RuleKey.COMMITTEE_MEETS, Evidence.SEEN, "Mục II, điểm 1.1"),
        (HD12, RuleKey.NOTICE_TO_SUPERIOR, Evidence.SEEN, "Mục II, điểm 1.1"),
        (HD12, RuleKey.PLAN_REPORTED, Evidence.SEEN, "Mục II, điểm 1.1"),
        (HD12, RuleKey.PAPER_SENT, Evidence.SEEN, "Mục II, điểm 1.1"),
        (HD12, RuleKey.MINUTES_COMBINED, Evidence.SEEN, "Mục II, điểm 3.3"),
        (HD12, RuleKey.MINUTES_SMALL_CELL, Evidence.SEEN, "Mục II, điểm 3.3"),
        (HD12, RuleKey.MEETING_DAY, Evidence.SEEN, "Mục II, điểm 3.3"),
        (HD12, RuleKey.ATTENDANCE_OVER, Evidence.SEEN, "Mục II, điểm 3.1"),
        (HD12, RuleKey.SPEAKERS, Evidence.SEEN, "Mục II, điểm 3.3"),
        (HD12, RuleKey.CONCLUSION, Evidence.UNCONFIRMED, "Mục II, điểm 1.2"),
        (HD42, RuleKey.THEMATIC_PER_QUARTER, Evidence.SEEN, "mục 2"),
        (HD42, RuleKey.BULLETIN, Evidence.SEEN, "về bản tin sinh hoạt chi bộ"),
        (HD42, RuleKey.TASKS, Evidence.RELAYED, "Mục II, điểm 2.2"),
    ],
)
def test_a_line_says_where_it_stands_and_how_sure_we_are(
    rulebook: Rulebook, key: RuleKey, evidence: Evidence, place: str
) -> None:
    rule = rulebook.rule(key)
    assert rule is not None
    assert (rule.clause.evidence, rule.clause.place) == (evidence, place)


@pytest.mark.parametrize("rulebook", RULEBOOKS)
def test_every_line_names_the_source_it_was_read_in(rulebook: Rulebook) -> None:
    clauses = [rule.clause for rule in rulebook.rules]
    clauses += [step.clause for steps in rulebook.steps.values() for step in steps]
    assert [str(clause) for clause in clauses if not clause.source] == []


@pytest.mark.parametrize(("day", "asked"), [(date(2025, 11, 18), None), (date(2025, 11, 19), 3)])
def test_a_rule_does_not_hold_before_its_document_was_issued(day: date, asked: int | None) -> None:
    assert HD42.on(day).figure_of(RuleKey.MEETING_DAY) == asked


def test_no_rule_of_2025_stands_in_the_guideline_of_2018() -> None:
    clauses = [rule.clause for rule in HD12.rules]
    clauses += [step.clause for steps in HD12.steps.values() for step in steps]
    assert [str(clause) for clause in clauses if clause.date.year > 2018] == []


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        (
            Clause("HD 42-HD/BTCTW", date(2025, 10, 28), "Mục II, điểm 2.2", Evidence.SEEN),
            "HD 42-HD/BTCTW (28/10/2025), Mục II, điểm 2.2",
        ),
        (
            Clause("HD 12-HD/BTCTW", date(2018, 7, 6), "Phần II", Evidence.UNCONFIRMED),
            "HD 12-HD/BTCTW (06/7/2018), Phần II (cần xác nhận)",
        ),
        (
            Clause("Điều lệ Đảng", date(2011, 1, 19), "Điều 24", Evidence.DERIVED),
            "Điều lệ Đảng (19/01/2011), Điều 24 (suy ra)",
        ),
    ],
)
def test_a_clause_is_cited_with_its_date_and_any_doubt(clause: Clause, label: str) -> None:
    assert [clause.label(), str(clause)] == [label, label]


@pytest.mark.parametrize("rulebook", [HD12, HD42])
def test_the_thematic_agenda_goes_from_the_purpose_to_the_conclusion(rulebook: Rulebook) -> None:
    assert [step.code for step in rulebook.steps[Kind.THEMATIC]] == [
        "opening",
        "past_tasks",
        "purpose",
        "present_paper",
        "thematic_discussion",
        "assess_topic",
        "conclusion",
        "quality",
        "read_minutes",
    ]


@pytest.mark.parametrize("rulebook", [HD12, HD42])
def test_the_committee_goes_from_last_month_to_the_next_and_to_the_cells_meeting(rulebook: Rulebook) -> None:
    assert [step.code for step in rulebook.steps[Kind.COMMITTEE]] == [
        "opening",
        "last_month",
        "next_month",
        "prepare_cell_meeting",
        "inspection",
        "conclusion",
    ]


@pytest.mark.parametrize("rulebook", [HD12, HD42])
def test_the_committee_too_meets_every_month_and_no_length_is_asked_of_it(rulebook: Rulebook) -> None:
    assert (rulebook.figure_of(RuleKey.COMMITTEE_PER_MONTH), Kind.COMMITTEE in rulebook.min_minutes) == (1, False)


def test_only_meetings_with_a_thematic_part_have_a_topic() -> None:
    assert [kind for kind in Kind if kind.has_topic] == [Kind.THEMATIC, Kind.COMBINED]


@pytest.mark.parametrize("rulebook", [HD12, HD42])
@pytest.mark.parametrize(
    ("kind", "three_part"),
    [(Kind.REGULAR, []), (Kind.THEMATIC, ["thematic_discussion"]), (Kind.COMBINED, ["thematic_discussion"])],
)
def test_only_the_discussion_of_a_topic_has_remarks_in_three_parts(
    rulebook: Rulebook, kind: Kind, three_part: list[str]
) -> None:
    assert [step.code for step in rulebook.steps[kind] if step.three_part] == three_part


@pytest.mark.parametrize(("rulebook", "says_dues"), [(HD12, False), (HD42, True)])
def test_dues_are_part_of_the_opening_only_since_2025(rulebook: Rulebook, says_dues: bool) -> None:
    opening = rulebook.step(Kind.REGULAR, "opening")
    assert opening is not None
    assert ("đảng phí" in opening.title) == says_dues


def test_a_step_is_looked_up_within_one_kind_of_meeting() -> None:
    assert HD42.step(Kind.REGULAR, "present_paper") is None


def test_a_step_has_a_short_name_for_use_in_a_sentence() -> None:
    assert [step.name for step in HD42.steps[Kind.REGULAR]][-3:] == [
        "Kết luận",
        "Đánh giá chất lượng buổi sinh hoạt",
        "Thư ký đọc và thông qua biên bản",
    ]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (
            lambda: with_agenda(HD42, Kind.THEMATIC, lambda steps: steps[:-1]),
            "hd42: the thematic agenda adds up to 85 minutes and the guideline asks for 90",
        ),
        (
            lambda: replace(HD42, steps={}),
            "hd42: the regular agenda adds up to 0 minutes and the guideline asks for 90",
        ),
        (
            lambda: with_agenda(HD42, Kind.COMMITTEE, lambda steps: ()),
            "hd42: the committee agenda adds up to 0 minutes and the guideline asks for 1",
        ),
        (
            lambda: with_agenda(HD42, Kind.REGULAR, lambda steps: (*steps, steps[0])),
            "hd42: the regular agenda has the step opening twice",
        ),
        (
            lambda: with_agenda(HD42, Kind.COMBINED, lambda steps: (replace(steps[0], minutes=0), *steps[1:])),
            "hd42: the step opening of the combined agenda has 0 minutes",
        ),
        (
            lambda: with_agenda(
                HD12,
                Kind.REGULAR,
                lambda steps: (
                    replace(steps[0], clause=replace(steps[0].clause, date=date(2022, 1, 18))),
                    *steps[1:],
                ),
            ),
            "hd12: HD 12-HD/BTCTW of 2022-01-18 is not a known document",
        ),
        (
            lambda: replace(
                HD42,
                rules=(
                    replace(HD42.rules[0], clause=replace(HD42.rules[0].clause, place="")),
                    *HD42.rules[1:],
                ),
            ),
            "hd42: a clause of Điều lệ Đảng names no place",
        ),
        (
            lambda: replace(HD42, document="HD 43-HD/BTCTW"),
            "hd42: HD 43-HD/BTCTW of 2025-10-28 is not a known document",
        ),
        (
            lambda: replace(HD42, in_force_from=date(2025, 10, 27)),
            "hd42: it is in force before it was issued",
        ),
        (
            lambda: replace(HD42, in_force_to=date(2025, 10, 27)),
            "hd42: its last day in force comes before its first",
        ),
        (
            lambda: replace(HD42, rules=(*HD42.rules, HD42.rules[0])),
            "hd42: the rule regular_per_month stands twice",
        ),
        (
            lambda: without(HD42, RuleKey.ATTENDANCE_AT_LEAST),
            "hd42: it needs one attendance target, either over or at least",
        ),
        (
            lambda: without(HD42, RuleKey.MINUTES_COMBINED),
            "hd42: the rule minutes_combined is missing",
        ),
        (
            lambda: with_figure(HD42, RuleKey.MINUTES_THEMATIC, None),
            "hd42: the rule minutes_thematic has no figure",
        ),
        (
            lambda: with_figure(HD42, RuleKey.POSTED_DAYS_AFTER, 0),
            "hd42: the rule posted_days_after has the figure 0",
        ),
        (
            lambda: with_figure(HD42, RuleKey.DUES, 3),
            "hd42: the text and the figure of the rule dues do not belong together",
        ),
    ],
)
def test_a_guideline_that_does_not_add_up_is_refused_with_the_reason(
    spoil: Callable[[], Rulebook], reason: str
) -> None:
    with pytest.raises(ValueError, match="hd") as refusal:
        spoil()
    assert str(refusal.value) == reason


@pytest.mark.parametrize(
    ("books", "reason"),
    [
        ((HD42, HD12), "hd12 does not begin on the day after hd42 ends"),
        (
            (replace(HD12, in_force_to=date(2025, 10, 26)), HD42),
            "hd42 does not begin on the day after hd12 ends",
        ),
    ],
)
def test_guidelines_that_leave_or_share_a_day_are_refused(books: tuple[Rulebook, ...], reason: str) -> None:
    with pytest.raises(ValueError, match="does not begin") as refusal:
        validate_succession(books)
    assert str(refusal.value) == reason


@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda book: book.key)
def test_the_yearly_review_takes_a_day_and_keeps_what_is_said_about_people_apart(rulebook: Rulebook) -> None:
    steps = rulebook.steps[Kind.CONFERENCE]
    apart = [step.code for step in steps if step.apart]
    assert (sum(step.minutes for step in steps), apart) == (480, ["review_collective", "review_persons", "rate"])
    assert not any(step.apart for kind in Kind if kind is not Kind.CONFERENCE for step in rulebook.steps[kind])
