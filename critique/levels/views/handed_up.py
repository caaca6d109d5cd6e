"""The screen of what the cells below have handed up, for whoever follows them from the superior committee."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from critique.cycle.models import Cycle
from critique.levels import standing as levels
from critique.levels.fixed import cap_of
from critique.levels.handing_up import build_handed_up
from critique.levels.rolled_up import handed_up
from critique.levels.voting import CAP_CLAUSE, Cap
from documents.http import paper_response
from meetings.forms.programme import YEARS
from members.access import load_committee
from members.models import TenureKind

if TYPE_CHECKING:
    from members.access import MemberRequest

PAGE = 20


@require_GET
def handed_up_list(request: MemberRequest) -> HttpResponse:
    """What the cells below have handed up, the newest first, with what waits; "xuất sắc" over all of them."""
    user = request.user
    rows = Cycle.objects.for_user(user).handed_up_elsewhere(user.cell_ids)
    page = Paginator(rows.newest_first(), PAGE).get_page(request.GET.get("page"))
    waits = levels.waiting_above(list(page))
    posts = [tenure.organisation for tenure in user.tenures if tenure.kind == TenureKind.SUPERIOR]
    context = {
        "page": page,
        "rows": [(row, *waits.get(row.pk, (0, 0, 0))) for row in page],
        "caps": _caps(rows, *cap_of(posts[0], timezone.localdate())) if posts and page else [],
        "clause": CAP_CLAUSE,
        "committees": posts,
        "years": sorted({row.year for row in page}, reverse=True),
    }
    return render(request, "critique/handed_up.html", context)


@require_GET
def handed_up_pdf(request: MemberRequest, pk: int, year: int) -> HttpResponse:
    """How many are proposed for which level, cell by cell: figures, no name."""
    if year not in YEARS:
        raise Http404
    committee = load_committee(request, "rollup.see", pk)
    return paper_response(
        request, build_handed_up(committee, year, handed_up(committee, year, request.user), timezone.now())
    )


def _caps(rows: Any, percent: int, source: str) -> list[tuple[int, Cap]]:
    """The two newest years; people, not collectives."""
    years: dict[int, list[Any]] = {}
    for year, level in levels.going_of_people(rows):
        years.setdefault(year, []).append(level)
    return [(year, levels.cap_from(years[year], percent, source)) for year in sorted(years, reverse=True)[:2]]
