"""How far a paper has come: what an unsigned one bears, and what a sealed one says of who confirmed it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import DRAFT, Block, Document, Head, Signatures, Title
from meetings.models import Seat
from meetings.wording import paper_day, paper_time, sentence

if TYPE_CHECKING:
    from documents.model import Signature as Signed
    from meetings.models import Signature

# As the papers of a meeting head the two halves under which chair and minute-taker sign.
HEADED = {Seat.MINUTE_TAKER: "NGƯỜI GHI BIÊN BẢN", Seat.CHAIR: "CHỦ TRÌ HỘI NGHỊ"}
_NUMBER = re.compile(r"\b(số) \d+(?=-)", re.IGNORECASE)


def draft(document: Document) -> Document:
    """As it is shown and printed before it is signed: marked, and without a number that somebody could quote."""
    return replace(document, mark=DRAFT, blocks=tuple(_unnumbered(block) for block in document.blocks))


def _unnumbered(block: Block) -> Block:
    if isinstance(block, Head):
        return replace(block, number=_NUMBER.sub(r"\1 …", block.number))
    if isinstance(block, Title):
        return replace(block, abstract=tuple(_NUMBER.sub(r"\1 …", line) for line in block.abstract))
    return block


def confirmed(document: Document, signatures: Iterable[Signature]) -> Document:
    """The paper that both have confirmed, with who confirmed it for whom, when and why, over each name."""
    notes = {HEADED[Seat(one.seat)]: _note(one) for one in signatures}
    return replace(document, blocks=tuple(_noted(block, notes) for block in document.blocks))


def _note(one: Signature) -> str:
    when = f"{paper_time(one.signed_at)}, {paper_day(timezone.localdate(one.signed_at))}"
    if one.is_own:
        return f"Đã xác nhận lúc {when}" + (f" (một đồng chí giữ cả hai chỗ: {one.reason})" if one.reason else "")
    return f"Đồng chí {one.entered_by.get_full_name()} xác nhận thay lúc {when}. Lý do: {sentence(one.reason)}"


def _noted(block: Block, notes: Mapping[str, str]) -> Block:
    if not isinstance(block, Signatures):
        return block
    return replace(block, left=_half(block.left, notes), right=_half(block.right, notes))


def _half(half: Signed | None, notes: Mapping[str, str]) -> Signed | None:
    return replace(half, note=notes.get(half.role_lines[0], "")) if half is not None else None
