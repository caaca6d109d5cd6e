"""Requests about one's own data with their clocks, and what somebody agrees to or takes back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from critique.consenting import standing
from critique.lifecycle import WAITS, WRITING, Answering
from critique.models import Consent, DataRequest
from critique.models.rights import OPTIONAL, Outcome, Purpose, Right
from critique.notice import current
from critique.official_forms import days
from critique.writing.actions import choose_way
from critique.writing.models import SelfReview
from members import roster
from members.access import require
from members.changes import claim, insert, refuse_second
from members.models import Member, OrganisationKind
from members.refusal import AlreadyDone, Refused
from rulings.holidays import days_off

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Organisation, User
    from members.press import Press

ACKNOWLEDGE_DAYS = 2  # working days
# Calendar days from the day on which it was made; each may be extended once (NĐ 356/2025/NĐ-CP, Điều 5).
DAYS: dict[Right, int] = {
    Right.VIEW: 10,
    Right.COPY: 10,
    Right.CORRECT: 10,
    Right.WITHDRAW: 15,
    Right.RESTRICT: 15,
    Right.OBJECT: 15,
    Right.DELETE: 20,
}
CLAUSE = "356/2025/NĐ-CP, Điều 5"


def acknowledge_by(made: date, off: Collection[date]) -> date:
    return days.after(made, ACKNOWLEDGE_DAYS, off)


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
    refuse_second(DataRequest, cell, key)
    if row.right in (Right.CORRECT, Right.DELETE, Right.RESTRICT) and not row.words:
        raise Refused("Xin ghi dữ liệu nào, vì sao.", field="words")
    made = timezone.localdate(at)
    row.made_at, row.entered_by = at, by
    row.acknowledge_by = acknowledge_by(made, days_off(cell))
    row.due_on = made + timedelta(days=DAYS[Right(right)])
    insert(row, "make", by=by, at=at, key=key, right=right, due_on=row.due_on.isoformat())
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
def extend(row: DataRequest, *, reason: str, by: User, at: datetime, key: Press | None = None) -> None:
    """Once, by as many days again, with the reason."""
    require(by, "request.answer", row)
    if not reason.strip():
        raise Refused("Xin ghi vì sao cần thêm thời gian; người đề nghị đọc được.", field="reason")
    claim(row, WAITS, "extend", by=by, at=at, key=key)
    if row.extended_at is not None:
        raise Refused("Đề nghị này đã gia hạn một lần rồi; chỉ được gia hạn một lần.", field="reason")
    row.due_on += timedelta(days=DAYS[Right(row.right)])
    row.extension, row.extended_at = reason.strip(), at
    row.save(update_fields=["due_on", "extension", "extended_at"])


@transaction.atomic
def answer_request(
    row: DataRequest, *, outcome: str, words: str, by: User, at: datetime, key: Press | None = None
) -> None:
    """What was done about it; whoever refuses, wholly or in part, says why."""
    require(by, "request.answer", row)
    if outcome not in Outcome.values:
        raise Refused("Xin chọn kết quả.", field="outcome")
    if not words.strip():
        raise Refused("Xin ghi đã làm gì; không thực hiện thì ghi căn cứ.", field="words")
    claim(row, WAITS, "answer", by=by, at=at, key=key, outcome=outcome)
    if row.acknowledged_at is None:
        _acknowledge(row, by, at)
    row.outcome, row.reply, row.state = outcome, words.strip(), Answering.ANSWERED
    row.replied_at, row.replied_by = at, by
    row.save(update_fields=["outcome", "reply", "state", "replied_at", "replied_by"])


@transaction.atomic
def withdraw_request(row: DataRequest, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "request.withdraw", row)
    claim(row, WAITS, "withdraw", by=by, at=at, key=key)
    row.state = Answering.WITHDRAWN
    row.save(update_fields=["state"])


# --- Notice and consent ---------------------------------------------------------------------


@transaction.atomic
def agree(purposes: Collection[str], *, by: User, at: datetime, key: Press | None = None) -> None:
    """What the person has ticked, one line of evidence for each that was not agreed to before."""
    member = _whoever(by)
    claim(member, None, "consent", by=by, at=at, key=key)
    held = standing(member)
    for purpose in purposes:
        if Purpose(purpose) == Purpose.READ and held.get(Purpose.READ) == current().version:
            continue
        if purpose in OPTIONAL and held.get(Purpose(purpose)):
            continue
        _say(member, Purpose(purpose), True, by, at)


@transaction.atomic
def take_back(*, purpose: str, by: User, at: datetime, key: Press | None = None) -> None:
    """As easily as it was given. Whoever no longer wants to write on the screen hands in on paper."""
    member = _whoever(by)
    if purpose not in OPTIONAL:
        raise Refused("Xin chọn điều đã đồng ý.")
    claim(member, None, "consent", by=by, at=at, key=key)
    if not standing(member).get(Purpose(purpose)):
        raise AlreadyDone
    _say(member, Purpose(purpose), False, by, at)
    if purpose == Purpose.BROWSER:
        open_forms = SelfReview.objects.with_people().filter(participant__member=member, submitted_at__isnull=True)
        for review in open_forms.filter(
            participant__cycle__state__in=WRITING,
            participant__on_paper=False,
            participant__cycle__cell__in=by.cell_ids,
        ):
            choose_way(review, on_paper=True, by=by, at=at)


def _whoever(by: User) -> Member:
    if by.member is None:
        raise Refused("Tài khoản này không gắn với đảng viên nào.")
    return by.member


def _say(member: Member, purpose: Purpose, given: bool, by: User, at: datetime) -> None:
    notice = current().version
    Consent.objects.create(member=member, purpose=purpose, given=given, notice=notice, said_at=at, said_by=by)
