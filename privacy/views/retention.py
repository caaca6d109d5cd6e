"""Screens of what has had its time: what is due, a proposal to destroy it, the record of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from book.proof import sealed_paper
from documents.http import paper_response
from meetings.views.shared import act
from members.access import load, load_cell
from members.entry.views.again import password_again_to_send
from members.forming import run
from members.models import Event, Organisation
from members.policy import may
from members.press import press_of
from members.private import private
from privacy.actions import destruction as actions
from privacy.forms import ProposeForm
from privacy.in_book import DESTRUCTION
from privacy.lifecycle import Destroying
from privacy.models import Destruction
from privacy.retention import due_in, ending, items_of

if TYPE_CHECKING:
    from members.access import MemberRequest


@private
@require_http_methods(["GET", "POST"])
def retention(request: MemberRequest, cell: int) -> HttpResponse:
    """What is due to be looked at; nothing happens to it by itself. POST proposes."""
    needs = "retention.see" if request.method == "GET" else "retention.propose"
    organisation = load_cell(request, needs, cell)
    due = due_in(organisation, timezone.localdate())
    form = ProposeForm(request.POST or None, due=due)
    who = {"by": request.user, "at": timezone.now()}
    if _proposed_before(request, organisation):
        return redirect("retention", cell)
    if form.is_valid() and run(form, actions.propose, organisation, **who, **form.cleaned_data):
        return redirect(form.outcome) if form.outcome else redirect("retention", cell)
    context = {
        "cell": organisation,
        "due": due,
        "kinds": [one.ends for one in ending().values() if one.ends],
        "form": form,
        "may_propose": may(request.user, "retention.propose", organisation),
        "may_set": may(request.user, "rule.set", organisation),
        "earlier": Destruction.objects.in_cell(organisation).with_people(),
    }
    return render(request, "privacy/retention.html", context, status=422 if form.errors else 200)


def _proposed_before(request: MemberRequest, cell: Organisation) -> bool:
    """The same click again: what it proposed is no longer due, so the form could not be read."""
    press = press_of(request) if request.method == "POST" else None
    if press is None:
        return False
    proposed = Event.objects.in_cell(cell).of_kind(Destruction).from_press(press)
    return bool(proposed.exists())


@private
@require_http_methods(["GET", "POST"])
@password_again_to_send
def destruction(request: MemberRequest, pk: int) -> HttpResponse:
    """POST carries out: by somebody else than the proposer."""
    needs = "retention.see" if request.method == "GET" else "retention.carry"
    row = load(request, Destruction.objects.with_people(), needs, pk=pk)
    if request.method == "POST":
        said = "Đã huỷ nội dung và lập biên bản."
        return act(request, row, actions.carry_out, row, said=said)
    context = {
        "row": row,
        "cell": row.cell,
        "items": items_of(row),
        "waits": row.state == Destroying.PROPOSED,
        "may_carry": row.proposed_by_id != request.user.pk and may(request.user, "retention.carry", row),
    }
    return render(request, "privacy/destruction.html", context)


@private
@require_POST
def destruction_decline(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Destruction.objects.with_people(), "retention.carry", pk=pk)
    act(request, row, actions.decline, row, said="Không huỷ; nội dung vẫn giữ.")
    return redirect("retention", row.cell_id)


@private
@require_GET
def destruction_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Destruction.objects.with_people(), "retention.see", pk=pk)
    if row.state != Destroying.DONE:
        raise Http404
    return paper_response(request, sealed_paper(DESTRUCTION.name, row), download=True)
