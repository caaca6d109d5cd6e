"""The sheet that confirms the book: its last code on paper, to be kept by the committee above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Document, Head, Note, Signature, Signatures, Title, bold, para

if TYPE_CHECKING:
    from datetime import datetime

    from book.models import Link
    from members.models import Organisation


def build_sheet(cell: Organisation, head: Link, now: datetime) -> Document:
    """Made when the book has just been looked through and found whole; signed by hand."""
    day, sealed = timezone.localdate(now), timezone.localtime(head.made_at)
    place = f"{cell.place_name or '…………'}, ngày {day:%d} tháng {day:%m} năm {day.year}"
    return Document(
        f"xac-nhan-so-bien-ban-{day:%Y-%m-%d}",
        f"Tờ xác nhận sổ biên bản ngày {day:%d/%m/%Y}",
        day,
        (
            Head(cell.superior_line, cell.paper_name, "", place),
            Title("TỜ XÁC NHẬN SỔ BIÊN BẢN", ()),
            para(
                f"Đến ngày {day:%d/%m/%Y}, sổ biên bản trên phần mềm của chi bộ có {head.number} mục, "
                "đã đối chiếu và còn nguyên như khi ký."
            ),
            para(bold("Mục cuối: "), f"số {head.number}, ghi lúc {sealed:%H:%M} ngày {sealed:%d/%m/%Y}."),
            para(bold("Mã kiểm tra: "), f"{head.code}."),
            para(
                "Cấp uỷ cấp trên giữ tờ này. Khi cần, nhập mã kiểm tra vào trang Sổ biên bản: nếu các mục đến mục cuối "
                "nói trên có mục nào bị sửa, bị bớt hoặc chen thêm, trang sẽ nêu ra."
            ),
            Signatures(
                Signature(("CẤP UỶ CẤP TRÊN", "(nhận, giữ)"), ""),
                Signature(("T/M CHI BỘ",), ""),
            ),
            Note("Mỗi mã tính từ nội dung đã ký của mục ấy và mã của mục trước."),
        ),
    )
