"""The entries of a book as its page names them: which paper each one is, and where this reader may open it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.urls import reverse

from book.kinds import KINDS
from book.models import Link
from documents.model import Document, Head, from_json
from members.policy import may

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.core.paginator import Page

    from members.models import Organisation, User

PAGE = 20
_CAPITAL = re.compile(r"(?<=^Biên bản )\w")  # minutes sealed before 0.1 say "Biên bản Sinh hoạt …", and go on saying it


@dataclass(frozen=True, slots=True)
class Entry:
    """`what`: the paper's number, kind, meeting and day as its own stored text says them; only the kind, where the
    reader may not know more. `address`: empty, where the reader may not open it.
    """

    link: Link
    what: str
    address: str = ""


def entries(cell: Organisation, user: User, asked: str | None) -> Page[Entry]:
    """One page of the book, the newest entry first."""
    page: Page[Any] = Paginator(Link.objects.filter(cell=cell).order_by("-number"), PAGE).get_page(asked)
    page.object_list = named(list(page.object_list), user)
    return page


def named(links: Sequence[Link], user: User) -> list[Entry]:
    """One question for each kind among them."""
    rows = _known_to(user, links)
    return [_entry(link, rows.get((link.kind, link.thing_pk)), user) for link in links]


def _known_to(user: User, links: Iterable[Link]) -> dict[tuple[str, int], Any]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for link in links:
        if link.kind in KINDS:
            wanted[link.kind].add(link.thing_pk)
    found = {}
    for name, keys in wanted.items():
        kind = KINDS[name]
        asked: Any = kind.table._default_manager.all()
        for row in asked.for_user(user).filter(pk__in=keys).select_related(*kind.beside):
            found[name, row.pk] = row
    return found


def _entry(link: Link, row: Any, user: User) -> Entry:
    if row is None:
        return Entry(link, link.label)
    kind = KINDS[link.kind]
    opens = kind.opens
    shown = opens is not None and may(user, opens.right, row)
    address = reverse(opens.view, args=[getattr(row, opens.by)]) if opens is not None and shown else ""
    try:
        what = kind.about(row) if kind.about else of_paper(from_json(kind.text_of(row)))
    except Exception:  # whatever a damaged value raises; the page says elsewhere that it is not what was sealed
        what = ""
    return Entry(link, what or link.label, address)


def of_paper(paper: Document) -> str:
    """ "Số 05-BB/CB: Biên bản sinh hoạt chi bộ thường kỳ ngày 05/10/2026" of a stored paper."""
    number = next((block.number for block in paper.blocks if isinstance(block, Head)), "")
    day = f"{paper.day:%d/%m/%Y}"
    title = _CAPITAL.sub(lambda found: found[0].lower(), paper.title)
    title = title if day in title else f"{title}, ngày {day}"
    return f"{number}: {title}" if number else title
