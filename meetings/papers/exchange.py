"""What cell and superior committee have said to each other about one meeting's minutes, as a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Document, Heading, Title, bold, italic, para
from meetings.models import Verdict
from meetings.papers.parts import head, labelled
from meetings.wording import comrade, paper_day

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.exchanged import Exchanged, Look, Said
    from meetings.models import Meeting


def build_exchange(meeting: Meeting, talk: Exchanged) -> Document:
    """Dated by the last thing that was said. It stands beside the minutes and changes nothing in them."""
    held = timezone.localdate(meeting.opened_at or meeting.starts_at)
    last = max(moment for moment in (talk.given_at, *_moments(talk)) if moment is not None)
    number = meeting.minutes.number
    of = f"Biên bản số {number.number:02d}-BB/{meeting.cell.symbol}" if number else "Biên bản"
    blocks: list[Block] = [
        head(meeting.cell, "BB", None, last, numbered=False, dated=True, of_committee=meeting.of_committee),
        Title("TRAO ĐỔI VỚI CẤP TRÊN VỀ BIÊN BẢN", (meeting.title,)),
        para(f"{of} ngày {held:%d/%m/%Y} đã ký và được giữ nguyên. Ý kiến của cấp trên và trả lời của chi bộ như sau:"),
    ]
    for number_of, look in enumerate(talk.looks, start=1):
        blocks += _look(number_of, look)
    blocks.append(para(bold("Tình trạng: "), f"{talk.word.lower()}."))
    return Document(
        name=f"trao-doi-ve-bien-ban-{held:%Y-%m-%d}",
        title=f"Trao đổi về biên bản ngày {held:%d/%m/%Y}",
        day=timezone.localdate(last),
        blocks=tuple(blocks),
    )


def _moments(talk: Exchanged) -> list[datetime | None]:
    return [said.comment.answered_at for said in talk.comments]


def _look(number: int, look: Look) -> list[Block]:
    given = look.given
    day = f"{_day(given.given_at)}"
    word = "trả lại" if given.verdict == Verdict.RETURNED else "đã xem xét"
    blocks: list[Block] = [Heading(f"{number}. {day[0].upper()}{day[1:]}: {word}", level=2)]
    until = f" Hạn trả lời: {paper_day(given.answer_by)}." if given.answer_by else ""
    blocks.append(para(f"Người xem xét: {comrade(given.superior.get_full_name())}.{until}"))
    for said in look.comments:
        blocks += _said(said)
    return blocks


def _said(said: Said) -> list[Block]:
    comment = said.comment
    blocks: list[Block] = [para(bold("Về phần: "), said.heading), *labelled("Nhận xét", comment.text)]
    if comment.answered_by is None:
        return blocks
    words = comment.answer or (f"Bổ sung, đính chính lần {comment.addendum.number:02d}." if comment.addendum else "")
    who = f"Người trả lời: {comrade(comment.answered_by.get_full_name())}, {_day(comment.answered_at)}."
    return [*blocks, *labelled("Chi bộ trả lời", words), para(italic(who))]


def _day(moment: datetime | None) -> str:
    return paper_day(timezone.localdate(moment)) if moment else ""
