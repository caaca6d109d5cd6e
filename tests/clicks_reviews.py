"""What people click about a yearly review and what follows: a form filled in well for each, and who clicks where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from critique.hearing.models import Hearing
from critique.writing.models import SelfReview
from tests import clicks_levels
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World


def due(review: int) -> str:
    """This review as the page of what is due names it: by whose it is."""
    return f"participant-{SelfReview.objects.get(pk=review).participant_id}"


# What is typed under any of the texts that save themselves; each takes what is its own.
TYPED = {
    "A.I.1": "Giữ gìn đoàn kết trong chi bộ.", "presented": "Đã trình bày.", "response": "Tôi nhận.",
    "merits": "Đúng hạn.", "kind": "opinion", "words": "Viết gọn.", "stance": "accepts", "reply": "Tôi nhận.",
    "noted": "Hay giúp đỡ", "wish": "Nói thẳng hơn",
}  # fmt: skip

FORMS: dict[str, dict[str, Any] | Callable[[World], dict[str, Any]]] = {
    "cycle-new": {"year": "2028", "due_on": "2028-11-27", "meets_on": "2028-12-04", "basis": "366-QĐ/TW"},
    "cycle-edit": {"year": "2026", "due_on": "2026-12-10", "meets_on": "2026-12-18", "basis": "366-QĐ/TW"},
    "conference-new": {"starts_at": "2026-12-18T08:00", "place": "Hội trường"},
    "conference-signed-add": lambda _: {"file": SimpleUploadedFile("da-ky.pdf", b"%PDF-1.7\n%%EOF\n")},
    "dossier-item": {"state": "asked", "sent_on": "2026-11-20"},
    "cycle-step": {"move_name": "hold"},
    "participant-edit": {"writes": "yes", "kind": "02C"},
    "self-review": {"way": "screen"},
    "self-review-way": {"on_paper": "yes"},
    "hearing-list": lambda world: {"meeting": world.earlier.pk, "about": world.cast.hoa.pk},
    "hearing-opinion-add": {"speaker": "", "guest": "Võ Hồng Phúc, Đảng uỷ viên", "kind": "opinion", "words": "Muộn"},
    "hearing-word": {"speaker": "", "guest": "Võ Hồng Phúc, Đảng uỷ viên"},
    "hearing-seen": lambda world: {"seen": Hearing.objects.get(pk=world.keys["hearing"]).said_rev},
    "remedy-new": {"about": "cell", "source": "opinion", "shortcoming": "Họp muộn", "measure": "Báo trước"},
    "remedy-report": {"state": "done", "words": "Đã gặp từng đồng chí"},
    "remedy-arrange": {"due_on": "2027-03-31", "finished_when": "Có sổ theo dõi"},
    "remedy-check": {"found": "going", "words": "Đã có sổ theo dõi"},
    "remedy-close": {"words": "Đã có sổ theo dõi"},
    "remedy-reopen": {"words": "Lại nể nang"},
    "remedy-link": lambda world: {"earlier": world.keys["closed-remedy"]},
    **clicks_levels.FORMS,
    "letter-new": {"kind": "question", "to": "cell", "matter": "Thu đảng phí", "words": "Vì sao thu muộn?"},
    "letter-answer": {"words": "Đã xem lại, từ tháng sau thu đúng hạn."},
    "letter-put-off": {"until": "2027-06-30", "reason": "Cần xem lại sổ sách"},
    "data-request-new": lambda world: {"member": world.cast.hoa.pk, "right": "view", "words": ""},
    "my-data-request": {"right": "correct", "words": "Ngày kết nạp ghi sai"},
    "data-request-answer": {"outcome": "done", "words": "Đã sửa ngày kết nạp"},
    "data-request-put-off": {"reason": "Cần đối chiếu hồ sơ giấy"},
    "cell-export": {"password": "bốn từ không liên quan", "again": "bốn từ không liên quan", "old": PASSWORD},
    "retention": lambda world: {
        "rows": [due(world.keys["old-review"])], "reason": "Đã hết hạn lưu", "filed": "on",
    },
    "data-notice": {"read": "on", "browser": "on"},
    "consent-take-back": {"purpose": "email"},
}  # fmt: skip

# Address, whose row, in which state it works, who clicks.
BUTTONS = [
    ("cycle-new", "cell", "plan", "lan"),
    ("cycle-edit", "cycle", "plan", "lan"),
    ("conference-new", "cycle", "plan", "lan"),
    ("dossier-item", "participant", "plan", "lan"),
    ("dossier-pack", "cycle", "plan", "lan"),
    ("cycle-step", "cycle", "plan", "lan"),
    ("cycle-draw-up", "cycle", "plan", "lan"),
    ("participant-edit", "participant", "plan", "lan"),
    ("participant-enter", "participant", "plan", "lan"),
    ("self-review", "shown", "plan", "tuan"),
    ("write", "review-strengths/draft", "plan", "nam"),
    ("self-review-submit", "draft", "plan", "nam"),
    ("self-review-withdraw", "submitted", "plan", "tuan"),
    ("self-review-way", "draft", "plan", "nam"),
    ("hearing-begin", "unheard", "plan", "lan"),
    ("hearing-list", "cell", "plan", "lan"),
    ("write", "hearing-presented/hearing", "plan", "lan"),
    ("write", "hearing-response/hearing", "plan", "nam"),
    ("write", "hearing-conclusion/meeting-hearing", "plan", "lan"),
    ("write", "opinion-words/hearing-opinion", "plan", "lan"),
    ("write", "opinion-reply/hearing-opinion", "plan", "nam"),
    ("hearing-opinion-add", "hearing", "plan", "lan"),
    ("hearing-word", "hearing", "plan", "lan"),
    ("hearing-opinion-record", "sent-opinion", "plan", "binh"),
    ("hearing-opinion-strike", "hearing-opinion", "plan", "lan"),
    ("hearing-opinion-take-back", "sent-opinion", "plan", "nam"),
    ("hearing-seen", "hearing", "plan", "nam"),
    ("hearing-reopen", "closed-hearing", "plan", "lan"),
    ("write", "note/noted", "plan", "nam"),
    ("prep-note-send", "noted", "plan", "nam"),
    ("prep-note-erase", "noted", "plan", "nam"),
    ("remedy-new", "cell", "plan", "lan"),
    ("remedy-report", "remedy", "plan", "nam"),
    ("remedy-arrange", "remedy", "plan", "nam"),
    ("remedy-check", "remedy-check", "plan", "lan"),
    ("remedy-close", "cell-remedy", "plan", "lan"),
    ("remedy-reopen", "closed-remedy", "plan", "lan"),
    ("remedy-link", "remedy", "plan", "lan"),
    *clicks_levels.BUTTONS,
    ("letter-new", "cell", "plan", "nam"),
    ("letter-answer", "letter", "plan", "tuan"),
    ("letter-put-off", "letter", "plan", "tuan"),
    ("letter-withdraw", "letter", "plan", "nam"),
    ("data-request-new", "cell", "plan", "lan"),
    ("data-request-acknowledge", "request", "plan", "lan"),
    ("data-request-answer", "request", "plan", "lan"),
    ("data-request-put-off", "request", "plan", "lan"),
    ("data-request-withdraw", "request", "plan", "nam"),
    ("cell-export", "cell", "plan", "lan"),
    ("retention", "cell", "plan", "lan"),
    ("destruction", "destruction", "plan", "binh"),
    ("year-book", "cell", "plan", "lan"),
    ("order-give-up", "order", "plan", "lan"),
    ("order-again", "failed-order", "plan", "lan"),
    ("destruction-decline", "destruction", "plan", "binh"),
]
