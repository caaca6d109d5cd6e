"""Resolutions and conclusions: issued by a meeting, then carried out, reviewed and ended, one step after the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from book.chain import enter
from book.proof import sealed_paper
from documents.model import fingerprint, to_json
from documents.sealed import Rendered, rendered
from meetings.facts import Evening
from meetings.in_book import RESOLUTION
from meetings.lifecycle import TAKING_MINUTES, TOOK_PLACE, State
from meetings.models import Meeting, Resolution, ResolutionKind, ResolutionState, ResolutionStep, Vote
from meetings.papers import draft as marked_draft
from meetings.papers.resolution import build_resolution, proposed_words
from meetings.wording import paper_day, paper_time
from members.access import require
from members.changes import claim
from members.numbering import give_back, next_number
from members.policy import may
from members.refusal import Refused
from members.signing import signed_by

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press


@transaction.atomic
def issue(
    meeting: Meeting,
    *,
    kind: str,
    subject: str,
    vote: Vote | None,
    issued_on: date,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Resolution:
    """This meeting adopted a resolution or a conclusion: it gets the next number of its kind."""
    require(by, "resolution.keep", meeting)
    claim(meeting, TOOK_PLACE, "issue_resolution", by=by, at=at, key=key, kind=kind, subject=subject)
    if meeting.of_committee:
        raise Refused("Nghị quyết, kết luận của chi bộ do buổi sinh hoạt chi bộ thông qua.")
    if kind not in ResolutionKind.values:
        raise Refused("Xin chọn nghị quyết hoặc kết luận.", field="kind")
    if vote is not None:
        _refuse_vote(meeting, vote)
    if issued_on < meeting.day:
        raise Refused("Ngày ban hành không thể trước ngày họp.", field="issued_on")
    if issued_on > timezone.localdate(at):
        raise Refused("Ngày ban hành chưa tới.", field="issued_on")
    made = Resolution(
        cell=meeting.cell,
        meeting=meeting,
        vote=vote,
        kind=kind,
        number=next_number(meeting.cell, kind, at),
        subject=subject,
        issued_on=issued_on,
        **proposed_words(Evening.of(meeting)),
    )
    made.save(force_insert=True)
    return made


def paper_of(resolution: Resolution, by: User) -> Rendered:
    """What was signed, from its stored bytes; until then a draft, with this leader's own signature where one looks."""
    if resolution.sealed_at is not None:
        return sealed_paper(RESOLUTION, resolution)
    day = timezone.localdate()
    signature = signed_by(resolution.cell, by.member, day) if may(by, "resolution.sign", resolution) else None
    return rendered(build_resolution(resolution, signature=signature), shown_as=marked_draft)


@transaction.atomic
def sign(resolution: Resolution, *, seen: str, by: User, at: datetime, key: Press | None = None) -> None:
    """On behalf of the cell, once the minutes it rests on are sealed: from then on the paper is what was seen.

    `seen` is the fingerprint of the paper on the signer's screen.
    """
    require(by, "resolution.sign", resolution)
    told = {"resolution": resolution.pk}
    claim(resolution.meeting, TOOK_PLACE, "sign_resolution", by=by, at=at, key=key, **told)
    row = Resolution.objects.with_meeting().get(pk=resolution.pk)
    if row.meeting.state != State.SEALED:
        raise Refused("Biên bản của buổi họp chưa ký xong; ký biên bản rồi mới ký nghị quyết, kết luận.")
    if row.sealed_at is not None:
        raise Refused("Văn bản này đã ký ban hành.")
    signature = signed_by(row.cell, by.member, timezone.localdate(at))
    if signature is None:
        raise Refused("Chỉ bí thư, phó bí thư đang giữ chức vụ ký thay mặt chi bộ.")
    if seen != fingerprint(build_resolution(row, signature=signature)):
        raise Refused("Văn bản vừa được sửa. Xin đọc lại bản mới trước khi ký.")
    day = paper_day(timezone.localdate(at))
    kept = build_resolution(row, signature=replace(signature, note=f"Đã ký trên phần mềm lúc {paper_time(at)}, {day}"))
    row.document, row.fingerprint, row.sealed_at, row.sealed_by = to_json(kept), fingerprint(kept), at, by
    row.save(update_fields=["document", "fingerprint", "sealed_at", "sealed_by"])
    if row.number is not None:
        enter("number", row.number, at=at)
    enter(RESOLUTION, row, at=at)


def _refuse_vote(meeting: Meeting, vote: Vote) -> None:
    if vote.meeting_id != meeting.pk:
        raise Refused("Biểu quyết này không phải của buổi họp này.", field="vote")
    if not vote.passed:
        raise Refused("Biểu quyết này không được thông qua nên không ban hành được.", field="vote")
    if Resolution.objects.filter(vote=vote).exists():
        raise Refused("Biểu quyết này đã có văn bản ban hành.", field="vote")


@transaction.atomic
def withdraw(resolution: Resolution, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Entered by mistake, before the minutes are sealed: the last number of its kind goes back to the register."""
    require(by, "resolution.keep", resolution)
    meeting = resolution.meeting
    claim(meeting, TAKING_MINUTES, "withdraw_resolution", by=by, at=at, key=key, subject=resolution.subject)
    if resolution.steps.exists():
        raise Refused("Văn bản này đã được theo dõi tiếp nên không bỏ được.")
    Resolution.objects.filter(pk=resolution.pk).delete()
    if resolution.number:
        give_back(resolution.number, "Đã có văn bản mang số sau nên không bỏ được.")


@transaction.atomic
def take_step(
    resolution: Resolution, *, state: str, text: str, by: User, at: datetime, key: Press | None = None
) -> ResolutionStep:
    """Carried out, reviewed, ended: in this order, and the end with a word on what came of it."""
    require(by, "resolution.keep", resolution)
    claim(
        resolution.meeting, TOOK_PLACE, "resolution_step", by=by, at=at, key=key, resolution=resolution.pk, state=state
    )
    resolution.refresh_from_db(fields=["state"])
    if state not in resolution.steps_ahead:
        here = ResolutionState(resolution.state).label
        raise Refused(f"Văn bản đang ở bước “{here}”; các bước đi lần lượt, không lùi lại.", field="state")
    if state == ResolutionState.ENDED and not text.strip():
        raise Refused("Kết thúc thì cần ghi kết quả, đánh giá.", field="text")
    resolution.state = state
    resolution.save(update_fields=["state"])
    return ResolutionStep.objects.create(
        resolution=resolution, state=state, text=text.strip(), entered_by=by, entered_at=at
    )
