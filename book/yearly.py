"""The book of a cell's year: every signed paper that a reader may read, in the order of the days, as it was sealed.

What is kept apart from the cell (the whole minutes of a conference, counted ballots, records of destruction) has no
`year` in its line of book/kinds.py and stands in nobody's: a volume is printed, and lies on a shelf.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from book.kinds import KINDS
from book.models import Link
from documents.sealed import writer
from members.conditions import value_at
from members.house import USUAL, House, settled, writing_as
from members.policy import may
from members.signing import signer

if TYPE_CHECKING:
    from collections.abc import Collection

    from book.kinds import Kind
    from documents.model import Signature
    from members.house import House
    from members.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper of the year: its row, with its entry in the book."""

    kind: Kind
    row: Any
    link: Link

    @property
    def place(self) -> tuple[date, int, int, int]:
        if self.kind.year is None:
            raise ValueError(f"{self.kind.name} stands in no year's book")
        rank = [*KINDS].index(self.kind.name)
        return _day(self.row, self.kind), value_at(self.row, self.kind.year.group) or 0, rank, self.link.number


@dataclass(frozen=True, slots=True)
class Volume:
    """`head`: the last entry of the whole book. `others`: papers of the year that this reader may not read."""

    cell: Organisation
    year: int
    leaves: tuple[Leaf, ...]
    head: Link
    signed: Signature
    others: int = 0
    style: House = USUAL  # of the pages in front; every paper keeps the one it was sealed in

    @property
    def key(self) -> str:
        """The same for the same bytes: the hash of an entry is that of the whole book up to it."""
        cell = self.cell
        said: list[Any] = [
            writer(),
            cell.pk,
            cell.superior_line,
            cell.name,
            cell.paper_name,
            cell.place_name,
            settings.BASE_ADDRESS,
        ]
        said += [
            *self.signed.role_lines,
            self.signed.name,
            self.year,
            self.others,
            repr(self.style),
            self.head.hash,
            *(leaf.link.hash for leaf in self.leaves),
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def years(cell: Organisation, user: User) -> list[tuple[int, int]]:
    """Each year of which this reader may read papers, the last one first, and how many."""
    found = Counter(_day(row, kind).year for kind in _kinds() for row in _readable(kind, cell, user))
    return sorted(found.items(), reverse=True)


def volume(cell: Organisation, user: User, year: int) -> Volume | None:
    """What this reader may read of that year; None where there is nothing."""
    links = _links(cell)
    head = max(links.values(), key=lambda link: link.number, default=None)
    shown = {
        kind.name: [row for row in _readable(kind, cell, user) if _day(row, kind).year == year] for kind in _kinds()
    }
    leaves = [
        Leaf(kind, row, links[kind.name, row.pk])
        for kind in _kinds()
        for row in shown[kind.name]
        if (kind.name, row.pk) in links
    ]
    if not leaves or head is None:
        return None
    others = sum(
        _all_of(kind, cell, year).exclude(pk__in=[row.pk for row in shown[kind.name]]).count() for kind in _kinds()
    )
    return _volume(cell, year, sorted(leaves, key=lambda leaf: leaf.place), head, others)


def volume_of(cell: Organisation, year: int, numbers: Collection[int], head: int, others: int) -> Volume:
    """The same again, from the numbers of its entries."""
    links = {link.number: link for link in Link.objects.filter(cell=cell, number__in=[*numbers, head])}
    leaves = []
    for link in map(links.__getitem__, numbers):
        kind = KINDS[link.kind]
        leaves.append(Leaf(kind, kind.table._base_manager.select_related(*kind.beside).get(pk=link.thing_pk), link))
    return _volume(cell, year, leaves, links[head], others)


def _volume(cell: Organisation, year: int, leaves: list[Leaf], head: Link, others: int) -> Volume:
    """Signed by hand, by whoever signs for the cell on the day of the last entry, in the style of that day."""
    day = timezone.localdate(head.made_at)
    style = settled(cell)(day)
    with writing_as(style):
        return Volume(cell, year, tuple(leaves), head, signer(cell, day), others, style)


def _kinds() -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.year is not None]


def _links(cell: Organisation) -> dict[tuple[str, int], Link]:
    return {(link.kind, link.thing_pk): link for link in Link.objects.filter(cell=cell)}


def _readable(kind: Kind, cell: Organisation, user: User) -> list[Any]:
    """The sealed rows of this kind; their texts are not read."""
    asked: Any = kind.table._default_manager.all()
    rows = asked.for_user(user).in_cell(cell).filter(kind.sealed).select_related(*kind.beside).defer(kind.text)
    return [row for row in rows if kind.opens is not None and may(user, kind.opens.right, row)]


def _all_of(kind: Kind, cell: Organisation, year: int) -> Any:
    asked: Any = kind.table._default_manager.all()
    path = kind.year.day if kind.year is not None else ""
    return asked.in_cell(cell).filter(kind.sealed, **{f"{path}__year": year})


def _day(row: Any, kind: Kind) -> date:
    found = value_at(row, kind.year.day if kind.year is not None else "")
    return timezone.localdate(found) if isinstance(found, datetime) else found
