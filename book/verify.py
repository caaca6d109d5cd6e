"""Whether the book of a cell is whole, in words, and where it is not: the first place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from book.kinds import KINDS
from book.models import FIRST, Link, start_of
from members.known import known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from book.kinds import Kind
    from members.models import Organisation


@dataclass(frozen=True, slots=True)
class Found:
    """`wrong`: the first place that is not as it was sealed, a sentence; empty: the book is whole."""

    wrong: str
    links: int
    head: Link | None
    taken_over: int = 0  # of the links: what was sealed before there was a book

    @property
    def whole(self) -> bool:
        return not self.wrong


def verify(cell: Organisation) -> Found:
    """Every link against the one before it and against what it proves; then what is sealed and has no link."""
    links = list(Link.objects.filter(cell=cell).order_by("number"))
    wrong = next(_chain(links), "") or next(_things(links), "") or next(_outside(cell, links), "")
    return Found(wrong, len(links), links[-1] if links else None, sum(link.taken_over for link in links))


def _chain(links: list[Link]) -> Iterator[str]:
    previous = FIRST
    for number, link in enumerate(links, start=1):
        if link.number != number:
            yield f"Thiếu mục số {number}: sau mục số {number - 1} là mục số {link.number}."
        if link.computed() != link.hash:
            yield f"{_place(link)} đã bị sửa: mã của mục không còn khớp với điều ghi trong mục."
        if link.previous != previous:
            yield f"{_place(link)} không nối với mục trước: có mục bị đổi, chen vào, bỏ đi hoặc xếp lại."
        previous = link.hash


def _things(links: list[Link]) -> Iterator[str]:
    found = _rows(links)
    for link in links:
        if sentence := wrong_with(link, found.get((link.kind, link.thing_pk))):
            yield sentence


def wrong_with(link: Link, row: Any) -> str:
    """A sentence where the row, as it is stored now, is not what the link has proved; `row` None: it is gone."""
    kind = KINDS.get(link.kind)
    if kind is None:
        return f"{_place(link)} thuộc loại mà phần mềm không biết."
    if row is None:
        return f"{_place(link)}: nội dung đã ký không còn trong cơ sở dữ liệu."
    if _digest(kind, row) != link.digest:
        return f"{_place(link)}: nội dung đang lưu không đúng nội dung khi ký."
    return ""


def _digest(kind: Kind, row: Any) -> str:
    """What cannot be read at all is not what was sealed."""
    try:
        return kind.digest(row)
    except Exception:  # whatever a damaged value raises, in a column of any app
        return ""


def _rows(links: Iterable[Link]) -> dict[tuple[str, int], Any]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for link in links:
        wanted[link.kind].add(link.thing_pk)
    return {
        (name, row.pk): row
        for name, keys in wanted.items()
        if name in KINDS
        for row in KINDS[name].table._base_manager.filter(pk__in=keys)
    }


def _outside(cell: Organisation, links: list[Link]) -> Iterator[str]:
    """What counts as sealed and is not in the book, and what is in the book and no longer counts as sealed."""
    linked = {(link.kind, link.thing_pk): link for link in links}
    for kind in KINDS.values():
        if kind.sealed is None:
            continue
        rows = kind.table._base_manager.filter(kind.sealed, **{known(kind.model).cell: cell.pk})
        sealed = set(rows.order_by("pk").values_list("pk", flat=True))
        for key in sorted(sealed):
            if (kind.name, key) not in linked:
                yield f"{kind.label} (số {key} trong cơ sở dữ liệu) không có trong sổ: đã chen vào, hoặc mục bị bỏ đi."
        for (name, key), link in linked.items():
            if name == kind.name and key not in sealed:
                yield f"{_place(link)}: trong cơ sở dữ liệu không còn là nội dung đã ký của chi bộ này."


def _place(link: Link) -> str:
    return f"Mục số {link.number} ({link.label.lower()})"


@dataclass(frozen=True, slots=True)
class Compared:
    """A code from a paper, looked for in the book of a cell."""

    code: str
    link: Link | None
    wrong: str

    @property
    def whole(self) -> bool:
        return not self.wrong


def compare(cell: Organisation, code: str, found: Found) -> Compared:
    """Whether the book has this code and is whole, all of it; where not, why, also behind the link of the code."""
    start = start_of(code)
    if start is None:
        return Compared(code, None, "Mã kiểm tra gồm 16 chữ và số, bốn nhóm bốn. Xin xem lại mã trên giấy.")
    link = Link.objects.coded(cell, start)
    if link is None:
        return Compared(
            code,
            None,
            "Sổ của chi bộ không có mã này: gõ nhầm mã, giấy của chi bộ khác, "
            "hoặc sổ đã bị sửa, bị bớt sau ngày in giấy.",
        )
    return Compared(code, link, found.wrong or wrong_with(link, _rows([link]).get((link.kind, link.thing_pk))))
