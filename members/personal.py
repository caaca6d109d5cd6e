"""What organisations, people and accounts hold about somebody."""

from __future__ import annotations

from datetime import date

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice

from members.declare import WHOSE, Acted, Chapter, Hidden, Nobody, Shown, Stays, declare
from members.deeds.words import act_of
from members.models import (
    Event,
    Member,
    Organisation,
    PaperNumber,
    RecoveryCode,
    SignInSlip,
    Tenure,
    TenureKind,
    User,
    Visit,
)
from members.said import day_of

FILE = Stays("Giữ chừng nào chi bộ còn giữ hồ sơ của đồng chí.")
AUDIT = Stays("Chỉ thêm, không sửa, không xoá: để truy lại ai đã làm gì (384-QĐ/TW).")

WRONG_TRY = (
    "Lần nhập sai mật khẩu: tên đã gõ, địa chỉ mạng, trình duyệt, để làm chậm việc đoán mật khẩu; không ghi mật khẩu, "
    "không hiện vì người gõ có thể là người khác."
)

_DETAILS = {"standing": "tư cách", "kind": "tư cách, chức vụ", "starts_on": "từ ngày", "ends_on": "đến hết ngày"}
_DAYS = ("starts_on", "ends_on")
_KINDS = dict(TenureKind.choices)


def _said(name: str, value: str) -> str:
    """A day as it stands on paper; events keep it as the machine writes it."""
    if value == "None":
        return "(bỏ trống)"
    if name in _DAYS:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return _KINDS.get(value, value)


def _details(row: Event) -> str:
    """What was written, or which columns were changed."""
    said = [f"{_DETAILS[name]} {_said(name, value)}" for name, value in row.data.items() if name in _DETAILS]
    labels = {field.name: str(field.verbose_name) for model in (User, Member) for field in model._meta.concrete_fields}
    return "; ".join([*said, *(f"sửa {labels.get(name, name)}" for name in row.data.get("changed", ()))])


declare(Organisation, FILE, path=Nobody("Chỗ của tổ chức trong cây tổ chức."))
declare(
    PaperNumber,
    Stays("Sổ đăng ký văn bản giữ cùng văn bản của chi bộ."),
    subject=Nobody("Trích yếu văn bản của chi bộ."),
    entered_by=Acted("ghi số của văn bản lập ngoài phần mềm", "given_at"),
)
declare(
    Member,
    FILE,
    chapters=[Chapter("Hồ sơ", "Chi bộ giữ để lập danh sách; bí thư, phó bí thư sửa được.", ("pk",))],
    full_name=Shown("Họ và tên"),
    born_on=Shown("Ngày sinh"),
    admitted_on=Shown("Ngày kết nạp"),
    official_on=Shown("Ngày chính thức"),
    organisation=Shown("Nơi giữ hồ sơ"),
    has_device=Shown("Dùng máy riêng"),
    told_by=Shown("Dấu phân biệt khi trùng tên"),
    apart=Shown("Đứng sau tên khi trùng tên"),
)
declare(
    User,
    FILE,
    chapters=[Chapter("Tài khoản", "Để đăng nhập; người quản trị máy chủ thấy tên đăng nhập.", ("member",))],
    member=WHOSE,
    username=Shown("Tên đăng nhập"),
    email=Shown("E-mail"),
    last_login=Shown("Đăng nhập lần cuối"),
    password=Hidden("Mật khẩu chỉ lưu dạng băm, không ai đọc lại được."),
    private_until=Shown("Phần riêng đóng đến"),
    second_factor_since=Shown("Xác nhận hai lớp từ"),
)
declare(
    Tenure,
    FILE,
    chapters=[
        Chapter("Tư cách, chức vụ", "Quyết định đồng chí xem và làm được gì.", ("member",), order=("-starts_on", "-pk"))
    ],
    member=WHOSE,
    kind=Shown("Tư cách, chức vụ"),
    organisation=Shown("Ở"),
    in_charge=Shown("Được giao phụ trách chi bộ"),
    document=Shown("Theo văn bản"),
    end_document=Shown("Thôi theo văn bản"),
    time=Shown("Thời gian", lambda row: f"{day_of(row.starts_on)} – {day_of(row.ends_on) or 'nay'}"),
)
declare(
    SignInSlip,
    FILE,
    chapters=[Chapter("Phiếu đăng nhập", "Để đặt mật khẩu; dùng một lần.", ("user__member",))],
    user=WHOSE,
    issued_at=Shown("Phát lúc"),
    expires_at=Shown("Hết hạn"),
    confirmed_at=Shown("Xác nhận lúc"),
    used_at=Shown("Dùng lúc"),
    issued_by=Acted("phát phiếu đăng nhập", "issued_at", "Người phát"),
    confirmed_by=Acted("xác nhận phiếu đăng nhập", "confirmed_at", "Người xác nhận"),
    code_hash=Hidden("Mã trên phiếu chỉ lưu dạng băm, không ai đọc lại được."),
)
declare(
    RecoveryCode,
    Stays("Đến khi đồng chí in bộ mã khác."),
    chapters=[Chapter("Mã dự phòng", "Để mở phần riêng, xác nhận phiếu của chính mình.", ("user__member",))],
    user=WHOSE,
    made_at=Shown("In lúc"),
    used_at=Shown("Dùng lúc"),
    code_hash=Hidden("Mã dự phòng chỉ lưu dạng băm, không ai đọc lại được."),
)
declare(
    Visit,
    Stays("Đến khi đồng chí đăng xuất, kết thúc nó hoặc sau 90 ngày."),
    chapters=[Chapter("Nơi đang đăng nhập", "Để đồng chí thấy và kết thúc phiên ở máy khác.", ("user__member",))],
    user=WHOSE,
    began_at=Shown("Từ lúc"),
    device=Shown("Bằng"),
    session_key=Hidden("Chìa của phiên đăng nhập, đưa ra là có người khác dùng được."),
    place=Hidden("Địa chỉ mạng chỉ lưu dạng băm, không ai đọc lại được."),
)
declare(
    Event,
    AUDIT,
    chapters=[
        Chapter(
            "Thay đổi về đồng chí",
            "Ghi để bảo vệ tài khoản và hồ sơ, không để đánh giá.",
            ("thing_pk",),
            rows=lambda rows: rows.filter(thing="member"),
            people=("actor__member",),
            order=("-happened_at",),
        )
    ],
    what=Shown("Việc", lambda row: act_of(row).words),
    happened_at=Shown("Lúc"),
    data=Shown("Chi tiết", _details),
    actor=Acted("mọi việc có ghi nhật ký", "happened_at", "Người làm"),
)

# --- What other packages bring along ----------------------------------------------------------

declare(
    TOTPDevice,
    Stays("Đến khi đồng chí tắt xác nhận hai lớp, hoặc mất máy và được phát phiếu đăng nhập khác."),
    chapters=[Chapter("Máy xác nhận hai lớp", "Để kiểm tra mã trên máy của đồng chí.", ("user__member",))],
    user=WHOSE,
    created_at=Shown("Bật lúc"),
    last_used_at=Shown("Dùng lần cuối"),
    key=Hidden("Khoá của mã xác nhận hai lớp, đưa ra là có người khác dùng được."),
)
declare(
    Session,
    Stays("Đến khi phiên đăng nhập hết hạn; phần mềm xoá."),
    session_data=Hidden("Phiên đăng nhập: tài khoản nào, từ lúc nào; từng phiên hiện ở “Nơi đang đăng nhập”."),
)
declare(
    AccessAttempt,
    Stays("Đến khi đăng nhập được; không thì phần mềm xoá sau một ngày."),
    http_accept=Hidden(WRONG_TRY),
    get_data=Hidden(WRONG_TRY),
    post_data=Hidden(WRONG_TRY),
)
declare(AccessLog, Stays("Không ghi."), http_accept=Nobody("Phần mềm không ghi bảng này."))
declare(AccessFailureLog, Stays("Không ghi."), http_accept=Nobody("Phần mềm không ghi bảng này."))
declare(
    LogEntry,
    AUDIT,
    user=Acted("sửa ở trang quản trị máy chủ", "action_time"),
    object_id=Nobody("Số của hàng được sửa; việc sửa về đồng chí nằm ở “Thay đổi về đồng chí”."),
    change_message=Nobody("Tên các cột được sửa, không có nội dung."),
)
