"""What the cells of a committee have sealed in a month or a year: one page, the same as a paper and for Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from documents.html import drawn, to_fragment
from documents.http import file_response, paper_response
from documents.xlsx import to_xlsx
from meetings.forms.programme import YEARS
from meetings.papers.roll_up import build_part, build_roll_up, with_charts
from meetings.papers.roll_up_sheet import sheets
from meetings.rolled_months import charts
from meetings.rolled_up import cells_below, roll_up
from members.access import load_committee
from members.models import Organisation

if TYPE_CHECKING:
    from members.access import MemberRequest

CELLS = 50  # on one page


def _committee(request: MemberRequest, pk: int, year: int, month: int | None) -> Organisation:
    if year not in YEARS or (month is not None and not 1 <= month <= 12):
        raise Http404
    return load_committee(request, "rollup.see", pk)


@require_GET
def roll_up_now(request: MemberRequest, pk: int) -> HttpResponse:
    """This month, from where the other months and the year are led to."""
    today = timezone.localdate()
    return roll_up_page(request, pk, today.year, today.month)


@require_GET
def roll_up_page(request: MemberRequest, pk: int, year: int, month: int | None = None) -> HttpResponse:
    """Of a month, or without one of the year, with its months as charts: fifty cells at a time."""
    committee = _committee(request, pk, year, month)
    page = Paginator(cells_below(committee, request.user), CELLS).get_page(request.GET.get("page"))
    found = roll_up(committee, year, month, request.user, (page.start_index() or 1, [*page]))
    build = build_part if page.has_other_pages() else build_roll_up
    name, args = "roll-up-month" if month else "roll-up-year", [pk, year, *([month] if month else [])]
    context: dict[str, Any] = {
        "committee": committee,
        "found": found,
        "page": page,
        "paper": to_fragment(build(committee, found, timezone.now())),
        "charts": [(one, drawn(one)) for one in charts(year, found.months)],
        "pdf": reverse(f"{name}-pdf", args=args),
        "xlsx": reverse(f"{name}-xlsx", args=args),
        "months": range(1, 13),
        "years": [one for one in (year - 1, year, year + 1) if one in YEARS],
    }
    return render(request, "meetings/roll_up.html", context)


@require_GET
def roll_up_pdf(request: MemberRequest, pk: int, year: int, month: int | None = None) -> HttpResponse:
    """The same as a file, of all cells."""
    committee = _committee(request, pk, year, month)
    found = roll_up(committee, year, month, request.user)
    return paper_response(request, with_charts(build_roll_up(committee, found, timezone.now()), found))


@require_GET
def roll_up_xlsx(request: MemberRequest, pk: int, year: int, month: int | None = None) -> HttpResponse:
    """The same for Excel."""
    committee = _committee(request, pk, year, month)
    found = roll_up(committee, year, month, request.user)
    day = timezone.localdate()
    written = to_xlsx(sheets(committee, found, day), day)
    stem = f"tong-hop-sinh-hoat-{year}" + (f"-{month:02d}" if month else "")
    return file_response(written, stem, "xlsx", download=True)
