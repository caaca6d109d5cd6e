"""What a self-review holds about somebody: its words, its copies, who has read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from critique.cycle.models import Participant
from critique.official_forms.body import rows_of, score_of, shown_score, text_of
from critique.official_forms.model import FieldKind, Level
from critique.sealing.unopened import texts_in
from critique.writing.content import form_of, texts_of, wrap
from critique.writing.draft import SealedDraft
from critique.writing.models import ReadingLog, ReviewCopy, SelfReview
from critique.writing.readers import readers_of
from members.declare import UNSENT, WHOSE, Acted, Chapter, Shown, Stays, With, declare, words
from members.said import day_of, moment_of

if TYPE_CHECKING:
    from members.declare import Pairs

LEVEL = "B.II"  # the level that the person chose stays


def _written(row: SelfReview | ReviewCopy) -> Pairs:
    """Every field of the form that holds something, in words."""
    review = row.review if isinstance(row, ReviewCopy) else row
    texts = texts_of(review, row.body)
    found = []
    for field in form_of(review).fields:
        if field.kind is FieldKind.ROWS:
            rows = [
                "; ".join(f"{c.label}: {c.words(line.get(c.code, ''))}" for c in field.columns if line.get(c.code))
                for line in rows_of(texts, field.code)
            ]
            value = "\n".join(f"{number}. {line}" for number, line in enumerate(rows, start=1) if line)
        elif field.kind is FieldKind.SCORE:
            value = shown_score(score_of(texts, field.code))
        else:
            value = text_of(texts, field.code)
            value = Level(value).label if field.kind is FieldKind.LEVEL and value else value
        if value:
            found.append((field.name, value))
    return tuple(found)


def _level_alone(review: SelfReview) -> dict[str, Any]:
    level = text_of(texts_of(review), LEVEL)
    return wrap({LEVEL: level} if level else {})


def _readers(review: SelfReview) -> str:
    return "\n".join(f"{one.name}, {moment_of(one.first)}" for one in readers_of(review))


declare(
    SelfReview,
    With(Participant, "participant"),
    chapters=[
        Chapter(
            "Bản kiểm điểm",
            "Lưu mã hoá; trước khi nộp chỉ đồng chí xem được.",
            ("participant__member",),
            people=("participant__cycle__cell", "submitted_by__member", "saved_by__member"),
            order=("-participant__cycle__year",),
            private=Q(submitted_at__isnull=True),
        )
    ],
    year=Shown("Năm", lambda row: str(row.cycle.year)),
    cell=Shown("Chi bộ", lambda row: row.cell.name),
    submitted_at=Shown("Nộp lúc"),
    submitted_by=Acted("nộp bản kiểm điểm", "submitted_at", "Người nộp"),
    saved_by=Acted("viết, nhập bản kiểm điểm", "saved_at", "Người ghi lần cuối"),
    gone=Shown("Nội dung đã huỷ ngày", lambda row: day_of(row.participant.destroyed_on)),
    body=words("Nội dung", _written, left=_level_alone),
    readers=Shown("Những ai đã đọc", _readers),
)
declare(
    ReviewCopy,
    With(SelfReview, "review"),
    chapters=[
        Chapter(
            "Bản kiểm điểm đã nộp còn giữ",
            "Lưu mã hoá; để biết bản nào đã nộp.",
            ("review__participant__member",),
            people=("review__participant__cycle", "kept_by__member"),
            order=("-kept_at",),
            private=Q(),
        )
    ],
    kept_at=Shown("Giữ lúc"),
    kept_by=Acted("nộp, thay bản kiểm điểm", "kept_at", "Người ghi"),
    body=words("Nội dung", _written, left=lambda copy: wrap({})),
)
declare(
    ReadingLog,
    Stays("Chỉ thêm, không sửa, không xoá: đồng chí có quyền biết ai đã đọc."),
    reader=Acted("mở bản kiểm điểm của đồng chí khác", "read_at"),
)
declare(
    SealedDraft,
    UNSENT,
    chapters=[
        Chapter("Lời đang gõ về kiểm điểm, chưa gửi", "Lưu mã hoá; chỉ đồng chí xem được.", ("author",), private=Q())
    ],
    author=WHOSE,
    saved_at=Shown("Gõ lúc"),
    texts=Shown("Nội dung", lambda row: "\n".join(texts_in(row.texts))),
)
