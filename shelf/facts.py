"""What a meeting reads from the shelf, what is missing before it, and what somebody may cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from guideline.model import RuleKey
from meetings.extension import Business
from meetings.lifecycle import State
from meetings.models import Meeting
from members.asked import Asked
from members.days import moment, months_after
from members.policy import may
from shelf.models import Entry, Quotation, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from guideline.rulebook import Rulebook
    from meetings.models import AgendaItem
    from members.models import Organisation, User

NEWS = "current_affairs"  # the step of a guideline under which the bulletin is brought

#: Sheet → its fields into which a passage may be put.
CITED_IN = {
    "draft": ("draft",),
    "completed": ("completed",),
    "remark": ("text", "awareness", "relation", "proposal"),
    "resolution": ("assessment", "directions", "arrangements"),
}


def others(sheet: str, field: str) -> list[str]:
    """The boxes of the same form: a remark has either one text or three parts."""
    return [one for one in CITED_IN[sheet] if one != field and "text" not in (one, field)]


def month_of(meeting: Meeting) -> date:
    return timezone.localdate(meeting.starts_at).replace(day=1)


_READ = Asked(lambda meeting, at: Reading.objects.filter(meeting=meeting).at(at))
_BULLETINS = Asked(lambda bodies, month, at: Entry.objects.on_shelves(bodies).bulletins_of(month, at))


def to_read(meeting: Meeting, items: Sequence[AgendaItem], now: datetime) -> list[Business]:
    """What stands beside the items of the agenda, in its order; once it was announced, as it stood then.

    The bulletin of the month comes by itself, under current affairs.
    """
    if meeting.state == State.CANCELLED:
        return []
    then = meeting.called_at or now
    found = [(row.item_id, str(row), row.entry_id) for row in _READ(meeting.pk, then)]
    if (news := _news(items)) is not None:
        there = {(item, entry) for item, _, entry in found}
        issues = _BULLETINS(meeting.cell.line, month_of(meeting), then)
        found += [(news, one.source, one.pk) for one in issues if (news, one.pk) not in there]
    place = {item.pk: number for number, item in enumerate(items, 1)}
    found.sort(key=lambda one: place[one[0]])
    return [
        Business(f"Mục {place[item]}: {source}", reverse("shelf-entry", args=[entry])) for item, source, entry in found
    ]


def is_file_open(user: User, entry: Entry) -> bool:
    """On the shelf for whoever reads it there; taken off, for whoever keeps that shelf and for those of a meeting whose
    notice has named it.
    """
    if entry.withdrawn_at is None or may(user, "source.keep", entry):
        return True
    if Reading.objects.for_user(user).announced().filter(entry=entry).exists():
        return True
    if entry.issue_on is None:
        return False
    told = Meeting.objects.for_user(user).filter(called_at__gte=entry.put_at, called_at__lt=entry.withdrawn_at)
    month = moment(entry.issue_on), moment(months_after(entry.issue_on, 1))
    return told.filter(starts_at__gte=month[0], starts_at__lt=month[1], items__step=NEWS).exists()


def _news(items: Sequence[AgendaItem]) -> int | None:
    return next((item.pk for item in items if item.step == NEWS), None)


def missing_before(meeting: Meeting, items: Sequence[AgendaItem], rulebook: Rulebook, now: datetime) -> list[Business]:
    """The month's bulletin, where the guideline asks for one, the agenda has its place and the shelf has none."""
    if _news(items) is None or (rule := rulebook.rule(RuleKey.BULLETIN)) is None:
        return []
    month = month_of(meeting)
    if _BULLETINS(meeting.cell.line, month, now):
        return []
    words = f"Tủ tài liệu chưa có bản tin sinh hoạt chi bộ tháng {month:%m/%Y} ({rule.clause.document})"
    query = {"loai": "bulletin", "thang": f"{month:%Y-%m}"}
    return [Business(words, reverse("shelf-new", args=[meeting.cell_id], query=query))]


def to_cite(user: User, body: Organisation, words: str = "") -> list[Quotation]:
    """What may be cited there, the nearest shelf first."""
    return Quotation.objects.for_user(user).on_shelf_of(body).asked_for(words)
