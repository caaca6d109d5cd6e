"""What the search holds about somebody: nothing that does not stand elsewhere, and no longer than there."""

from members.declare import Hidden, Stays, declare
from search.models import Passage

declare(
    Passage,
    Stays("Cùng với nội dung được tìm: nội dung sửa, xoá hay huỷ thì chỗ này đổi, mất theo ngay lúc ấy."),
    words=Hidden(
        "Chữ không dấu của nội dung đã có ở các mục khác trên trang này, chỉ để máy tìm; không trang nào hiện."
    ),
)
