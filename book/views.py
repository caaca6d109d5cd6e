"""The page of the book: whether it is whole, whether it is what a paper says, and the sheet that is handed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from book.entries import entries, named
from book.papers import build_sheet, sealed_since
from book.verify import compare, verify
from book.yearly import years
from documents.http import paper_response
from members.access import load_cell
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest

LONGEST = 80  # of a code, with whatever stands between its letters and behind it


@require_GET
def book(request: MemberRequest, cell: int) -> HttpResponse:
    """`?code=`: from the foot of a sealed paper, from its square, or from a sheet that was handed up."""
    organisation = load_cell(request, "link.see", cell)
    found, code = verify(organisation), request.GET.get("code", "").strip()[:LONGEST]
    compared = compare(organisation, code, found) if code else None
    same = compared is not None and compared.whole and compared.link
    context = {
        "cell": organisation,
        "found": found,
        "code": code,
        "compared": compared,
        "paper": named([same], request.user)[0] if same else None,
        "page": entries(organisation, request.user, request.GET.get("page")),
        "now": timezone.now(),
        "may_export": may(request.user, "cell.export", organisation),
        "years": years(organisation, request.user) if found.whole else [],
        "since": sealed_since(found.links, found.taken_over),
    }
    return render(request, "book/book.html", context)


@require_GET
def book_sheet(request: MemberRequest, cell: int) -> HttpResponse:
    """The head of the chain on paper, so that somebody else holds it. No sheet vouches for a book that is not whole."""
    organisation = load_cell(request, "link.see", cell)
    found = verify(organisation)
    if found.head is None or not found.whole:
        raise Http404
    return paper_response(request, build_sheet(organisation, found.head, found.taken_over, timezone.now()))
