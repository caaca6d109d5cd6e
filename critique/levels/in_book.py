"""What a counting team seals: its line of the book (book/kinds.py)."""

from django.db.models import Q

from book.kinds import Kind, Opens

BALLOT = Kind(
    "ballot",
    "Biên bản kiểm phiếu",
    "critique.Ballot",
    (
        "cycle",
        "round",
        "rev",
        "confirmed_at",
        "head_signed_at",
        "head_signed_by",
        "chair_signed_at",
        "chair_signed_by",
        "fingerprint",
    ),
    text="document",
    sealed=Q(confirmed_at__isnull=False),
    opens=Opens("ballot.see", "ballot"),
    beside=("cycle__cell", "cycle__meeting"),
)
