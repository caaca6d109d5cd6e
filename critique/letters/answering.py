"""The one way to file, answer, put off and take back whatever waits for an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import IntegrityError, transaction

from critique.actions.guarding import claim_row
from critique.lifecycle import WAITS, Answering
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from critique.letters.answerable import Answerable
    from members.models import User


def not_sent_before(row: Answerable, key: UUID | None) -> None:
    if key is not None and type(row)._default_manager.filter(mark=key).exists():
        raise AlreadyDone


def send(row: Answerable, *, by: User, at: datetime, key: UUID | None, **data: Any) -> None:
    """A new row with its first event. Call inside a transaction."""
    row.sent_at, row.entered_by = at, by
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise AlreadyDone from None
    claim_row(row, WAITS, "send", by=by, at=at, key=key, **data)


def answer(row: Answerable, *, words: str, by: User, at: datetime, key: UUID | None, **data: str) -> None:
    """Once and for good; late it is taken too, and its day says so. `data`: choices that are columns of the row."""
    if not words.strip():
        raise Refused("Xin ghi nội dung trả lời: đã làm gì, hoặc vì sao không.", field="words")
    claim_row(row, WAITS, "answer", by=by, at=at, key=key, **data)
    for name, value in data.items():
        setattr(row, name, value)
    row.settled_due = row.due_on
    row.reply, row.replied_at, row.replied_by, row.state = words.strip(), at, by, Answering.ANSWERED
    row.save(update_fields=["settled_due", "reply", "replied_at", "replied_by", "state", *data])


def put_off(
    row: Any, *, until: date, judge: Callable[[], None], reason: str, by: User, at: datetime, key: UUID | None
) -> None:
    """The answer takes longer: the sender is told until when and why. Earlier days stay on record.

    `judge` is asked once the row is held and may refuse the day.
    """
    if not reason.strip():
        raise Refused("Xin ghi vì sao cần thêm thời gian; người gửi đọc được.", field="reason")
    claim_row(row, WAITS, "put_off", by=by, at=at, key=key, until=until.isoformat())
    judge()
    row.delays.create(number=row.delays.count() + 1, until=until, why=reason.strip(), said_at=at, said_by=by)
    row.settled_due = until
    row.save(update_fields=["settled_due"])


def withdraw(row: Answerable, *, by: User, at: datetime, key: UUID | None) -> None:
    """Before it is answered, by its sender."""
    claim_row(row, WAITS, "withdraw", by=by, at=at, key=key)
    row.state = Answering.WITHDRAWN
    row.save(update_fields=["state"])
