"""What may refuse a move: only rights, state and arithmetic. Advice lives in guideline.checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meetings.facts import roll
from meetings.models import Mark, Meeting, Signature
from meetings.presence import HOW_TO_FIT, beyond_the_roll, does_not_fit, rooms_of_votes
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable


def time_and_place(meeting: Meeting) -> None:
    if not meeting.place.strip():
        raise Refused("Chưa có địa điểm họp nên chưa gửi thông báo được.", field="place")


def agenda_is_not_empty(meeting: Meeting) -> None:
    if not meeting.items.exists():
        raise Refused("Chương trình chưa có nội dung nào.")


def chair_and_minute_taker(meeting: Meeting) -> None:
    if meeting.chair_id is None or meeting.minute_taker_id is None:
        raise Refused("Cần ghi rõ chủ trì và thư ký trước khi khai mạc.")


def roll_call_is_complete(meeting: Meeting) -> None:
    waiting = [row.name for row in roll(meeting) if row.counts and row.mark == Mark.NONE]
    if waiting:
        raise Refused("Chưa điểm danh xong: " + ", ".join(f"đồng chí {name}" for name in waiting) + ".")


def times_within_the_meeting(meeting: Meeting) -> None:
    """Who leaves after the end left at the end; but nobody comes before the opening or after the end."""
    opened, closed = meeting.opened_at, meeting.closed_at
    if opened is None or closed is None:
        return
    opened = opened.replace(second=0, microsecond=0)
    for row in roll(meeting):
        came_outside = row.arrived_at is not None and not opened <= row.arrived_at <= closed
        if came_outside or (row.left_at is not None and row.left_at < opened):
            raise Refused(f"Giờ đến, giờ về của đồng chí {row.name} nằm ngoài thời gian họp. Xin sửa ở phần điểm danh.")


def votes_fit_the_roll(meeting: Meeting) -> None:
    """No paper on which more people vote than were there."""
    for one in beyond_the_roll(rooms_of_votes(meeting)):
        raise Refused(f"{does_not_fit(*one)} {HOW_TO_FIT}")


def both_have_signed(meeting: Meeting) -> None:
    if Signature.objects.filter(meeting=meeting).count() < 2:
        raise Refused("Biên bản cần cả người ghi biên bản và chủ trì xác nhận.")


GUARDS: dict[str, Callable[[Meeting], None]] = {
    guard.__name__: guard
    for guard in (
        time_and_place,
        agenda_is_not_empty,
        chair_and_minute_taker,
        roll_call_is_complete,
        times_within_the_meeting,
        votes_fit_the_roll,
        both_have_signed,
    )
}
