"""The list behind a number of needs.py: found by a part of the name, by name or by the day, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Max, Value, When
from django.urls import reverse
from django.utils import timezone

from meetings.models import Explanation, Meeting
from meetings.needs import MOST, Need, Of, Where
from meetings.wording import up_to
from members.models import Organisation, Tenure
from members.names import by_title, is_found
from members.paging import InTurn
from members.roles import LEADERS
from members.text import thousands

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

PAGE = 50
NEWEST, OLDEST, NAME = "new", "old", "name"
SORTS = {NAME: "Theo tên", NEWEST: "Mới nhất trước", OLDEST: "Cũ nhất trước"}
OF_CELLS = {NAME: "Theo tên", OLDEST: "Lâu chưa họp trước", NEWEST: "Họp gần đây trước"}


@dataclass(frozen=True, slots=True)
class Row:
    """`day`: held, or due; `word`: what the cell says of it this month, and when. `mine`: followed by name.

    `leader`: whom to ask, of a list of cells.
    """

    cell_id: int
    cell: str
    mine: bool
    what: str
    url: str
    day: date | None
    word: Explanation | None
    leader: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    page: Page[Any]
    total: str  # "1.234", or "hơn 1.000" where no more can be reached
    rows: list[Row]
    sorts: list[tuple[str, str]]
    sort: str
    day: str  # what the column of days is called


DAYS = {
    Of.CELLS: "Họp gần nhất",
    Of.MEETINGS: "Ngày họp",
    Of.HELD: "Ngày họp",
    Of.MINUTES: "Ngày họp",
    Of.TASKS: "Thời hạn",
}


def listed(need: Need, where: Where, *, asked: str = "", sort: str = "", number: str | None = None) -> Listed:
    """One page. Three queries or four, one more for cells and one for their days; no more because the tree is large."""
    labels = OF_CELLS if need.of is Of.CELLS else SORTS
    possible = [*OF_CELLS] if need.of is Of.CELLS else [OLDEST, NEWEST] if need.of is Of.TASKS else [NEWEST, OLDEST]
    chosen = sort if sort in possible else possible[0]
    rows = need.asked(where)
    if need.of is Of.CELLS:
        page = Paginator(_cells(rows, where, asked, chosen), PAGE).get_page(number)
        total = thousands(page.paginator.count)
        last = _last_held([pk for pk, _ in page])
        leaders = _leaders([pk for pk, _ in page], where.today)
        found = [_of_cell(need, where, pk, name, last.get(pk), leaders.get(pk, "")) for pk, name in page]
    else:
        if asked:
            rows = rows.filter(**{f"{need.cell}__in": _named(where, asked)})
        many = need.number(rows)
        total = up_to(many, MOST)
        reached: Any = InTurn((_by_day(need, where, rows, chosen), many), most=MOST)
        page = Paginator(reached, PAGE).get_page(number)
        found = [_READ[need.of](row, where) for row in page]
    words = Explanation.objects.seen_from(where.paths).newest({row.cell_id for row in found}, where.month, [need.key])
    said = [_with_word(row, words.get((row.cell_id, need.key))) for row in found]
    return Listed(page, total, said, [(one, labels[one]) for one in possible], chosen, DAYS[need.of])


def _named(where: Where, asked: str) -> list[int]:
    """Two thousand names are compared in some milliseconds; no database knows these marks."""
    cells = Organisation.objects.seen_from(where.paths).cells().order_by()
    return [pk for pk, name in cells.values_list("pk", "name") if is_found(asked, name)]


def _cells(rows: Any, where: Where, asked: str, sort: str) -> Sequence[tuple[int, str]]:
    """Key and name of each, those that are followed by name first; never met is longest ago."""
    named = rows.order_by().values_list("pk", "name")
    cells = by_title((one for one in named if not asked or is_found(asked, one[1])), itemgetter(1))
    if sort in (NEWEST, OLDEST):
        last = _last_held([pk for pk, _ in cells])
        cells.sort(key=lambda one: last[one[0]].timestamp() if one[0] in last else 0.0, reverse=sort == NEWEST)
    cells.sort(key=lambda one: one[0] not in where.mine)
    return cells


def _last_held(cells: Collection[int]) -> dict[int, datetime]:
    """When each of these cells has met last, from the index that the questions go through."""
    rows = Meeting.objects.held().of_the_month().filter(cell__in=cells).order_by()
    return dict(rows.values_list("cell").annotate(last=Max("opened_at")))


def _leaders(cells: Collection[int], day: date) -> dict[int, str]:
    """The secretary of each, else the deputy."""
    rows = Tenure.objects.on(day).filter(organisation__in=cells, kind__in=LEADERS).select_related("member")
    found = sorted(rows, key=lambda row: LEADERS.index(row.kind), reverse=True)
    return {row.organisation_id: f"{row.get_kind_display()} {row.member}" for row in found}


def _by_day(need: Need, where: Where, rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    day = {Of.TASKS: "due_on", Of.MINUTES: "meeting__opened_at"}.get(need.of, "opened_at")
    order = [f"-{day}", "-pk"] if sort == NEWEST else [day, "pk"]
    if where.mine:
        first = When(**{f"{need.cell}__in": where.mine}, then=Value(0))
        rows = rows.annotate(others=Case(first, default=Value(1), output_field=IntegerField()))
        order.insert(0, "others")
    together = {Of.MINUTES: "meeting__cell", Of.TASKS: "cell"}.get(need.of, "cell")
    return rows.select_related(together).order_by(*order)


def _of_cell(need: Need, where: Where, pk: int, name: str, last: Any, leader: str) -> Row:
    page, words = need.leads
    url = reverse(page, args=[pk]) if page else ""
    return Row(pk, name, pk in where.mine, words, url, last and timezone.localdate(last), None, leader)


def _of_meeting(row: Meeting, where: Where) -> Row:
    url = reverse("minutes", args=[row.pk])
    return Row(row.cell_id, str(row.cell), row.cell_id in where.mine, row.title, url, row.day, None)


def _of_held(row: Meeting, where: Where) -> Row:
    """No more than cell and day: neither its topic nor a way to it."""
    return Row(row.cell_id, str(row.cell), row.cell_id in where.mine, "", "", row.day, None)


def _of_minutes(row: Any, where: Where) -> Row:
    return _of_meeting(row.meeting, where)


def _of_task(row: Any, where: Where) -> Row:
    url = reverse("minutes", args=[row.meeting_id])
    return Row(row.cell_id, str(row.cell), row.cell_id in where.mine, row.text, url, row.due_on, None)


_READ: dict[Of, Any] = {
    Of.MEETINGS: _of_meeting,
    Of.HELD: _of_held,
    Of.MINUTES: _of_minutes,
    Of.TASKS: _of_task,
}


def _with_word(row: Row, word: Explanation | None) -> Row:
    return replace(row, word=word)
