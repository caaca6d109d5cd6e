"""Texts whose time is over: one of the leaders proposes, another of the committee carries out; a record stays."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from critique.erasing import erase
from critique.guard_papers import build_record
from critique.lifecycle import TO_DESTROY, Destroying
from critique.models import Destroyed, Destruction
from critique.retention import due_in
from critique.writing.models import SelfReview
from documents.model import to_json
from members import roster
from members.access import require
from members.changes import claim, insert, refuse_second
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Organisation, User
    from members.press import Press


@transaction.atomic
def propose(
    cell: Organisation,
    *,
    reviews: Iterable[SelfReview],
    reason: str,
    filed: bool,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Destruction:
    """Refused: no document that fixes the time, what is not due, paper that is not filed, nobody else to do it."""
    require(by, "retention.propose", cell)
    refuse_second(Destruction, cell, key)
    due = due_in(cell, timezone.localdate(at))
    if not due.rule.by_document:
        raise Refused("Chưa có quy định giữ nội dung bao lâu: xin ghi quy định và văn bản của cấp uỷ trước.")
    chosen = list(reviews)
    if not chosen:
        raise Refused("Xin chọn ít nhất một bản.", field="reviews")
    if {review.pk for review in chosen} - {review.pk for review in due.reviews}:
        raise Refused("Có bản chưa đến hạn hoặc đã có đề nghị huỷ; xin tải lại trang.", field="reviews")
    if not filed:
        raise Refused("Chỉ huỷ nội dung khi bản giấy đã lưu hồ sơ.", field="filed")
    if not reason.strip():
        raise Refused("Xin ghi lý do.", field="reason")
    if not _others(cell, by, at):
        raise Refused(
            "Chi uỷ không có đồng chí thứ hai để thực hiện: đề nghị cấp uỷ cấp trên chỉ định thêm người vào chi uỷ rồi "
            "mới huỷ."
        )
    row = Destruction(cell=cell, document=due.rule.source, kept=due.rule.figures[0])
    row.why, row.proposed_at, row.proposed_by = reason.strip(), at, by
    insert(row, "propose", by=by, at=at, key=key, reviews=sorted(one.pk for one in chosen))
    Destroyed.objects.bulk_create(Destroyed(destruction=row, review=review) for review in chosen)
    return row


def _others(cell: Organisation, by: User, at: datetime) -> list[int]:
    entries = roster.on_day(cell, timezone.localdate(at))
    return [e.member.pk for e in entries if e.on_committee and e.member.pk != by.member_id]


@transaction.atomic
def carry_out(row: Destruction, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Overwrite the texts, for good; the record names what, who and when. The reading log stays."""
    require(by, "retention.carry", row)
    claim(row, TO_DESTROY, "carry_out", by=by, at=at, key=key)
    if row.proposed_by_id == by.pk:
        raise Refused("Người đề nghị không tự thực hiện: cần một đồng chí khác trong chi uỷ.")
    _forget_at_once()
    items = row.items.values("review_id")
    for review in SelfReview.objects.with_people().select_for_update(of=("self",)).filter(pk__in=items):
        erase(review)
    row.state, row.ended_at, row.ended_by = Destroying.DONE, at, by
    row.record = to_json(build_record(row))
    row.save(update_fields=["state", "ended_at", "ended_by", "record"])


def _forget_at_once() -> None:
    """SQLite writes zeros over what it frees; PostgreSQL gives dead rows away at its next VACUUM."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


@transaction.atomic
def decline(row: Destruction, *, by: User, at: datetime, key: Press | None = None) -> None:
    """By anybody of the committee, the proposer too: the texts stay and may be proposed again."""
    require(by, "retention.carry", row)
    claim(row, TO_DESTROY, "decline", by=by, at=at, key=key)
    row.state, row.ended_at, row.ended_by = Destroying.DECLINED, at, by
    row.save(update_fields=["state", "ended_at", "ended_by"])
