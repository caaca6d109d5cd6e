"""Owns what stands together and what apart on a page, alike in print, in Word and where pages are reckoned."""

from collections.abc import Iterable, Sequence
from typing import Final

from documents.model import Block, Bullets, Heading, Paragraph, Run, Signatures, Table

_LONG: Final = 700  # letters, some nine lines
_ENDING: Final = 6  # short paragraphs, signatures and notes among them
_AS_MANY: Final = 3  # paragraphs as a table stands for
_LINE: Final = 80  # letters of 14 pt: a paragraph of more takes two lines, and stands for two of one


def one_by_one(blocks: Iterable[Block]) -> list[Block]:
    """Dash by dash, as print keeps them, and without empty paragraphs, which take no room."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Bullets):
            found += (Bullets((item,)) for item in block.items)
        elif not isinstance(block, Paragraph) or any(run.text.strip() for run in block.runs):
            found.append(block)
    return found


def is_whole(runs: Sequence[Run]) -> bool:
    """Whether no page parts this paragraph where it is kept with what follows. LibreOffice never parts one then; of a
    long one print brings the last lines alone, so that no third of a page stays empty.
    """
    return sum(len(run.text) for run in runs) <= _LONG


def _said(runs: Sequence[Run]) -> int:
    return 2 if sum(len(run.text) for run in runs) > _LINE else 1


def _weight(block: Block) -> int:
    match block:
        case Bullets():
            return sum(map(_said, block.items))
        case Paragraph():
            return _said(block.runs)
        case _:
            return _AS_MANY if isinstance(block, Table) else 1


def _begins(block: Block) -> bool:
    """A page: nothing before it comes along."""
    return isinstance(block, Heading) and block.new_page


def goes_on(before: Block | None, block: Block) -> bool:
    """Whether the text goes on below signatures, on the same page."""
    return isinstance(before, Signatures) and (
        isinstance(block, Paragraph) or (isinstance(block, Heading) and not _begins(block))
    )


def ending(blocks: Sequence[Block], end: bool) -> list[bool]:
    """Which blocks are kept with what follows so that the last lines do not stand alone, where `end` asks for it."""
    after = [0]
    for block in blocks[:0:-1]:
        after.append(_ENDING if _begins(block) else after[-1] + _weight(block))
    return [end and 0 < later < _ENDING for later in reversed(after)][: len(blocks)]


def kept_last(blocks: Sequence[Block]) -> int:
    """The same for print: how many elements from the last one on; each dash is one."""
    count = after = 0
    for block in reversed(blocks):
        if _begins(block):
            return count + 1
        for weight in map(_said, reversed(block.items)) if isinstance(block, Bullets) else [_weight(block)]:
            if after >= _ENDING:
                return count
            count, after = count + 1, after + weight
    return count
