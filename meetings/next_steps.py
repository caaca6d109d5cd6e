"""What to do next about a meeting, for this person: one sentence and one button, from state and rights alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from meetings.lifecycle import State
from members.policy import may

if TYPE_CHECKING:
    from meetings.models import Meeting
    from members.models import User


@dataclass(frozen=True, slots=True)
class NextStep:
    sentence: str
    label: str = ""
    url: str = ""
    posts: bool = False
    asks: str = ""  # said before it is done, where it is meant all the same
    below_agenda: bool = False  # it asks to look through the agenda first, and stands where that ends


def next_step(meeting: Meeting, user: User) -> NextStep | None:
    """None where there is nothing for this person to do."""
    by_state = {
        State.PLAN: _plan,
        State.CALLED: _called,
        State.OPEN: _open,
        State.CLOSED: _closed,
        State.SEALED: _sealed,
    }
    rule = by_state.get(State(meeting.state))
    return rule(meeting, user) if rule else None


def _plan(meeting: Meeting, user: User) -> NextStep | None:
    if not may(user, "meeting.call", meeting):
        return None
    if not meeting.place:
        return NextStep(
            "Ghi địa điểm để gửi được thông báo.", "Sửa kế hoạch", reverse("meeting-edit", args=[meeting.pk])
        )
    return NextStep(
        f"Xem lại chương trình, rồi gửi thông báo cho {'chi uỷ viên' if meeting.of_committee else 'đảng viên'}.",
        "Gửi thông báo",
        reverse("meeting-call", args=[meeting.pk]),
        posts=True,
        below_agenda=True,
    )


def _called(meeting: Meeting, user: User) -> NextStep | None:
    if not may(user, "meeting.run", meeting):
        return None
    if meeting.chair_id is None or meeting.minute_taker_id is None:
        return NextStep(
            "Ghi chủ trì và thư ký để khai mạc được.",
            "Sửa kế hoạch",
            reverse("meeting-edit", args=[meeting.pk]),
        )
    day = timezone.localdate(meeting.starts_at)
    early = f"Buổi họp được báo cho ngày {day:%d/%m/%Y}. Khai mạc ngay bây giờ?" if timezone.localdate() < day else ""
    return NextStep(
        "Đến giờ họp thì khai mạc và điểm danh.",
        "Khai mạc sớm" if early else "Khai mạc",
        reverse("meeting-open", args=[meeting.pk]),
        posts=True,
        asks=early,
    )


def _open(meeting: Meeting, user: User) -> NextStep | None:
    if not may(user, "meeting.run", meeting):
        return NextStep("Buổi họp đang diễn ra.")
    return NextStep("Buổi họp đang diễn ra.", "Vào bàn thư ký", reverse("room", args=[meeting.pk]))


def _closed(meeting: Meeting, user: User) -> NextStep | None:
    if not may(user, "minutes.sign", meeting):
        return NextStep("Biên bản đang chờ người ghi và chủ trì xác nhận.")
    return NextStep("Đọc lại biên bản rồi xác nhận.", "Xác nhận biên bản", reverse("minutes", args=[meeting.pk]))


def _sealed(meeting: Meeting, user: User) -> NextStep | None:
    if may(user, "minutes.see", meeting):
        return NextStep("Biên bản đã ký và được giữ nguyên.", "Xem biên bản", reverse("minutes", args=[meeting.pk]))
    return None
