"""The number register as a paper: a table for each kind of document, signed on behalf of the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Column, Document, Heading, Signatures, Table, Title, para
from meetings.papers.parts import head, signer
from meetings.wording import paper_day, short_day
from members.house import in_house_style, own

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.numbered import Register, Run

_COLUMNS = (
    Column("Số, ký hiệu", 32),
    Column("Ngày", 25, "center"),
    Column("Tên loại, trích yếu", 78),
    Column("Ghi chú", 30),
)
OUTSIDE = "Lập ngoài phần mềm"


@in_house_style
def build_register(register: Register, now: datetime) -> Document:
    """As it stands on the day on which it is printed."""
    cell, day = register.cell, timezone.localdate(now)
    since = f"Nhiệm kỳ từ {paper_day(register.term)}" if register.has_term else "Chưa ghi ngày bắt đầu nhiệm kỳ"
    blocks: list[Block] = [
        head(cell, "", None, now, numbered=False, dated=True),
        Title("SỔ ĐĂNG KÝ VĂN BẢN", (since,)),
    ]
    for run in register.runs:
        blocks += [Heading(own(run.name)), _table(run)]
        if run.missing:
            blocks.append(para(f"Không có trong sổ: số {', '.join(f'{number:02d}' for number in run.missing)}."))
    if not register.runs:
        blocks.append(para("Chưa có văn bản nào được đánh số."))
    blocks.append(Signatures(None, signer(cell, day)))
    return Document(
        f"so-dang-ky-van-ban-{day:%Y-%m-%d}", f"Sổ đăng ký văn bản, {since[0].lower()}{since[1:]}", day, tuple(blocks)
    )


def _table(run: Run) -> Table:
    rows = tuple(
        (
            line.symbol,
            short_day(line.day) if line.day else "",
            line.what,
            OUTSIDE if line.outside else "",
        )
        for line in run.lines
    )
    return Table(_COLUMNS, rows)
