"""What is kept about somebody's level: every step with its words, for that person alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.levels.models import RatingStep

if TYPE_CHECKING:
    from members.models import Member

Facts = tuple[tuple[str, str], ...]


def steps_about(member: Member) -> Iterator[Facts]:
    rows = RatingStep.objects.filter(participant__member=member).select_related(
        "participant__cycle__cell", "recorded_by__member"
    )
    for row in rows.order_by("-participant__cycle__year", "-number"):
        day = f"{row.document_date:%d/%m/%Y}" if row.document_date else ""
        yield (
            ("Năm", str(row.participant.cycle.year)),
            ("Chi bộ", row.participant.cycle.cell.name),
            ("Bước", row.get_kind_display()),
            ("Mức", row.get_level_display()),
            ("Văn bản", ", ".join(part for part in (row.document, day) if part)),
            ("Nội dung", row.words),
            ("Ghi lúc", f"{timezone.localtime(row.recorded_at):%d/%m/%Y %H:%M}"),
            ("Người ghi", row.recorded_by.get_full_name()),
        )
