"""What the conference seals: its line of the book (book/kinds.py)."""

from django.db.models import Q

from book.kinds import Kind, Opens

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
