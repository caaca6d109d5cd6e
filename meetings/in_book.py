"""What meetings seal: the lines of the book (book/kinds.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from book.kinds import InYear, Kind, Opens
from meetings.lifecycle import State
from meetings.models import Verdict

if TYPE_CHECKING:
    from meetings.models import Inspection, InspectionComment, Meeting, Signature, SignedCopy

SIGNATURE, MINUTES, ADDENDUM = "signature", "minutes", "addendum"
VERDICT, COMMENT, ANSWER = "verdict", "comment", "answer"
RESOLUTION = "resolution"
SIGNED = "signed_copy"


def _of(meeting: Meeting) -> str:
    return f"biên bản {meeting.title_inside} ngày {meeting.day:%d/%m/%Y}"


def _confirmed(row: Signature) -> str:
    return f"{row.get_seat_display()} xác nhận {_of(row.meeting)}"


def _looked_at(row: Inspection) -> str:
    return f"Kết quả xem xét của cấp trên về {_of(row.meeting)}"


def _remarked(row: InspectionComment) -> str:
    return f"Nhận xét của cấp trên về {_of(row.inspection.meeting)}"


def _answered(row: InspectionComment) -> str:
    return f"Trả lời nhận xét của cấp trên về {_of(row.inspection.meeting)}"


def _signed(row: SignedCopy) -> str:
    return f"{row}, thuộc buổi họp ngày {row.meeting.day:%d/%m/%Y}"


_MINUTES = Opens("minutes.see", "minutes", "meeting_id")
_MEETING = InYear("meeting__opened_at", "meeting_id")
KINDS = (
    Kind(
        SIGNATURE,
        "Xác nhận biên bản",
        "meetings.Signature",
        ("meeting", "seat", "member", "entered_by", "signed_at", "reason", "fingerprint"),
        sealed=Q(meeting__state=State.SEALED),
        about=_confirmed,
        opens=_MINUTES,
        beside=("meeting__cell",),
    ),
    Kind(
        MINUTES,
        "Biên bản",
        "meetings.Minutes",
        ("meeting", "number", "fingerprint", "sealed_at"),
        text="document",
        sealed=Q(meeting__state=State.SEALED) | Q(sealed_at__isnull=False),
        opens=_MINUTES,
        beside=("meeting__cell",),
        year=_MEETING,
    ),
    Kind(
        ADDENDUM,
        "Bổ sung, đính chính biên bản",
        "meetings.Addendum",
        ("meeting", "number", "text", "reason", "written_by", "written_at", "fingerprint"),
        text="document",
        sealed=Q(),
        opens=_MINUTES,
        beside=("meeting__cell",),
        year=_MEETING,
    ),
    Kind(
        RESOLUTION,
        "Nghị quyết, kết luận",
        "meetings.Resolution",
        ("meeting", "kind", "number", "issued_on", "fingerprint", "sealed_at"),
        text="document",
        sealed=Q(sealed_at__isnull=False),
        opens=Opens("minutes.see", "resolution-paper"),
        beside=("cell", "meeting__paper"),
        year=InYear("issued_on", "meeting_id"),
    ),
    Kind(
        SIGNED,
        "Bản ký số",
        "meetings.SignedCopy",
        ("meeting", "kind", "thing_pk", "number", "fields", "size", "sha256", "kept_by", "kept_at"),
        sealed=Q(),
        about=_signed,
        beside=("meeting__cell",),
    ),
    Kind(
        VERDICT,
        "Kết quả xem xét của cấp trên",
        "meetings.Inspection",
        ("meeting", "superior", "verdict", "given_at", "answer_by"),
        sealed=~Q(verdict=Verdict.DRAFT),
        about=_looked_at,
        opens=_MINUTES,
        beside=("meeting__cell",),
    ),
    Kind(
        COMMENT,
        "Nhận xét của cấp trên",
        "meetings.InspectionComment",
        ("inspection", "part", "text"),
        sealed=~Q(inspection__verdict=Verdict.DRAFT),
        about=_remarked,
        beside=("inspection__meeting__cell",),
    ),
    Kind(
        ANSWER,
        "Trả lời nhận xét của cấp trên",
        "meetings.InspectionComment",
        ("answer", "addendum", "answered_by", "answered_at"),
        sealed=Q(answered_at__isnull=False),
        about=_answered,
        beside=("inspection__meeting__cell",),
    ),
)
