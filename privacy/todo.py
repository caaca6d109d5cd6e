"""What requests about data and proposals to destroy ask of somebody next, for the first page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from critique.letters.answerable import with_days_off
from critique.letters.todo import AHEAD, going_or_answered, one
from critique.lifecycle import Answering
from members.asked import Asked
from members.policy import may
from members.scoping import known_to
from members.todo import Todo
from privacy.lifecycle import Destroying
from privacy.models import DataRequest, Destruction

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import Organisation, User


_ROWS = Asked(
    lambda known, cell, me, since: going_or_answered(
        DataRequest.objects.filter(known, cell=cell), since, member=me
    ).defer("words", "reply")
)
_BY_OTHERS = Asked(
    lambda known, cell, me: (
        Destruction.objects.filter(known, cell=cell, state=Destroying.PROPOSED)
        .exclude(proposed_by__member=me)
        .order_by()
        .values_list("pk")[:1]
    )
)


def todos(user: User, cell: Organisation, now: datetime, off: Collection[date] | None = None) -> list[Todo]:
    """One query, for the committee two; `off`: the days off, where they are known."""
    return [*_requests(user, cell, now, off), *_destructions(user, cell)]


def _requests(user: User, cell: Organisation, now: datetime, off: Collection[date] | None) -> list[Todo]:
    """To acknowledge, then to answer; to read what has come back."""
    me, today, url = user.member_id, timezone.localdate(now), reverse("data-request-list", args=[cell.pk])
    known = with_days_off(_ROWS(known_to(user, DataRequest), cell.pk, me, now - AHEAD), cell, off)
    going = [row for row in known if row.state == Answering.WAITING]
    theirs = [row for row in going if row.member_id != me]
    unseen = [row.acknowledge_by for row in theirs if row.acknowledged_at is None]
    answers = [row.due_on for row in theirs if row.acknowledged_at is not None]
    found = one("Xác nhận đề nghị về dữ liệu", url, "đề nghị", unseen, today)
    found += one("Trả lời đề nghị về dữ liệu", url, "đề nghị", answers, today)
    return found + ([Todo("Đọc trả lời đề nghị về dữ liệu", url, news=True)] if len(known) > len(going) else [])


def _destructions(user: User, cell: Organisation) -> list[Todo]:
    if not may(user, "retention.carry", cell):
        return []
    if not _BY_OTHERS(known_to(user, Destruction), cell.pk, user.member_id):
        return []
    url = reverse("retention", args=[cell.pk])
    return [Todo("Xem đề nghị huỷ nội dung hết hạn lưu", url, "cần người thứ hai")]
