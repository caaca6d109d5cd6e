"""The database that is measured: the demonstration and a shelf of meetings, in a file that lives as long as the run."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from chibo.demo.build import build
from meetings.lifecycle import State
from meetings.models import AgendaItem, Meeting
from members.models import Organisation, User


def prepare() -> tuple[User, dict[str, str]]:
    """The demonstration, and the addresses of the five main pages for its secretary."""
    stage = build(password="not-used-for-signing-in", today=timezone.localdate())
    sealed = Meeting.objects.filter(cell=stage.cell, kind="thematic").get()
    discussion = AgendaItem.objects.get(meeting=sealed, step="thematic_discussion")
    # The desk is measured as on the evening: the same meeting once more, open, with its seven remarks.
    Meeting.objects.filter(pk=sealed.pk).update(state=State.OPEN)
    regular = Meeting.objects.get(cell=stage.cell, kind="regular", state=State.SEALED)
    pages = {
        "home": "/",
        "list of meetings": f"/cells/{stage.cell.pk}/meetings/",
        "a meeting": f"/meetings/{sealed.pk}/",
        "desk, item with 7 remarks": f"/items/{discussion.pk}/desk/",
        "sealed minutes": f"/meetings/{regular.pk}/minutes/",
    }
    return stage.account("thanh"), pages


def fill(meetings: int) -> None:
    """Past meetings until the cell has this many; each with an agenda of nine lines."""
    cell = Organisation.objects.get(name="Chi bộ Văn phòng")
    missing = meetings - cell.meetings.count()
    start = timezone.now() - timedelta(days=60)
    rows = Meeting.objects.bulk_create(
        Meeting(
            cell=cell, kind="regular", rulebook="hd42", state=State.SEALED, starts_at=start - timedelta(days=7 * number)
        )
        for number in range(max(0, missing))
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=row, position=position, title=f"Nội dung {position}")
        for row in rows
        for position in range(1, 10)
    )
