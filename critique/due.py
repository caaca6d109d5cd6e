"""What letters, requests and destructions ask of somebody, and what has come for them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from critique.lifecycle import Answering, Destroying
from critique.models import Criticism, DataRequest, Destruction
from members.policy import may
from members.todo import Todo, by_day

if TYPE_CHECKING:
    from members.models import Organisation, User

AHEAD = timedelta(days=7)  # whoever only watches over a day is reminded in its last week; answers are shown as long


def todos(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """Two queries, for the committee three."""
    return [*_letters(user, cell, now), *_requests(user, cell, now), *_destructions(user, cell)]


def _letters(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """To answer one's own; to watch over the day of the others'; to read what has come back."""
    me, today = user.member_id, timezone.localdate(now)
    rows = Criticism.objects.for_user(user).filter(_going_or_answered(now, sender=me), cell=cell).order_by()
    known = list(rows.values_list("to_member_id", "sender_id", "state", "due_on"))
    going = [(to, sender, day) for to, sender, state, day in known if state == Answering.WAITING]
    mine = [day for to, sender, day in going if sender != me and to in (me, None)]
    watched = [day for to, sender, day in going if me not in (to, sender) and to is not None and day <= today + AHEAD]
    url = reverse("criticism-list", args=[cell.pk])
    found = _one("Trả lời ý kiến phê bình, chất vấn", url, "ý kiến", mine, today)
    found += _one("Theo dõi hạn trả lời ý kiến", url, "ý kiến", watched, today)
    return found + ([Todo("Đọc trả lời ý kiến của đồng chí", url)] if len(known) > len(going) else [])


def _requests(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """To acknowledge, then to answer; to read what has come back."""
    me, today = user.member_id, timezone.localdate(now)
    rows = DataRequest.objects.for_user(user).filter(_going_or_answered(now, member=me), cell=cell).order_by()
    known = list(rows.values_list("member_id", "state", "due_on", "acknowledge_by", "acknowledged_at"))
    going = [row for row in known if row[1] == Answering.WAITING]
    asked = [(due, first, seen) for member, _, due, first, seen in going if member != me]
    url = reverse("request-list", args=[cell.pk])
    unseen = [first for _, first, seen in asked if seen is None]
    found = _one("Xác nhận đề nghị về dữ liệu", url, "đề nghị", unseen, today)
    answers = [due for due, _, seen in asked if seen is not None]
    found += _one("Trả lời đề nghị về dữ liệu", url, "đề nghị", answers, today)
    return found + ([Todo("Đọc trả lời đề nghị về dữ liệu", url)] if len(known) > len(going) else [])


def _destructions(user: User, cell: Organisation) -> list[Todo]:
    if not may(user, "retention.carry", cell):
        return []
    rows = Destruction.objects.for_user(user).filter(cell=cell, state=Destroying.PROPOSED)
    if not rows.exclude(proposed_by__member=user.member_id).exists():
        return []
    url = reverse("retention", args=[cell.pk])
    return [Todo("Xem đề nghị huỷ nội dung hết hạn lưu", url, "cần người thứ hai")]


def _going_or_answered(now: datetime, **mine: int | None) -> Q:
    """What waits for an answer, and what of one's own was answered in the last days."""
    return Q(state=Answering.WAITING) | Q(state=Answering.ANSWERED, replied_at__gte=now - AHEAD, **mine)


def _one(what: str, url: str, noun: str, days: list[date], today: date) -> list[Todo]:
    return [Todo(what, url, f"{len(days)} {noun}", by_day(min(days)), min(days) < today)] if days else []
