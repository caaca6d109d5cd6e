"""The attendance sheet that goes round before the opening: a row for each who may come, to be signed by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Column, Document, Signature, Signatures, Table, Title, bold, para
from meetings.facts import roll
from meetings.papers.attendance import post_of
from meetings.papers.parts import head, signed_name, what_is_held
from meetings.wording import paper_day, paper_time, sentence, weekday
from members.house import house, in_house_style

if TYPE_CHECKING:
    from meetings.models import Attendance, Meeting

_COLUMNS = (
    Column("STT", 12, "center"),
    Column("Họ và tên", 50),
    Column("Chức vụ, tư cách", 43),
    Column("Ký tên", 35),
    Column("Ghi chú", 25),
)
ROOM = "\u00a0\n\u00a0"  # two lines, for a name that is written by hand
GUESTS = 2  # rows that stay empty, for whoever comes beside them
_DOTS = "………"


@in_house_style
def build_roll_sheet(meeting: Meeting) -> Document:
    """From the roll, which is there once the notice was sent; why somebody cannot come is not for all who sign."""
    day = meeting.day
    held = what_is_held(meeting)
    rows = [row for row in roll(meeting) if row.may_take_part]
    named = [
        (str(number), row.name, _what(row), ROOM, "Xin vắng" if row.apologised_at else "")
        for number, row in enumerate(rows, start=1)
    ]
    taker = Signature(("THƯ KÝ",), signed_name(meeting.minute_taker))
    chair = Signature(("CHỦ TRÌ",), signed_name(meeting.chair))
    return Document(
        f"danh-sach-diem-danh-{day:%Y-%m-%d}",
        f"Danh sách điểm danh {held} ngày {day:%d/%m/%Y}",
        day,
        (
            head(meeting.cell, "", None, None, numbered=False, dated=False, of_committee=meeting.of_committee),
            Title("DANH SÁCH ĐIỂM DANH", (held[0].upper() + held[1:],)),
            para(
                bold("Thời gian: "), f"{paper_time(meeting.starts_at)}, {weekday(day)}, {paper_day(day)}."
            ),
            para(bold("Địa điểm: "), sentence(meeting.place)),
            Table(_COLUMNS, (*named, *[("", "", "Khách mời", ROOM, "")] * GUESTS)),
            para(
                bold("Có mặt: "), f"{_DOTS}; ", bold("vắng có lý do: "), f"{_DOTS}; ",
                bold("vắng không lý do: "), f"{_DOTS}; ", bold("khách mời: "), f"{_DOTS}.",
                keep=True,
            ),
            Signatures(chair, taker) if house().chair_left else Signatures(taker, chair),
        ),
    )  # fmt: skip


def _what(row: Attendance) -> str:
    """The post where there is one, otherwise the standing."""
    return post_of(row) or row.standing_word
