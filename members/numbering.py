"""The number register: 01, 02 ... per cell, kind of paper and term."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from members.models import Organisation, PaperNumber

FIRST_TERM = date(2000, 1, 1)  # a cell that has not entered its term yet still counts from 01


@transaction.atomic
def next_number(cell: Organisation, kind: str, at: datetime) -> PaperNumber:
    """Take the next number; the row of the cell is held so that two papers never get the same one."""
    held = Organisation.objects.select_for_update().get(pk=cell.pk)
    term = held.term_started_on or FIRST_TERM
    used = PaperNumber.objects.filter(cell=held, kind=kind, term_started_on=term).aggregate(Max("number"))
    return PaperNumber.objects.create(
        cell=held, kind=kind, term_started_on=term, number=(used["number__max"] or 0) + 1, given_at=at
    )
