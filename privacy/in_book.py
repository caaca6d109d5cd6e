"""What is sealed when texts are destroyed: its line of the book (book/kinds.py)."""

from django.db.models import Q

from book.kinds import Kind
from privacy.lifecycle import Destroying

DESTRUCTION = Kind(
    "destruction",
    "Biên bản huỷ nội dung hết thời hạn giữ",
    "privacy.Destruction",
    ("cell", "mark", "state", "proposed_by", "ended_at", "ended_by"),
    text="record",
    sealed=Q(state=Destroying.DONE),
    closed=True,
)
