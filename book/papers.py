"""The sheet that confirms the book: its last code on paper, to be kept by the committee above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.dates import paper_day, paper_time
from documents.model import Document, Head, Note, Signature, Signatures, Title, bold, para
from members.house import in_house_style, own
from members.signing import signer

if TYPE_CHECKING:
    from datetime import datetime

    from book.models import Link
    from members.models import Organisation


def sealed_since(number: int, taken_over: int) -> str:
    """What a book that is whole proves: of what was sealed before there was a book only that it is as it came in."""
    if not taken_over:
        return "các mục còn nguyên như khi ký"
    before = f"{taken_over} mục ký trước khi có sổ còn nguyên từ ngày đưa vào sổ"
    return before if taken_over == number else f"{before}, các mục sau còn nguyên như khi ký"


@in_house_style
def build_sheet(cell: Organisation, head: Link, taken_over: int, now: datetime) -> Document:
    """Made when the book has just been looked through and found whole; signed by hand."""
    day, sealed = timezone.localdate(now), timezone.localdate(head.made_at)
    place = f"{cell.place_name or '…………'}, {paper_day(day)}"
    return Document(
        f"xac-nhan-so-bien-ban-{day:%Y-%m-%d}",
        f"Tờ xác nhận sổ biên bản ngày {day:%d/%m/%Y}",
        day,
        (
            Head(cell.superior_line, cell.paper_name, "", place),
            Title("TỜ XÁC NHẬN SỔ BIÊN BẢN", ()),
            para(
                f"Đến {paper_day(day)}, sổ biên bản trên phần mềm của chi bộ có {head.number} mục, đã đối chiếu: "
                f"{sealed_since(head.number, taken_over)}."
            ),
            para(bold("Mục cuối: "), f"số {head.number}, ghi lúc {paper_time(head.made_at)}, {paper_day(sealed)}."),
            para(bold("Mã kiểm tra: "), f"{head.code}."),
            para(
                own("Cấp uỷ cấp trên"),
                " giữ tờ này. Khi cần, nhập mã kiểm tra vào trang Sổ biên bản: nếu các mục đến mục cuối nói trên có "
                "mục nào bị sửa, bị bớt hoặc chen thêm, trang sẽ nêu ra.",
            ),
            Signatures(
                Signature(("CẤP UỶ CẤP TRÊN", "(nhận, giữ)"), ""),
                signer(cell, day),
            ),
            Note("Mỗi mã tính từ nội dung đã ký của mục ấy và mã của mục trước."),
        ),
    )
