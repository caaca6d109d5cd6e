"""What the committee has noted about the papers in somebody's dossier, for that person alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.dossier.items import BY_NUMBER
from critique.dossier.models import DossierEntry

if TYPE_CHECKING:
    from members.models import Member

Facts = tuple[tuple[str, str], ...]


def papers_about(member: Member) -> Iterator[Facts]:
    rows = DossierEntry.objects.filter(participant__member=member).select_related("participant__cycle")
    for row in rows.order_by("-participant__cycle__year", "item"):
        yield (
            ("Năm", str(row.participant.cycle.year)),
            ("Mục", BY_NUMBER[row.item].title),
            ("Tình trạng", row.get_state_display()),
            ("Ghi chú", row.note),
            ("Ghi ngày", f"{timezone.localdate(row.entered_at):%d/%m/%Y}"),
        )
