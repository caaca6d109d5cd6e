"""The one way to file, answer, put off and take back whatever waits for an answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from critique.lifecycle import WAITS, Answering
from members.changes import claim, insert
from members.refusal import Refused

if TYPE_CHECKING:
    from critique.letters.answerable import Answerable
    from members.models import User
    from members.press import Press


def send(row: Answerable, *, by: User, at: datetime, key: Press | None, **data: Any) -> None:
    """A new row with its first event. Call inside a transaction."""
    row.sent_at, row.entered_by = at, by
    insert(row, "send", by=by, at=at, key=key, **data)


def answer(row: Answerable, *, words: str, by: User, at: datetime, key: Press | None, **data: str) -> None:
    """Once and for good; late it is taken too, and its day says so. `data`: choices that are columns of the row."""
    if not words.strip():
        raise Refused("Xin ghi nội dung trả lời: đã làm gì, hoặc vì sao không.", field="words")
    claim(row, WAITS, "answer", by=by, at=at, key=key, **data)
    for name, value in data.items():
        setattr(row, name, value)
    row.settled_due = row.due_on
    row.reply, row.replied_at, row.replied_by, row.state = words.strip(), at, by, Answering.ANSWERED
    row.save(update_fields=["settled_due", "reply", "replied_at", "replied_by", "state", *data])


def put_off(
    row: Any, *, until: date, judge: Callable[[], None], reason: str, by: User, at: datetime, key: Press | None
) -> None:
    """The answer takes longer: the sender is told until when and why. Earlier days stay on record.

    `judge` is asked once the row is held and may refuse the day.
    """
    if not reason.strip():
        raise Refused("Xin ghi vì sao cần thêm thời gian; người gửi đọc được.", field="reason")
    claim(row, WAITS, "put_off", by=by, at=at, key=key, until=until.isoformat())
    judge()
    row.delays.create(number=row.delays.count() + 1, until=until, why=reason.strip(), said_at=at, said_by=by)
    row.settled_due = until
    row.save(update_fields=["settled_due"])


def withdraw(row: Answerable, *, by: User, at: datetime, key: Press | None) -> None:
    """Before it is answered, by its sender."""
    claim(row, WAITS, "withdraw", by=by, at=at, key=key)
    row.state = Answering.WITHDRAWN
    row.save(update_fields=["state"])
