"""The full minutes of a conference are signed outside by the mechanism of meetings; their copies are kept sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from book.proof import sealed_paper
from critique.hearing.in_book import PROCEEDINGS, PROCEEDINGS_COPY
from critique.hearing.models import Proceedings, ProceedingsCopy
from meetings.actions.signed import Outside

if TYPE_CHECKING:
    from documents.sealed import Rendered


def _paper(row: Proceedings) -> Rendered:
    return sealed_paper(PROCEEDINGS.name, row)


def _where(row: Proceedings) -> list[tuple[str, str]]:
    return [(str(row.cycle), reverse("cycle", args=[row.cycle_id]))]


OUTSIDE = Outside(
    rows=Proceedings,
    is_sealed=lambda row: True,
    paper=_paper,
    copies=ProceedingsCopy.objects.of_paper,
    make=ProceedingsCopy.of,
    changes=lambda row: (row.cycle, None),
    link=PROCEEDINGS_COPY.name,
    where=_where,
    views="conference-signed",
    by="cycle_id",
    see="proceedings.see",
)
