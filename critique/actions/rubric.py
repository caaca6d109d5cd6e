"""Entering a rubric with its document, and ending it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from critique.models import Rubric
from guideline.breakdown import BreakdownError
from meetings.actions.rules import end, judge_paper, refuse_second
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Organisation, User

FIELDS = ("kind", "lines", "document", "document_date", "starts_on")


@transaction.atomic
def set_rubric(organisation: Organisation, *, by: User, at: datetime, **fields: Any) -> Rubric:
    """One form's rubric for this organisation and everything below it. `fields`: FIELDS.

    Refused: points that are not 30 and 70, no document, a start before the document, two versions for one day.
    """
    require(by, "rule.set", organisation)
    row = Rubric(organisation=organisation, entered_by=by, entered_at=at, **fields)
    judge_paper(row)
    try:
        row.version()
    except BreakdownError as wrong:
        raise Refused(str(wrong), field="lines") from wrong
    refuse_second(row, Rubric.objects.filter(organisation=organisation, kind=row.kind), FIELDS)
    row.save(force_insert=True)
    _note(row, "set_rubric", by, at)
    return row


@transaction.atomic
def end_rubric(row: Rubric, *, ends_on: date, by: User, at: datetime) -> None:
    """From the next day on it holds no more; forms that were submitted under it stay as they are."""
    require(by, "rule.set", row)
    end(row, ends_on)
    _note(row, "end_rubric", by, at)


def _note(row: Rubric, what: str, by: User, at: datetime) -> None:
    data: dict[str, Any] = {"kind": row.kind, "document": row.document}
    claim(row.organisation, None, what, by=by, at=at, **data)
