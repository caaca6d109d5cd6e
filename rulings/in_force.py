"""Which rulings hold for an organisation on a day: about one subject those of the nearest organisation, no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.asked import Asked
from members.models import OrganisationKind
from rulings.models import Ruling
from rulings.subjects import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from members.models import Organisation


_IN_FORCE = Asked(
    lambda organisations, subjects, day: (
        Ruling.objects.of(organisations).on(day).filter(subject__in=subjects).nearest_first()
    )
)


def in_force(organisation: Organisation, subject: str, day: date) -> Ruling | None:
    """The newest of what the nearest organisation has fixed. One query."""
    found = all_in_force(organisation, [subject], day).get(subject)
    return found[0] if found else None


def all_in_force(organisation: Organisation, subjects: Iterable[str], day: date) -> dict[str, list[Ruling]]:
    """The rulings of each subject that has any, the newest first. One query."""
    return nearest(_IN_FORCE(organisation.line, [*subjects], day))


def nearest(rows: Iterable[Ruling]) -> dict[str, list[Ruling]]:
    """Of rows that come nearest first: per subject those of its first organisation.

    What a committee has fixed for all its cells comes before what a cell has chosen while that was open.
    """
    found: dict[str, list[Ruling]] = {}
    for row in rows:
        held = found.setdefault(row.subject, [])
        if not held or held[0].organisation_id == row.organisation_id:
            held.append(row)
        elif _own_choice(held[0]):
            found[row.subject] = [row]
    return found


def _own_choice(row: Ruling) -> bool:
    about = SUBJECTS.get(row.subject)
    return about is not None and about.from_above and row.organisation.kind == OrganisationKind.CELL
