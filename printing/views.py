"""The year's book, and the page that waits with somebody for a large paper."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from book.verify import verify
from book.volume import file_name, title_of
from book.yearly import volume
from documents.http import file_response
from members.access import load_cell
from members.private import private
from printing.actions import ask_again, ask_paper, ask_year, give_up
from printing.bell import BELL
from printing.models import Order, State

if TYPE_CHECKING:
    from django.http import HttpResponse

    from documents.large import Wanted
    from members.access import MemberRequest

SECONDS = 2  # until the page asks again how far it is


@private
@require_http_methods(["GET", "POST"])
def year_book(request: MemberRequest, cell: int, year: int) -> HttpResponse:
    """Ordered by a button; a look at the address brings what was ordered, or the button, and writes nothing.

    No volume is bound from a book that is not whole: its page says where it is not.
    """
    organisation = load_cell(request, "link.see", cell)
    bound = volume(organisation, request.user, year)
    if bound is None:
        raise Http404
    if not verify(organisation).whole:
        return redirect("book", organisation.pk)
    now, name, title = timezone.now(), file_name(bound), title_of(bound)
    if request.method == "POST":
        order = ask_year(bound, name, title, request.path, by=request.user, at=now)
        return redirect(request.path) if order.state == State.DONE else answer(order, download=False)
    found = Order.objects.asked_by(request.user).kept(bound.key, now)
    if found is None:
        return render(request, "printing/year_book.html", {"cell": organisation, "title": title})
    return answer(found, download=False)


def large(request: MemberRequest, wanted: Wanted) -> HttpResponse:
    """For whoever has come through the address of this paper: the file, or the page that waits for it."""
    order = ask_paper(wanted, request.get_full_path(), by=request.user, at=timezone.now())
    return answer(order, download=wanted.download)


def answer(order: Order, *, download: bool) -> HttpResponse:
    """The file where it is made, otherwise the way to the page that waits."""
    if order.state == State.DONE:
        return file_response(b64decode(order.result), order.asked["name"], order.asked["form"], download=download)
    BELL.ring()
    return redirect("order", order.pk)


def _own(request: MemberRequest, pk: int) -> Order:
    found: Order = get_object_or_404(Order.objects.asked_by(request.user).light(), pk=pk)
    return found


@private
@require_GET
def order(request: MemberRequest, pk: int) -> HttpResponse:
    """How far it is; it asks again by itself, also without scripts."""
    row = _own(request, pk)
    if row.is_idle(timezone.now()):
        BELL.ring()
    page = render(request, "printing/order.html", {"order": row, "asked": row.asked})
    if row.is_unfinished:
        page["Refresh"] = str(SECONDS)
    return page


@private
@require_POST
def order_give_up(request: MemberRequest, pk: int) -> HttpResponse:
    """Whoever makes it stops within a second."""
    give_up(_own(request, pk), by=request.user)
    messages.success(request, "Đã thôi lập bản in.")
    return redirect("home")


@private
@require_POST
def order_again(request: MemberRequest, pk: int) -> HttpResponse:
    """What has failed is put back into the line."""
    row = _own(request, pk)
    ask_again(row, by=request.user)
    return redirect("order", row.pk)
