"""A page to look at: how papers of a day come out in an organisation, before anything of it is settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.dates import paper_day
from documents.model import (
    Column,
    Document,
    Head,
    Heading,
    Recipients,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    para,
)
from members.house import dressed, house, own, writing_as
from members.signing import signer
from rulings.house import house_of

if TYPE_CHECKING:
    from datetime import date

    from documents.model import Block
    from members.models import Organisation

_TEXT = (
    "Trang này chỉ để xem cách trình bày: cỡ chữ, khoảng cách dòng, lề, chỗ ký. Chữ trong bài do phần mềm đặt ra, "
    "không phải nội dung buổi họp nào."
)
_ROWS = 3  # of the table, and paragraphs of each of two headings


def build_sample(organisation: Organisation, day: date, chosen: dict[str, str]) -> Document:
    """`chosen`: by the key of a subject, what is tried in place of what holds. One query, one for who signs."""
    tried = house_of(organisation)(day, chosen)
    with writing_as(tried):
        return dressed(_sample(organisation, day), tried)


def _sample(cell: Organisation, day: date) -> Document:
    said, place = paper_day(day), cell.place_name
    taker, chair = Signature(("NGƯỜI GHI BIÊN BẢN",), "(họ và tên)"), Signature(("CHỦ TRÌ HỘI NGHỊ",), "(họ và tên)")
    blocks: list[Block] = [
        Head(
            cell.superior_line,
            cell.paper_name,
            f"Số 05-BB/{cell.symbol}",
            (f"{place}, {said}" if place else said.capitalize()) if house().dated else "",
        ),
        Title("BIÊN BẢN", ("Trang mẫu để xem cách trình bày",)),
        para(bold("Thành phần: "), own("đảng viên chi bộ; chi uỷ viên; đại diện cấp uỷ cấp trên.")),
    ]
    for number in (1, 2):
        blocks += [Heading(f"{'I' * number}. MỤC MẪU {number}"), *[para(_TEXT)] * (4 * _ROWS)]
    columns = (Column("TT", 12, "center"), Column("Nhiệm vụ", 93), Column("Người thực hiện", 60))
    blocks += [
        Table(columns, tuple((str(number), "Việc mẫu", "(họ và tên)") for number in range(1, _ROWS + 1))),
        Signatures(chair, taker) if house().chair_left else Signatures(taker, chair),
        para("Văn bản của chi bộ ký như sau:"),
        Signatures(None, signer(cell, day), Recipients((own("Cấp uỷ cấp trên (để báo cáo)"), "Đảng viên chi bộ"))),
    ]
    return Document("trang-mau", "Trang mẫu để xem cách trình bày", day, tuple(blocks), mark="TRANG MẪU")
