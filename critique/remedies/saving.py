"""Which texts about a remedy save themselves until their form is sent."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from critique.lifecycle import REMEDY_OPEN, Remedying
from critique.remedies.models import LONGEST, Remedy
from critique.writing.draft import SealedDraft
from members.refusal import Refused
from members.saving.drafts import DraftSheet

if TYPE_CHECKING:
    from members.models import User


def _hold(remedy: Remedy, by: User, at: datetime) -> None:
    state = Remedy.objects.select_for_update().values_list("state", flat=True).get(pk=remedy.pk)
    if state not in REMEDY_OPEN:
        raise Refused(f"Việc này đang ở trạng thái “{Remedying(state).label}” nên không làm được.")


SHEETS = (
    DraftSheet(
        name="remedy-report",
        model=Remedy,
        kept=SealedDraft,
        fields=("words",),
        labels={"words": "đã làm được gì, còn vướng gì"},
        needs="remedy.report",
        hold=_hold,
        related=("cell",),
        longest=LONGEST,
    ),
)
