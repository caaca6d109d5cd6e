"""The slips of a secret vote, to be printed before it and cut out: a question, boxes, no number and no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Document, Slips
from meetings.models import Choice
from meetings.papers.parts import head
from meetings.wording import sentence, short_day
from members.house import in_house_style

if TYPE_CHECKING:
    from meetings.models import Meeting

BLANK = "…" * 50  # three lines, for a question that is written by hand
HOW = "Đánh dấu X vào một ô. Không ký tên, không đánh dấu gì khác."


@in_house_style
def build_slips(meeting: Meeting, *, question: str, count: int) -> Document:
    """As many as there are voters; the counting team stamps or signs them where that is the custom."""
    day = meeting.day
    issuer = head(meeting.cell, "", None, None, numbered=False, dated=False, of_committee=meeting.of_committee).issuer
    slips = Slips(
        count=count,
        issuer=issuer,
        occasion=f"Buổi họp ngày {short_day(day)}",
        title="PHIẾU BIỂU QUYẾT",
        question=sentence(question) if question else BLANK,
        choices=tuple(str(label) for label in Choice.labels),
        how=HOW,
    )
    return Document(f"phieu-bieu-quyet-{day:%Y-%m-%d}", f"Phiếu biểu quyết, {meeting.title}", day, (slips,))
