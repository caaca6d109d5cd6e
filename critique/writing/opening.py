"""Opening somebody else's self-review: there is no other door to the text, and each opening is written down first."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.db import transaction

from critique.lifecycle import SUBMITTED_SEEN
from critique.writing.models import ReadingLog, SelfReview, Way
from members.access import require
from members.changes import hold
from members.policy import may
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press

SAME_CLICK = timedelta(minutes=1)  # a double click, or a click sent again because its answer got lost


@transaction.atomic
def open_review(review: SelfReview, *, way: Way, by: User, at: datetime, key: Press | None = None) -> None:
    """Write down who opens what and when; the author and whoever enters it from paper need no line."""
    hold(review.cycle, SUBMITTED_SEEN)
    review.cycle.refresh_from_db(fields=["handed_up_at"])
    review.refresh_from_db(fields=["submitted_at", "submitted_by", "body", "rev"])
    require(by, "selfreview.see" if review.submitted_at else "selfreview.draft", review)
    if way == Way.PAPER:
        require(by, "selfreview.print", review)
    if may(by, "selfreview.own", review):
        return
    write_down_reading(review, way=way, by=by, at=at, key=key)


def write_down_reading(review: SelfReview, *, way: Way, by: User, at: datetime, key: Press | None) -> None:
    """One line for each opening. The same click arriving twice is one; the same key later, or once the text is another
    one, is another opening, so nobody reads for ever on one line.
    """
    if by.member is None:
        raise Refused("Tài khoản này không gắn với đảng viên nào.")
    if key is None:
        ReadingLog.objects.create(review=review, reader=by.member, read_at=at, way=way)
        return
    before = ReadingLog.objects.filter(review=review, reader=by.member, way=way)
    now, earlier = (_mark(review, key, at - ago) for ago in (timedelta(0), SAME_CLICK))
    if before.filter(key=now).exists() or before.filter(key=earlier, read_at__gt=at - SAME_CLICK).exists():
        return
    ReadingLog.objects.create(review=review, reader=by.member, read_at=at, way=way, key=now)


def _mark(review: SelfReview, key: Press, at: datetime) -> UUID:
    """The same for the same click on the same text within the same minute."""
    minute = int(at.timestamp() // SAME_CLICK.total_seconds())
    return uuid5(key.key, f"{review.rev} {review.submitted_at} {minute}")
