"""WHAT CAN BE PRINTED OF A MEETING: one line for each paper, in which states, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from meetings.lifecycle import ALIVE, OVER, PLANNING, State
from members.policy import may

if TYPE_CHECKING:
    from meetings.models import Attendance, Meeting, Vote
    from members.models import User


@dataclass(frozen=True, slots=True)
class Print:
    """`view`: the name of the address; `right`: a line of ALLOWED that it asks for; `query` chooses a form of it."""

    view: str
    name: str
    use: str
    right: str
    states: frozenset[State]
    query: str = ""

    def address(self, meeting: Meeting) -> str:
        return reverse(self.view, args=[meeting.pk]) + self.query


ROLLED = PLANNING - {State.PLAN} | {State.OPEN}  # nobody is on the roll before the notice

PRINTS = (
    Print("notice-pdf", "Thông báo", "Gửi đảng viên, cấp uỷ viên theo dõi", "meeting.see", ALIVE),
    Print("agenda-pdf", "Chương trình, dạng bảng", "Có cột ghi chú, phát trước buổi họp", "meeting.see", ALIVE),
    Print(
        "agenda-pdf",
        "Chương trình, dạng văn bản",
        "Các phần I đến V, có nơi nhận",
        "meeting.see",
        ALIVE,
        "?kieu=van-ban",
    ),
    Print("roll-sheet-pdf", "Danh sách điểm danh", "Ký tay khi đến họp", "plan.see", ROLLED),
    Print("minutes-pdf", "Biên bản", "Chưa ký thì có chữ DỰ THẢO", "minutes.see", OVER),
    Print(
        "outcome-pdf",
        "Kết quả buổi họp, chữ to",
        "Dán ở cửa phòng họp, trong nội bộ chi bộ; đọc lại trước khi dán",
        "handout.give",
        OVER,
    ),
)


@dataclass(frozen=True, slots=True)
class Handouts:
    """What is printed row by row once the meeting is over; empty for whoever hands nothing over."""

    owners: list[Attendance]  # who was given something
    readers: list[Attendance]  # who was away or has no device
    votes: list[Vote]  # of sealed minutes, each for its extract


def handouts_of(meeting: Meeting, by: User) -> Handouts:
    if meeting.state not in OVER or not may(by, "handout.give", meeting):
        return Handouts([], [], [])
    votes = list(meeting.votes.all()) if meeting.state == State.SEALED else []
    return Handouts(list(meeting.attendances.owners()), meeting.attendances.to_be_handed(), votes)


def prints_of(meeting: Meeting, by: User) -> list[tuple[Print, str]]:
    """What this account can print of it now, each with its address."""
    here = (one for one in PRINTS if meeting.state in one.states and may(by, one.right, meeting))
    return [(one, one.address(meeting)) for one in here]
