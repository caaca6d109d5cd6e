"""What letters ask of somebody: to answer, to watch over a day, to read an answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from critique.letters.answerable import with_days_off
from critique.letters.models import Criticism
from critique.lifecycle import Answering
from members.asked import Asked
from members.scoping import known_to
from members.todo import Todo, until

if TYPE_CHECKING:
    from collections.abc import Collection

    from critique.letters.answerable import AnswerableQuerySet
    from members.models import Organisation, User

AHEAD = timedelta(days=7)  # whoever only watches over a day is reminded in its last week; answers are shown as long


_ROWS = Asked(
    lambda known, cell, me, since: going_or_answered(
        Criticism.objects.filter(known, cell=cell), since, sender=me
    ).defer("words", "reply", "matter")
)


def todos(user: User, cell: Organisation, now: datetime, off: Collection[date] | None = None) -> list[Todo]:
    """To answer one's own, to watch over the day of the others', to read what has come back. One query."""
    me, today, url = user.member_id, timezone.localdate(now), reverse("letter-list", args=[cell.pk])
    known = with_days_off(_ROWS(known_to(user, Criticism), cell.pk, me, now - AHEAD), cell, off)
    going = [row for row in known if row.state == Answering.WAITING]
    mine = [row.due_on for row in going if row.sender_id != me and row.to_member_id in (me, None)]
    watched = [row.due_on for row in going if me not in (row.sender_id, row.to_member_id) and row.to_member_id]
    found = one("Trả lời ý kiến phê bình, chất vấn", url, "ý kiến", mine, today)
    found += one("Theo dõi hạn trả lời ý kiến", url, "ý kiến", [day for day in watched if day <= today + AHEAD], today)
    return found + ([Todo("Đọc trả lời ý kiến của đồng chí", url, news=True)] if len(known) > len(going) else [])


def going_or_answered(rows: AnswerableQuerySet, since: datetime, **mine: int | None) -> AnswerableQuerySet:
    """What waits for an answer, and what of one's own was answered since then."""
    return rows.filter(Q(state=Answering.WAITING) | Q(state=Answering.ANSWERED, replied_at__gte=since, **mine))


def one(what: str, url: str, noun: str, days: Collection[date], today: date) -> list[Todo]:
    return [until(what, url, f"{len(days)} {noun}", min(days), today)] if days else []
