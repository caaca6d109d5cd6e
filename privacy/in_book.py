"""What is sealed when texts are destroyed: its line of the book (book/kinds.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from book.kinds import Kind, Opens
from privacy.lifecycle import Destroying

if TYPE_CHECKING:
    from privacy.models import Destruction


def _called(row: Destruction) -> str:
    return f"Biên bản huỷ ngày {timezone.localdate(row.ended_at):%d/%m/%Y}"


DESTRUCTION = Kind(
    "destruction",
    "Biên bản huỷ nội dung hết thời hạn giữ",
    "privacy.Destruction",
    ("cell", "mark", "state", "proposed_by", "ended_at", "ended_by"),
    text="record",
    sealed=Q(state=Destroying.DONE),
    closed=True,
    about=_called,
    opens=Opens("retention.see", "destruction"),
    beside=("cell",),
)
