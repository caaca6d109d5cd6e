"""One month of deeds, newest first: no sum of anybody's doings, and no order but time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Max, Min
from django.utils import timezone

from members.days import moment, months_after
from members.deeds.sources import SOURCES, Deed
from members.deeds.words import Kind
from members.paging import page_with

if TYPE_CHECKING:
    from django.core.paginator import Page
    from django.db.models import QuerySet

    from members.deeds.sources import Scope, Source

    Logs = list[tuple[Source, QuerySet[Any]]]

SIZE = 60  # lines on one page


@dataclass(frozen=True)
class Month:
    """What the page shows; `earlier` and `later` are the nearest months in which anything was done."""

    first: date
    page: Page[Deed]
    kinds: list[Kind]
    kind: str
    earlier: str
    later: str


def month_of(scope: Scope, asked: dict[str, str], today: date) -> Month:
    """`asked`: month as 2026-11, kind, page; whatever else is sent there is as if nothing was."""
    logs = [(source, source.rows(scope)) for source in SOURCES]
    named = _first(asked.get("month", ""))
    first = named or _first(_near(logs, Max, {})) or today.replace(day=1)
    start, end = moment(first), moment(months_after(first, 1))
    found: list[Deed] = []
    for source, rows in logs:
        of_month = rows.filter(**{f"{source.at}__gte": start, f"{source.at}__lt": end})
        found += source.tell(of_month.order_by(f"-{source.at}", "-pk"), scope)
    kinds = [kind for kind in Kind if any(one.kind == kind for one in found)]
    kind = asked.get("kind", "") if asked.get("kind") in Kind.values else ""
    shown = sorted((one for one in found if not kind or one.kind == kind), key=lambda one: one.at, reverse=True)
    return Month(
        first=first,
        page=page_with(shown, SIZE, asked.get("page")),
        kinds=kinds,
        kind=kind,
        earlier=_near(logs, Max, {"lt": start}),
        later=_near(logs, Min, {"gte": end}) if named else "",  # otherwise it is the last one
    )


def _first(asked: str) -> date | None:
    """The first day of a month that is typed as 2026-11; None where it is none of this time."""
    year, _, month = asked.partition("-")
    if len(asked) != 7 or not (year.isascii() and year.isdigit() and month.isascii() and month.isdigit()):
        return None
    return date(int(year), int(month), 1) if 1930 <= int(year) <= 2200 and 1 <= int(month) <= 12 else None


def _near(logs: Logs, which: type[Max] | type[Min], where: dict[str, Any]) -> str:
    """The month of the last, or the first, deed there."""
    moments: list[datetime] = []
    for source, rows in logs:
        there = rows.filter(**{f"{source.at}__{name}": value for name, value in where.items()})
        found = there.order_by().aggregate(found=which(source.at))["found"]
        moments += [found] if found else []
    if not moments:
        return ""
    return f"{timezone.localtime(max(moments) if which is Max else min(moments)):%Y-%m}"
