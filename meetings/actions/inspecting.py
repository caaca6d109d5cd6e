"""Sealed minutes between the cell and the committee above: commenting, returning, answering, accepting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from book.chain import enter
from book.proof import sealed_paper
from meetings.in_book import ANSWER, COMMENT, MINUTES, VERDICT
from meetings.lifecycle import INSPECTING, Inspecting
from meetings.models import Exchange, Inspection, InspectionComment, Meeting, Verdict
from members import changes
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from meetings.models import Addendum
    from members.models import User
    from members.press import Press

MOVES = {Verdict.REVIEWED: "accept", Verdict.RETURNED: "return"}
RETURNED = frozenset({Inspecting.RETURNED})
LONGEST = 365  # days that a cell may be given to answer

move = partial(changes.move, INSPECTING, {})


def exchange_of(meeting: Meeting) -> Exchange:
    """The row that both sides change; made by the first word about the minutes.

    By the key alone: what is refused and rolled back must not stay behind on the meeting that the page shows.
    """
    found, _ = Exchange.objects.select_related("meeting__cell").get_or_create(meeting_id=meeting.pk)
    return found


def _draft(meeting: Meeting, by: User) -> Inspection:
    return Inspection.objects.drafted_by(by, meeting) or Inspection.objects.create(meeting=meeting, superior=by)


def _write_down(meeting: Meeting, part: str, text: str, by: User) -> InspectionComment:
    if part and part not in dict(sealed_paper(MINUTES, meeting.minutes).document.parts()):
        raise Refused("Biên bản không có phần này.", field="part")
    return InspectionComment.objects.create(inspection=_draft(meeting, by), part=part, text=text)


@transaction.atomic
def comment(
    meeting: Meeting, *, part: str, text: str, by: User, at: datetime, key: Press | None = None
) -> InspectionComment:
    """A comment on one part, which the cell sees once the verdict is given."""
    require(by, "minutes.inspect", meeting)
    claim(exchange_of(meeting), None, "comment", by=by, at=at, key=key)
    if not text.strip():
        raise Refused("Xin ghi nhận xét.", field="text")
    return _write_down(meeting, part, text, by)


@transaction.atomic
def give_verdict(
    meeting: Meeting,
    *,
    verdict: str,
    answer_by: date | None = None,
    part: str = "",
    text: str = "",
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Inspection:
    """Accept, or return with at least one comment and the day by which the cell answers. `text`: one more comment."""
    require(by, "minutes.inspect", meeting)
    if verdict not in MOVES:
        raise Refused("Xin chọn đã xem xét hoặc trả lại.", field="verdict")
    move(exchange_of(meeting), MOVES[Verdict(verdict)], by=by, at=at, key=key, changes={"since": at})
    if text.strip():
        _write_down(meeting, part, text, by)
    given = _draft(meeting, by)
    if verdict == Verdict.RETURNED:
        if not given.comments.exists():
            raise Refused("Trả lại thì cần ít nhất một nhận xét.", field="text")
        given.answer_by = _judge_day(answer_by, timezone.localdate(at))
    given.verdict, given.given_at = verdict, at
    given.save(update_fields=["verdict", "given_at", "answer_by"])
    enter(VERDICT, given, at=at)
    for said in given.comments.all():
        enter(COMMENT, said, at=at)
    return given


def _judge_day(day: date | None, today: date) -> date:
    if day is None:
        raise Refused("Xin ghi ngày chi bộ cần trả lời.", field="answer_by")
    if not today < day <= today + timedelta(days=LONGEST):
        raise Refused("Hạn trả lời phải sau hôm nay và trong vòng một năm.", field="answer_by")
    return day


@transaction.atomic
def answer(comment: InspectionComment, *, answer: str, by: User, at: datetime, key: Press | None = None) -> None:
    """The cell's word on one comment. The last one puts the minutes back before the superior committee."""
    require(by, "minutes.answer", comment)
    exchange = exchange_of(comment.meeting)
    claim(exchange, RETURNED, "answer_comment", by=by, at=at, key=key, comment=comment.pk)
    if not answer.strip():
        raise Refused("Xin ghi lời trả lời.", field="answer")
    waiting = InspectionComment.objects.open_of(comment.meeting)
    if comment.pk not in set(waiting.values_list("pk", flat=True)):
        raise Refused("Nhận xét này đã được trả lời.", field="answer")
    comment.answer, comment.answered_by, comment.answered_at = answer.strip(), by, at
    comment.save(update_fields=["answer", "answered_by", "answered_at"])
    enter(ANSWER, comment, at=at)
    if not waiting.exists():
        move(exchange, "answer", by=by, at=at, changes={"since": at})


def answer_with(addendum: Addendum, *, by: User, at: datetime) -> None:
    """An addendum answers whatever stands open, and is something new to look at after an acceptance."""
    exchange = exchange_of(addendum.meeting)
    if exchange.state not in INSPECTING["answer"].source:
        return
    move(exchange, "answer", by=by, at=at, changes={"since": at}, addendum=addendum.number)
    waiting = list(InspectionComment.objects.open_of(addendum.meeting))
    rows = InspectionComment.objects.filter(pk__in=[said.pk for said in waiting])
    rows.update(addendum=addendum, answered_by=by, answered_at=at)
    for said in waiting:
        enter(ANSWER, said, at=at)
