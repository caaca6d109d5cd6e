"""What cell and superior committee have said to each other about one meeting's minutes, as a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Document, Heading, Note, Title, bold, italic, para
from meetings.models import Verdict
from meetings.papers.parts import abstract_of, head, labelled, minutes_named
from meetings.wording import comrade, first_up, paper_day
from members.house import in_house_style, own
from members.models import TenureKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from documents.proof import Proof
    from meetings.exchanged import Exchanged, Look, Said
    from meetings.models import Addendum, Meeting

_POST = TenureKind.SUPERIOR.label[0].lower() + TenureKind.SUPERIOR.label[1:]


@in_house_style
def build_exchange(meeting: Meeting, talk: Exchanged, newest: Proof) -> Document:
    """Dated by the last thing that was said. It stands beside the minutes and changes nothing in them.

    `newest`: by the last entry of all this in the book, so that a copy of its code lies with the superior committee.
    """
    held = meeting.day
    beside = _beside(talk)
    last = max(moment for moment in (talk.given_at, *_moments(talk, beside)) if moment is not None)
    blocks: list[Block] = [
        head(meeting.cell, "BB", None, last, numbered=False, dated=True, of_committee=meeting.of_committee),
        Title("TRAO ĐỔI VỚI CẤP TRÊN VỀ BIÊN BẢN", abstract_of(meeting)),
        para(
            f"{minutes_named(meeting)} {paper_day(held)} đã ký và được giữ nguyên. "
            "Ý kiến của cấp trên và trả lời của chi bộ như sau:"
        ),
    ]
    for number_of, look in enumerate(talk.looks, start=1):
        blocks += _look(number_of, look)
    for addendum in beside:
        blocks += [
            Heading(f"Bổ sung, đính chính lần {addendum.number:02d}, {_day(addendum.written_at)}", level=2),
            *_added(addendum),
        ]
    if talk.word.lower() != _word(talk.looks[-1]):
        blocks.append(para(bold("Tình trạng: "), f"{talk.word.lower()}."))
    if newest.code:
        blocks.append(para(bold("Mục cuối trong sổ biên bản: "), f"số {newest.number}, mã kiểm tra {newest.code}."))
    blocks.append(Note("Bản in trao đổi trên phần mềm, không thay văn bản."))
    return Document(
        name=f"trao-doi-ve-bien-ban-{held:%Y-%m-%d}",
        title=f"Trao đổi về biên bản ngày {held:%d/%m/%Y}",
        day=timezone.localdate(last),
        blocks=tuple(blocks),
    )


def _beside(talk: Exchanged) -> list[Addendum]:
    """What was added to the minutes after the first look and stands as the answer to no single comment."""
    first = talk.looks[0].given.given_at
    answers = {said.comment.addendum_id for said in talk.comments}
    return [one for one in talk.addenda if one.pk not in answers and first is not None and one.written_at > first]


def _moments(talk: Exchanged, beside: Sequence[Addendum]) -> list[datetime | None]:
    return [*(said.comment.answered_at for said in talk.comments), *(one.written_at for one in beside)]


def _word(look: Look) -> str:
    return "trả lại" if look.given.verdict == Verdict.RETURNED else "đã xem xét"


def _look(number: int, look: Look) -> list[Block]:
    given = look.given
    day = f"{_day(given.given_at)}"
    blocks: list[Block] = [Heading(f"{number}. {first_up(day)}: {_word(look)}", level=2)]
    until = f" Hạn trả lời: {paper_day(given.answer_by)}." if given.answer_by else ""
    blocks.append(para(f"Người xem xét: {comrade(given.superior.get_full_name())}, {own(_POST)}.{until}"))
    for said in look.comments:
        blocks += _said(said)
    return blocks


def _said(said: Said) -> list[Block]:
    comment = said.comment
    blocks: list[Block] = [para(bold("Về phần: "), said.heading), *labelled("Nhận xét", comment.text)]
    if comment.answered_by is None:
        return blocks
    added = comment.addendum
    words = comment.answer or (f"Bổ sung, đính chính lần {added.number:02d}." if added else "")
    who = f"Người trả lời: {comrade(comment.answered_by.get_full_name())}, {_day(comment.answered_at)}."
    return [*blocks, *labelled("Chi bộ trả lời", words), *(_added(added) if added else ()), para(italic(who))]


def _added(addendum: Addendum) -> list[Block]:
    return [*labelled("Nội dung bổ sung, đính chính", addendum.text), *labelled("Lý do", addendum.reason)]


def _day(moment: datetime | None) -> str:
    return paper_day(timezone.localdate(moment)) if moment else ""
