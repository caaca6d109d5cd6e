"""Criticism and questions in writing: sending, entering from a signed paper, answering, putting off, taking back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from critique.letters import answering
from critique.letters.models import Criticism, CriticismKind
from members import roster
from members.access import require
from members.changes import refuse_second
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Member, Organisation, User
    from members.press import Press

LONGEST_DELAY = 365


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
    row = Criticism(cell=cell, sender=sender, to_member=to_member, kind=CriticismKind(kind))
    require(by, "criticism.send", row)
    refuse_second(type(row), cell, key)
    _judge_people(row, by, at)
    for name, text, ask in (("matter", matter, "Xin ghi về việc gì."), ("words", words, "Xin ghi nội dung ý kiến.")):
        if not text.strip():
            raise Refused(ask, field=name)
        setattr(row, name, text.strip())
    row.on_paper = sender.pk != by.member_id
    answering.send(row, by=by, at=at, key=key, on_paper=row.on_paper)
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
def answer(row: Criticism, *, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "criticism.reply", row)
    answering.answer(row, words=words, by=by, at=at, key=key)


@transaction.atomic
def put_off(row: Criticism, *, until: date, reason: str, by: User, at: datetime, key: Press | None = None) -> None:
    """To a later day, named by whoever owes the answer, as often as it takes."""
    require(by, "criticism.reply", row)

    def judge() -> None:
        if until <= row.due_on:
            raise Refused(f"Ngày mới phải sau hạn đang có ({row.due_on:%d/%m/%Y}).", field="until")
        if until > timezone.localdate(at) + timedelta(days=LONGEST_DELAY):
            raise Refused("Ngày mới không quá một năm kể từ hôm nay.", field="until")

    answering.put_off(row, until=until, judge=judge, reason=reason, by=by, at=at, key=key)


@transaction.atomic
def withdraw(row: Criticism, *, by: User, at: datetime, key: Press | None = None) -> None:
    """From then on only the sender reads it."""
    require(by, "criticism.withdraw", row)
    answering.withdraw(row, by=by, at=at, key=key)
