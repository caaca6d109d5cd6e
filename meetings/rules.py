"""The guideline as it applies to one cell on one day: the rulebook with what the committees above have fixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guideline import criteria, local, votes
from guideline import rulebook as rules
from meetings import fixed
from meetings.models.evening import COUNTED
from members.models import Tenure
from rulings.in_force import all_in_force, in_force
from rulings.models import Ruling

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from guideline.criteria import CriteriaSet
    from guideline.votes import VoteKind
    from meetings.models import Meeting
    from members.models import Organisation


def first_day() -> date:
    return rules.RULEBOOKS[0].in_force_from


def rulebook_in(cell: Organisation, key: str, day: date) -> rules.Rulebook:
    """The guideline of that key with the figures fixed for this cell. One query; two by the cell's size."""
    held = all_in_force(cell, local.LOCAL_KEYS, day)
    figures = [fixed.figure_of(row) for rows in held.values() for row in rows]
    if not figures:
        return rules.get(key).on(day)
    by_size = any(figure.members_from is not None or figure.members_to is not None for figure in figures)
    counted = Tenure.objects.on(day).filter(organisation=cell, kind__in=COUNTED).count() if by_size else 0
    return local.localise(rules.get(key).on(day), figures, members=counted)


def rulebook_of(meeting: Meeting) -> rules.Rulebook:
    return rulebook_in(meeting.cell, meeting.rulebook, meeting.day)


def vote_kinds(meeting: Meeting) -> list[VoteKind]:
    """What may be voted on at this meeting: the charter's kinds, and what a committee has fixed for other matters."""
    if meeting.of_committee:
        return [votes.ORDINARY]
    day = meeting.day
    held = all_in_force(meeting.cell, [fixed.MAJORITY.key], day).get(fixed.MAJORITY.key, [])
    return [*votes.KINDS, *(fixed.vote_kind(row) for row in reversed(held))]


def criteria_for(cell: Organisation, rulebook: str, day: date) -> CriteriaSet:
    """The score sheet in use: a committee's own breakdown, otherwise the guideline's."""
    row = in_force(cell, fixed.breakdown_key(rulebook), day)
    return criteria.sets_for(rulebook)[0] if row is None else fixed.breakdown_of(row)


def criteria_by_key(key: str) -> CriteriaSet:
    """The sheet that a score was drawn up with, shipped or local. Raises NoCriteriaError, Ruling.DoesNotExist."""
    if key.startswith("local-"):
        row = Ruling.objects.with_organisation().get(pk=key.removeprefix("local-"))
        return fixed.breakdown_of(row)
    return criteria.get(key)


def criteria_by_keys(keys: Collection[str]) -> dict[str, CriteriaSet]:
    """The same of many sheets: one query for all that are local, none where none is."""
    local_ones = {key.removeprefix("local-") for key in keys if key.startswith("local-")}
    rows = Ruling.objects.with_organisation().filter(pk__in=local_ones) if local_ones else []
    held = {f"local-{row.pk}": fixed.breakdown_of(row) for row in rows}
    return {key: held[key] if key in held else criteria_by_key(key) for key in keys}
