"""What letters, requests and destructions ask of somebody, with the days off: rows of one query with the register's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Case, CharField, DateField, Value, When
from django.urls import reverse

from critique.lifecycle import Answering, Destroying
from critique.models import Criticism, DataRequest, Destruction
from critique.remedies.register import due_rows
from members.policy import may
from rulings.holidays import with_fixed
from rulings.models import DayOff

if TYPE_CHECKING:
    from members.models import Organisation, User

AHEAD = timedelta(days=7)  # whoever only watches over a day is reminded in its last week; answers are shown as long

_NOBODY = Value(None, output_field=BigIntegerField())
_NO_DAY = Value(None, output_field=DateField())

#: Two people, what it is, two days: the state of a remedy, or one of the words below.
Row = tuple[int | None, int | None, str, date | None, date | None]
LETTER, ANSWERED, REQUEST, REPLIED, PROPOSED, OFF = "letter", "answered", "request", "replied", "proposed", "off"


@dataclass(frozen=True, slots=True)
class Asked:
    what: str
    url: str
    about: str
    until: date | None
    late: bool


def rows_for(user: User, cell: Organisation, now: datetime) -> list[Row]:
    """Everything that may fall due for this person in this cell, and the days off. One query."""
    letters = Criticism.objects.for_user(user).filter(cell=cell)
    requests = DataRequest.objects.for_user(user).filter(cell=cell)
    recent = {"state": Answering.ANSWERED, "replied_at__gte": now - AHEAD}
    unseen = Case(When(acknowledged_at__isnull=True, then="acknowledge_by"), default=_NO_DAY, output_field=DateField())
    proposed = Destruction.objects.for_user(user).filter(cell=cell, state=Destroying.PROPOSED)
    parts: list[Any] = [
        letters.filter(state=Answering.WAITING).values_list(
            "to_member_id", "sender_id", _word(LETTER), "due_on", _NO_DAY
        ),
        letters.filter(sender=user.member_id, **recent).values_list(
            "to_member_id", "sender_id", _word(ANSWERED), "due_on", _NO_DAY
        ),
        requests.filter(state=Answering.WAITING).values_list("member_id", _NOBODY, _word(REQUEST), "due_on", unseen),
        requests.filter(member=user.member_id, **recent).values_list(
            "member_id", _NOBODY, _word(REPLIED), "due_on", _NO_DAY
        ),
        proposed.values_list("proposed_by__member_id", _NOBODY, _word(PROPOSED), _NO_DAY, _NO_DAY),
        DayOff.objects.reaching(cell).values_list(_NOBODY, _NOBODY, _word(OFF), "day", _NO_DAY),
    ]
    return list(due_rows(user, cell).union(*(part.order_by() for part in parts), all=True))


def _word(word: str) -> Value:
    return Value(word, output_field=CharField(max_length=12))


def days_off_in(rows: Iterable[Row]) -> frozenset[date]:
    return with_fixed(day for _, _, what, day, _ in rows if what == OFF and day)


def asked_of(user: User, cell: Organisation, today: date, rows: Iterable[Row]) -> list[Asked]:
    """What this person should do about letters, requests and destructions, and what has come for them."""
    me, known = user.member_id, list(rows)
    mine = [row for row in known if row[2] == LETTER and row[1] != me and row[0] in (me, None)]
    watched = [row for row in known if row[2] == LETTER and me not in row[:2] and row[0] is not None]
    watched = [row for row in watched if row[3] is not None and row[3] <= today + AHEAD]
    asked = [row for row in known if row[2] == REQUEST and row[0] != me]
    letters, requests = reverse("criticism-list", args=[cell.pk]), reverse("request-list", args=[cell.pk])
    found = [
        *_one("Trả lời ý kiến phê bình, chất vấn", letters, "ý kiến", [row[3] for row in mine], today),
        *_one("Theo dõi hạn trả lời ý kiến", letters, "ý kiến", [row[3] for row in watched], today),
        *_one("Xác nhận đề nghị về dữ liệu", requests, "đề nghị", [row[4] for row in asked if row[4]], today),
        *_one("Trả lời đề nghị về dữ liệu", requests, "đề nghị", [row[3] for row in asked if not row[4]], today),
    ]
    if any(row[2] == ANSWERED for row in known):
        found.append(Asked("Đọc trả lời ý kiến của đồng chí", letters, "", None, late=False))
    if any(row[2] == REPLIED for row in known):
        found.append(Asked("Đọc trả lời đề nghị về dữ liệu", requests, "", None, late=False))
    if any(row[2] == PROPOSED and row[0] != me for row in known) and may(user, "retention.carry", cell):
        url = reverse("retention", args=[cell.pk])
        found.append(Asked("Xem đề nghị huỷ nội dung hết hạn lưu", url, "cần người thứ hai", None, late=False))
    return found


def _one(what: str, url: str, noun: str, days: list[date | None], today: date) -> list[Asked]:
    known = sorted(day for day in days if day is not None)
    return [Asked(what, url, f"{len(known)} {noun}", known[0], known[0] < today)] if known else []
