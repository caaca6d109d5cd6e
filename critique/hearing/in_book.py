"""What the conference seals: its lines of the book (book/kinds.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from book.kinds import Kind, Opens

if TYPE_CHECKING:
    from critique.hearing.models import ProceedingsCopy


def _signed(row: ProceedingsCopy) -> str:
    return f"{row}, thuộc {row.proceedings}"


PROCEEDINGS = Kind(
    "proceedings",
    "Biên bản đầy đủ hội nghị kiểm điểm",
    "critique.Proceedings",
    ("cycle", "fingerprint", "sealed_at", "sealed_by"),
    text="body",
    sealed=Q(),
    closed=True,
    about=str,
    opens=Opens("proceedings.see", "conference-paper", "cycle_id"),
    beside=("cycle__cell", "cycle__meeting"),
)
PROCEEDINGS_COPY = Kind(
    "whole_copy",
    "Bản ký số biên bản hội nghị kiểm điểm",
    "critique.ProceedingsCopy",
    ("proceedings", "number", "fields", "size", "sha256", "kept_by", "kept_at"),
    sealed=Q(),
    about=_signed,
    beside=("proceedings__cycle__cell",),
)
