"""What somebody finds: one page of places, each with where, when and the words, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page, Paginator

from search.kinds import SEARCHED, UNDATED, kinds_of
from search.models import Passage
from search.snippets import Piece, snippet

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import Organisation, User
    from search.asking import Sought
    from search.models import PassageQuerySet

PAGE = 20
MOST = 500  # places that can be reached by turning pages; nobody reads further, they add a word
AT_ONCE = (2 * MOST, 5 * MOST)  # of so many of the newest places it is asked one by one whether they are open


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

    page: Page[int]  # of their keys
    hits: list[Hit]
    total: int
    more: bool
    begun: bool


def find(
    asked: Sought,
    user: User,
    *,
    group: str = "",
    year: int | None = None,
    cells: Collection[int] | None = None,
    page: str | None = None,
) -> Found:
    """Whole words first; the last one as a beginning only where nothing has it whole. At most some forty queries."""
    rows = Passage.objects.likely(user, group)
    rows = rows if year is None else rows.in_year(year)
    rows = rows if cells is None else rows.in_cells(cells)
    begun, keys = False, _open_keys(rows.matching(asked), user, group)
    if not keys and asked.may_be_begun:
        begun, keys = True, _open_keys(rows.matching(asked, begun=True), user, group)
    turned = Paginator(keys[:MOST], PAGE).get_page(page)
    hits = _hits(list(turned), asked, user, begun=begun)
    return Found(turned, hits, turned.paginator.count, len(keys) > MOST, begun and bool(keys))


def _open_keys(found: PassageQuerySet, user: User, group: str) -> list[int]:
    """Of at most MOST + 1, the newest first. Each row is asked for by its key, and only the kinds that are among them;
    where too many of the newest are not open, the database is asked for all of it at once."""
    for many in AT_ONCE:
        newest = found.newest(many)
        things: dict[str, list[int]] = {}
        for _, kind, thing in newest:
            things.setdefault(kind, []).append(thing)
        opened = {one.name: one.open_among(user, things[one.name]) for one in kinds_of(group) if one.name in things}
        keys = [key for key, kind, thing in newest if thing in opened.get(kind, ())][: MOST + 1]
        if len(newest) < many or len(keys) > MOST:
            return keys
    return [key for key, *_ in found.open_to(user, group).newest(MOST + 1)]


def _hits(keys: list[int], asked: Sought, user: User, *, begun: bool) -> list[Hit]:
    """The words come from the rows themselves, one query for each kind on the page."""
    passages = list(Passage.objects.with_keys(keys).newest_first().with_cells()) if keys else []
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
