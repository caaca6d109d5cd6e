"""What the cells of a committee have sealed, as one paper of a month or of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Column, Document, Head, Heading, Note, Signature, Signatures, Table, Title, para
from meetings.models import Kind
from meetings.papers.parts import on_behalf, place_and_day
from meetings.rolled_months import Month, charts
from meetings.wording import count, paper_month, percent, points, sentence, short_day
from members.house import in_house_style

if TYPE_CHECKING:
    from datetime import datetime

    from documents.model import Block
    from meetings.rolled_up import Line, Met, RollUp
    from members.models import Organisation

OF_MONTH = (
    Column("TT", 10, "center"),
    Column("Đơn vị", 33),
    Column("Đảng số", 14, "center"),
    Column("Ngày họp", 25, "center"),
    Column("Dự họp", 14, "center"),
    Column("Điểm", 14, "center"),
    Column("Xếp loại", 15, "center"),
    Column("Ghi chú", 46),
)
OF_YEAR = (
    Column("TT", 10, "center"),
    Column("Đơn vị", 35),
    Column("Đảng số", 14, "center"),
    Column("Số buổi", 14, "center"),
    Column("Chuyên đề", 21, "center"),
    Column("Tỉ lệ dự họp", 19, "center"),
    Column("Điểm bình quân", 24, "center"),
    Column("Xếp loại từng buổi", 28),
)
BY_MONTH = (
    Column("Tháng", 25),
    Column("Số buổi", 20, "center"),
    Column("Chi bộ đã họp", 30, "center"),
    Column("Có chuyên đề", 30, "center"),
    Column("Tỉ lệ dự họp", 30, "center"),
    Column("Nhiệm vụ hoàn thành/đến hạn", 40, "center"),
)
NO_MINUTES = "Chưa có biên bản đã ký"
ONLY_SEALED = (
    "Chỉ tính biên bản đã đủ chữ ký; thứ tự theo danh sách đơn vị, không xếp hạng. Đảng số theo biên bản gần nhất. "
    "Điểm, xếp loại do cấp trên xác nhận (nếu đã xác nhận), nếu chưa thì do chi bộ chấm"
)
STARRED = f"{ONLY_SEALED} (đánh dấu *)."
KINDS = {Kind.THEMATIC: "chuyên đề", Kind.COMBINED: "kết hợp chuyên đề"}


@in_house_style
def build_roll_up(committee: Organisation, found: RollUp, now: datetime) -> Document:
    """As it stands on the day on which it is printed; signed on behalf of the committee by hand."""
    day = timezone.localdate(now)
    if found.month is None:
        when, table, name = f"Năm {found.year}", _year(found), f"tong-hop-sinh-hoat-{found.year}"
    else:
        when = f"{paper_month(date(found.year, found.month, 1))} năm {found.year}"
        table, name = _month(found), f"tong-hop-sinh-hoat-{found.year}-{found.month:02d}"
    blocks: tuple[Block, ...] = (
        Head(committee.superior_line, committee.paper_name, "", place_and_day(committee, day)),
        Title("BẢNG TỔNG HỢP", (f"Sinh hoạt chi bộ {when[0].lower()}{when[1:]}",)),
        para(
            f"Số đơn vị: {count(len(found.lines))}; đã có biên bản: {count(found.cells_held)}; "
            f"số buổi sinh hoạt: {count(found.held)}."
        ),
        table,
        *([_months(found, day)] if found.months else []),
        Note(STARRED),
        Signatures(Signature(("NGƯỜI LẬP BẢNG",), ""), Signature((on_behalf(committee),), "")),
    )
    return Document(name, f"Tổng hợp sinh hoạt chi bộ {when[0].lower()}{when[1:]}", day, blocks)


def with_charts(paper: Document, found: RollUp) -> Document:
    """As it is printed: the months drawn as well, below on a page of their own; those to come stay empty there too."""
    begun = (one if one.has_begun(found.year, paper.day) else Month(one.number) for one in found.months)
    drawn = charts(found.year, tuple(begun))
    if not drawn:
        return paper
    return replace(paper, blocks=(*paper.blocks, Heading("PHỤ LỤC. BIỂU ĐỒ", new_page=True), *drawn))


@in_house_style
def build_part(committee: Organisation, found: RollUp, now: datetime) -> Document:
    """Some lines of the table for a screen: without what adds up all of them, and nothing to sign."""
    table = _year(found) if found.month is None else _month(found)
    rows = replace(table, rows=table.rows[:-1], total=False)
    return Document("tong-hop-sinh-hoat", "Tổng hợp sinh hoạt chi bộ", timezone.localdate(now), (rows,))


def _months(found: RollUp, day: date) -> Table:
    """The months of the year, of all cells together; those to come stay empty."""

    def row(one: Month) -> tuple[str, ...]:
        if not one.has_begun(found.year, day):
            return (f"Tháng {one.number}", *[""] * (len(BY_MONTH) - 1))
        rate = "" if one.exact_rate is None else percent(one.exact_rate)
        tasks = f"{one.done}/{one.due}" if one.due else ""
        return (f"Tháng {one.number}", str(one.held), str(one.cells), str(one.topics), rate, tasks)

    return Table(BY_MONTH, tuple(map(row, found.months)), caption="Theo tháng")


def _month(found: RollUp) -> Table:
    """A row for each meeting: the cell stands in the first of its own."""
    rows: list[tuple[str, ...]] = []
    for number, line in enumerate(found.lines, start=found.first):
        held = [_met(met) for met in line.meetings] or [("", "", "", "", "", NO_MINUTES)]
        rows += [((str(number), line.cell.name) if at == 0 else ("", "")) + cells for at, cells in enumerate(held)]
    total = ("", "Tổng cộng", str(found.strength), f"{found.held} buổi", "", "", "", "")
    return Table(OF_MONTH, (*rows, total), total=True)


def _met(met: Met) -> tuple[str, ...]:
    remarks = [sentence(word) for word in (KINDS.get(Kind(met.kind), ""), *met.remarks) if word]
    return (
        str(met.strength),
        short_day(met.day),
        f"{met.present}/{met.counted}",
        _points(met),
        met.grade,
        " ".join(remarks),
    )


def _points(met: Met) -> str:
    shown = points(met.points)
    return f"{shown}*" if shown and not met.confirmed else shown


def _year(found: RollUp) -> Table:
    rows = tuple(_cell(number, line) for number, line in enumerate(found.lines, start=found.first))
    thematic = sum(line.thematic for line in found.lines)
    total = ("", "Tổng cộng", str(found.strength), str(found.held), str(thematic), "", "", "")
    return Table(OF_YEAR, (*rows, total), total=True)


def _cell(number: int, line: Line) -> tuple[str, ...]:
    if not line.meetings:
        return (str(number), line.cell.name, "", "0", "0", "", "", NO_MINUTES)
    return (
        str(number),
        line.cell.name,
        str(line.strength),
        str(len(line.meetings)),
        str(line.thematic),
        "" if line.rate is None else percent(line.rate),
        points(line.mean),
        "; ".join(f"{grade}: {times}" for grade, times in line.grades()),
    )
