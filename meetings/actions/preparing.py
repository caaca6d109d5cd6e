"""The evidence around a meeting: what happens outside the program is ticked, what happens in it leaves its own mark."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from guideline.model import Kind
from meetings.lifecycle import ALIVE, State
from meetings.preparation import ticked
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from meetings.models import Meeting
    from members.models import User
    from members.press import Press


@transaction.atomic
def tick(
    meeting: Meeting,
    *,
    what: str,
    done: bool,
    happened_at: datetime | None = None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """Tick a duty that is done outside the program, now or when it really was; or take the tick back."""
    require(by, "plan.edit", meeting)
    if what not in ticked(Kind(meeting.kind)):
        raise Refused("Không có việc này trong danh mục.")
    moment = happened_at or at
    if done and moment > at:
        raise Refused("Giờ này chưa tới.", field="happened_at")
    claim(meeting, ALIVE, "tick", by=by, at=at, key=key, step=what, done=done)
    if done and what == "posted_at" and meeting.closed_at is not None and moment < meeting.closed_at:
        raise Refused("Biên bản không thể đăng trước khi buổi họp kết thúc.", field="happened_at")
    if what == "committee_met_at" and meeting.prepared_by.filter(state__in=[State.CLOSED, State.SEALED]).exists():
        raise Refused("Ngày họp chi uỷ lấy từ biên bản cuộc họp chi uỷ đã có ở đây.")
    setattr(meeting, what, moment if done else None)
    meeting.save(update_fields=[what])


def committee_has_met(committee: Meeting, *, by: User, at: datetime) -> None:
    """The committee's meeting has closed: the meeting that it prepares has its evidence."""
    _remember(committee, committee.opened_at, by=by, at=at)


def committee_meets_again(committee: Meeting, *, by: User, at: datetime) -> None:
    """The committee's meeting was opened again, so it has not met yet."""
    _remember(committee, None, by=by, at=at)


def _remember(committee: Meeting, moment: datetime | None, *, by: User, at: datetime) -> None:
    meeting = committee.prepares if committee.of_committee else None
    if meeting is None or meeting.state not in ALIVE:
        return
    claim(meeting, ALIVE, "committee_met", by=by, at=at, committee=committee.pk, met=moment is not None)
    meeting.committee_met_at = moment
    meeting.save(update_fields=["committee_met_at"])
