"""Texts whose time is over: one of the leaders proposes, another of the committee carries out; a record stays."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.utils import timezone

from book.chain import enter
from critique.sealing.unopened import judge_whole
from documents.model import to_json
from members import roster
from members.access import require
from members.changes import claim, insert, refuse_second
from members.refusal import Refused
from privacy.erasing import erase
from privacy.in_book import DESTRUCTION
from privacy.lifecycle import TO_DESTROY, Destroying
from privacy.models import Destroyed, Destruction
from privacy.papers import build_record
from privacy.retention import due_in, items_of, over_in

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import Organisation, User
    from members.press import Press
    from privacy.retention import Over


@transaction.atomic
def propose(
    cell: Organisation,
    *,
    rows: Collection[str],
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
    chosen = [one for one in due.rows if one.key in rows]
    if not rows:
        raise Refused("Xin chọn ít nhất một mục.", field="rows")
    if len(chosen) < len(set(rows)):
        raise Refused("Có mục chưa đến hạn hoặc đã có đề nghị huỷ; xin tải lại trang.", field="rows")
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
    insert(row, "propose", by=by, at=at, key=key, rows=sorted(one.key for one in chosen))
    items = [Destroyed(destruction=row, thing=one.row._meta.model_name or "", thing_pk=one.row.pk) for one in chosen]
    Destroyed.objects.bulk_create(items)
    return row


def _others(cell: Organisation, by: User, at: datetime) -> list[int]:
    entries = roster.on_day(cell, timezone.localdate(at))
    return [e.member.pk for e in entries if e.on_committee and e.member.pk != by.member_id]


@transaction.atomic
def carry_out(row: Destruction, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Overwrite the words, for good; the record names what, who and when. The reading log stays."""
    require(by, "retention.carry", row)
    claim(row, TO_DESTROY, "carry_out", by=by, at=at, key=key)
    if row.proposed_by_id == by.pk:
        raise Refused("Người đề nghị không tự thực hiện: cần một đồng chí khác trong chi uỷ.")
    judge_whole(row.why)
    items = _still_over(row, at)
    _forget_at_once()
    for one in items:
        erase(one.row, timezone.localdate(at))
    row.state, row.ended_at, row.ended_by = Destroying.DONE, at, by
    row.record = to_json(build_record(row))
    row.save(update_fields=["state", "ended_at", "ended_by", "record"])
    enter(DESTRUCTION.name, row, at=at)


def _still_over(row: Destruction, at: datetime) -> list[Over]:
    """What was proposed, held so that it stays as it is; refused when it was reopened or the rule is another one."""
    items = items_of(row)
    for one in items:
        type(one.row)._base_manager.select_for_update(no_key=True).get(pk=one.row.pk)
    rule, over = over_in(row.cell, timezone.localdate(at))
    if not rule.by_document or not {one.key for one in items} <= {one.key for one in over}:
        raise Refused("Có mục không còn đến hạn: vừa mở lại, hoặc quy định đã đổi. Xin bấm không huỷ rồi đề nghị lại.")
    return items


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
