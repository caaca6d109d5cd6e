"""Long lists come in pages, and no page costs more because the list has grown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet


def up_to_one_more(rows: QuerySet[Any], most: int) -> int:
    """How many there are, counted to one beyond `most`: what is open in a province is not counted to its end."""
    return rows.values("pk")[: most + 1].count()


class InTurn:
    """Several queries one after the other, each with its known number of rows, read as one list of at most so many."""

    def __init__(self, *parts: tuple[QuerySet[Any], int], most: int) -> None:
        self.parts = [part for part, _ in parts]
        self.lengths: list[int] = []
        for _, number in parts:
            self.lengths.append(min(number, most - sum(self.lengths)))

    def __len__(self) -> int:
        return sum(self.lengths)

    def __getitem__(self, wanted: slice) -> list[Any]:
        found: list[Any] = []
        start, stop = wanted.start, wanted.stop
        for part, length in zip(self.parts, self.lengths, strict=True):
            if start < length and stop > 0:
                found += part[max(start, 0) : min(stop, length)]
            start, stop = start - length, stop - length
        return found


def page_with(
    rows: Sequence[Any] | QuerySet[Any], size: int, asked: str | None, *, pk: int = 0, last: bool = False
) -> Page[Any]:
    """The page that was asked for; otherwise the one with the row of this key, the last one, or the first."""
    pages = Paginator(rows, size)
    if asked is None and pk:
        asked = next((str(number // size + 1) for number, row in enumerate(rows) if row.pk == pk), None)
    return pages.get_page(asked or (pages.num_pages if last else 1))
