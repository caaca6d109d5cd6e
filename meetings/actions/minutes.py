"""Signing, sealing and correcting the minutes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from documents.model import Document, fingerprint, to_json
from documents.sealed import Rendered, rendered, rendered_once
from meetings.actions import inspecting
from meetings.actions.core import move
from meetings.extension import keeper_of
from meetings.lifecycle import State
from meetings.models import Addendum, Meeting, Minutes, Seat, Signature
from meetings.papers import build_addendum, build_minutes
from members.access import require
from members.changes import claim
from members.numbering import next_number
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press

CLOSED = frozenset({State.CLOSED})
SEALED = frozenset({State.SEALED})
READABLE = (State.OPEN, State.CLOSED, State.SEALED)


def register(meeting: Meeting, at: datetime) -> Minutes:
    """The row of the minutes with its number, given once, when the meeting closes."""
    minutes, created = Minutes.objects.get_or_create(meeting=meeting)
    if created and meeting.cell.number_minutes:
        minutes.number = next_number(meeting.cell, "BB", at)
        minutes.save(update_fields=["number"])
    return minutes


def paper_of(meeting: Meeting, *, whole: bool = False) -> Document:
    """The minutes to show: stored ones once sealed, otherwise as they stand now.

    `whole`: with what was said about people and is kept apart, for whoever may read that (`minutes.whole`).
    """
    return rendered_paper(meeting, whole=whole).document


def rendered_paper(meeting: Meeting, *, whole: bool = False) -> Rendered:
    """The same as a page shows it. What is kept apart is encrypted at rest, so that paper is never kept rendered."""
    if whole and (keeper := keeper_of(meeting)) is not None:
        return rendered(keeper.whole(meeting))
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.sealed_at:
        return rendered_once(minutes.document)
    return rendered(build_minutes(meeting))


@transaction.atomic
def sign(meeting: Meeting, *, seat: str, seen: str, by: User, at: datetime, key: Press | None = None) -> bool:
    """Confirm the minutes for one seat; the second signature seals. Returns whether they are sealed now.

    `seen` is the fingerprint of the paper on the signer's screen: whoever signs, signs what they read. The
    chair or minute-taker signs in person; the secretary, the deputy or the other of the two may enter it
    for somebody without a device, and the record names who did.
    """
    require(by, "minutes.sign", meeting)
    if seat not in Seat.values:
        raise Refused("Không có chỗ ký này.")
    claim(meeting, CLOSED, "sign", by=by, at=at, key=key, seat=seat)
    meeting = Meeting.objects.with_people().get(pk=meeting.pk)
    document = build_minutes(meeting)
    keeper = keeper_of(meeting)
    whole = keeper.whole(meeting) if keeper is not None else document
    current = fingerprint(whole)
    if seen != current:
        raise Refused("Biên bản vừa được sửa. Xin đọc lại bản mới trước khi xác nhận.")
    signer = meeting.chair if seat == Seat.CHAIR else meeting.minute_taker
    if signer is None:
        raise Refused("Chưa ghi chủ trì hoặc thư ký.")
    meeting.signatures.exclude(fingerprint=current).delete()
    Signature.objects.update_or_create(
        meeting=meeting,
        seat=seat,
        defaults={"member": signer, "entered_by": by, "signed_at": at, "fingerprint": current},
    )
    if meeting.signatures.count() < len(Seat.values):
        return False
    move(meeting, "seal", by=by, at=at, fingerprint=current)
    if keeper is not None:
        keeper.seal(meeting, whole, by, at)
    Minutes.objects.filter(meeting=meeting).update(
        document=to_json(document), fingerprint=fingerprint(document), sealed_at=at
    )
    return True


@transaction.atomic
def add_addendum(
    meeting: Meeting, *, text: str, reason: str, by: User, at: datetime, key: Press | None = None
) -> Addendum:
    """Correct sealed minutes by adding a paper of its own; the sealed one stays as it is, byte for byte."""
    require(by, "minutes.correct", meeting)
    claim(meeting, SEALED, "add_addendum", by=by, at=at, key=key)
    meeting = Meeting.objects.with_people().get(pk=meeting.pk)
    addendum = Addendum(
        meeting=meeting,
        number=meeting.addenda.count() + 1,
        text=text,
        reason=reason,
        written_by=by,
        written_at=at,
    )
    document = build_addendum(addendum)
    addendum.document, addendum.fingerprint = to_json(document), fingerprint(document)
    addendum.save(force_insert=True)
    inspecting.answer_with(addendum, by=by, at=at)
    return addendum
