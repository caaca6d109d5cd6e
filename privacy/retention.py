"""What has had its time in a cell: of every kind that is declared to end, the rows that are over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from members.declare import DECLARED, Declared
from privacy.fixed import kept_of
from privacy.lifecycle import Destroying
from privacy.models import Destroyed, Destruction
from rulings.kinds import Fixed

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import Model

    from members.models import Organisation


@dataclass(frozen=True, slots=True)
class Over:
    """One row whose words may go: said by person and time, never by a word of it."""

    row: Model
    kind: str
    who: str
    when: str

    @property
    def key(self) -> str:
        return f"{self.row._meta.model_name}-{self.row.pk}"

    def __str__(self) -> str:
        return f"{self.kind}: {self.who}, {self.when}"


@dataclass(frozen=True, slots=True)
class Due:
    """Without a rule that a document has fixed this is a proposal, and nothing may be destroyed."""

    rule: Fixed
    rows: tuple[Over, ...]

    @property
    def kinds(self) -> list[tuple[str, list[Over]]]:
        names = dict.fromkeys(one.kind for one in self.rows)
        return [(name, [one for one in self.rows if one.kind == name]) for name in names]


def ending() -> dict[str, Declared]:
    """Every kind that ends, by the name of its model."""
    return {one.model._meta.model_name or "": one for one in DECLARED.values() if one.ends}


def said(declared: Declared, row: Model) -> Over:
    ends = declared.ends
    if ends is None:
        raise ValueError(f"{declared.model._meta.label} does not end")
    return Over(row, ends.kind, *ends.name(row))


def due_in(cell: Organisation, day: date) -> Due:
    """One query for each kind and one for what is proposed already; no text is opened."""
    rule, over = over_in(cell, day)
    open_rows = Destroyed.objects.filter(destruction__cell=cell, destruction__state=Destroying.PROPOSED)
    proposed = set(open_rows.values_list("thing", "thing_pk"))
    return Due(rule, tuple(one for one in over if (one.row._meta.model_name, one.row.pk) not in proposed))


def over_in(cell: Organisation, day: date) -> tuple[Fixed, list[Over]]:
    """The rule of that day and all that is over by it, proposed or not."""
    rule, kinds = kept_of(cell, day), ending().values()
    return rule, [said(one, row) for one in kinds if one.ends for row in one.ends.due(cell, day, rule.figures[0])]


def items_of(destruction: Destruction) -> list[Over]:
    """What a destruction names, as it stands. One query for each kind, one for the list."""
    things: dict[str, list[int]] = {}
    for thing, pk in destruction.items.order_by("pk").values_list("thing", "thing_pk"):
        things.setdefault(thing, []).append(pk)
    kinds = ending()
    return [
        said(kinds[thing], row) for thing, keys in things.items() for row in kinds[thing].rows().filter(pk__in=keys)
    ]
