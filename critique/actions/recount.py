"""Days that letters and requests wait until, counted anew when the days off above them change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from critique.actions.rights import acknowledge_by
from critique.actions.written import reply_by
from critique.lifecycle import Answering
from critique.models import Criticism, DataRequest
from members.models import Organisation
from rulings.holidays import days_off

if TYPE_CHECKING:
    from datetime import date


def count_anew(organisation: Organisation) -> None:
    """What waits for an answer below gets the day that the days off make of it; what was put off has its own day."""
    for cell in Organisation.objects.cells().filter(path__startswith=organisation.path):
        _count_in(cell, days_off(cell))


def _count_in(cell: Organisation, off: frozenset[date]) -> None:
    waiting = Criticism.objects.filter(cell=cell, state=Answering.WAITING, delays__isnull=True)
    for letter in waiting.defer("matter", "words", "reply"):
        Criticism.objects.filter(pk=letter.pk).update(due_on=reply_by(timezone.localdate(letter.sent_at), off))
    asked = DataRequest.objects.filter(cell=cell, state=Answering.WAITING, acknowledged_at__isnull=True)
    for row in asked.defer("words", "reply", "extension"):
        day = acknowledge_by(timezone.localdate(row.made_at), off)
        DataRequest.objects.filter(pk=row.pk).update(acknowledge_by=day)
