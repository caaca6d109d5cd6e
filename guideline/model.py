"""The shape of a guideline: clauses, rules, steps, and a rulebook that must add up to load."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

Who = Literal["chair", "minute_taker", "presenter", "all"]


class Evidence(StrEnum):
    """How sure we are of a line: quoted, second-hand, inferred, to be confirmed; or fixed by a superior committee."""

    SEEN = "đã thấy trong nguồn"
    RELAYED = "trích lại"
    DERIVED = "suy ra"
    UNCONFIRMED = "cần xác nhận"
    LOCAL = "cấp uỷ quy định"


class Kind(StrEnum):
    """What sort of meeting it is: COMMITTEE is not the cell's but its committee's, REVIEW the yearly kiểm điểm."""

    REGULAR = "regular"
    THEMATIC = "thematic"
    COMBINED = "combined"
    COMMITTEE = "committee"
    CONFERENCE = "conference"

    @property
    def has_topic(self) -> bool:
        return self in (Kind.THEMATIC, Kind.COMBINED)

    @property
    def noun(self) -> str:
        """What such a meeting is called inside a sentence."""
        return {Kind.COMMITTEE: "cuộc họp chi uỷ", Kind.CONFERENCE: "hội nghị kiểm điểm"}.get(self, "buổi sinh hoạt")

    @property
    def people(self) -> str:
        """Who is called to it."""
        return "chi uỷ viên" if self is Kind.COMMITTEE else "đảng viên"


class Phase(StrEnum):
    """Where in the course of a meeting a step or a rule belongs; the value is its name on screen."""

    PREPARE = "Chuẩn bị"
    OPENING = "Mở đầu"
    PROCEEDING = "Tiến hành"
    CLOSING = "Kết thúc"
    AFTER = "Sau buổi sinh hoạt"


class RuleKey(StrEnum):
    """The lines a guideline may carry; a check looks up its own and is silent where a guideline has none."""

    REGULAR_PER_MONTH = "regular_per_month"
    MEETING_DAY = "meeting_day"
    COMMITTEE_PER_MONTH = "committee_per_month"
    THEMATIC_PER_QUARTER = "thematic_per_quarter"
    COMBINE_ONLY_IF_NEEDED = "combine_only_if_needed"
    ONE_PART_AFTER_THE_OTHER = "one_part_after_the_other"
    MINUTES_REGULAR = "minutes_regular"
    MINUTES_THEMATIC = "minutes_thematic"
    MINUTES_COMBINED = "minutes_combined"
    MINUTES_SMALL_CELL = "minutes_small_cell"
    COMMITTEE_MEETS = "committee_meets"
    CHAIR = "chair"
    NOTICE = "notice"
    NOTICE_TO_SUPERIOR = "notice_to_superior"
    PAPERS_DAYS_BEFORE = "papers_days_before"
    TOPIC = "topic"
    PLAN_REPORTED = "plan_reported"
    BULLETIN = "bulletin"
    PAPER_AUTHOR = "paper_author"
    PAPER_AGREED = "paper_agreed"
    PAPER_SENT = "paper_sent"
    MINUTE_TAKER = "minute_taker"
    ROLL_CALL = "roll_call"
    QUORUM = "quorum"
    ATTENDANCE_OVER = "attendance_over"
    ATTENDANCE_AT_LEAST = "attendance_at_least"
    NO_UNEXCUSED = "no_unexcused"
    EXCUSED_IN_A_ROW = "excused_in_a_row"
    DUES = "dues"
    ALL_STEPS = "all_steps"
    PAST_TASKS = "past_tasks"
    SPEAKERS = "speakers"
    THREE_PARTS = "three_parts"
    ITEM_CONCLUSION = "item_conclusion"
    CONCLUSION = "conclusion"
    TASKS = "tasks"
    QUALITY = "quality"
    QUALITY_VOTED = "quality_voted"
    READ_BACK = "read_back"
    SEALED = "sealed"
    OPINIONS_ANSWERED = "opinions_answered"
    PAPER_COMPLETED = "paper_completed"
    POSTED_DAYS_AFTER = "posted_days_after"
    REPORTED_UP = "reported_up"


# The same number is used again in other years, so a document is known by its number and its date.
KNOWN_DOCUMENTS: frozenset[tuple[str, dt.date]] = frozenset(
    {
        ("Điều lệ Đảng", dt.date(2011, 1, 19)),
        ("HD 12-HD/BTCTW", dt.date(2018, 7, 6)),
        ("CT 50-CT/TW", dt.date(2025, 7, 23)),
        ("HD 42-HD/BTCTW", dt.date(2025, 10, 28)),
        ("QĐ 294-QĐ/TW", dt.date(2025, 5, 26)),
        ("HD 37-HD/BTGDVTW", dt.date(2025, 11, 19)),
        ("QĐ 366-QĐ/TW", dt.date(2025, 8, 30)),
        ("HD 43-HD/BTCTW", dt.date(2025, 10, 31)),
    }
)

_MINUTES_KEYS: Mapping[Kind, RuleKey] = {
    Kind.REGULAR: RuleKey.MINUTES_REGULAR,
    Kind.THEMATIC: RuleKey.MINUTES_THEMATIC,
    Kind.COMBINED: RuleKey.MINUTES_COMBINED,
}
_REQUIRED_FIGURES = (
    *_MINUTES_KEYS.values(),
    RuleKey.REGULAR_PER_MONTH,
    RuleKey.COMMITTEE_PER_MONTH,
    RuleKey.THEMATIC_PER_QUARTER,
)


def party_date(day: dt.date) -> str:
    """As the Party writes it: the day in two figures, of the months only 1 and 2."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a line stands, as far as the sources say, how sure we are of the line itself, and where it was read."""

    document: str
    date: dt.date
    place: str
    evidence: Evidence
    source: str = ""

    def label(self) -> str:
        doubt = "" if self.evidence is Evidence.SEEN else f" ({self.evidence.value})"
        return f"{self.document} ({party_date(self.date)}), {self.place}{doubt}"

    def __str__(self) -> str:
        return self.label()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line to check against the paper; a figure is written once and stands in the text as {figure}."""

    key: RuleKey
    phase: Phase
    text: str
    clause: Clause
    figure: int | None = None

    @property
    def sentence(self) -> str:
        return self.text if self.figure is None else self.text.replace("{figure}", str(self.figure))

    @property
    def asked_by(self) -> str:
        """Whose figure it is, for use inside a sentence."""
        return "cấp uỷ quy định" if self.clause.evidence is Evidence.LOCAL else "hướng dẫn yêu cầu"


@dataclass(frozen=True, slots=True)
class AgendaStep:
    """One line of an agenda. `minutes` is our suggestion for planning; no guideline fixes it per step.

    `apart`: what is said about people under it is not kept with the meeting but where such words are protected.
    """

    code: str
    phase: Phase
    title: str
    minutes: int
    who: Who
    asks_conclusion: bool
    takes_remarks: bool
    three_part: bool
    clause: Clause
    apart: bool = False

    @property
    def name(self) -> str:
        """The title without the list that follows it, for use inside a sentence."""
        return self.title.split(":")[0].split(";")[0]

    @property
    def recorded(self) -> str:
        """The title for a record: without the list that follows it, and without what was to come "if any"."""
        parts = self.title.split(":")[0].split(";")
        return ";".join(part for part in parts if "(nếu có)" not in part)


@dataclass(frozen=True, slots=True)
class Rulebook:
    """One guideline, in force on the days between its two dates (both included); localised, with local figures."""

    key: str
    document: str
    date: dt.date
    title: str
    in_force_from: dt.date
    in_force_to: dt.date | None
    rules: tuple[Rule, ...]
    steps: Mapping[Kind, tuple[AgendaStep, ...]]
    localised: bool = False

    def __post_init__(self) -> None:
        self.validate()

    def rule(self, key: RuleKey) -> Rule | None:
        return next((rule for rule in self.rules if rule.key is key), None)

    def figure_of(self, key: RuleKey) -> int | None:
        """The figure of that rule; None where this guideline has no such rule or the rule no figure."""
        rule = self.rule(key)
        return None if rule is None else rule.figure

    def minutes_rule(self, kind: Kind) -> Rule:
        """Only for the kinds in `min_minutes`: no guideline on meetings fixes the length of the others."""
        return self._required(_MINUTES_KEYS[kind])

    @property
    def min_minutes(self) -> Mapping[Kind, int]:
        return {kind: self._figure(key) for kind, key in _MINUTES_KEYS.items()}

    @property
    def attendance_rule(self) -> Rule:
        over = self.rule(RuleKey.ATTENDANCE_OVER)
        return over if over is not None else self._required(RuleKey.ATTENDANCE_AT_LEAST)

    @property
    def attendance_target_percent(self) -> int:
        return self._figure(self.attendance_rule.key)

    @property
    def attendance_asked(self) -> str:
        """Who asks for how many, for use inside a sentence."""
        rule, target = self.attendance_rule, self.attendance_target_percent
        share = f"trên {target}%" if rule.key is RuleKey.ATTENDANCE_OVER else f"từ {target}% trở lên"
        return f"{rule.asked_by} {share}"

    def attendance_met(self, present: int, counted: int) -> bool:
        """In whole numbers, so that 17 of 20 is exactly 85 %: not over 85 %, but at least 85 %."""
        reached, target = present * 100, self.attendance_target_percent * counted
        return reached > target if self.attendance_rule.key is RuleKey.ATTENDANCE_OVER else reached >= target

    @property
    def thematic_per_quarter(self) -> int:
        return self._figure(RuleKey.THEMATIC_PER_QUARTER)

    @property
    def papers_days_before(self) -> int | None:
        return self.figure_of(RuleKey.PAPERS_DAYS_BEFORE)

    @property
    def posted_days_after(self) -> int | None:
        return self.figure_of(RuleKey.POSTED_DAYS_AFTER)

    def on(self, day: dt.date) -> "Rulebook":
        """Without the rules of documents that had not been issued on that day."""
        kept = tuple(rule for rule in self.rules if rule.clause.date <= day)
        return self if len(kept) == len(self.rules) else replace(self, rules=kept)

    def step(self, kind: Kind, code: str) -> AgendaStep | None:
        return next((step for step in self.steps[kind] if step.code == code), None)

    def validate(self) -> None:
        """Raises ValueError with the first reason why this rulebook cannot be right."""
        for problem in self._problems():
            raise ValueError(f"{self.key}: {problem}")

    def _required(self, key: RuleKey) -> Rule:
        rule = self.rule(key)
        if rule is None:
            raise ValueError(f"{self.key}: the rule {key} is missing")
        return rule

    def _figure(self, key: RuleKey) -> int:
        figure = self._required(key).figure
        if figure is None:
            raise ValueError(f"{self.key}: the rule {key} has no figure")
        return figure

    def _problems(self) -> Iterable[str]:
        yield from self._problems_with_dates()
        yield from self._problems_with_rules()
        for kind in Kind:
            yield from self._problems_with_agenda(kind)

    def _problems_with_dates(self) -> Iterable[str]:
        if (self.document, self.date) not in KNOWN_DOCUMENTS:
            yield f"{self.document} of {self.date} is not a known document"
        if self.in_force_from < self.date:
            yield "it is in force before it was issued"
        if self.in_force_to is not None and self.in_force_to < self.in_force_from:
            yield "its last day in force comes before its first"

    def _problems_with_rules(self) -> Iterable[str]:
        keys = [rule.key for rule in self.rules]
        for key in _repeated(keys):
            yield f"the rule {key} stands twice"
        if (RuleKey.ATTENDANCE_OVER in keys) == (RuleKey.ATTENDANCE_AT_LEAST in keys):
            yield "it needs one attendance target, either over or at least"
        needed = {*_REQUIRED_FIGURES, self.attendance_rule.key}
        for key in sorted(needed.difference(keys)):
            yield f"the rule {key} is missing"
        for rule in self.rules:
            if rule.figure is None and rule.key in needed:
                yield f"the rule {rule.key} has no figure"
            if rule.figure is not None and rule.figure < 1:
                yield f"the rule {rule.key} has the figure {rule.figure}"
            if ("{figure}" in rule.text) != (rule.figure is not None):
                yield f"the text and the figure of the rule {rule.key} do not belong together"
            yield from problems_with_clause(rule.clause, localised=self.localised)

    def _problems_with_agenda(self, kind: Kind) -> Iterable[str]:
        steps = self.steps.get(kind, ())
        for code in _repeated(step.code for step in steps):
            yield f"the {kind} agenda has the step {code} twice"
        for step in steps:
            if step.minutes < 1:
                yield f"the step {step.code} of the {kind} agenda has {step.minutes} minutes"
            yield from problems_with_clause(step.clause)
        # Our suggested minutes were chosen for the guideline's own length, not for a committee's.
        planned, least = sum(step.minutes for step in steps), self.min_minutes.get(kind, 1)
        if planned < least and not self.localised:
            yield f"the {kind} agenda adds up to {planned} minutes and the guideline asks for {least}"


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def problems_with_clause(clause: Clause, *, localised: bool = False) -> Iterable[str]:
    """Only a localised rulebook may cite a committee's own document."""
    if not clause.document:
        yield "a clause names no document"
    local = localised and clause.evidence is Evidence.LOCAL
    if not local and (clause.document, clause.date) not in KNOWN_DOCUMENTS:
        yield f"{clause.document} of {clause.date} is not a known document"
    if not clause.place:
        yield f"a clause of {clause.document} names no place"
