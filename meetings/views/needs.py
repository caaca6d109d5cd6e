"""What needs a committee among its cells, the list behind each number, and the same as a cell is shown it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from meetings.actions import explaining
from meetings.forms import ExplanationForm
from meetings.forms.programme import YEARS
from meetings.models import Explanation
from meetings.needs import NEEDS, Group, Of, Where, bodies_below, cells_below, counted, followed_roots
from meetings.needs_list import listed
from members.access import load, load_cell
from members.days import months_after
from members.forming import run
from members.models import Organisation, OrganisationKind
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest

BODIES = 60


@require_GET
def needs(request: MemberRequest) -> HttpResponse:
    """For the committee's tree: a number for each question, those that are nought in one line."""
    where, context = _where(request)
    numbers = counted(where)
    groups = [(group.value, [one for one in numbers if one.need.group is group and one.number]) for group in Group]
    context |= {
        "groups": [(title, found) for title, found in groups if found],
        "in_order": [one.what for one in numbers if not one.number],
        "bodies": bodies_below(where)[:BODIES],
        "nobody_below": not any(one.number for one in numbers) and not cells_below(where).exists(),
    }
    return render(request, "meetings/needs.html", context)


@require_GET
def need_list(request: MemberRequest, key: str) -> HttpResponse:
    """Fifty at a time, by a part of the cell's name, by name or by day."""
    if key not in NEEDS:
        raise Http404
    where, context = _where(request)
    need, asked = NEEDS[key], request.GET.get("cell", "").strip()[:80]
    found = listed(need, where, asked=asked, sort=request.GET.get("sort", ""), number=request.GET.get("page"))
    context |= {"need": need, "title": where.said(need.what), "asked": asked, "found": found, "page": found.page}
    body = context["name"]
    context["gives"] = body if need.of is Of.CELLS and body and body.kind != OrganisationKind.CELL else None
    return render(request, "meetings/need_list.html", context)


def _where(request: MemberRequest) -> tuple[Where, dict[str, Any]]:
    """What this person follows, or the one body of it that is asked for; in this month or an earlier one."""
    roots, named = followed_roots(request.user)
    if not roots:
        raise Http404
    asked = request.GET.get("of", "")
    one = None
    if asked.isdecimal() and len(asked) < 19:
        one = load(request, Organisation.objects.all(), "rollup.see", pk=int(asked))
    today = timezone.localdate()
    where = Where.of([one] if one else roots, today, _month(request.GET.get("month", ""), today), named)
    return where, {
        "where": where,
        "roots": roots,
        "only": one,
        "name": one or (roots[0] if len(roots) == 1 else None),
        "earlier": f"{months_after(where.month, -1):%Y-%m}",
        "later": f"{months_after(where.month, 1):%Y-%m}" if where.month < today.replace(day=1) else "",
        "month": f"{where.month:%Y-%m}",
    }


def _month(asked: str, today: date) -> date:
    """ "2026-11"; this month for anything that is none, or that is still to come."""
    try:
        found = date.fromisoformat(f"{asked}-01")
    except ValueError:
        return today
    return found if found.year in YEARS and found <= today else today


@require_GET
def cell_needs(request: MemberRequest, cell: int) -> HttpResponse:
    """What is seen of one cell from above, and what it says to it."""
    return _cell_page(request, load_cell(request, "need.see", cell))


@require_POST
def explain(request: MemberRequest, cell: int, key: str) -> HttpResponse:
    organisation = load_cell(request, "need.explain", cell)
    form = ExplanationForm(request.POST, auto_id=f"{key}_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, explaining.explain, organisation, about=key, **who, **form.cleaned_data):
        messages.success(request, "Đã ghi. Cấp trên thấy lời này cạnh tên chi bộ.")
        return redirect("cell-needs", cell)
    return _cell_page(request, organisation, key, form)


def _cell_page(
    request: MemberRequest, cell: Organisation, key: str = "", form: ExplanationForm | None = None
) -> HttpResponse:
    today = timezone.localdate()
    where = Where.of([cell], today)
    found = [one for one in counted(where) if one.need.explained and (one.number or one.need.key == key)]
    keys = [one.need.key for one in found]
    words = Explanation.objects.for_user(request.user).newest([cell.pk], where.month, keys)
    empty = {one: ExplanationForm(initial={"month": where.month}, auto_id=f"{one}_%s") for one in keys}
    lines = [
        (
            one,
            reverse(one.need.page[0], args=[cell.pk]),
            words.get((cell.pk, one.need.key)),
            form if one.need.key == key and form else empty[one.need.key],
        )
        for one in found
    ]
    context = {"cell": cell, "lines": lines, "explains": may(request.user, "need.explain", cell)}
    return render(request, "meetings/cell_needs.html", context, status=422 if form else 200)
