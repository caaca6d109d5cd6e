"""Keeping the dossiers of a review: what lies on the shelf is written down, and everything held here is packed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from critique.dossier.items import BY_NUMBER, in_archive
from critique.dossier.models import DossierEntry, Filed
from critique.hearing.actions.opening import write_down_opening
from critique.hearing.models.opening import Opened
from critique.lifecycle import SUBMITTED_SEEN
from critique.writing.models import Way
from critique.writing.opening import write_down_reading
from members.access import require
from members.changes import claim, hold
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from critique.cycle.models import Cycle, Participant
    from members.models import User
    from members.press import Press


@transaction.atomic
def file_item(
    row: Participant,
    *,
    item: int,
    state: str,
    sent_on: date | None = None,
    received_on: date | None = None,
    note: str = "",
    by: User,
    at: datetime,
    key: Press | None = None,
) -> DossierEntry:
    """What the committee knows of one paper; said again, it replaces what was said. Also after the review's end."""
    require(by, "dossier.keep", row)
    if item not in BY_NUMBER or (BY_NUMBER[item].alone and row.member_id is None):
        raise Refused("Không có mục này trong hồ sơ.", field="item")
    if state not in Filed.values:
        raise Refused("Xin chọn một trong các trường hợp.", field="state")
    _judge_days(sent_on, received_on, timezone.localdate(at))
    data = {"participant": row.pk, "item": item, "state": state}
    claim(row.cycle, SUBMITTED_SEEN, "file_item", by=by, at=at, key=key, **data)
    entry = DossierEntry.objects.filter(participant=row, item=item).first() or DossierEntry(participant=row, item=item)
    entry.state, entry.sent_on, entry.received_on, entry.note = state, sent_on, received_on, note.strip()
    entry.entered_at, entry.entered_by, entry.rev = at, by, entry.rev + 1
    entry.save()
    return entry


def _judge_days(sent: date | None, received: date | None, today: date) -> None:
    for name, day in (("sent_on", sent), ("received_on", received)):
        if day is not None and day > today:
            raise Refused("Ngày này chưa tới.", field=name)
    if sent is not None and received is not None and received < sent:
        raise Refused("Ngày nhận không thể trước ngày đề nghị.", field="received_on")


@transaction.atomic
def pack(cycle: Cycle, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Each self-review in the archive counts as opened, and its author sees by whom.

    The same click again, as after a broken download, is one opening; what has come in since is another.
    """
    require(by, "dossier.pack", cycle)
    if key is None:
        raise Refused("Xin tải lại trang rồi bấm lại.")
    try:
        with transaction.atomic():
            claim(cycle, SUBMITTED_SEEN, "pack", by=by, at=at, key=key)
    except AlreadyDone:
        hold(cycle, SUBMITTED_SEEN)
    if by.member is None:
        raise Refused("Tài khoản này không gắn với đảng viên nào.")
    people = in_archive(cycle)
    if not people:
        raise Refused("Chưa có bản kiểm điểm nào được nộp nên chưa có gì để đóng gói.")
    for row in people:
        if row.member_id != by.member_id:
            write_down_reading(row.review, way=Way.PAPER, by=by, at=at, key=key)
    write_down_opening(cycle, Opened.ARCHIVE, way=Way.PAPER, by=by, at=at)
