"""The invitation of a guest: an administrative paper, so it takes no number (399-QĐ/TW, as quoted)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Document, Signatures, Title, bold, para
from meetings.papers.parts import body_of, head_before, signer, what_is_held
from meetings.papers.standing import draft
from meetings.wording import paper_day, paper_time, sentence, weekday
from members.house import in_house_style, own

if TYPE_CHECKING:
    from meetings.models import Meeting

BLANK = "…" * 24  # what is left of the line, for a name that is written by hand


@in_house_style
def build_invitation(meeting: Meeting, *, name: str = "", position: str = "") -> Document:
    """Time, place and subject for one guest; of the day of the notice, and a draft until that is sent."""
    day = timezone.localdate(meeting.starts_at)
    issued = timezone.localdate(meeting.called_at or meeting.starts_at)
    held, body = what_is_held(meeting), own("Chi uỷ") if meeting.of_committee else "Chi bộ"
    guest = f"{name}, {position}" if name and position else name or BLANK
    word = "" if held.endswith("chuyên đề") else ", chuyên đề"
    topic = f"{word} “{meeting.topic}”" if meeting.topic and meeting.is_thematic else ""
    made = Document(
        f"giay-moi-{day:%Y-%m-%d}",
        f"Giấy mời dự {held} ngày {day:%d/%m/%Y}",
        issued,
        (
            head_before(meeting),
            Title("GIẤY MỜI", (f"Dự {held}",)),
            para(bold("Kính mời: "), sentence(guest)),
            para(f"{body} trân trọng kính mời đồng chí dự {held}{topic}."),
            para(bold("Thời gian: "), f"{paper_time(meeting.starts_at)}, {weekday(day)}, {paper_day(day)}."),
            para(bold("Địa điểm: "), sentence(meeting.place)),
            para("Rất mong đồng chí đến dự đúng giờ."),
            Signatures(None, signer(meeting.cell, issued, body_of(meeting))),
        ),
    )
    return made if meeting.called_at is not None else draft(made)
