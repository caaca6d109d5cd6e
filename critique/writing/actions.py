"""The author's part: saving what is typed, submitting, taking back; and entering from paper for somebody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from critique.cycle.models import Participant
from critique.levels.actions.rating import copy_chosen
from critique.lifecycle import TAKING_BACK, WRITING, State
from critique.writing import content
from critique.writing.models import CopyKind, ReviewCopy, SelfReview
from meetings.actions.writing import Conflict, Saved
from members.access import require
from members.changes import claim, hold
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press


@transaction.atomic
def save_step(
    review: SelfReview,
    name: str,
    posted: Mapping[str, str],
    *,
    base: int,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Saved | Conflict:
    """Save one step of the form, last seen at revision `base`; leaves no event: nobody keeps a diary of drafts.

    Returns Saved with the step's new revision, or Conflict when another text was saved since and differs.
    Raises Refused for rights, state, length, and where rows written elsewhere would be lost.
    """
    require(by, "selfreview.write", review)
    step = content.STEPS[name]
    mine = content.cleaned(content.form_of(review), step, posted)
    _hold_draft(review)
    texts, rev = content.texts_of(review), content.rev_of(review, name)
    standing = {code: texts[code] for code in mine}
    if standing == mine:  # also the same save arriving again
        return Saved(rev, review.saved_at or at)
    if key is not None and key.key == review.saved_key:
        raise AlreadyDone
    if rev != base:
        theirs = content.flat(review, step, texts)
        content.refuse_lost_rows(theirs, posted)
        _keep(review, CopyKind.CONFLICT, content.with_step(review, name, mine), by, at)
        other = review.saved_by.get_full_name() if review.saved_by else ""
        return Conflict(rev, {n: theirs.get(n, "") for n in posted}, content.flat(review, step, mine), other)
    review.body = content.with_step(review, name, mine)
    review.saved_at, review.saved_by, review.saved_key = at, by, key.key if key else None
    review.rev += 1
    review.by_author = review.by_author or by.member_id == review.participant.member_id
    review.save(update_fields=["body", "rev", "saved_at", "saved_by", "saved_key", "by_author"])
    if by.member_id == review.participant.member_id:  # whoever types here does not hand in on paper
        Participant.objects.filter(pk=review.participant_id, enterer=None).update(on_paper=False)
    return Saved(rev + 1, at)


def _hold_draft(review: SelfReview) -> None:
    """The cycle is held, so that the window does not open between looking and saving; then the row as it is now."""
    hold(review.cycle, WRITING)
    review.refresh_from_db(
        fields=["body", "rev", "saved_at", "saved_by", "saved_key", "by_author", "submitted_at", "submitted_by"]
    )
    if review.submitted_at is not None:
        raise Refused("Bản kiểm điểm đã nộp nên không ghi thêm được. Muốn sửa thì rút lại trước khi mở thời gian đọc.")


def _keep(review: SelfReview, kind: CopyKind, body: dict[str, Any], by: User, at: datetime) -> None:
    number = (review.copies.aggregate(last=Max("number"))["last"] or 0) + 1
    ReviewCopy.objects.create(review=review, number=number, kind=kind, body=body, kept_at=at, kept_by=by)


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
    if not any(content.texts_of(review).values()):
        raise Refused("Bản kiểm điểm chưa có nội dung nào.")
    review.submitted_at, review.submitted_by = at, by
    review.late = review.cycle.state != State.OPEN
    review.save(update_fields=["submitted_at", "submitted_by", "late"])
    _keep(review, CopyKind.SUBMITTED, review.body, by, at)
    if review.cycle.state == State.HELD:  # the levels that were chosen in time have been copied already
        copy_chosen(review.cycle, by=by, at=at)


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
        row.enterer = None
    row.save(update_fields=["on_paper", "enterer"])


@transaction.atomic
def begin_entering(row: Participant, *, by: User, at: datetime, key: Press | None = None) -> None:
    """One of the committee enters the form from paper, in their own name.

    Refused where the author is writing here themselves: nobody gets to see a draft by offering to type it.
    """
    require(by, "selfreview.enter", row)
    claim(row.cycle, WRITING, "enter", by=by, at=at, key=key, participant=row.pk)
    row.refresh_from_db(fields=["on_paper", "enterer"])
    if row.of_collective:
        raise Refused("Báo cáo của tập thể thì chi uỷ viết thẳng ở đây.")
    review: SelfReview | None = SelfReview.objects.filter(participant=row).first()
    if review is None:
        raise Refused("Đồng chí này không thuộc đối tượng kiểm điểm.")
    if review.by_author and not row.on_paper:
        raise Refused("Đồng chí này đang tự viết trên máy. Muốn nhập thay thì chính đồng chí ấy nhờ ở trang của mình.")
    if by.member is None or row.member_id == by.member_id:
        raise Refused("Bản của mình thì tự viết ở trang của mình.")
    row.on_paper, row.enterer = True, by.member
    row.save(update_fields=["on_paper", "enterer"])
