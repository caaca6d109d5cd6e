"""Criticism and questions in writing: sending, entering from a signed paper, answering, putting off, taking back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from critique.lifecycle import WAITS, Answering
from critique.models import Criticism, CriticismDelay
from critique.models.written import CriticismKind
from critique.official_forms import days
from members import roster
from members.access import require
from members.changes import claim, insert, refuse_second
from members.refusal import Refused
from rulings.holidays import days_off

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Member, Organisation, User
    from members.press import Press

REPLY_DAYS = 30  # working days; 294-QĐ/TW, on Điều 3 of the statute: a base organisation or a member
LONGEST_DELAY = 365


def reply_by(sent: date, off: Collection[date]) -> date:
    return days.after(sent, REPLY_DAYS, off)


@transaction.atomic
def send(
    cell: Organisation,
    *,
    sender: Member,
    to_member: Member | None,
    kind: str,
    matter: str,
    words: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Criticism:
    """From the sender's own account, or entered by the committee from a paper that the sender has signed."""
    on_paper = sender.pk != by.member_id
    row = Criticism(cell=cell, sender=sender, to_member=to_member, kind=CriticismKind(kind))
    require(by, "criticism.send", row)
    refuse_second(Criticism, cell, key)
    _judge_people(row, by, at)
    for name, text, ask in (("matter", matter, "Xin ghi về việc gì."), ("words", words, "Xin ghi nội dung ý kiến.")):
        if not text.strip():
            raise Refused(ask, field=name)
        setattr(row, name, text.strip())
    row.on_paper, row.sent_at, row.entered_by = on_paper, at, by
    row.due_on = reply_by(timezone.localdate(at), days_off(cell))
    insert(row, "send", by=by, at=at, key=key, on_paper=on_paper, due_on=row.due_on.isoformat())
    return row


def _judge_people(row: Criticism, by: User, at: datetime) -> None:
    here = {entry.member.pk for entry in roster.on_day(row.cell, timezone.localdate(at))}
    if row.sender_id not in here:
        raise Refused("Người gửi phải là đồng chí đang ở chi bộ.", field="sender")
    if row.to_member_id is None:
        if not row.followers:
            raise Refused(
                "Chi uỷ không có đồng chí nào khác để trả lời: xin gửi ý kiến này lên cấp uỷ cấp trên.", field="to"
            )
        return
    if row.to_member_id not in here:
        raise Refused("Người nhận phải là đồng chí đang ở chi bộ.", field="to")
    if row.to_member_id == row.sender_id:
        raise Refused("Người nhận phải là một đồng chí khác.", field="to")
    if row.to_member_id == by.member_id:
        raise Refused("Ý kiến gửi chính đồng chí thì đồng chí khác trong chi uỷ nhập.", field="to")


@transaction.atomic
def reply(row: Criticism, *, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    """The answer, once and for good; late it is taken too, and its day says so."""
    require(by, "criticism.reply", row)
    if not words.strip():
        raise Refused("Xin ghi nội dung trả lời.", field="words")
    claim(row, WAITS, "reply", by=by, at=at, key=key)
    row.reply, row.replied_at, row.replied_by, row.state = words.strip(), at, by, Answering.ANSWERED
    row.save(update_fields=["reply", "replied_at", "replied_by", "state"])


@transaction.atomic
def put_off(row: Criticism, *, until: date, reason: str, by: User, at: datetime, key: Press | None = None) -> None:
    """The answer takes longer: the sender is told until when and why. Earlier days stay on record."""
    require(by, "criticism.reply", row)
    if not reason.strip():
        raise Refused("Xin ghi vì sao cần thêm thời gian; người gửi đọc được.", field="reason")
    claim(row, WAITS, "put_off", by=by, at=at, key=key, until=until.isoformat())
    if until <= row.due_on:
        raise Refused(f"Ngày mới phải sau hạn đang có ({row.due_on:%d/%m/%Y}).", field="until")
    if until > timezone.localdate(at) + timedelta(days=LONGEST_DELAY):
        raise Refused("Ngày mới không quá một năm kể từ hôm nay.", field="until")
    number = (row.delays.aggregate(last=Max("number"))["last"] or 0) + 1
    CriticismDelay.objects.create(criticism=row, number=number, until=until, why=reason.strip(), said_at=at, said_by=by)
    row.due_on = until
    row.save(update_fields=["due_on"])


@transaction.atomic
def withdraw(row: Criticism, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Before it is answered, by its sender: from then on only the sender reads it."""
    require(by, "criticism.withdraw", row)
    claim(row, WAITS, "withdraw", by=by, at=at, key=key)
    row.state = Answering.WITHDRAWN
    row.save(update_fields=["state"])
