"""What the steps of a level come to: the one now in force, what waits, what was published, how many of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from critique.cycle.models import Cycle, Participant
from critique.hearing.seats import by_rank
from critique.levels.fixed import cap_of
from critique.levels.models import BallotLine, LevelEntry
from critique.levels.models.entry import BY_SUPERIOR, DECISIONS, WITH_LEVEL, EntryKind
from critique.levels.voting import Cap
from critique.official_forms.model import Level
from critique.writing.models import ReadingLog

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.db.models import QuerySet

    from members.models import Organisation

#: What counts as somebody's level while there is no decision yet, the latest word first.
_GOING = (EntryKind.CHANGED, EntryKind.DECIDED, EntryKind.APPRAISED, EntryKind.PROPOSED)


@dataclass(frozen=True, slots=True)
class Standing:
    """One subject of a review with its steps in order."""

    row: Participant
    steps: tuple[LevelEntry, ...]
    voted_at: datetime | None = None  # when the last count of votes on them was confirmed

    def last(self, *kinds: EntryKind) -> LevelEntry | None:
        return next((step for step in reversed(self.steps) if step.kind in kinds), None)

    def level(self, *kinds: EntryKind) -> Level | None:
        step = self.last(*kinds)
        return Level(step.level) if step else None

    @property
    def chosen(self) -> Level | None:
        return self.level(EntryKind.SELF)

    @property
    def proposed(self) -> Level | None:
        """What a later count of votes left without a level is proposed no longer."""
        step = self.last(EntryKind.PROPOSED)
        if step is None or (step.ballot_id is None and self.voted_at and step.recorded_at < self.voted_at):
            return None
        return Level(step.level)

    @property
    def appraised(self) -> Level | None:
        return self.level(EntryKind.APPRAISED)

    @property
    def decision(self) -> LevelEntry | None:
        return self.last(*DECISIONS)

    @property
    def in_force(self) -> Level | None:
        """By decision; the latest decision counts."""
        return self.level(*DECISIONS)

    @property
    def going(self) -> Level | None:
        levels = (self.proposed if kind == EntryKind.PROPOSED else self.level(kind) for kind in _GOING)
        return next((level for level in levels if level), None)

    @property
    def published(self) -> Level | None:
        return self.level(EntryKind.PUBLISHED)

    @property
    def notified(self) -> LevelEntry | None:
        """Of the decision that is in force."""
        step, decision = self.last(EntryKind.NOTIFIED), self.decision
        return step if step and decision and step.number > decision.number else None

    @property
    def open_complaint(self) -> LevelEntry | None:
        """The one that nobody has answered yet, in words or by deciding again."""
        complaint, answer = self.last(EntryKind.COMPLAINT), self.last(EntryKind.ANSWER, EntryKind.CHANGED)
        return complaint if complaint and not (answer and answer.number > complaint.number) else None

    @property
    def by_ballot(self) -> bool:
        step = self.last(EntryKind.PROPOSED)
        return step is not None and step.ballot_id is not None


def standing_of(row: Participant) -> Standing:
    people = ("recorded_by__member", "person", "ballot")
    rows = row.steps.select_related(*people)
    steps = tuple(rows.annotate(voted_at=_last_count("participant")))
    return Standing(row, steps, getattr(steps[0], "voted_at", None) if steps else None)


def _last_count(of: str) -> Subquery:
    """When the last count of votes on that participant was confirmed, inside the query of rows that lead to it."""
    lines = BallotLine.objects.filter(participant=OuterRef(of), excellent__isnull=False)
    lines = lines.filter(ballot__confirmed_at__isnull=False).order_by("-ballot__confirmed_at")
    return Subquery(lines.values("ballot__confirmed_at")[:1])


def with_last_count(rows: QuerySet[Participant]) -> Any:
    """With `voted_at`, inside the same query."""
    return rows.annotate(voted_at=_last_count("pk"))


def subjects(cycle: Cycle) -> list[Participant]:
    """Everybody whose level is judged in this review."""
    rows = cycle.participants.filter(Q(writes=True) | Q(steps__isnull=False)).distinct()
    found = by_rank(cycle, with_last_count(rows).select_related("member", "review").defer("note", "review__body"))
    for row in found:
        row.cycle = cycle
        if hasattr(row, "review"):
            row.review.participant = row
    return found


def standings(cycle: Cycle) -> list[Standing]:
    """Two queries, without a word of anybody."""
    steps: dict[int, list[LevelEntry]] = {}
    for step in LevelEntry.objects.filter(participant__cycle=cycle).defer("words"):
        steps.setdefault(step.participant_id, []).append(step)
    return [Standing(row, tuple(steps.get(row.pk, ())), getattr(row, "voted_at", None)) for row in subjects(cycle)]


def published(cycle: Cycle) -> list[tuple[Participant, Level]]:
    """Name and level, for everybody of the cell."""
    return [(one.row, level) for one in standings(cycle) if (level := one.published)]


def decisions(cycle: Cycle) -> list[tuple[str, date]]:
    """The documents by which levels of this review were decided, oldest first."""
    rows = LevelEntry.objects.filter(participant__cycle=cycle, kind__in=DECISIONS).order_by("document_date", "document")
    pairs = rows.values_list("document", "document_date")
    return list(dict.fromkeys((document, day) for document, day in pairs if document and day))


def last_paper(cycle: Cycle) -> dict[str, Any]:
    """One decision often names everybody of a cell: its number and day stand in the form for the next of them."""
    rows = LevelEntry.objects.filter(participant__cycle=cycle, kind=EntryKind.DECIDED).order_by("-recorded_at", "-pk")
    last: LevelEntry | None = rows.defer("words").first()
    return {"document": last.document, "document_date": last.document_date} if last else {}


def superior_has_begun(cycle: Cycle) -> bool:
    """Somebody above has written a step, or opened a self-review since it was handed up."""
    if LevelEntry.objects.filter(participant__cycle=cycle, kind__in=BY_SUPERIOR).exists():
        return True
    opened = ReadingLog.objects.filter(review__participant__cycle=cycle, read_at__gte=cycle.handed_up_at)
    return opened.exclude(reader__tenures__organisation=cycle.cell_id).exists()


# --- How many of each -----------------------------------------------------------------------


def counted(levels: Iterable[Level | None]) -> list[tuple[Level, int]]:
    held = Counter(level for level in levels if level)
    return [(level, held[level]) for level in Level]


def cap_in(cell: Organisation, levels: Iterable[Level | None]) -> Cap:
    return cap_from((level for level in levels if level), *cap_of(cell, timezone.localdate()))


def going_of_people(cycles: Iterable[Cycle]) -> list[tuple[int, Level]]:
    """(year, level now) of every person in these reviews; collectives are a group of their own. One query."""
    rows = LevelEntry.objects.filter(participant__cycle__in=cycles, participant__member__isnull=False)
    latest: dict[int, tuple[int, dict[str, Level]]] = {}
    columns = ("participant_id", "participant__cycle__year", "kind", "level")
    for row, year, kind, level in rows.filter(kind__in=WITH_LEVEL).order_by("number").values_list(*columns):
        latest.setdefault(row, (year, {}))[1][kind] = Level(level)
    found = []
    for year, levels in latest.values():
        going = next((levels[kind] for kind in _GOING if kind in levels), None)
        if going:
            found.append((year, going))
    return found


def cap_from(held: Iterable[Level], percent: int, source: str) -> Cap:
    number = Counter(held)
    return Cap(number[Level.EXCELLENT], number[Level.GOOD], percent, source)


def waiting_above(cycles: Iterable[Cycle]) -> dict[int, tuple[int, int, int]]:
    """For each review: how many are judged, wait for a decision, wait for an answer. Two queries."""
    keys = [cycle.pk for cycle in cycles]
    steps: dict[int, list[LevelEntry]] = {}
    for step in LevelEntry.objects.filter(participant__cycle__in=keys).defer("words").order_by("number"):
        steps.setdefault(step.participant_id, []).append(step)
    found: dict[int, tuple[int, int, int]] = {}
    for row in Participant.objects.filter(cycle__in=keys).defer("note"):
        one = Standing(row, tuple(steps.get(row.pk, ())))
        if row.writes or one.steps:
            judged, undecided, unanswered = found.get(row.cycle_id, (0, 0, 0))
            undecided += one.decision is None
            unanswered += one.open_complaint is not None
            found[row.cycle_id] = (judged + 1, undecided, unanswered)
    return found


# --- The first page ---------------------------------------------------------------------------


def with_decision(rows: QuerySet[Participant]) -> QuerySet[Participant]:
    """`decided_at` and `told_at`: the number of the last decision and of the last notice, inside the same query."""

    def last(*kinds: EntryKind) -> Subquery:
        steps = LevelEntry.objects.filter(participant=OuterRef("pk"), kind__in=kinds).order_by("-number")
        return Subquery(steps.values("number")[:1])

    return rows.annotate(decided_at=last(*DECISIONS), told_at=last(EntryKind.NOTIFIED))
