"""The guideline as it applies to one cell on one day: the rulebook with what the committees above have fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from guideline import breakdown, criteria, local
from guideline import rulebook as rules
from meetings.models import LocalRule
from meetings.models.rules import BREAKDOWN
from members.models import Tenure, TenureKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from guideline.criteria import CriteriaSet
    from meetings.models import Meeting
    from members.models import Organisation

_COUNTED = (TenureKind.FULL, TenureKind.PROBATIONARY, TenureKind.TEMPORARY_IN)


def first_day() -> date:
    return rules.RULEBOOKS[0].in_force_from


def local_rules(cell: Organisation, day: date) -> list[LocalRule]:
    """What holds in this cell on that day: of one key, the nearest organisation's rules and no others."""
    rows = LocalRule.objects.reaching(cell).on(day).select_related("organisation").order_by("-organisation__path", "pk")
    nearest: dict[str, int] = {}
    return [row for row in rows if nearest.setdefault(_subject(row), row.organisation_id) == row.organisation_id]


def _subject(row: LocalRule) -> str:
    return f"{row.key}:{row.rulebook}"


def clause_of(row: LocalRule) -> rules.Clause:
    return rules.Clause(row.document, row.document_date, f"quy định của {row.organisation}", rules.Evidence.LOCAL)


def figure_of(row: LocalRule) -> local.LocalFigure:
    """ValueError, in English, for a row that the guideline's bounds do not allow."""
    return local.LocalFigure(rules.RuleKey(row.key), row.figure or 0, clause_of(row), row.members_from, row.members_to)


def rulebook_in(cell: Organisation, key: str, day: date, rows: Iterable[LocalRule] | None = None) -> rules.Rulebook:
    """The guideline of that key with the figures fixed for this cell. One query; two by the cell's size."""
    found = local_rules(cell, day) if rows is None else rows
    figures = [figure_of(row) for row in found if row.key != BREAKDOWN]
    if not figures:
        return rules.get(key)
    by_size = any(figure.members_from is not None or figure.members_to is not None for figure in figures)
    counted = Tenure.objects.on(day).filter(organisation=cell, kind__in=_COUNTED).count() if by_size else 0
    return local.localise(rules.get(key), figures, members=counted)


def rulebook_of(meeting: Meeting) -> rules.Rulebook:
    return rulebook_in(meeting.cell, meeting.rulebook, timezone.localdate(meeting.starts_at))


def criteria_for(cell: Organisation, rulebook: str, day: date) -> CriteriaSet:
    """The score sheet in use: a committee's own breakdown, otherwise the guideline's."""
    own = (row for row in local_rules(cell, day) if row.key == BREAKDOWN and row.rulebook == rulebook)
    row = next(own, None)
    return criteria.sets_for(rulebook)[0] if row is None else breakdown_of(row)


def breakdown_of(row: LocalRule) -> CriteriaSet:
    return breakdown.parse(
        row.breakdown,
        criteria.sets_for(row.rulebook),
        key=f"local-{row.pk}",
        title=f"Biểu điểm của {row.organisation}",
        clause=clause_of(row),
    )


def criteria_by_key(key: str) -> CriteriaSet:
    """The sheet that a score was drawn up with, shipped or local. Raises NoCriteriaError, LocalRule.DoesNotExist."""
    if key.startswith("local-"):
        return breakdown_of(LocalRule.objects.select_related("organisation").get(pk=key.removeprefix("local-")))
    return criteria.get(key)
