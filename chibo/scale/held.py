"""What each cell has held: three years of monthly meetings, each with what a page for a committee reads of it.

Not made, and not to be looked for: links of the book (so that a sealed paper is shown as not proved, and `verify_book`
knows of none), drafts of topics, votes, programmes, resolutions, yearly reviews, files. Every paper has the same words;
the agenda of a meeting is one line; of its events only the moves are there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from chibo.demo.content import PLACE
from chibo.scale import words
from chibo.scale.fill import Table
from guideline import criteria, rulebook
from guideline.model import Kind as RuleKind
from meetings.lifecycle import Inspecting, State
from meetings.models import (
    AgendaItem,
    Attendance,
    Exchange,
    Explanation,
    Inspection,
    Kind,
    Mark,
    Meeting,
    Minutes,
    Remark,
    ScoreLine,
    ScoreSheet,
    Signature,
    Task,
    TaskReport,
    TaskState,
)
from meetings.models.evening import COUNTED
from members.models import PaperNumber

if TYPE_CHECKING:
    from random import Random

    from chibo.scale.people import Cell
    from guideline.sheet import CriteriaSet

NOT_HELD, NOT_SCORED, NOT_REPORTED, NOT_CONFIRMED = 0.03, 0.02, 0.02, 0.03
ON_NOW = 0.15  # of the cells: their meeting of this month is on
EVENTS = ("plan", "call", "open", "close", "sign", "sign", "seal")


@dataclass(slots=True)
class _Met:
    """A meeting as it is made: what stands under it asks for it."""

    cell: Cell
    pk: int
    kind: Kind
    state: State
    starts_at: datetime
    closed_at: datetime | None


@dataclass
class Past:
    """The tables of this file, in the order in which they are stored."""

    seed: Random
    now: datetime
    years: int
    events: Table
    tables: tuple[Table, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = Table(PaperNumber, "cell_id", "kind", "term_started_on", "number", "given_at")
        self.meetings = Table(
            Meeting, "cell_id", "kind", "state", "rulebook", "topic", "starts_at", "place", "chair_id",
            "minute_taker_id", "called_at", "notice_number_id", "opened_at", "closed_at", "posted_at", "reported_up_at",
            "version",
        )  # fmt: skip
        self.items = Table(AgendaItem, "meeting_id", "position", "step", "title", "minutes", "conclusion", "started_at")
        self.rolls = Table(Attendance, "meeting_id", "member_id", "standing", "name", "position", "mark", "reason")
        self.remarks = Table(Remark, "meeting_id", "item_id", "speaker_id", "text", "entered_by_id", "entered_at")
        entered = ("member_id", "entered_by_id", "signed_at", "fingerprint")
        self.signatures = Table(Signature, "meeting_id", "seat", *entered)
        sealed = ("number_id", "document", "fingerprint", "sealed_at", "counted", "present")
        self.minutes = Table(Minutes, "meeting_id", *sealed)
        self.tasks = Table(Task, "cell_id", "meeting_id", "item_id", "text", "owner_id", "due_on", "state")
        self.reports = Table(TaskReport, "meeting_id", "task_id", "state", "result", "entered_by_id", "entered_at")
        moments = ("drawn_up_at", "settled_at", "confirmed_at", "confirmed_by_id", "rev")
        self.sheets = Table(ScoreSheet, "meeting_id", "criteria", *moments)
        given = ("proposed", "points", "reason", "confirmed", "confirmed_reason")
        self.lines = Table(ScoreLine, "sheet_id", "position", "code", *given)
        self.exchanges = Table(Exchange, "meeting_id", "state", "since", "version")
        self.looks = Table(Inspection, "meeting_id", "superior_id", "verdict", "given_at", "answer_by")
        self.said = Table(Explanation, "cell_id", "about", "month", "text", "said_by_id", "said_at")
        self.tables = (
            self.numbers, self.meetings, self.items, self.rolls, self.remarks, self.signatures, self.minutes,
            self.tasks, self.reports, self.sheets, self.lines, self.exchanges, self.looks, self.said,
        )  # fmt: skip

    def fill(self, cell: Cell) -> None:
        """All its months, the oldest first: what one meeting has promised, the next one hears."""
        here, promised, number = timezone.localtime(self.now), list[int](), 0
        for back in range(12 * self.years, -2, -1):
            month = 12 * here.year + here.month - 1 - back
            first = date(month // 12, month % 12 + 1, 1)
            state, starts_at = self._when(first, back)
            if back >= 0 and state is not State.OPEN and self.seed.random() < NOT_HELD:
                if back == 0:
                    self.said.add(cell.pk, "no-meeting", first, words.WHY_NOT, cell.by, self.now)
                continue
            number += 1
            met = self._meeting(cell, state, starts_at, number)
            if state in (State.OPEN, State.CLOSED, State.SEALED):
                promised = self._evening(met, number, promised)

    def _when(self, first: date, back: int) -> tuple[State, datetime]:
        day = first.replace(day=self.seed.randint(1, 28))
        starts_at = timezone.make_aware(datetime.combine(day, time(19)))
        if back == 0 and self.seed.random() < ON_NOW:
            return State.OPEN, self.now - timedelta(minutes=40)
        if starts_at > self.now - timedelta(hours=4):
            return (State.CALLED if back == 0 else State.PLAN), starts_at
        unsigned = 0.02 if back <= 1 else 0.0005
        return (State.CLOSED if self.seed.random() < unsigned else State.SEALED), starts_at

    def _meeting(self, cell: Cell, state: State, starts_at: datetime, number: int) -> _Met:
        kind = Kind.COMBINED if timezone.localtime(starts_at).month % 3 == 0 else Kind.REGULAR
        topic = self.seed.choice(words.TOPICS) if kind == Kind.COMBINED else ""
        called_at = None if state is State.PLAN else starts_at - timedelta(days=5)
        notice = None if called_at is None else self._number(cell, "TB", number, called_at)
        held = state not in (State.PLAN, State.CALLED)
        opened_at = starts_at + timedelta(minutes=2) if held else None
        over = state in (State.CLOSED, State.SEALED)
        closed_at = starts_at + timedelta(minutes=self.seed.randint(85, 130)) if over else None
        up = closed_at and state is State.SEALED and self.seed.random() >= NOT_REPORTED
        reported_at = closed_at + timedelta(days=1) if up and closed_at else None
        many = {State.PLAN: 1, State.CALLED: 2, State.OPEN: 3, State.CLOSED: 4}.get(state, len(EVENTS))
        pk = self.meetings.add(
            cell.pk, kind, state, rulebook.in_force(timezone.localdate(starts_at)).key, topic, starts_at, PLACE,
            cell.people[0].pk, cell.people[1].pk, called_at, notice, opened_at, closed_at, reported_at, reported_at,
            many,
        )  # fmt: skip
        at = (starts_at - timedelta(days=9), called_at, opened_at, *[closed_at] * 4)
        for version, (what, moment) in enumerate(list(zip(EVENTS, at, strict=True))[:many], start=1):
            self.events.add(cell.pk, "meeting", pk, version, what, cell.by, moment)
        return _Met(cell, pk, kind, state, starts_at, closed_at)

    def _number(self, cell: Cell, kind: str, number: int, at: datetime) -> int:
        return self.numbers.add(cell.pk, kind, date(self.now.year - 5, 3, 1), number, at)

    def _evening(self, met: _Met, number: int, promised: list[int]) -> list[int]:
        """Roll, remarks, what was promised before and is promised now; the papers once it is over. Its new tasks."""
        cell, seed = met.cell, self.seed
        counted = present = 0
        rows = []
        for place, person in enumerate(cell.people):
            mark = Mark.PRESENT if place < 2 or seed.random() < 0.93 else seed.choice((Mark.EXCUSED, Mark.UNEXCUSED))
            reason = "việc gia đình" if mark == Mark.EXCUSED else ""
            post = {0: "Bí thư", 1: "Phó bí thư"}.get(place, "")
            rows.append(self.rolls.add(met.pk, person.pk, person.standing, person.name, post, mark, reason))
            counted += person.standing in COUNTED
            present += person.standing in COUNTED and mark == Mark.PRESENT
        conclusion = "" if met.closed_at is None else words.CONCLUSION
        step = ("discussion", "Thảo luận, cho ý kiến")
        item = self.items.add(met.pk, 1, *step, 60, conclusion, met.starts_at + timedelta(minutes=5))
        for row in rows[:2]:
            text = seed.choice(words.REMARKS)
            self.remarks.add(met.pk, item, row, text, cell.by, met.starts_at + timedelta(minutes=20))
        for task in promised:
            self.reports.add(met.pk, task, TaskState.DONE, words.RESULT, cell.by, met.starts_at + timedelta(minutes=9))
        if met.closed_at is None:
            return []
        if met.state is State.SEALED:
            self._sealed(met, number, counted, present)
        else:
            self.minutes.add(met.pk, self._number(cell, "BB", number, met.closed_at), "", "", None, None, None)
        return [key for key in (self._task(met, item) for _ in range(2)) if key]

    def _task(self, met: _Met, item: int) -> int:
        """Its key where the next meeting will hear that it is done, otherwise nought."""
        due_on = timezone.localdate(met.starts_at) + timedelta(days=28)
        is_due = due_on < timezone.localdate(self.now)
        drawn = self.seed.random()
        state = TaskState.DONE if is_due and drawn < 0.98 else TaskState.GOING if drawn < 0.5 else TaskState.OPEN
        owner = self.seed.choice(met.cell.people).pk
        key = self.tasks.add(met.cell.pk, met.pk, item, self.seed.choice(words.TASKS), owner, due_on, state)
        return key if state == TaskState.DONE else 0

    def _sealed(self, met: _Met, number: int, counted: int, present: int) -> None:
        cell, at = met.cell, met.closed_at or self.now
        given = self._number(cell, "BB", number, at)
        self.minutes.add(met.pk, given, words.PAPER, words.FINGERPRINT, at, counted, present)
        for seat, person in (("chair", cell.people[0]), ("minute_taker", cell.people[1])):
            self.signatures.add(met.pk, seat, person.pk, cell.by, at, words.FINGERPRINT)
        old = self.now - at > timedelta(days=75)
        if self.seed.random() >= NOT_SCORED:
            self._score(met, at, confirmed=self.seed.random() >= (NOT_CONFIRMED if old else 0.4))
        if self.seed.random() < (0.995 if old else 0.5):
            self._look(met, at, settled=old)

    def _score(self, met: _Met, at: datetime, *, confirmed: bool) -> None:
        of: CriteriaSet = criteria.sets_for(rulebook.in_force(timezone.localdate(met.starts_at)).key)[0]
        above = (at + timedelta(days=9), met.cell.follower) if confirmed else (None, None)
        sheet = self.sheets.add(met.pk, of.key, at, at, *above, 2)
        lines = [one for main, subs in of.for_kind(RuleKind(met.kind)).groups() for one in (subs or (main,))]
        for position, one in enumerate(lines, start=1):
            if one.max_points is None:
                self.lines.add(sheet, position, one.code, None, None, words.GOOD, None, words.GOOD if confirmed else "")
                continue
            less = self.seed.random() < 0.1
            points = Decimal(one.max_points - less)
            said = (Decimal(one.max_points), points, words.LESS if less else "")
            self.lines.add(sheet, position, one.code, *said, points if confirmed else None, "")

    def _look(self, met: _Met, at: datetime, *, settled: bool) -> None:
        """Accepted; or returned, answered or not."""
        seen, drawn = at + timedelta(days=6), self.seed.random()
        returned = drawn < (0.002 if settled else 0.06)
        state = Inspecting.ACCEPTED if not returned else self.seed.choice((Inspecting.RETURNED, Inspecting.ANSWERED))
        since = seen + timedelta(days=4) if state is Inspecting.ANSWERED else seen
        moves = [("return" if returned else "accept", met.cell.follower, seen)]
        if state is Inspecting.ANSWERED:
            moves.append(("answer", met.cell.by, since))
        pk = self.exchanges.add(met.pk, state, since, len(moves))
        for version, (what, by, moment) in enumerate(moves, start=1):
            self.events.add(met.cell.pk, "exchange", pk, version, what, by, moment)
        answer_by = timezone.localdate(seen) + timedelta(days=10) if returned else None
        self.looks.add(met.pk, met.cell.follower, "returned" if returned else "reviewed", seen, answer_by)
