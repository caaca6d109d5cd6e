"""Screens of what can be printed of a meeting, and the papers that are made for printing alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from documents.http import pdf_response
from meetings.papers.agenda import build_agenda
from meetings.papers.roll import build_roll_sheet
from meetings.prints import ROLLED, prints_of
from meetings.views.shared import load_meeting

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_GET
def prints(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "meeting.see")
    return render(request, "meetings/prints.html", {"meeting": row, "prints": prints_of(row, request.user)})


@require_GET
def agenda_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """`?dang=van-ban`: as a text."""
    row = load_meeting(request, pk, "meeting.see")
    return pdf_response(build_agenda(row, as_text=request.GET.get("dang") == "van-ban"))


@require_GET
def roll_sheet_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    row = load_meeting(request, pk, "plan.see")
    if row.state not in ROLLED:
        raise Http404
    return pdf_response(build_roll_sheet(row))
