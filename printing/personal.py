"""What an order holds about whoever asked for it."""

from members.declare import WHOSE, Chapter, Hidden, Nobody, Shown, Stays, declare
from printing.models import Order

declare(
    Order,
    Stays("Mất sau một ngày, hoặc khi đồng chí thôi không lập nữa."),
    chapters=[
        Chapter("Bản in lớn đã yêu cầu", "Để lập bản in ngoài lúc chờ trang; lưu mã hoá.", ("by__member",)),
    ],
    by=WHOSE,
    kind=Shown("Loại"),
    asked_at=Shown("Lúc"),
    state=Shown("Tình trạng"),
    asked=Hidden("Văn bản để lập bản in, lưu mã hoá; đồng chí đọc được ở trang của văn bản."),
    result=Hidden("Tệp đã lập, lưu mã hoá; đồng chí mở được ở trang của văn bản."),
    key=Nobody("Mã băm của văn bản."),
    runner=Nobody("Mã ngẫu nhiên của việc đang chạy."),
)
