"""The guidelines side by side: which one is in force on a day. The one door for callers, types included."""

from datetime import date, timedelta
from itertools import pairwise

from guideline.hd12 import HD12
from guideline.hd42 import HD42
from guideline.model import AgendaStep, Clause, Evidence, Kind, Phase, Rule, Rulebook, RuleKey, party_date

__all__ = [
    "RULEBOOKS",
    "AgendaStep",
    "Clause",
    "Evidence",
    "Kind",
    "NoRulebookError",
    "Phase",
    "Rule",
    "RuleKey",
    "Rulebook",
    "get",
    "in_force",
    "party_date",
    "validate_succession",
]


class NoRulebookError(LookupError):
    """No guideline answers; the message is a sentence for the person who asked."""


def validate_succession(rulebooks: tuple[Rulebook, ...]) -> None:
    """Oldest first, each beginning on the day after the one before it ended, only the last one open."""
    for earlier, later in pairwise(rulebooks):
        if earlier.in_force_to is None or later.in_force_from != earlier.in_force_to + timedelta(days=1):
            raise ValueError(f"{later.key} does not begin on the day after {earlier.key} ends")


RULEBOOKS: tuple[Rulebook, ...] = (HD12, HD42)
validate_succession(RULEBOOKS)


def in_force(day: date) -> Rulebook:
    """The guideline in force on that day; NoRulebookError for a day before the first one."""
    for rulebook in RULEBOOKS:
        if rulebook.in_force_from <= day and (rulebook.in_force_to is None or day <= rulebook.in_force_to):
            return rulebook
    raise NoRulebookError(f"Chưa có hướng dẫn nào cho buổi sinh hoạt ngày {party_date(day)}.")


def get(key: str) -> Rulebook:
    """The guideline with that key; NoRulebookError for a key that is none."""
    for rulebook in RULEBOOKS:
        if rulebook.key == key:
            return rulebook
    raise NoRulebookError(f"Không có hướng dẫn nào mang mã “{key}”.")
