"""Requests about one's own data with their clocks: making, acknowledging, answering, putting off, taking back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from critique.letters import answering
from critique.lifecycle import WAITS
from members import roster
from members.access import require
from members.changes import claim, refuse_second
from members.models import Member, OrganisationKind
from members.refusal import AlreadyDone, Refused
from privacy.models import DAYS, DataRequest, Outcome, Right

if TYPE_CHECKING:
    from members.models import Organisation, User
    from members.press import Press


def home_of(member: Member, user: User) -> Organisation:
    """Whose leaders answer: the cell where somebody is now, or the one that still keeps the file."""
    cells = {t.organisation_id: t.organisation for t in user.tenures}
    here = next((cells[pk] for pk in user.cell_ids), member.organisation)
    if here.kind != OrganisationKind.CELL:
        raise Refused(f"Hồ sơ của đồng chí do {here} giữ: xin gửi đề nghị bằng giấy đến nơi ấy.")
    return here


@transaction.atomic
def make_request(
    cell: Organisation, *, member: Member, right: str, words: str, by: User, at: datetime, key: Press | None = None
) -> DataRequest:
    """By the person, or entered by the committee for somebody of the cell, named as such."""
    row = DataRequest(cell=cell, member=member, right=Right(right), words=words.strip())
    if member.pk != by.member_id:
        require(by, "request.enter", cell)
        if member.pk not in {entry.member.pk for entry in roster.on_day(cell, timezone.localdate(at))}:
            raise Refused("Xin chọn một đồng chí của chi bộ.", field="member")
    refuse_second(type(row), cell, key)
    if row.right != Right.VIEW and not row.words:
        raise Refused("Xin ghi dữ liệu nào, vì sao.", field="words")
    answering.send(row, by=by, at=at, key=key, right=right)
    return row


@transaction.atomic
def acknowledge(row: DataRequest, *, by: User, at: datetime, key: Press | None = None) -> None:
    """The person sees that it has been taken up, and by whom."""
    require(by, "request.answer", row)
    claim(row, WAITS, "acknowledge", by=by, at=at, key=key)
    if row.acknowledged_at is not None:
        raise AlreadyDone
    _acknowledge(row, by, at)


def _acknowledge(row: DataRequest, by: User, at: datetime) -> None:
    row.acknowledged_at, row.acknowledged_by = at, by
    row.save(update_fields=["acknowledged_at", "acknowledged_by"])


@transaction.atomic
def put_off(row: DataRequest, *, reason: str, by: User, at: datetime, key: Press | None = None) -> None:
    """Once, by as many days again, with the reason."""
    require(by, "request.answer", row)

    def judge() -> None:
        if row.delays.exists():
            raise Refused("Đề nghị này đã gia hạn một lần rồi; chỉ được gia hạn một lần.", field="reason")

    until = row.first_due + timedelta(days=DAYS[Right(row.right)])
    answering.put_off(row, until=until, judge=judge, reason=reason, by=by, at=at, key=key)


@transaction.atomic
def answer(row: DataRequest, *, outcome: str, words: str, by: User, at: datetime, key: Press | None = None) -> None:
    """What was done about it; whoever refuses, wholly or in part, says why."""
    require(by, "request.answer", row)
    if outcome not in Outcome.values:
        raise Refused("Xin chọn kết quả.", field="outcome")
    answering.answer(row, words=words, by=by, at=at, key=key, outcome=outcome)
    if row.acknowledged_at is None:
        _acknowledge(row, by, at)


@transaction.atomic
def withdraw(row: DataRequest, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "request.withdraw", row)
    answering.withdraw(row, by=by, at=at, key=key)
