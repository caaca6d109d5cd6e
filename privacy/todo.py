"""What requests about data and proposals to destroy ask of somebody next, for the first page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from critique.letters.todo import going_or_answered, one
from critique.lifecycle import Answering
from members.policy import may
from members.todo import Todo
from privacy.lifecycle import Destroying
from privacy.models import DataRequest, Destruction

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import Organisation, User


def todos(user: User, cell: Organisation, now: datetime, off: Collection[date] | None = None) -> list[Todo]:
    """One query, for the committee two; `off`: the days off, where they are known."""
    return [*_requests(user, cell, now, off), *_destructions(user, cell)]


def _requests(user: User, cell: Organisation, now: datetime, off: Collection[date] | None) -> list[Todo]:
    """To acknowledge, then to answer; to read what has come back."""
    me, today, url = user.member_id, timezone.localdate(now), reverse("data-request-list", args=[cell.pk])
    rows = going_or_answered(DataRequest.objects.for_user(user), now, member=me)
    known = rows.defer("words", "reply").of_cell(cell, off)
    going = [row for row in known if row.state == Answering.WAITING]
    theirs = [row for row in going if row.member_id != me]
    unseen = [row.acknowledge_by for row in theirs if row.acknowledged_at is None]
    answers = [row.due_on for row in theirs if row.acknowledged_at is not None]
    found = one("Xác nhận đề nghị về dữ liệu", url, "đề nghị", unseen, today)
    found += one("Trả lời đề nghị về dữ liệu", url, "đề nghị", answers, today)
    return found + ([Todo("Đọc trả lời đề nghị về dữ liệu", url)] if len(known) > len(going) else [])


def _destructions(user: User, cell: Organisation) -> list[Todo]:
    if not may(user, "retention.carry", cell):
        return []
    rows = Destruction.objects.for_user(user).filter(cell=cell, state=Destroying.PROPOSED)
    if not rows.exclude(proposed_by__member=user.member_id).exists():
        return []
    url = reverse("retention", args=[cell.pk])
    return [Todo("Xem đề nghị huỷ nội dung hết hạn lưu", url, "cần người thứ hai")]
