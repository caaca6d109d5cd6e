"""What requests about data and proposals to destroy ask of somebody next, for the first page."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from critique.letters.todo import Asked, asked, waiting_or_new
from critique.lifecycle import Answering
from critique.models.guarded import ON_COMMITTEE
from privacy.lifecycle import Destroying
from privacy.models import DataRequest, Destruction

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import Organisation, User


def asked_of(user: User, cell: Organisation, now: datetime, off: Collection[date]) -> list[Asked]:
    """One query, for the committee two."""
    me, today, url = user.member_id, timezone.localdate(now), reverse("data-request-list", args=[cell.pk])
    known = waiting_or_new(DataRequest.objects.for_user(user), now).of_cell(cell, off)
    theirs = [row for row in known if row.state == Answering.WAITING and row.member_id != me]
    unseen = [row.acknowledge_by for row in theirs if row.acknowledged_at is None]
    unanswered = [row.due_on for row in theirs if row.acknowledged_at is not None]
    found = [
        *asked("Xác nhận đề nghị về dữ liệu", url, "đề nghị", unseen, today),
        *asked("Trả lời đề nghị về dữ liệu", url, "đề nghị", unanswered, today),
    ]
    if any(row.state == Answering.ANSWERED and row.member_id == me for row in known):
        found.append(Asked("Đọc trả lời đề nghị về dữ liệu", url, "", None, late=False))
    return [*found, *_second_person(user, cell)]


def _second_person(user: User, cell: Organisation) -> list[Asked]:
    if not any(post.organisation_id == cell.pk and post.kind in ON_COMMITTEE for post in user.tenures):
        return []
    rows = Destruction.objects.for_user(user).filter(cell=cell, state=Destroying.PROPOSED)
    if not rows.exclude(proposed_by=user).exists():
        return []
    url = reverse("retention", args=[cell.pk])
    return [Asked("Xem đề nghị huỷ nội dung hết hạn lưu", url, "cần người thứ hai", None, late=False)]
