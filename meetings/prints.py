"""WHAT CAN BE PRINTED OF A MEETING: one line for each paper, in which states, and for whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from meetings.lifecycle import ALIVE, OVER, PLANNING, State
from meetings.models import News
from meetings.papers.thematic import text_of
from members.policy import may

if TYPE_CHECKING:
    from meetings.models import Attendance, Meeting, Vote
    from members.models import User


@dataclass(frozen=True, slots=True)
class Print:
    """`view`: the name of the address; `right`: a line of ALLOWED that it asks for; `query` chooses a form of it;
    `there`: whether this account finds one there, where not every meeting has one.
    """

    view: str
    name: str
    use: str
    right: str
    states: frozenset[State]
    query: str = ""
    there: Callable[[Meeting, User], bool] = lambda meeting, by: True

    def address(self, meeting: Meeting) -> str:
        return reverse(self.view, args=[meeting.pk]) + self.query


def _has_thematic(meeting: Meeting, by: User) -> bool:
    """Until it is shared only those who prepare it see it."""
    paper = meeting.thematic_paper
    shown = paper is not None and (paper.shared_at is not None or may(by, "plan.see", meeting))
    return shown and bool(text_of(paper).strip())


def _has_news(meeting: Meeting, by: User) -> bool:
    """What nobody has edited yet is no paper."""
    news = News.objects.of(meeting).first()
    return news is not None and news.is_edited


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
    Print(
        "paper-pdf",
        "Chuyên đề",
        "Phát cho đảng viên, đọc tại buổi họp; chưa hoàn thiện thì có chữ DỰ THẢO",
        "meeting.see",
        ALIVE,
        there=_has_thematic,
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
    Print("news-pdf", "Tin bài", "Đã có người sửa lại; gửi ra ngoài chi bộ", "news.write", OVER, there=_has_news),
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
    here = (one for one in here if one.there(meeting, by))
    return [(one, one.address(meeting)) for one in here]
