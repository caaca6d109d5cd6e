"""What may refuse a move: only rights, state and arithmetic. Advice lives in guideline.checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.clock import minute
from meetings.extension import keeper_of
from meetings.facts import roll
from meetings.models import DOES, Mark, Meeting, Seat, Signature, held
from meetings.presence import HOW_TO_FIT, beyond_the_roll, does_not_fit, rooms_of_votes
from meetings.wording import paper_time
from members import roster
from members.models import TAKING_PART
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime


def time_and_place(meeting: Meeting) -> None:
    if not meeting.place.strip():
        raise Refused("Chưa có địa điểm họp nên chưa gửi thông báo được.", field="place")


def agenda_is_not_empty(meeting: Meeting) -> None:
    if not meeting.items.exists():
        raise Refused("Chương trình chưa có nội dung nào.")


def chair_and_minute_taker(meeting: Meeting) -> None:
    if meeting.chair_id is None or meeting.minute_taker_id is None:
        raise Refused("Cần ghi rõ chủ trì và thư ký trước khi khai mạc.")


def both_are_in_office(meeting: Meeting) -> None:
    """Whoever leads the evening belongs to the cell on its day, and has not been let off it."""
    day = meeting.day
    here = {entry.member.pk for entry in roster.on_day(meeting.cell, day) if entry.standing in TAKING_PART}
    away = set(meeting.attendances.filter(mark=Mark.EXCUSED).values_list("member_id", flat=True))
    for does, member in (("chủ trì", meeting.chair), ("thư ký", meeting.minute_taker)):
        if member is not None and member.pk not in here:
            raise Refused(
                f"Đồng chí {member} ({does}) không sinh hoạt tại chi bộ ngày {day:%d/%m/%Y}. "
                "Xin sửa kế hoạch, cử đồng chí khác."
            )
        if member is not None and member.pk in away:
            raise Refused(f"Đồng chí {member} ({does}) đã được đồng ý cho vắng. Xin sửa kế hoạch, cử đồng chí khác.")


def somebody_is_here(meeting: Meeting) -> None:
    if not any(row.mark == Mark.PRESENT and not row.is_guest for row in meeting.attendances.all()):
        raise Refused("Cả danh sách đều ghi vắng: không có ai họp thì không có biên bản.")


def both_seats_are_here(meeting: Meeting) -> None:
    """The exempt are not waited for at the roll, but whoever leads is marked as here."""
    rows = {row.member_id: row for row in meeting.attendances.of_members()}
    for one in held(meeting, meeting.seat_changes.with_holders()):
        row = rows.get(one.member.pk)
        if row is None or row.mark != Mark.PRESENT:
            raise Refused(
                f"Đồng chí {one.member} {DOES[one.seat]} nhưng chưa được ghi là có mặt. "
                "Xin điểm danh, hoặc đổi ở “Chủ trì, thư ký”."
            )


def roll_call_is_complete(meeting: Meeting) -> None:
    waiting = [row.name for row in roll(meeting) if row.counts and row.mark == Mark.NONE]
    if waiting:
        raise Refused("Chưa điểm danh xong: " + ", ".join(f"đồng chí {name}" for name in waiting) + ".")


def times_within_the_meeting(meeting: Meeting) -> None:
    """Whatever was recorded with a time lies between the opening and the end, by minutes."""
    if meeting.opened_at is None or meeting.closed_at is None:
        return
    opened, closed = minute(meeting.opened_at), minute(meeting.closed_at)
    for what, moment in _timed(meeting):
        told = f"{what} {paper_time(moment)}"
        if minute(moment) < opened:
            raise Refused(
                f"{told}, trước giờ khai mạc này. Xin ghi giờ khai mạc sớm hơn, hoặc sửa điều đã ghi.",
                field="opened_at",
            )
        if minute(moment) > closed:
            raise Refused(
                f"{told}, sau giờ kết thúc này. Xin ghi giờ kết thúc muộn hơn, hoặc sửa điều đã ghi.",
                field="closed_at",
            )


def _timed(meeting: Meeting) -> Iterator[tuple[str, datetime]]:
    for item in meeting.items.filter(started_at__isnull=False):
        if item.started_at is not None:
            yield f"Nội dung “{item.title}” bắt đầu lúc", item.started_at
    for vote in meeting.votes.all():
        yield f"Biểu quyết “{vote.question}” ghi lúc", vote.taken_at
    for change in meeting.seat_changes.with_holders():
        yield f"Đồng chí {change.member} {DOES[Seat(change.seat)]} từ", change.since
    for row in roll(meeting):
        if row.arrived_at is not None:
            yield f"Đồng chí {row.name} đến lúc", row.arrived_at
        if row.left_at is not None:
            yield f"Đồng chí {row.name} về lúc", row.left_at
    if keeper := keeper_of(meeting):
        yield from keeper.timed(meeting)


def votes_fit_the_roll(meeting: Meeting) -> None:
    """No paper on which more people vote than were there."""
    for one in beyond_the_roll(rooms_of_votes(meeting)):
        raise Refused(f"{does_not_fit(*one)} {HOW_TO_FIT}")


HOW_TO_END = "Xin chốt và công bố, hoặc rút biểu quyết ấy trước."


def no_vote_is_open(meeting: Meeting) -> None:
    """What people are being asked at this moment is not dropped with the end of the meeting."""
    if (still_open := meeting.polls.alive().first()) is not None:
        raise Refused(f"Biểu quyết “{still_open.question}” còn mở. {HOW_TO_END}")


def it_was_held(meeting: Meeting) -> None:
    """A roll alone is no meeting: some line of the agenda was begun, or something stands under one."""
    if not _begun(meeting):
        raise Refused(
            "Chưa nội dung nào được bắt đầu hay ghi gì, nên chưa thành biên bản. "
            "Nếu buổi họp không diễn ra, xin rút lại khai mạc rồi huỷ buổi họp."
        )


def _begun(meeting: Meeting) -> bool:
    keeper = keeper_of(meeting)
    return meeting.items.touched().exists() or (keeper is not None and keeper.begun(meeting))


def nothing_is_recorded(meeting: Meeting) -> None:
    """An opening by mistake; the roll is taken anew."""
    words = meeting.dues.strip() or meeting.quality.strip() or meeting.read_back_at
    guests = meeting.attendances.filter(member=None)
    recorded = (meeting.seat_changes.all(), guests, meeting.recusals.all(), meeting.tasks.all(), meeting.polls.alive())
    if words or _begun(meeting) or any(rows.exists() for rows in recorded):
        raise Refused("Buổi họp đã ghi nội dung, khách mời hoặc đổi chủ trì, thư ký, nên không rút lại khai mạc được.")


def corrections_are_answered(meeting: Meeting) -> None:
    left = meeting.corrections.unanswered().count()
    if left:
        raise Refused(f"Còn {left} đề nghị sửa lời trong dự thảo chưa được trả lời.")


def both_have_signed(meeting: Meeting) -> None:
    if Signature.objects.filter(meeting=meeting).count() < 2:
        raise Refused("Biên bản cần cả người ghi biên bản và chủ trì xác nhận.")


GUARDS: dict[str, Callable[[Meeting], None]] = {
    guard.__name__: guard
    for guard in (
        time_and_place,
        agenda_is_not_empty,
        chair_and_minute_taker,
        both_are_in_office,
        somebody_is_here,
        both_seats_are_here,
        roll_call_is_complete,
        times_within_the_meeting,
        votes_fit_the_roll,
        no_vote_is_open,
        it_was_held,
        nothing_is_recorded,
        corrections_are_answered,
        both_have_signed,
    )
}
