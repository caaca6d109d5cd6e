"""What letters ask of somebody: to answer, to watch over a day, to read an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from critique.letters.models import Criticism
from critique.lifecycle import Answering

if TYPE_CHECKING:
    from collections.abc import Collection

    from critique.letters.answerable import AnswerableQuerySet
    from members.models import Organisation, User

AHEAD = timedelta(days=7)  # whoever only watches over a day is reminded in its last week; answers are shown as long


@dataclass(frozen=True, slots=True)
class Asked:
    what: str
    url: str
    about: str
    until: date | None
    late: bool


def waiting_or_new(rows: AnswerableQuerySet, now: datetime) -> AnswerableQuerySet:
    """What still waits for an answer, and what has had one lately; no text of theirs."""
    lately = Q(state=Answering.ANSWERED, replied_at__gte=now - AHEAD)
    return rows.filter(Q(state=Answering.WAITING) | lately).defer("words", "reply")


def asked(what: str, url: str, noun: str, days: Collection[date], today: date) -> list[Asked]:
    return [Asked(what, url, f"{len(days)} {noun}", min(days), min(days) < today)] if days else []


def asked_of(user: User, cell: Organisation, now: datetime, off: Collection[date]) -> list[Asked]:
    """One query."""
    me, today, url = user.member_id, timezone.localdate(now), reverse("letter-list", args=[cell.pk])
    known = waiting_or_new(Criticism.objects.for_user(user), now).defer("words", "reply", "matter").of_cell(cell, off)
    open_rows = [row for row in known if row.state == Answering.WAITING and row.sender_id != me]
    mine = [row.due_on for row in open_rows if row.to_member_id in (me, None)]
    watched = [row.due_on for row in open_rows if row.to_member_id not in (me, None)]
    found = [
        *asked("Trả lời ý kiến phê bình, chất vấn", url, "ý kiến", mine, today),
        *asked("Theo dõi hạn trả lời ý kiến", url, "ý kiến", [day for day in watched if day <= today + AHEAD], today),
    ]
    if any(row.state == Answering.ANSWERED and row.sender_id == me for row in known):
        found.append(Asked("Đọc trả lời ý kiến của đồng chí", url, "", None, late=False))
    return found
