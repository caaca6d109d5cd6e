"""Opening somebody else's self-review: there is no other door to the text, and each opening is written down first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

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
    if by.member is None:
        raise Refused("Tài khoản này không gắn với đảng viên nào.")
    click = key.key if key else None
    if click is None or not ReadingLog.objects.filter(review=review, reader=by.member, key=click, way=way).exists():
        ReadingLog.objects.create(review=review, reader=by.member, read_at=at, way=way, key=click)
