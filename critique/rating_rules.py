"""What holds for a cell's levels on a day: how is voted, and the share of "xuất sắc", each with who fixed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from critique.levels.models import RatingRule
from critique.levels.models.ballot import RuleKind
from critique.levels.voting import CAP_PERCENT, DEFAULT, VoteRule

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation


def nearest(organisation: Organisation, day: date) -> dict[str, RatingRule]:
    """Of each kind the rule of the nearest organisation; the newest of its rules. One query."""
    rows = RatingRule.objects.reaching(organisation).on(day).select_related("organisation")
    found: dict[str, RatingRule] = {}
    for row in rows.order_by("-organisation__path", "-starts_on", "-pk"):
        found.setdefault(row.kind, row)
    return found


def vote_rule(organisation: Organisation, day: date) -> VoteRule:
    row = nearest(organisation, day).get(RuleKind.VOTE)
    return row.rule_with(row.source) if row else DEFAULT


def cap_of(organisation: Organisation, day: date) -> tuple[int, str]:
    """The percentage, and who fixed it ("" where nobody did)."""
    row = nearest(organisation, day).get(RuleKind.CAP)
    return (row.percent or 0, row.source) if row else (CAP_PERCENT, "")
