"""How a vote is stated on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Paragraph, bold, para
from meetings.wording import percent, sentence

if TYPE_CHECKING:
    from meetings.models import Vote


def vote_paragraph(vote: Vote, *, of_committee: bool = False) -> Paragraph:
    voters = "chi uỷ viên" if of_committee else "đảng viên chính thức"
    result = "được thông qua" if vote.passed else "không được thông qua"
    return para(
        bold("Biểu quyết: "),
        f"{sentence(vote.question)} Số {voters} có mặt: {vote.entitled:02d}; "
        f"tán thành {vote.in_favour:02d} ({percent(vote.percent)}), không tán thành {vote.against:02d}, "
        f"ý kiến khác {vote.other:02d}. Kết quả: {result}.",
    )
