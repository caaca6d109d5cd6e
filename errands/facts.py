"""Which cells a committee can give work to, and what a meeting is reminded of: what its cell has not answered for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from errands.models import Charge
from meetings.extension import Business
from meetings.lifecycle import State as MeetingState
from members.models import Organisation

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.models import Meeting
    from members.models import OrganisationQuerySet


def cells_of(body: Organisation) -> OrganisationQuerySet:
    """The cells below that have not ended: nobody would answer for the others."""
    return Organisation.objects.cells().running().below(body)


def before_meeting(meeting: Meeting, now: datetime) -> list[Business]:
    """Each piece of work by itself, as it stood when the meeting was announced."""
    if meeting.of_committee or meeting.state == MeetingState.CANCELLED:
        return []
    rows = Charge.objects.in_cell(meeting.cell).open_at(meeting.called_at or now).with_errand().order_by("errand")
    url = reverse("charge-list", args=[meeting.cell_id])
    return [Business(_said(row), f"{url}#charge-{row.pk}") for row in rows]


def _said(row: Charge) -> str:
    errand = row.errand
    due = f", hạn {errand.due_on:%d/%m/%Y}" if errand.due_on else ""
    by = f"{errand.organisation}{', ' if errand.document else ''}{errand.document}"
    return f"Việc cấp trên giao: {errand.text} ({by}){due}"
