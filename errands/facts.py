"""Which cells a committee can give to, what it has given, of what a meeting is reminded, what is asked of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from errands.models import Charge, Errand
from meetings.extension import Business, Topic
from meetings.lifecycle import State as MeetingState
from meetings.models import Kind
from members.asked import Asked
from members.models import Organisation
from members.paging import page_with

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.paginator import Page

    from meetings.models import Meeting
    from members.models import OrganisationQuerySet, User

A_PAGE = 20


def cells_of(body: Organisation) -> OrganisationQuerySet:
    """The cells below that have not ended: nobody would answer for the others."""
    return Organisation.objects.cells().running().below(body)


def given_by(body: Organisation, user: User, number: str | None) -> Page[Errand]:
    """One page of what this committee has given, with its counts. Three queries, however much was given before."""
    rows = Errand.objects.for_user(user).given_by(body)
    page = page_with(rows, A_PAGE, number)
    page.object_list = list(rows.filter(pk__in=[one.pk for one in page]).with_counts())
    return page


_WORK = Asked(
    lambda cell, at: Charge.objects.in_cell(cell).work().open_at(at).with_errand().order_by("errand"),
)


def before_meeting(meeting: Meeting, now: datetime) -> list[Business]:
    """Each piece of work by itself, as it stood when the meeting was announced."""
    if meeting.of_committee or meeting.state == MeetingState.CANCELLED:
        return []
    url = reverse("charge-list", args=[meeting.cell_id])
    rows = _WORK(meeting.cell_id, meeting.called_at or now)
    return [Business(_said(row), f"{url}#charge-{row.pk}") for row in rows]


def _said(row: Charge) -> str:
    errand = row.errand
    due = f", {errand.when}" if errand.when else ""
    by = f"{errand.organisation}{', ' if errand.document else ''}{errand.document}"
    return f"Việc cấp trên giao: {errand.text} ({by}){due}"


def topics(cell: Organisation, year: int) -> list[Topic]:
    """By month, those without one last; what the cell has given its reasons against is not asked any more."""
    url = reverse("charge-list", args=[cell.pk])
    return [
        Topic(
            pk=row.pk,
            text=row.errand.text,
            document=row.errand.document,
            by=str(row.errand.organisation),
            kind=Kind(row.errand.kind),
            month=row.errand.month,
            line=row.line_id,
            placed_at=reverse("charge-place", args=[row.pk]),
            answered_at=f"{url}#charge-{row.pk}",
        )
        for row in Charge.objects.in_cell(cell).topics_of(year).with_errand().order_by("errand__month", "errand")
    ]
