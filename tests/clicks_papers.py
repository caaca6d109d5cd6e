"""What people can click about papers beside the minutes: resolutions and what is printed of a meeting."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from meetings.actions import resolutions
from meetings.models import Resolution

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World


def png(width: int = 8, height: int = 6) -> bytes:
    kept = BytesIO()
    Image.new("RGB", (width, height), "red").save(kept, "PNG")
    return kept.getvalue()


def _seen_resolution(world: World) -> dict[str, Any]:
    row = Resolution.objects.with_meeting().get(pk=world.keys["resolution"])
    return {"seen": resolutions.paper_of(row, world.cast.account(world.cast.lan)).fingerprint}


SOURCE = {
    "body": "Ban Thường vụ Đảng uỷ", "number": "12-KH/ĐU", "dated_on": "2026-11-02", "title": "Kế hoạch học tập",
    "seen_by": "Nguyễn Thị Lan", "seen_as": "original", "seen_where": "Văn phòng Đảng uỷ",
}  # fmt: skip
FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    "resolution-add": {"kind": "NQ", "subject": "Lãnh đạo nhiệm vụ tháng 12", "issued_on": "2026-12-03"},
    "resolution": {"state": "carried_out", "text": "Đã phổ biến"},
    "number-list": {"kind": "KH", "first": "1", "last": "3", "subject": "Kế hoạch năm"},
    "handed": {"done": "1"},
    "news-photo-add": lambda _: {"file": SimpleUploadedFile("anh.png", png()), "caption": "Quang cảnh", "agreed": "on"},
    "resolution-sign": _seen_resolution,
    "errand-list": {"text": "Báo cáo việc học tập quý IV", "document": "15-CV/ĐU", "due_on": "2027-01-10"},
    "charge-report": {"state": "done", "words": "Đã gửi báo cáo số 3-BC/CB"},
    "shelf-new": SOURCE,
    "shelf-edit": SOURCE,
    "shelf-entry": {"words": "Nguyên văn một đoạn.", "place": "điểm 3"},
    "shelf-file-add": lambda _: {"file": SimpleUploadedFile("moi.pdf", b"%PDF-1.7\n%%EOF\n"), "not_secret": "on"},
    "readings": lambda world: {"entry": world.keys["given-down"], "item": world.keys["item"], "part": ""},
    "cite": lambda world: {"quotation": world.keys["quotation"]},
}

# Address, whose row, in which state it works, who clicks.
BUTTONS = [
    ("resolution-add", "meeting", "open", "lan"),
    ("number-list", "cell", "plan", "lan"),
    ("number-remove", "number", "plan", "lan"),
    ("handed", "attendance", "sealed", "lan"),
    ("resolution", "resolution", "plan", "lan"),
    ("news-photo-add", "earlier", "plan", "lan"),
    ("news-photo-remove", "news-photo", "plan", "lan"),
    ("resolution-sign", "resolution", "plan", "lan"),
    ("shelf-new", "committee", "plan", "phuc"),
    ("errand-list", "committee", "plan", "phuc"),
    ("charge-report", "charge", "plan", "lan"),
    ("shelf-entry", "entry", "plan", "lan"),
    ("shelf-edit", "entry", "plan", "lan"),
    ("shelf-withdraw", "entry", "plan", "lan"),
    ("shelf-file-add", "entry", "plan", "lan"),
    ("quotation-withdraw", "quotation", "plan", "lan"),
    ("readings", "meeting", "plan", "lan"),
    ("reading-remove", "reading", "plan", "lan"),
    ("cite", "draft/paper", "plan", "tuan"),
    ("write", "resolution/resolution", "plan", "lan"),
    ("write", "news/news", "plan", "lan"),
]
