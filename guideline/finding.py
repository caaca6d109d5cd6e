"""A finding: one calm sentence of advice with its clause, and the few words that findings share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from guideline.facts import MeetingFacts
from guideline.model import Clause, Rulebook, RuleKey


@dataclass(frozen=True, slots=True)
class Finding:
    """What the guideline would have otherwise; it advises and never forbids."""

    code: str
    sentence: str
    advice: str
    clause: Clause


Check = Callable[[MeetingFacts, Rulebook], Finding | None]


def advise(rulebook: Rulebook, key: RuleKey, sentence: str, advice: str, code: str = "") -> Finding | None:
    """The finding under that rule, or nothing where this guideline has no such rule."""
    rule = rulebook.rule(key)
    return None if rule is None else Finding(code or key.value, sentence, advice, rule.clause)


def percent(part: int, whole: int) -> str:
    """Rounded to a tenth, as a reader would recalculate it; only what is not quite a whole percent never looks it."""
    tenths = (part * 2000 + whole) // (2 * whole)
    if tenths % 10 == 0 and tenths * whole != part * 1000:
        tenths = part * 1000 // whole
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths // 10},{tenths % 10}%"


def on(day: date) -> str:
    return f"{day:%d/%m/%Y}"
