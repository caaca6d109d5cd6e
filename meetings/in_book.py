"""What meetings seal: the lines of the book (book/kinds.py)."""

from __future__ import annotations

from django.db.models import Q

from book.kinds import Kind
from meetings.lifecycle import State
from meetings.models import Verdict

SIGNATURE, MINUTES, ADDENDUM = "signature", "minutes", "addendum"
VERDICT, COMMENT, ANSWER = "verdict", "comment", "answer"

KINDS = (
    Kind(
        SIGNATURE,
        "Xác nhận biên bản",
        "meetings.Signature",
        ("meeting", "seat", "member", "entered_by", "signed_at", "reason", "fingerprint"),
        sealed=Q(meeting__state=State.SEALED),
    ),
    Kind(
        MINUTES,
        "Biên bản",
        "meetings.Minutes",
        ("meeting", "number", "fingerprint", "sealed_at"),
        text="document",
        sealed=Q(meeting__state=State.SEALED) | Q(sealed_at__isnull=False),
    ),
    Kind(
        ADDENDUM,
        "Bổ sung, đính chính biên bản",
        "meetings.Addendum",
        ("meeting", "number", "text", "reason", "written_by", "written_at", "fingerprint"),
        text="document",
        sealed=Q(),
    ),
    Kind(
        VERDICT,
        "Kết quả xem xét của cấp trên",
        "meetings.Inspection",
        ("meeting", "superior", "verdict", "given_at", "answer_by"),
        sealed=~Q(verdict=Verdict.DRAFT),
    ),
    Kind(
        COMMENT,
        "Nhận xét của cấp trên",
        "meetings.InspectionComment",
        ("inspection", "part", "text"),
        sealed=~Q(inspection__verdict=Verdict.DRAFT),
    ),
    Kind(
        ANSWER,
        "Trả lời nhận xét của cấp trên",
        "meetings.InspectionComment",
        ("answer", "addendum", "answered_by", "answered_at"),
        sealed=Q(answered_at__isnull=False),
    ),
)
