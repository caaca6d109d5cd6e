"""What the protection of data itself holds about somebody."""

from __future__ import annotations

from django.utils import timezone

from critique.letters.personal import AFTER, DELAY, delays, over
from members.declare import WHOSE, Acted, Chapter, Ends, Hidden, Shown, Stays, With, declare, words
from members.said import day_of, moment_of
from privacy.models import Consent, DataRequest, DataRequestDelay, Destruction

declare(
    DataRequest,
    Ends(
        "Đề nghị về dữ liệu",
        AFTER,
        over(DataRequest, "member"),
        lambda row: (row.member.full_name, day_of(timezone.localdate(row.sent_at))),
    ),
    chapters=[
        Chapter(
            "Đề nghị về dữ liệu",
            "Lưu mã hoá; đồng chí và người trả lời xem được.",
            ("member",),
            people=("cell", "entered_by__member", "acknowledged_by__member", "replied_by__member"),
            fetch=("delays__said_by__member",),
        )
    ],
    member=WHOSE,
    right=Shown("Đề nghị"),
    cell=Shown("Gửi"),
    sent_at=Shown("Ngày"),
    entered_by=Acted("gửi, nhập đề nghị về dữ liệu", "sent_at", "Người nhập"),
    words=words("Nội dung"),
    acknowledged=Shown(
        "Xác nhận", lambda row: moment_of(row.acknowledged_at) or f"chậm nhất {day_of(row.acknowledge_by)}"
    ),
    acknowledged_by=Acted("xác nhận đề nghị về dữ liệu", "acknowledged_at", "Người xác nhận"),
    due_on=Shown("Hạn trả lời", lambda row: day_of(row.due_on)),
    delays=Shown("Gia hạn", delays),
    outcome=Shown("Kết quả", lambda row: row.get_outcome_display() if row.outcome else row.get_state_display()),
    reply=words("Trả lời"),
    replied_at=Shown("Trả lời lúc"),
    replied_by=Acted("trả lời đề nghị về dữ liệu", "replied_at", "Người trả lời"),
    destroyed_on=Shown("Nội dung đã huỷ ngày"),
)
declare(DataRequestDelay, With(DataRequest, "row"), **DELAY)
declare(
    Consent,
    Stays("Chỉ thêm, không sửa, không xoá: để chứng minh đã hỏi và đã đồng ý."),
    chapters=[
        Chapter("Đã đọc, đã đồng ý", "Để chứng minh; chỉ thêm, không sửa.", ("member",), order=("-said_at", "-pk"))
    ],
    member=WHOSE,
    purpose=Shown("Về"),
    given=Shown("Lựa chọn", lambda row: "đồng ý" if row.given else "rút lại"),
    said_at=Shown("Lúc"),
    notice=Shown("Theo thông báo"),
    said_by=Acted("đồng ý, rút lại sự đồng ý", "said_at"),
)
declare(
    Destruction,
    Stays("Biên bản huỷ: giữ để chứng minh đã huỷ đúng quy định (383-QĐ/TW, Điều 14)."),
    proposed_by=Acted("đề nghị huỷ nội dung hết hạn", "proposed_at"),
    ended_by=Acted("thực hiện hoặc không huỷ nội dung hết hạn", "ended_at"),
    why=Hidden("Lý do huỷ là lời của chi uỷ về việc lưu, không về riêng ai; chi uỷ xem được."),
    record=Hidden("Biên bản huỷ có tên nhiều người: chi uỷ giữ; ngày huỷ phần của đồng chí ghi ở từng mục trên."),
)
