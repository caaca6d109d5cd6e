"""The year's programme as a paper."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Recipients,
    Signatures,
    Table,
    Title,
    bullets,
    para,
)
from meetings.models import Kind
from meetings.papers.parts import head, signer
from members.house import in_house_style

if TYPE_CHECKING:
    from meetings.extension import Topic
    from meetings.models import ProgrammeLine
    from meetings.year import Year

_KINDS = {
    Kind.REGULAR: "Thường kỳ",
    Kind.THEMATIC: "Chuyên đề",
    Kind.COMBINED: "Thường kỳ và chuyên đề",
}


@in_house_style
def build_programme(year: Year) -> Document:
    """A row for each meeting, what is asked from above below, signed on behalf of the cell.

    Of the day on which it was last settled, whenever it is printed.
    """
    programme = year.programme
    settled = programme.settled_at
    day = timezone.localdate(settled) if settled else date(programme.year, 1, 1)
    blocks: list[Block] = [
        head(programme.cell, "CTr", None, settled, numbered=True, dated=settled is not None),
        Title("CHƯƠNG TRÌNH", (f"Sinh hoạt chi bộ năm {programme.year}",)),
    ]
    usual = [f"lúc {programme.usual_time:%H} giờ {programme.usual_time:%M} phút"] if programme.usual_time else []
    usual += [f"tại {programme.usual_place}"] if programme.usual_place else []
    if usual:
        blocks.append(para(f"Các buổi sinh hoạt thường lệ bắt đầu {', '.join(usual)}."))
    blocks.append(
        Table(
            (
                Column("Tháng", 17, "center"),
                Column("Ngày", 16, "center"),
                Column("Nội dung", 39),
                Column("Chuẩn bị", 31),
                Column("Trình bày", 31),
                Column("Tự phê bình", 31),
            ),
            tuple(_row(line) for line in year.lines),
        )
    )
    if year.asked:
        blocks.append(Heading("Nội dung cấp trên yêu cầu"))
        blocks.append(bullets(*(_asked(one) for one in year.asked)))
    recipients = Recipients(("Đảng viên chi bộ", "Cấp uỷ viên cấp trên theo dõi"))
    blocks.append(Signatures(None, signer(programme.cell, day), recipients))
    title = f"Chương trình sinh hoạt năm {programme.year}"
    return Document(f"chuong-trinh-nam-{programme.year}", title, day, tuple(blocks))


def _row(line: ProgrammeLine) -> tuple[str, ...]:
    kind = _KINDS.get(Kind(line.kind), str(Kind(line.kind).label))
    people = (line.preparer, line.presenter, line.self_critic)
    return (
        str(line.month),
        f"{line.day:%d/%m}" if line.day else "",
        f"{kind}: {line.topic}" if line.topic else kind,
        *(str(person) if person else "" for person in people),
    )


def _asked(one: Topic) -> str:
    when = f"Tháng {one.month}" if one.month else "Trong năm"
    source = f" (theo {one.document})" if one.document else ""
    return f"{when}: {one.text}{source}."
