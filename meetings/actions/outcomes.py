"""What an item came to: an outcome of some kind is opened, its words follow as they are typed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.actions.core import refuse_if_apart
from meetings.lifecycle import TAKING_MINUTES
from meetings.models import AgendaItem, Outcome, OutcomeKind, Vote
from members.access import require
from members.changes import claim, hold
from members.refusal import AlreadyDone, Refused
from members.saving.actions import save_text

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press


@transaction.atomic
def add_outcome(
    item: AgendaItem, *, kind: str, vote: Vote | None = None, by: User, at: datetime, key: Press | None = None
) -> Outcome:
    """Open an empty outcome. A decision is one of a vote that has carried; no other outcome names a vote."""
    require(by, "meeting.run", item)
    claim(item.meeting, TAKING_MINUTES, "add_outcome", by=by, at=at, key=key, item=item.pk, kind=kind)
    refuse_if_apart(item)
    if kind not in OutcomeKind.values:
        raise Refused("Xin chọn loại kết quả: thông tin, kết luận hoặc quyết nghị.", field="kind")
    if (kind == OutcomeKind.DECISION) != (vote is not None):
        raise Refused("Quyết nghị thì ghi ở biểu quyết đã thông qua nội dung ấy.", field="kind")
    if vote is not None:
        found = Vote.objects.filter(pk=vote.pk, item=item).first()
        if found is None:
            raise Refused("Biểu quyết này không còn ở nội dung này.", field="vote")
        if not found.passed:
            raise Refused("Biểu quyết này không được thông qua nên không có quyết nghị.", field="vote")
    return Outcome.objects.create(meeting=item.meeting, item=item, kind=kind, vote=vote, entered_by=by, entered_at=at)


@transaction.atomic
def write_outcome(
    item: AgendaItem, *, kind: str, text: str, by: User, at: datetime, key: Press | None = None
) -> Outcome:
    """With its words at once: of a typed line, or of a device that was without network."""
    require(by, "meeting.run", item)
    made = add_outcome(item, kind=kind, by=by, at=at, key=key)
    save_text("outcome", made, {"text": text}, base=made.rev, by=by, at=at)
    return made


@transaction.atomic
def remove_outcome(outcome: Outcome, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Take an outcome out of the minutes; its words stay in the event, as they stand at this moment."""
    require(by, "meeting.run", outcome)
    hold(outcome.meeting, TAKING_MINUTES, key=key)
    found = Outcome.objects.filter(pk=outcome.pk).first()
    if found is None:
        raise AlreadyDone
    told = {"item": found.item_id, "kind": found.kind, "words": found.text}
    claim(outcome.meeting, TAKING_MINUTES, "remove_outcome", by=by, at=at, key=key, **told)
    found.delete()
