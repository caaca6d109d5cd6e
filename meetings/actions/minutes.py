"""Signing, sealing and correcting the minutes."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from book import proof
from book.chain import enter
from documents.model import Document, fingerprint, to_json
from documents.sealed import Rendered, rendered
from meetings.actions import inspecting, turns
from meetings.actions.core import move
from meetings.extension import keeper_of
from meetings.in_book import ADDENDUM, MINUTES, SIGNATURE
from meetings.lifecycle import State
from meetings.models import Addendum, Attendance, Meeting, Minutes, Seat, Signature
from meetings.papers import build_addendum, build_minutes, confirmed, draft
from members import entering, roster
from members.access import require
from members.asked import Asked, is_remembered, remember
from members.changes import claim
from members.numbering import next_number
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Member, User
    from members.press import Press

CLOSED = frozenset({State.CLOSED})
SEALED = frozenset({State.SEALED})
READABLE = (State.OPEN, State.CLOSED, State.SEALED)


def register(meeting: Meeting, at: datetime) -> Minutes:
    """The row of the minutes with its number, given once, when the meeting closes. The committee has its own run."""
    minutes, created = Minutes.objects.get_or_create(meeting=meeting)
    if created and meeting.cell.number_minutes:
        minutes.number = next_number(meeting.cell, "BBU" if meeting.of_committee else "BB", at)
        minutes.save(update_fields=["number"])
    return minutes


def paper_of(meeting: Meeting, *, whole: bool = False) -> Document:
    """The minutes to show: stored ones once sealed, otherwise a draft of how they stand now.

    `whole`: with what was said about people and is kept apart, for whoever may read that (`minutes.whole`).
    """
    return rendered_paper(meeting, whole=whole).document


def rendered_paper(meeting: Meeting, *, whole: bool = False) -> Rendered:
    """The same as a page shows it. What is kept apart is encrypted at rest, so that paper is never kept rendered.

    The fingerprint of a draft is that of the paper without the mark: what a signer confirms.
    """
    keeper = keeper_of(meeting) if whole else None
    minutes = getattr(meeting, "minutes", None)
    if _was_sealed(meeting, minutes):
        signed = _confirmations(meeting)
        kept = keeper.sealed(meeting, signed) if keeper else None
        return kept or proof.sealed_paper(MINUTES, minutes or Minutes(meeting=meeting), signed)
    return rendered(keeper.whole(meeting) if keeper else build_minutes(meeting), shown_as=draft)


def _was_sealed(meeting: Meeting, minutes: Minutes | None) -> bool:
    """By its state or by the book: a time of sealing that somebody has emptied makes no draft of it."""
    if meeting.state == State.SEALED:
        return True
    return minutes is not None and (minutes.sealed_at is not None or proof.stands(MINUTES, minutes))


def _confirmations(meeting: Meeting) -> list[tuple[str, Signature]]:
    """One for each seat: nothing seals without; for one that is gone stands an empty one, which no link proves."""
    found = {one.seat: one for one in signatures_of(meeting)}
    empty = [Signature(meeting=meeting, seat=seat) for seat in Seat.values if seat not in found]
    return [(SIGNATURE, one) for one in (*found.values(), *empty)]


_SIGNATURES = Asked(lambda meeting: Signature.objects.filter(meeting=meeting).with_people())


def signatures_of(meeting: Meeting) -> list[Signature]:
    """With their people, asked for once for each meeting at hand."""
    if not is_remembered(meeting, "signatures"):
        remember(meeting, "signatures", _SIGNATURES(meeting.pk, meeting=meeting))
    return list(meeting.signatures.all())


def whole_is_opened(meeting: Meeting, *, printed: bool, by: User, at: datetime) -> None:
    """Where the whole paper holds words about people, who reads it is written down by who keeps them."""
    require(by, "minutes.whole", meeting)
    if keeper := keeper_of(meeting):
        keeper.opened(meeting, by, at, printed)


def seated(meeting: Meeting, seat: str) -> Member | None:
    """Who confirms for this seat: whoever holds it at the end."""
    return meeting.chair if seat == Seat.CHAIR else meeting.minute_taker


def why_not_for(meeting: Meeting, seat: str, by: User) -> str:
    """Why this account does not confirm for this seat, in a sentence; empty where it may.

    One's own seat is confirmed in person. For somebody else only where they have no device or cannot sign in, never
    where they have signed in before, never for both seats, and not by whoever holds the other seat as long as that
    somebody has an account or another leader could: sealing needs two persons. Who was planned in both seats
    confirms for both; who took the second one over on the evening only where no other leader could have.
    """
    signer, other = seated(meeting, seat), seated(meeting, Seat.CHAIR if seat != Seat.CHAIR else Seat.MINUTE_TAKER)
    if signer is None:
        return "Chưa ghi chủ trì hoặc thư ký."
    if signer.pk == by.member_id:
        return _why_not_alone(meeting, seat, signer)
    if sentence := entering.why_not_for(signer, by, "tự xác nhận"):
        return sentence
    if entering.has_signed_in(signer):
        return f"Đồng chí {signer} đã từng đăng nhập: xin để đồng chí ấy tự xác nhận; không ai ghi thay."
    if by.member_id not in (meeting.chair_id, meeting.minute_taker_id) and any(
        one.entered_by_id == by.pk and one.seat != seat for one in signatures_of(meeting)
    ):
        return "Đồng chí đã ghi thay ở chỗ kia: biên bản cần hai người, xin nhờ đồng chí khác."
    if signer.has_account and other is not None and other.pk == by.member_id:
        return f"Đồng chí {signer} có tài khoản: xin đăng nhập để tự xác nhận, hoặc nhờ đồng chí khác ghi thay."
    if other is not None and other.pk == by.member_id and (third := _third(meeting)) is not None:
        return f"Đồng chí {signer} không có tài khoản: xin nhờ đồng chí {third} ghi thay, để biên bản có hai người."
    return ""


def _third(meeting: Meeting) -> Member | None:
    """A leader of the cell in neither seat who can sign in."""
    seated_ones = {meeting.chair_id, meeting.minute_taker_id}
    leaders = [entry.member for entry in roster.on_day(meeting.cell, timezone.localdate()) if entry.leads]
    return next((one for one in leaders if one.pk not in seated_ones and one.has_account), None)


def _why_not_alone(meeting: Meeting, seat: str, signer: Member) -> str:
    """At the second seat of one person who was not planned in both."""
    if meeting.chair_id != meeting.minute_taker_id or not meeting.signatures.exclude(seat=seat).exists():
        return ""
    taken = meeting.events.filter(what="change_seat", data__member=signer.pk).exists()
    if not taken or (third := _third(meeting)) is None:
        return ""
    return (
        f"Đồng chí {signer} nhận thêm chỗ này trong buổi họp; biên bản cần hai người. "
        f"Xin nhờ đồng chí {third} ghi đồng chí khác vào một chỗ ở “Chủ trì, thư ký”."
    )


def wants_reason(meeting: Meeting, seat: str, by: User) -> bool:
    """Who confirms for somebody else says why; so does whoever confirms for both seats, at the second."""
    signer = seated(meeting, seat)
    if signer is None or signer.pk != by.member_id:
        return True
    both = meeting.chair_id == meeting.minute_taker_id
    return both and meeting.signatures.exclude(seat=seat).exists()


@transaction.atomic
def sign(
    meeting: Meeting, *, seat: str, seen: str, reason: str = "", by: User, at: datetime, key: Press | None = None
) -> bool:
    """Confirm the minutes for one seat; the second signature seals. Returns whether they are sealed now.

    `seen` is the fingerprint of the paper on the signer's screen: whoever signs, signs what they read. What is kept
    is that paper with who confirmed it, for whom, when and why.
    """
    require(by, "minutes.sign", meeting)
    if seat not in Seat.values:
        raise Refused("Không có chỗ ký này.")
    claim(meeting, CLOSED, "sign", by=by, at=at, key=key, seat=seat)
    meeting = Meeting.objects.with_people().get(pk=meeting.pk)
    keeper, document = keeper_of(meeting), build_minutes(meeting)
    whole = keeper.whole(meeting) if keeper is not None else document
    current = fingerprint(whole)
    if seen != current:
        raise Refused("Biên bản vừa được sửa. Xin đọc lại bản mới trước khi xác nhận.")
    meeting.signatures.exclude(fingerprint=current).delete()
    if sentence := why_not_for(meeting, seat, by):
        raise Refused(sentence)
    wanted = wants_reason(meeting, seat, by)
    if wanted and not reason.strip():
        raise Refused("Xin nêu lý do; lý do được in trên biên bản.", field="reason")
    given = {"entered_by": by, "signed_at": at, "fingerprint": current, "reason": reason.strip() if wanted else ""}
    signer: Any = seated(meeting, seat)  # somebody, or why_not_for() had said so
    Signature.objects.update_or_create(meeting=meeting, seat=seat, defaults={"member": signer, **given})
    signatures = list(meeting.signatures.with_people())
    if len(signatures) < len(Seat.values):
        return False
    move(meeting, "seal", by=by, at=at, fingerprint=current)
    if keeper is not None:
        keeper.seal(meeting, whole, confirmed(whole, signatures), by, at)
    kept = confirmed(document, signatures)
    counted, present = Attendance.objects.of(meeting).counts()
    Minutes.objects.filter(meeting=meeting).update(
        document=to_json(kept), fingerprint=fingerprint(kept), sealed_at=at, counted=counted, present=present
    )
    _enter(meeting, signatures, at)
    turns.forget(meeting)
    return True


def _enter(meeting: Meeting, signatures: list[Signature], at: datetime) -> None:
    """Into the book: the number, who confirmed, then the minutes themselves, whose code stands on the paper."""
    minutes = Minutes.objects.select_related("number").get(meeting=meeting)
    if minutes.number is not None:
        enter("number", minutes.number, at=at)
    for signature in signatures:
        enter(SIGNATURE, signature, at=at)
    enter(MINUTES, minutes, at=at)


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
    enter(ADDENDUM, addendum, at=at)
    inspecting.answer_with(addendum, by=by, at=at)
    return addendum
