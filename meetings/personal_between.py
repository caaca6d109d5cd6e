"""What is held about somebody between two meetings: what they would have on the next agenda."""

from __future__ import annotations

from meetings import models as m
from meetings.personal import WORK
from members.declare import WHOSE, Acted, Chapter, Nobody, Shown, With, declare

declare(
    m.Matter,
    WORK,
    chapters=[
        Chapter(
            "Nội dung đề xuất cho buổi sinh hoạt",
            "Chi uỷ đọc và trả lời; được đưa vào chương trình thì cả chi bộ thấy, có tên đồng chí.",
            ("proposer",),
            people=("proposer", "entered_by__member"),
            order=("-entered_at",),
        )
    ],
    proposer=WHOSE,
    text=Shown("Đề xuất"),
    state=Shown("Trả lời"),
    entered_at=Shown("Đề xuất lúc"),
    entered_by=Acted("ghi đề xuất nội dung sinh hoạt", "entered_at", "Người ghi"),
)
declare(
    m.MatterAnswer,
    With(m.Matter, "matter"),
    reason=Nobody("Lời trả lời của chi uỷ; người đề xuất đọc ở trang của đề xuất."),
    answered_by=Acted("trả lời đề xuất nội dung sinh hoạt", "answered_at"),
)
