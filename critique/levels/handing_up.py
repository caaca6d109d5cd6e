"""The lists that go up: what one cell proposes, by name, and what a committee has been handed, by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from critique.levels import standing as levels
from critique.levels.papers import head_of, level_blocks
from critique.official_forms.model import Level
from documents.model import Column, Document, Head, Note, Recipients, Signature, Signatures, Table, Title, para
from meetings.papers.parts import on_behalf, place_and_day, signer
from meetings.wording import count, short_day
from members.house import in_house_style

if TYPE_CHECKING:
    from datetime import datetime

    from critique.cycle.models import Cycle
    from critique.levels.rolled_up import Handed
    from documents.model import Block
    from members.models import Organisation

BY_CELL = (
    Column("TT", 11, "center"),
    Column("Đơn vị", 28),
    Column("Tập thể", 24),
    Column("Số người", 19, "center"),
    Column("Xuất sắc", 15, "center"),
    Column("Tốt", 12, "center"),
    Column("Hoàn thành", 19, "center"),
    Column("Không hoàn thành", 20, "center"),
    Column("Ghi chú", 29),
)
NOT_HANDED_UP = "Chưa nộp"
NOBODY = "Chưa có mức nào được ghi."
ORDER = "Theo danh sách đơn vị, không xếp hạng. Mức do chi bộ đề xuất; quyết định thuộc cấp có thẩm quyền."


@in_house_style
def build_proposals(cycle: Cycle) -> Document:
    """By name, what everybody has chosen and what the cell proposes: for the committee above, signed on paper."""
    day, found = cycle.meets_on, levels.standings(cycle)
    people = [one.proposed for one in found if one.row.member_id is not None]
    said = "; ".join(f"{level.label}: {count(number)}" for level, number in levels.counted(people))
    blocks: tuple[Block, ...] = (
        head_of(cycle, None),
        Title("DANH SÁCH", (f"Đề xuất đánh giá, xếp loại chất lượng năm {cycle.year}",)),
        *(level_blocks(cycle) or [para(NOBODY)]),
        para(f"Số đảng viên được đánh giá: {count(len(people))}. Mức chi bộ đề xuất: {said}."),
        Signatures(None, signer(cycle.cell, day), Recipients(("Cấp uỷ cấp trên",))),
    )
    return Document(f"de-xuat-xep-loai-{cycle.year}", f"Đề xuất xếp loại năm {cycle.year}", day, blocks)


@in_house_style
def build_handed_up(committee: Organisation, year: int, rows: list[Handed], now: datetime) -> Document:
    """By cell, how many are proposed for each level: no name and no score."""
    day = timezone.localdate(now)
    table = tuple(_row(number, row) for number, row in enumerate(rows, start=1))
    sums = (str(sum(row.number(level) for row in rows)) for level in Level)
    total = ("", "Tổng cộng", "", str(sum(row.people for row in rows)), *sums, "")
    blocks: tuple[Block, ...] = (
        Head(committee.superior_line, committee.paper_name, "", place_and_day(committee, day)),
        Title("BẢNG TỔNG HỢP", (f"Đề xuất đánh giá, xếp loại chất lượng năm {year}",)),
        para(
            f"Số đơn vị: {count(len(rows))}; đã nộp hồ sơ: {count(sum(row.handed_up_at is not None for row in rows))}."
        ),
        Table(BY_CELL, (*table, total), total=True),
        Note(ORDER),
        Signatures(Signature(("NGƯỜI LẬP BẢNG",), ""), Signature((on_behalf(committee),), "")),
    )
    return Document(f"tong-hop-xep-loai-{year}", f"Tổng hợp đề xuất xếp loại năm {year}", day, blocks)


def _row(number: int, row: Handed) -> tuple[str, ...]:
    if row.handed_up_at is None:
        return (str(number), row.cell.name, "", "", "", "", "", "", NOT_HANDED_UP)
    notes = [f"Nộp {short_day(timezone.localdate(row.handed_up_at))}"]
    notes += [f"{row.unproposed} người chưa có mức"] if row.unproposed else []
    notes += [f"đã quyết định {row.decided}/{row.people}"] if row.decided else []
    return (
        str(number),
        row.cell.name,
        row.collective.label if row.collective else "",
        str(row.people),
        *(str(row.number(level)) for level in Level),
        "; ".join(notes),
    )
