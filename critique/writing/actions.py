"""The author's part: submitting, taking back, choosing the way; and entering from paper for somebody."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from critique.cycle.models import Participant
from critique.lifecycle import TAKING_BACK, WRITING, State
from critique.sealing.unopened import judge_whole
from critique.writing import content
from critique.writing.models import ReviewCopy, SelfReview
from members.access import require
from members.changes import claim
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press


def _keep(review: SelfReview, by: User, at: datetime) -> None:
    number = (review.copies.aggregate(last=Max("number"))["last"] or 0) + 1
    ReviewCopy.objects.create(review=review, number=number, body=review.body, kept_at=at, kept_by=by)


@transaction.atomic
def submit(review: SelfReview, *, by: User, at: datetime, key: Press | None = None) -> None:
    """From now on the committee may read it. After the window has been opened it counts as late, and is taken too."""
    require(by, "selfreview.write", review)
    claim(review.cycle, WRITING, "submit", by=by, at=at, key=key, review=review.pk)
    review.refresh_from_db(fields=["body", "rev", "submitted_at", "submitted_by"])
    if review.submitted_at is not None:
        raise AlreadyDone
    review.cycle.refresh_from_db(fields=["handed_up_at"])
    if review.cycle.handed_up_at is not None:
        raise Refused("Hồ sơ của đợt này đã nộp lên cấp trên. Xin gặp bí thư để rút lại hồ sơ trước, rồi nộp bản này.")
    if not review.participant.writes:
        raise Refused("Đồng chí không còn trong danh sách viết bản kiểm điểm của đợt này.")
    judge_whole(review.body)
    if not any(content.texts_of(review).values()):
        raise Refused("Bản kiểm điểm chưa có nội dung nào.")
    review.submitted_at, review.submitted_by = at, by
    review.late = review.cycle.state != State.OPEN
    review.save(update_fields=["submitted_at", "submitted_by", "late"])
    _keep(review, by, at)


@transaction.atomic
def withdraw(review: SelfReview, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Take it back to change it, until the reading window opens; what was submitted stays kept."""
    require(by, "selfreview.write", review)
    claim(review.cycle, TAKING_BACK, "take_back", by=by, at=at, key=key, review=review.pk)
    review.refresh_from_db(fields=["submitted_at", "submitted_by"])
    if review.submitted_at is None:
        raise AlreadyDone
    review.submitted_at, review.submitted_by, review.late = None, None, False
    review.save(update_fields=["submitted_at", "submitted_by", "late"])


@transaction.atomic
def choose_way(review: SelfReview, *, on_paper: bool, by: User, at: datetime, key: Press | None = None) -> None:
    """The author hands in on paper: one of the committee may enter it and sees what is here. Or not after all."""
    require(by, "selfreview.write", review)
    if by.member_id != review.participant.member_id:
        raise Refused("Chỉ người viết bản kiểm điểm mới chọn được cách nộp.")
    row = review.participant
    claim(review.cycle, WRITING, "choose_way", by=by, at=at, key=key, participant=row.pk, on_paper=on_paper)
    row.on_paper = on_paper
    if not on_paper:
        row.typist = None
    row.save(update_fields=["on_paper", "typist"])


@transaction.atomic
def begin_entering(row: Participant, *, by: User, at: datetime, key: Press | None = None) -> None:
    """One of the committee enters the form from paper, in their own name.

    Refused where the author is writing here themselves: nobody gets to see a draft by offering to type it.
    """
    require(by, "selfreview.enter", row)
    claim(row.cycle, WRITING, "enter", by=by, at=at, key=key, participant=row.pk)
    row.refresh_from_db(fields=["on_paper", "typist"])
    if row.of_collective:
        raise Refused("Báo cáo của tập thể thì chi uỷ viết thẳng ở đây.")
    review: SelfReview | None = SelfReview.objects.filter(participant=row).first()
    if review is None:
        raise Refused("Đồng chí này không thuộc đối tượng kiểm điểm.")
    if review.by_author and not row.on_paper:
        raise Refused("Đồng chí này đang tự viết trên máy. Muốn nhập thay thì chính đồng chí ấy nhờ ở trang của mình.")
    if by.member is None or row.member_id == by.member_id:
        raise Refused("Bản của mình thì tự viết ở trang của mình.")
    row.on_paper, row.typist = True, by.member
    row.save(update_fields=["on_paper", "typist"])
