"""What of the shelf is found by words: sources and passages, on the page of their entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from search.kinds import Group, Searched

if TYPE_CHECKING:
    from datetime import date

    from members.models import User
    from shelf.models import Entry, Quotation


def _day(row: Entry) -> date:
    return row.dated_on or row.issue_on or timezone.localdate(row.put_at)


def _entry_opens(row: Entry, user: User) -> str:
    return reverse("shelf-entry", args=[row.pk])


def _quotation_opens(row: Quotation, user: User) -> str:
    return reverse("shelf-entry", args=[row.entry_id], fragment=f"quotation-{row.pk}")


SEARCHED = (
    Searched(
        "shelf",
        Group.DOCUMENTS,
        "Tủ tài liệu",
        "shelf.Entry",
        "source.see",
        reads=("kind", "body", "title", "number", "edition", "dated_on", "issue_on", "put_at"),
        words=lambda row: (row.body, row.title, row.number, row.edition),
        called=lambda row: row.kinds,
        only=lambda rows: rows.filter(withdrawn_at__isnull=True),
        opens=_entry_opens,
        about=lambda row: row.source,
        day=_day,
        beside=("organisation",),
    ),
    Searched(
        "quotation",
        Group.DOCUMENTS,
        "Đoạn trích",
        "shelf.Quotation",
        "source.see",
        reads=("words", "entry__dated_on", "entry__issue_on", "entry__put_at"),
        words=lambda row: (row.words,),
        only=lambda rows: rows.filter(withdrawn_at__isnull=True, entry__withdrawn_at__isnull=True),
        opens=_quotation_opens,
        about=lambda row: f"{row.entry.source}, {row.place}",
        day=lambda row: _day(row.entry),
        beside=("entry__organisation",),
    ),
)
