"""What `manage.py check --deploy` says, in words for whoever runs the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.checks import ERROR, run_checks

from chibo.server.sign import How, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.checks import CheckMessage

_TITLE = "Cài đặt an toàn"
_HTTPS = "Đặt CHIBO_HTTPS=1 và cho người dùng vào bằng https://."

#: By the number of the check: what it means, and what to do. Of the others the check's own words are shown.
WORDS: dict[str, tuple[str, str]] = {
    "security.W004": ("Trình duyệt chưa được dặn chỉ vào bằng đường mã hoá.", _HTTPS),
    "security.W008": ("Vào bằng http:// không được chuyển sang đường mã hoá.", _HTTPS),
    "security.W009": (
        "Khoá của máy chủ ngắn hoặc dễ đoán.",
        "Đặt CHIBO_SECRET_KEY dài ít nhất 50 ký tự ngẫu nhiên; đổi khoá thì mọi người đăng nhập lại.",
    ),
    "security.W012": ("Phiên đăng nhập có thể đi qua đường không mã hoá.", _HTTPS),
    "security.W016": ("Dấu chống giả mạo biểu mẫu có thể đi qua đường không mã hoá.", _HTTPS),
    "security.W018": (
        "Máy chủ chạy ở chế độ dùng thử: trang lỗi có thể lộ chi tiết.",
        "Bỏ CHIBO_DEBUG rồi khởi động lại, trước khi có người khác vào.",
    ),
    "security.W020": ("Chưa ghi tên miền của máy chủ.", "Đặt CHIBO_ALLOWED_HOSTS."),
    "security.W021": ("Trình duyệt chưa được dặn trước là chỉ vào bằng đường mã hoá.", _HTTPS),
    "chibo.E001": (
        "Cơ sở dữ liệu có thể mất điều đã báo là lưu khi mất điện.",
        "Trả fsync, full_page_writes, synchronous_commit (SQLite: synchronous) về mức an toàn.",
    ),
    "chibo.W001": (
        "Máy chủ vào cơ sở dữ liệu bằng tài khoản chủ bảng, nên gỡ được khoá của biên bản đã ký.",
        "Tách hai tài khoản: DATABASE_OWNER_URL cho chủ bảng, DATABASE_URL cho máy chủ.",
    ),
    "chibo.W002": (
        "Cơ sở dữ liệu ở máy khác mà không kiểm tra đúng là máy ấy.",
        "Thêm ?sslmode=verify-full vào DATABASE_URL và DATABASE_OWNER_URL.",
    ),
    "chibo.W003": ("Thư đi sang máy khác không mã hoá.", "Để CHIBO_EMAIL_TLS bật."),
}


def deploy_signs() -> Iterable[Sign]:
    """One for each thing that is to be done, with all that it puts right; one that says so where nothing is found."""
    found = run_checks(include_deployment_checks=True, databases=["default"])
    told: dict[str, tuple[How, list[str]]] = {}
    for one in found:
        if not one.is_silenced():
            how, says, do = _told(one)
            _, before = told.get(do, (how, []))
            told[do] = (how, [*before, *([] if says in before else [says])])
    for do, (how, says_all) in told.items():
        yield Sign(how, _TITLE, " ".join(says_all), do)
    if not told:
        yield Sign(How.GOOD, _TITLE, "Không có điều gì phải sửa (manage.py check --deploy).")


def _told(message: CheckMessage) -> tuple[How, str, str]:
    says, do = WORDS.get(str(message.id), (message.msg, message.hint or ""))
    return How.BAD if message.level >= ERROR else How.CARE, f"{says} ({message.id})", do
