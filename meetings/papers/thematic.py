"""The thematic paper as it is handed out and read aloud: no paper of the register, under whose name it was prepared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Bullets, Document, Heading, Run, Signature, Signatures, Title, bold, para
from meetings import outline
from meetings.papers.parts import head, signed_name
from meetings.papers.standing import draft
from meetings.wording import comrade, paper_day
from members.house import in_house_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from documents.model import Block
    from meetings.models import ThematicPaper

_PART = re.compile(r"(?:[IVXLC]+|[A-HĐ])[.)\-–]")  # "I.", "A-"
_SUBPART = re.compile(r"\d+\.\d")  # "1.2"


def text_of(paper: ThematicPaper) -> str:
    """What is read now: once it is completed the completed text, until then the draft."""
    return paper.completed if paper.completed_at else paper.draft


@in_house_style
def build_thematic(paper: ThematicPaper) -> Document:
    """A draft bears the word on every page until the text is completed after the meeting."""
    meeting, done = paper.meeting, paper.completed_at
    blocks: tuple[Block, ...] = (
        head(meeting.cell, "", None, done or meeting.starts_at, numbered=False, dated=True),
        Title("CHUYÊN ĐỀ", (meeting.topic, f"Sinh hoạt chuyên đề {paper_day(meeting.day)}")),
        *([para(bold("Người chuẩn bị: "), f"{comrade(str(paper.author))}.")] if paper.author else []),
        *_blocks(text_of(paper)),
        Signatures(None, Signature(("NGƯỜI CHUẨN BỊ",), signed_name(paper.author))),
    )
    day = timezone.localdate(done) if done else meeting.day
    made = Document(f"chuyen-de-{meeting.day:%Y-%m-%d}", f"Chuyên đề: {meeting.topic}", day, blocks)
    return made if done else draft(made)


def _blocks(text: str) -> Iterator[Block]:
    """Lines of a list that follow one another are one."""
    dashed: list[tuple[Run, ...]] = []
    for block in outline.blocks(text):
        if block.kind == "bullet":
            dashed.append((Run(block.text),))
            continue
        if dashed:
            yield Bullets(tuple(dashed))
            dashed = []
        yield Heading(block.text, _level(block.text)) if block.kind == "heading" else para(block.text)
    if dashed:
        yield Bullets(tuple(dashed))


def _level(text: str) -> int:
    return 1 if _PART.match(text) or not text[0].isdigit() else 3 if _SUBPART.match(text) else 2
