"""What somebody finds: one page of places, each with where, when and the words, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

from members.paging import InTurn
from search.kinds import SEARCHED, UNDATED
from search.models import Passage
from search.snippets import Piece, snippet

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import Organisation, User
    from search.asking import Asked

PAGE = 20
MOST = 500  # places that can be reached by turning pages; nobody reads further, they add a word


@dataclass(frozen=True, slots=True)
class Hit:
    """`day`: None for what has none."""

    label: str
    about: str
    url: str
    cell: Organisation
    day: date | None
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Found:
    """`more`: there are more than can be reached; `begun`: only words that begin so were found."""

    page: Page[Passage]
    hits: list[Hit]
    total: int
    more: bool
    begun: bool


def find(
    asked: Asked,
    user: User,
    *,
    group: str = "",
    year: int | None = None,
    cells: Collection[int] | None = None,
    page: str | None = None,
) -> Found:
    """Whole words first; the last one as a beginning only where nothing has it whole. At most some thirty queries."""
    rows = Passage.objects.open_to(user, group)
    rows = rows if year is None else rows.in_year(year)
    rows = rows if cells is None else rows.in_cells(cells)
    begun, found = False, rows.matching(asked)
    keys = found.keys(MOST + 1)
    if not keys and asked.may_be_begun:
        begun, found = True, rows.matching(asked, begun=True)
        keys = found.keys(MOST + 1)
    number, more = min(len(keys), MOST), len(keys) > MOST
    # Few are put in order by their keys; where there are many, the newest are soon found along the index of days.
    ordered = (found if more else Passage.objects.with_keys(keys)).newest_first()
    reached: Any = InTurn((ordered, number), most=MOST)
    turned: Page[Passage] = Paginator(reached, PAGE).get_page(page)
    return Found(turned, _hits(turned, asked, user, begun=begun), number, more, begun and number > 0)


def _hits(page: Page[Passage], asked: Asked, user: User, *, begun: bool) -> list[Hit]:
    """The words come from the rows themselves, one query for each kind on the page."""
    passages = list(page)
    rows = {
        name: SEARCHED[name].shown().in_bulk([one.thing_pk for one in passages if one.kind == name])
        for name in {one.kind for one in passages}
    }
    pattern = asked.pattern(begun=begun)
    hits = []
    for one in passages:
        kind, row = SEARCHED[one.kind], rows[one.kind].get(one.thing_pk)
        if row is not None:
            day = None if one.day == UNDATED else one.day
            pieces = snippet(kind.text(row), pattern)
            hits.append(Hit(kind.label, kind.about(row), kind.opens(row, user), one.cell, day, pieces))
    return hits


def years_of(user: User, this_year: int) -> list[int]:
    """The years to choose from, newest first: back to the oldest passage of a cell that this account looks into."""
    first = Passage.objects.near(user).first_day()
    return list(range(this_year, min(first.year, this_year) - 1, -1)) if first else [this_year]
