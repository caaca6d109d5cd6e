"""How a pasted text becomes headings, paragraphs and list lines: the units that opinions point at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

_HEADING = re.compile(r"^(?:#+\s+|(?:[IVXLC]{1,5}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)[.)\-–]\s*\S)")
_BULLET = re.compile(r"^(?:[-–•*+])\s+")
_LONGEST_HEADING = 140


@dataclass(frozen=True, slots=True)
class Block:
    kind: Literal["heading", "paragraph", "bullet"]
    text: str

    @property
    def mark(self) -> str:
        """Whether it still says what it said when a page named it by its place."""
        return sha256(self.text.encode()).hexdigest()[:8]


def blocks(text: str) -> list[Block]:
    """One block a line: Word pastes one paragraph as one line, and people press Enter once."""
    found: list[Block] = []
    for line in map(str.strip, text.splitlines()):
        if not line:
            continue
        if _BULLET.match(line):
            found.append(Block("bullet", _BULLET.sub("", line)))
        elif _HEADING.match(line) and len(line) <= _LONGEST_HEADING and not line.endswith((".", ";", ",")):
            found.append(Block("heading", line.lstrip("#").strip()))
        else:
            found.append(Block("paragraph", line))
    return found
