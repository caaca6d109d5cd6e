"""Points that follow from a meeting's record, each with its evidence; people decide, and nothing is about a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from guideline.facts import MeetingFacts
from guideline.model import Rulebook
from guideline.reading import READERS, Reading
from guideline.sheet import Band, CriteriaSet, Criterion

TO_JUDGE = "Chi uỷ, chi bộ đánh giá."
NO_SCALE = "Hướng dẫn không nêu mức trừ; chi uỷ quyết định."


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the sheet. No points where the record does not decide them."""

    code: str
    points: int | None
    evidence: tuple[str, ...]


def propose(facts: MeetingFacts, rulebook: Rulebook, criteria: CriteriaSet) -> tuple[Proposal, ...]:
    """One for each leaf of `criteria.for_kind(facts.kind)`, in its order; none for a kind that is not scored."""
    if facts.kind not in criteria.kinds:
        return ()
    return tuple(_proposal(line, facts, rulebook) for line in criteria.for_kind(facts.kind).leaves())


def total(points: Iterable[Decimal]) -> Decimal:
    return sum(points, Decimal(0))


def _proposal(line: Criterion, facts: MeetingFacts, rulebook: Rulebook) -> Proposal:
    reading = Reading(()) if line.measure is None else READERS[line.measure](facts, rulebook)
    points = None if line.judged else _points(line, reading)
    if line.judged:
        note: tuple[str, ...] = (TO_JUDGE,)
    elif line.max_points is not None and points is None and reading.met is False:
        note = (NO_SCALE,)
    else:
        note = ()
    return Proposal(line.code, points, (*reading.evidence, *note))


def _points(line: Criterion, reading: Reading) -> int | None:
    if line.max_points is None:
        return None
    if not line.bands:
        return line.max_points if reading.met else None
    return next((band.points for band in line.bands if _reached(band, reading)), None)


def _reached(band: Band, reading: Reading) -> bool:
    amount = reading.share if band.of_minimum else reading.amount
    if amount is None:
        return False
    return amount > band.at_least if band.over else amount >= band.at_least
