"""The table of who may know, in the words of a page for people: the same lines that the program decides by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from members.conditions import ALWAYS, NEVER
from members.known import KNOWN, known
from members.roles import LEADERS, ON_COMMITTEE, Role
from members.scoping import readers

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.knowing import Known

_TOGETHER = (({*ON_COMMITTEE}, "chi uỷ"), ({*LEADERS}, "bí thư, phó bí thư"))


@dataclass(frozen=True)
class Answer:
    """What is said of one kind of thing, or of several of which the same is true."""

    read: tuple[str, ...]  # who of the cell reads it
    known: str  # who of the cell knows that there is one
    above: str  # what a superior committee sees, from when


def answers() -> list[tuple[list[str], Answer]]:
    """In the order of the table; what has the same answer stands together, and once where two models are one thing."""
    found: dict[Answer, dict[str, None]] = {}
    for label in KNOWN:
        line = known(label)
        found.setdefault(answer_of(line), {})[line.what] = None
    return [([*names], answer) for answer, names in found.items()]


def answer_of(line: Known) -> Answer:
    return Answer(tuple(_read(line)), _known(line), _above(line))


def _read(line: Known) -> list[str]:
    reading = readers(line) - {Role.SUPERIOR}
    if line.below:
        reading |= {Role.BELOW}
    return _named(reading, line) or ["không có trang nào hiển thị"]


def _known(line: Known) -> str:
    if line.below or not line.secret:
        return "cả chi bộ" + (f", từ khi {line.told.words}" if line.told != ALWAYS else "")
    beside = _named({*line.also}, line)
    return "chỉ " + ", ".join(beside) if beside else "chỉ những người đọc được"


def _above(line: Known) -> str:
    if line.above == NEVER:
        return "không bao giờ"
    return "luôn được xem" if line.above == ALWAYS else f"từ khi {line.above.words}"


def _named(roles: Collection[Role], line: Known) -> list[str]:
    """The widest words first, then what only such a thing gives."""
    left, words = {*roles}, []
    for group, name in _TOGETHER:
        if group <= left:
            words.append(name)
            left -= group
    return words + [str(role.label) + _when(role, line) for role in Role if role in left]


def _when(role: Role, line: Known) -> str:
    """The condition under which the thing gives this role, where it always asks for one."""
    asked = [line.member] if role == Role.MEMBER else [one.when for one in line.gives if one.role == role]
    return f" ({asked[0].words})" if asked and ALWAYS not in asked else ""
