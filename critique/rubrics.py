"""Which rubric a form is judged by in one cell on one day: the nearest committee's, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from critique.models import Rubric

if TYPE_CHECKING:
    from datetime import date

    from critique.official_forms.rubric import RubricVersion
    from members.models import Organisation


def in_force(cell: Organisation, form: str, day: date) -> RubricVersion | None:
    """One query. None where no committee has fixed one: then the form asks for the two sums alone."""
    rows = Rubric.objects.reaching(cell).on(day).filter(kind=form).select_related("organisation")
    nearest = rows.order_by("-organisation__path", "-starts_on", "-pk").first()
    return nearest.version() if nearest is not None else None
