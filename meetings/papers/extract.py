"""The extract of one decision: taken word by word from the sealed minutes, never written anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from documents.model import Document, Head, Heading, Note, Paragraph, Signature, Signatures, Title, para
from meetings.papers.parts import minutes_named, place_and_day
from meetings.wording import paper_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from documents.model import Block
    from meetings.models import Meeting, Vote

B = TypeVar("B")

_WHO = ("Tổng số đảng viên: ", "Có mặt: ", "Vắng: ", "Chủ trì: ", "Thư ký: ", "Cách tính kết quả biểu quyết: ")
_CAME_TO = ("Kết luận của chủ trì: ", "Kết luận: ", "Thông tin: ", "Phân công nhiệm vụ:")
_VOTE = "Biểu quyết "
_RESERVED = "Ý kiến bảo lưu của "


def build_extract(meeting: Meeting, sealed: Document, vote: Vote, today: date, code: str) -> Document | None:
    """What the item came to, and this vote with what it decided; nobody's opinion. None where the minutes have it not.

    `code`: of the minutes' entry in the book.
    """
    under = _section(sealed.blocks, f"item-{vote.item_id}")
    earlier = meeting.votes.filter(item=vote.item_id, pk__lt=vote.pk).count()
    starts = [place for place, block in enumerate(under) if _begins(block, (_VOTE,))]
    if earlier >= len(starts):
        return None
    ends = [*starts[1:], len(under)]
    came = next((place for place, block in enumerate(under) if _begins(block, _CAME_TO)), starts[0])
    decided = _without_reserved(under[starts[earlier] : ends[earlier]])
    named = minutes_named(meeting)
    top, title = _first(sealed, Head), _first(sealed, Title)
    held = paper_day(meeting.day)
    return Document(
        f"trich-bien-ban-{meeting.day:%Y-%m-%d}-{vote.pk}",
        f"Trích biên bản {meeting.title_inside} ngày {meeting.day:%d/%m/%Y}",
        today,
        (
            replace(top, number="", place_and_day=place_and_day(meeting.cell, today)),
            Title("TRÍCH BIÊN BẢN", title.abstract),
            para(f"Trích từ {named[0].lower()}{named[1:]} {held}, đã ký."),
            *_before(sealed.blocks),
            *(block for block in _section(sealed.blocks, "attendance") if _begins(block, _WHO)),
            replace(_heading(sealed, vote), part=""),
            *under[came : starts[0]],
            *decided,
            _unsigned(_first(sealed, Signatures)),
            Note(f"Lời trích đúng như biên bản đã ký; mã kiểm tra của biên bản: {code}.{_corrected(meeting)}"),
        ),
        look=sealed.look,
    )


def _corrected(meeting: Meeting) -> str:
    """An extract does not hide that something was corrected after the seal; what, the correction says itself."""
    told = meeting.addenda.count()
    return f" Biên bản có {told:02d} lần bổ sung, đính chính; xem kèm." if told else ""


def _first(document: Document, kind: type[B]) -> B:
    return next(block for block in document.blocks if isinstance(block, kind))


def _heading(document: Document, vote: Vote) -> Heading:
    part = f"item-{vote.item_id}"
    return next(block for block in document.blocks if isinstance(block, Heading) and block.part == part)


def _section(blocks: Sequence[Block], part: str) -> list[Block]:
    """What stands under the heading of this part, up to the next heading or the signatures."""
    start = next((n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.part == part), None)
    if start is None:
        return []
    after = blocks[start + 1 :]
    end = next((n for n, block in enumerate(after) if isinstance(block, Heading | Signatures)), len(after))
    return list(after[:end])


def _before(blocks: Sequence[Block]) -> list[Block]:
    """Time and place: what stands between the title and the first heading."""
    title = next(n for n, block in enumerate(blocks) if isinstance(block, Title))
    first = next(n for n, block in enumerate(blocks) if isinstance(block, Heading))
    return list(blocks[title + 1 : first])


def _begins(block: Block, labels: tuple[str, ...]) -> bool:
    """With one of our own labels, in bold: what somebody has typed never is."""
    if not isinstance(block, Paragraph) or not block.runs:
        return False
    return block.runs[0].bold and block.runs[0].text.startswith(labels)


def _without_reserved(blocks: Sequence[Block]) -> list[Block]:
    def reserved(block: Block) -> bool:
        return isinstance(block, Paragraph) and bool(block.runs) and block.runs[0].text == _RESERVED

    end = next((n for n, block in enumerate(blocks) if reserved(block)), len(blocks))
    return list(blocks[:end])


def _unsigned(block: Signatures) -> Signatures:
    """To be signed by hand: what the software noted over the names is the minutes' own."""

    def half(one: Signature | None) -> Signature | None:
        return replace(one, note="") if one is not None else None

    return replace(block, left=half(block.left), right=half(block.right))
