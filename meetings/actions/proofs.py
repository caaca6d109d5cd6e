"""Before the seal each of those who were there may ask to correct their own words; the table answers every proposal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from meetings.lifecycle import State
from meetings.models import Correction, CorrectionAnswer, Remark
from members.access import require
from members.changes import claim
from members.entering import why_not_for
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press

DRAFTED = frozenset({State.CLOSED})
WORDS = ("text", "awareness", "relation", "proposal")


@transaction.atomic
def propose_correction(remark: Remark, *, text: str, by: User, at: datetime, key: Press | None = None) -> Correction:
    """Of one's own words; the table enters it for whoever has no device or cannot sign in."""
    require(by, "minutes.propose", remark)
    member = remark.speaker.member
    if member is None:
        raise Refused("Đây là lời của khách mời; bàn thư ký sửa trực tiếp.", field="text")
    if member.pk != by.member_id:
        require(by, "meeting.run", remark)
        if sentence := why_not_for(member, by, "tự đề nghị"):
            raise PermissionDenied(sentence)
    claim(remark.meeting, DRAFTED, "propose_correction", by=by, at=at, key=key, remark=remark.pk)
    if not Remark.objects.filter(pk=remark.pk).exists():
        raise Refused("Ý kiến này vừa được bỏ khỏi biên bản.", field="text")
    remark.refresh_from_db(fields=WORDS)
    return Correction.objects.create(
        meeting=remark.meeting,
        remark=remark,
        member=member,
        text=text.strip(),
        was=remark.words,
        entered_by=by,
        entered_at=at,
    )


@transaction.atomic
def answer_correction(
    correction: Correction, *, adopted: bool, reason: str, by: User, at: datetime, key: Press | None = None
) -> CorrectionAnswer:
    """Once and for good. Whoever adopts has changed the words at the desk before; whoever does not says why."""
    require(by, "meeting.run", correction)
    claim(correction.meeting, DRAFTED, "answer_correction", by=by, at=at, key=key, correction=correction.pk)
    if CorrectionAnswer.objects.filter(correction=correction).exists():
        raise Refused("Đề nghị này đã được trả lời.")
    if not adopted and not reason.strip():
        raise Refused("Không tiếp thu thì cần nêu lý do.", field="reason")
    correction.remark.refresh_from_db(fields=WORDS)
    if adopted and correction.remark.words == correction.was:
        raise Refused("Lời trong dự thảo vẫn như khi đề nghị. Xin sửa lời ở bàn thư ký trước, rồi ghi đã tiếp thu.")
    return CorrectionAnswer.objects.create(
        correction=correction, adopted=adopted, reason=reason.strip(), answered_by=by, answered_at=at
    )
