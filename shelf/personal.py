"""What the shelf holds about somebody: who vouches for a source, who has put something on it."""

from __future__ import annotations

from members.declare import Acted, Hidden, Nobody, Stays, declare
from shelf.models import Entry, Quotation, Reading

_SHELF = Stays("Giữ cùng tủ tài liệu của tổ chức.")
_PAPER = Nobody("Tên, số, ngày của văn bản, sách đã công bố.")

declare(
    Entry,
    _SHELF,
    body=Nobody("Cơ quan ban hành, tác giả của văn bản, sách."),
    title=_PAPER,
    number=_PAPER,
    edition=_PAPER,
    seen_by=Hidden("Họ tên của đồng chí đã tận mắt xem, đứng cùng nguồn: ai thấy tài liệu cũng đọc được."),
    seen_where=Nobody("Nơi lưu, tên trang."),
    file=Nobody("Bản chụp, bản số của văn bản."),
    file_name=Nobody("Tên tệp."),
    put_by=Acted("đưa tài liệu vào tủ", "put_at"),
)
declare(
    Quotation,
    _SHELF,
    words=Nobody("Nguyên văn trích từ văn bản, sách đã công bố."),
    place=_PAPER,
    put_by=Acted("chép đoạn trích vào tủ", "put_at"),
)
declare(
    Reading,
    _SHELF,
    source=_PAPER,
    put_by=Acted("đưa tài liệu vào chương trình họp", "put_at"),
)
