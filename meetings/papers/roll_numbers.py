"""The sheet for the door: who has which number of the roll, with a box to tick where the number is not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Column, Document, Note, Table, Title
from meetings.papers.parts import head, what_is_held
from meetings.wording import paper_day
from members.house import in_house_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.models import Attendance, Meeting

HOW = (
    "Đồng chí không dùng điện thoại đọc số của mình ở cửa, hoặc được đánh dấu thẳng vào danh sách. "
    "Số chỉ dùng cho buổi này."
)


@in_house_style
def build_roll_numbers(meeting: Meeting, rows: Sequence[Attendance]) -> Document:
    """`rows`: members in the order of the roll, each with a number."""
    day, held = meeting.day, what_is_held(meeting)
    top = head(meeting.cell, "", None, None, numbered=False, dated=False, of_committee=meeting.of_committee)
    columns = (
        Column("TT", 12, "center"),
        Column("Họ và tên", 85),
        Column("Số điểm danh", 38, "center"),
        Column("Có mặt", 30, "center"),
    )
    lines = tuple((str(place), row.name, str(row.roll_number), "") for place, row in enumerate(rows, start=1))
    title = Title("DANH SÁCH SỐ ĐIỂM DANH", (held[0].upper() + held[1:], paper_day(day).capitalize()))
    blocks = (top, title, Table(columns, lines), Note(HOW))
    return Document(f"so-diem-danh-{day:%Y-%m-%d}", f"Số điểm danh, {meeting.title}", day, blocks)
