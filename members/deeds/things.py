"""What is done to organisations, people and accounts, in words."""

from __future__ import annotations

from members.deeds.words import Kind, Thing, acts, join
from members.models import Member, Organisation

_FILE = {
    "add_member": "Ghi vào danh sách",
    "set_standing": "Đổi tư cách",
    "transfer_member": "Chuyển sang chi bộ khác",
    "appoint": "Ghi chức vụ",
    "edit_member": "Sửa hồ sơ",
    "end_tenure": "Ghi ngày kết thúc tư cách, chức vụ",
}
_ACCOUNT = {
    "open_account": "Mở tài khoản",
    "issue_slip": "Phát phiếu đăng nhập",
    "confirm_slip": "Xác nhận phiếu đăng nhập",
    "refuse_slip": "Huỷ phiếu đăng nhập",
    "use_slip": "Đặt mật khẩu bằng phiếu đăng nhập",
    "make_codes": "In mã dự phòng",
    "open_private": "Mở phần riêng bằng mã dự phòng",
    "seen_news": "Chủ tài khoản đã xem việc người khác làm",
    "begin_second_factor": "Lấy mã để bật xác nhận hai lớp",
    "set_second_factor": "Bật xác nhận hai lớp",
    "drop_second_factor": "Tắt xác nhận hai lớp",
    "end_sessions": "Kết thúc phiên đăng nhập ở máy khác",
    "set_email": "Đổi địa chỉ e-mail",
    "set_device": "Đổi ô “Dùng máy riêng”",
    "edit_account": "Sửa tài khoản",
    "set_password": "Đặt mật khẩu",
    "consent": "Ghi lựa chọn về dữ liệu",
    "make_calendar": "Tạo địa chỉ lịch riêng",
    "revoke_calendar": "Thu hồi địa chỉ lịch riêng",
}
_EXPORT = {"export_data": "Tải về “Những gì lưu về tôi”"}
# What somebody does to their own account is no business of the leaders'; what leaders do to it is in their log.
_OWN = (
    "make_codes",
    "open_private",
    "seen_news",
    "set_email",
    "set_password",
    "consent",
    "begin_second_factor",
    "set_second_factor",
    "end_sessions",
)
_RULES = {
    "fix_ruling": "Ghi quy định của cấp uỷ",
    "end_ruling": "Ghi ngày hết hiệu lực của một quy định",
    "add_day_off": "Ghi ngày nghỉ",
    "remove_day_off": "Bỏ ngày nghỉ",
    "enter_numbers": "Ghi số của văn bản lập ngoài phần mềm",
    "remove_number": "Bỏ số ghi nhầm khỏi sổ đăng ký văn bản",
    "explain": "Nêu lý do với cấp trên về một việc chưa làm",
}
_CELL = "Xuất lưu trữ của chi bộ"
_TREE = {
    "receive_member": "Nhận hồ sơ một đảng viên từ chi bộ khác chuyển đến",
    "first_start": "Bắt đầu dùng phần mềm trên máy chủ này",
    "found_organisation": "Lập tổ chức trên phần mềm",
    "edit_organisation": "Sửa tên gọi, thể thức của tổ chức",
    "edit_superior_line": "Đổi dòng cấp trên trên văn bản, theo tên mới của cấp trên",
    "add_body": "Thêm một tổ chức trực thuộc",
    "move_body": "Chuyển tổ chức sang cấp trên khác",
    "receive_body": "Nhận một tổ chức chuyển đến trực thuộc",
    "close_body": "Ghi tổ chức kết thúc hoạt động",
    "reopen_body": "Bỏ ghi kết thúc hoạt động của tổ chức",
}
_LISTS = {
    "import_members": "Thêm nhiều đảng viên từ một danh sách",
    "undo_import": "Bỏ một lần thêm nhiều đảng viên",
    "import_bodies": "Thêm nhiều tổ chức trực thuộc từ một danh sách",
    "undo_bodies": "Bỏ một lần thêm nhiều tổ chức trực thuộc",
}
_SLIPS = {"issue_slips": "Mở tài khoản, phát phiếu đăng nhập cho nhiều đồng chí"}

join(
    Thing(
        Member,
        "Hồ sơ đảng viên",
        {
            **acts(Kind.PEOPLE, _FILE),
            **acts(Kind.ACCOUNT, _ACCOUNT, own=(*_OWN, "make_calendar", "revoke_calendar")),
            **acts(Kind.EXPORT, _EXPORT, own=("export_data",)),
        },
        name=lambda member: f"đồng chí {member}",
    ),
    Thing(
        Organisation,
        "Tổ chức",
        {
            **acts(Kind.PLAN, _RULES),
            **acts(Kind.PEOPLE, _TREE | _LISTS),
            **acts(Kind.ACCOUNT, _SLIPS),
            **acts(Kind.EXPORT, {"export_cell": _CELL}),
        },
    ),
)
