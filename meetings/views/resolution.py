"""The paper of a resolution or conclusion: its words, its signature, its print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from documents.http import paper_response
from meetings.actions import resolutions
from meetings.forms import SeenForm
from meetings.lifecycle import State
from meetings.models import Resolution
from meetings.views.shared import act
from members.access import load, require
from members.entry.views.again import password_again
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest

ROWS = Resolution.objects.with_meeting()


def _readable(request: MemberRequest, pk: int) -> Resolution:
    """Signed, it is read like the minutes; until then by whoever keeps it."""
    row: Resolution = load(request, ROWS, "minutes.see", pk=pk)
    if row.sealed_at is None:
        require(request.user, "resolution.keep", row)
    return row


@require_GET
def resolution_paper(request: MemberRequest, pk: int) -> HttpResponse:
    row = _readable(request, pk)
    paper = resolutions.paper_of(row, request.user)
    context = {
        "resolution": row,
        "paper": paper,
        "proof": paper.proof,
        "of_cell": may(request.user, "cell.see", row),
        "writes": row.sealed_at is None and may(request.user, "resolution.keep", row),
        "may_sign": row.sealed_at is None and may(request.user, "resolution.sign", row),
        "minutes_sealed": row.meeting.state == State.SEALED,
    }
    return render(request, "meetings/resolution_paper.html", context)


@require_GET
def resolution_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return paper_response(request, resolutions.paper_of(_readable(request, pk), request.user))


@require_POST
@password_again
def resolution_sign(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "resolution.sign", pk=pk)
    form = SeenForm(request.POST)
    return act(
        request, reverse("resolution-paper", args=[pk]), resolutions.sign, row, form=form, said="Đã ký ban hành."
    )
