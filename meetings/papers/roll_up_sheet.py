"""The roll-up as an Excel file: the same lines as on paper, with figures that can be reckoned with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from documents.xlsx import Sheet
from meetings.models import Kind
from meetings.papers.roll_up import KINDS, NO_MINUTES, ONLY_SEALED
from meetings.wording import paper_month, sentence

if TYPE_CHECKING:
    from documents.xlsx import Value
    from meetings.rolled_months import Month
    from meetings.rolled_up import Line, Met, RollUp
    from members.models import Organisation

OF_MONTH = (
    ("TT", 6), ("Đơn vị", 34), ("Đảng số", 10), ("Ngày họp", 13), ("Có mặt", 9), ("Phải tính", 10), ("Điểm", 9),
    ("Ai chấm", 16), ("Xếp loại", 14), ("Ghi chú", 60),
)  # fmt: skip
OF_YEAR = (
    ("TT", 6), ("Đơn vị", 34), ("Đảng số", 10), ("Số buổi", 10), ("Có chuyên đề", 13), ("Có mặt", 10),
    ("Phải tính", 10), ("Tỉ lệ dự họp (%)", 12), ("Điểm bình quân", 12), ("Xếp loại từng buổi", 40),
)  # fmt: skip
BY_MONTH = (
    ("Tháng", 10), ("Số buổi", 10), ("Chi bộ đã họp", 14), ("Có chuyên đề", 13), ("Có mặt", 10), ("Phải tính", 10),
    ("Tỉ lệ dự họp (%)", 12), ("Nhiệm vụ đến hạn", 12), ("Đã hoàn thành", 12),
)  # fmt: skip


def sheets(committee: Organisation, found: RollUp, day: date) -> list[Sheet]:
    """One of all cells; of a year another one of its months, of which those after `day` stay empty."""
    when = f"năm {found.year}"
    if found.month is not None:
        when = f"{paper_month(date(found.year, found.month, 1)).lower()} {when}"
        rows = _month(found)
        return [Sheet("Tổng hợp", _head(committee, when), OF_MONTH, rows, total=True, foot=f"{ONLY_SEALED}.")]
    cells = tuple(_cell(number, line) for number, line in enumerate(found.lines, start=1))
    sums = (sum(_counted(line)[at] for line in found.lines) for at in range(4))
    last: tuple[Value, ...] = ("", "Tổng cộng", found.strength, *sums, None, None, "")
    return [
        Sheet("Tổng hợp", _head(committee, when), OF_YEAR, (*cells, last), total=True, foot=f"{ONLY_SEALED}."),
        Sheet("Theo tháng", _head(committee, f"{when}, theo tháng"), BY_MONTH, _by_month(found, day)),
    ]


def _head(committee: Organisation, when: str) -> tuple[str, ...]:
    return (committee.paper_name, f"BẢNG TỔNG HỢP SINH HOẠT CHI BỘ {when.upper()}")


def _month(found: RollUp) -> tuple[tuple[Value, ...], ...]:
    """A row for each meeting, each with its cell: what is sorted in Excel stays whole."""
    rows: list[tuple[Value, ...]] = []
    for number, line in enumerate(found.lines, start=1):
        if not line.meetings:
            rows.append((number, line.cell.name, None, None, None, None, None, "", "", NO_MINUTES))
        rows += [(number, line.cell.name, *_met(met)) for met in line.meetings]
    total: tuple[Value, ...] = ("", "Tổng cộng", found.strength, f"{found.held} buổi", *[None] * 3, "", "", "")
    return (*rows, total)


def _met(met: Met) -> tuple[Value, ...]:
    remarks = [sentence(word) for word in (KINDS.get(Kind(met.kind), ""), *met.remarks) if word]
    whose = "" if met.points is None else "cấp trên xác nhận" if met.confirmed else "chi bộ chấm"
    return (met.strength, met.day, met.present, met.counted, met.points, whose, met.grade, " ".join(remarks))


def _cell(number: int, line: Line) -> tuple[Value, ...]:
    grades = "; ".join(f"{grade}: {times}" for grade, times in line.grades())
    return (
        number,
        line.cell.name,
        line.strength,
        *_counted(line),
        None if line.rate is None else round(line.rate, 1),
        None if line.mean is None else round(line.mean, 1),
        grades if line.meetings else NO_MINUTES,
    )


def _counted(line: Line) -> tuple[int, int, int, int]:
    """Meetings, those with a topic, who came and who counts."""
    present, counted = sum(met.present for met in line.meetings), sum(met.counted for met in line.meetings)
    return (len(line.meetings), line.thematic, present, counted)


def _by_month(found: RollUp, day: date) -> tuple[tuple[Value, ...], ...]:
    def row(one: Month) -> tuple[Value, ...]:
        if not one.has_begun(found.year, day):
            return (one.number, *[None] * (len(BY_MONTH) - 1))
        rate = None if one.exact_rate is None else round(one.exact_rate, 1)
        return (one.number, one.held, one.cells, one.topics, one.present, one.counted, rate, one.due, one.done)

    return tuple(map(row, found.months))
