"""Fixing something by its document, ending it, and days off: the only door to these rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from members.access import require
from members.changes import claim, hold
from members.models import Event
from members.refusal import AlreadyDone, Refused
from rulings.holidays import FIXED
from rulings.models import DayOff, Ruling
from rulings.subjects import subject_of

if TYPE_CHECKING:
    from members.models import Organisation, User
    from rulings.subjects import Subject

SAME = ("value", "document", "document_date", "starts_on")


@transaction.atomic
def fix(
    organisation: Organisation,
    subject: str,
    *,
    document: str,
    document_date: date,
    starts_on: date,
    by: User,
    at: datetime,
    value: Mapping[str, Any] | None = None,
) -> Ruling:
    """What the document says about this subject, for this organisation and everything below it.

    Refused: what the subject does not allow, no document, a start before the document, two rulings for one day.
    """
    require(by, "rule.set", organisation)
    about = subject_of(subject)
    ruling = Ruling(organisation=organisation, subject=about.key, value=dict(value or {}), document=document.strip())
    ruling.document_date, ruling.starts_on, ruling.entered_by, ruling.entered_at = document_date, starts_on, by, at
    _judge_paper(ruling)
    about.judge(ruling)
    _judge_alone(about, ruling)
    ruling.save(force_insert=True)
    since = starts_on.isoformat()
    _note(organisation, "fix_ruling", by, at, subject=ruling.subject, document=ruling.document, starts_on=since)
    return ruling


@transaction.atomic
def end(ruling: Ruling, *, ends_on: date, by: User, at: datetime) -> None:
    """From the next day on it holds no more; what was made under it stays as it is."""
    require(by, "rule.set", ruling)
    held = Ruling.objects.select_for_update().get(pk=ruling.pk)
    if held.ends_on == ends_on:
        raise AlreadyDone
    if held.ends_on is not None and ends_on > held.ends_on:
        raise Refused("Quy định này đã có ngày thôi áp dụng. Muốn áp dụng tiếp, xin ghi quy định mới.", field="ends_on")
    if ends_on < held.starts_on:
        raise Refused("Ngày thôi áp dụng không thể trước ngày bắt đầu áp dụng.", field="ends_on")
    ruling.ends_on = ends_on
    ruling.save(update_fields=["ends_on"])
    _note(ruling.organisation, "end_ruling", by, at, ruling=ruling.pk, ends_on=ends_on.isoformat())


@transaction.atomic
def add_day_off(organisation: Organisation, *, day: date, name: str, by: User, at: datetime) -> DayOff:
    """Holds for everything below; every clock of working days leaves it out."""
    require(by, "rule.set", organisation)
    hold(organisation)
    if not name.strip():
        raise Refused("Xin ghi tên ngày nghỉ.", field="name")
    if day.weekday() > 4:
        raise Refused("Thứ Bảy, Chủ nhật không tính là ngày làm việc rồi.", field="day")
    if (day.month, day.day) in FIXED:
        raise Refused(f"Ngày này đã có sẵn: {FIXED[day.month, day.day]}.", field="day")
    if DayOff.objects.filter(organisation=organisation, day=day).exists():
        raise AlreadyDone
    row = DayOff.objects.create(organisation=organisation, day=day, name=name.strip(), entered_by=by, entered_at=at)
    _note(organisation, "add_day_off", by, at, day=day.isoformat())
    return row


@transaction.atomic
def remove_day_off(row: DayOff, *, by: User, at: datetime) -> None:
    require(by, "rule.set", row)
    hold(row.organisation)
    if not DayOff.objects.filter(pk=row.pk).exists():
        raise AlreadyDone
    _note(row.organisation, "remove_day_off", by, at, row=row.pk, day=row.day.isoformat())
    DayOff.objects.filter(pk=row.pk).delete()


def removed_by(user: User, row: int) -> Organisation | None:
    """Whose day off it was that this person has taken away already: the same click again finds no row."""
    events = Event.objects.filter(what="remove_day_off", actor=user, data__row=row)
    event = events.select_related("cell").first()
    return event.cell if event else None


def _judge_paper(ruling: Ruling) -> None:
    if not ruling.document:
        raise Refused("Xin ghi số, ký hiệu văn bản đã quy định.", field="document")
    if ruling.starts_on < ruling.document_date:
        raise Refused("Ngày áp dụng không thể trước ngày văn bản.", field="starts_on")


def _judge_alone(about: Subject, ruling: Ruling) -> None:
    """The organisation's row is held, so that of two people who enter something one waits here."""
    hold(ruling.organisation)
    for other in Ruling.objects.filter(organisation=ruling.organisation, subject=ruling.subject):
        if all(getattr(ruling, name) == getattr(other, name) for name in SAME):
            raise AlreadyDone
        if about.collide(ruling, other):
            raise _fixed_already(about, other)


def _fixed_already(about: Subject, other: Ruling) -> Refused:
    until = f" đến hết {other.ends_on:%d/%m/%Y}" if other.ends_on else ""
    advice = "" if about.later_replaces else " Xin ghi ngày thôi áp dụng của quy định đó trước."
    return Refused(
        f"Đã có quy định về việc này theo {other.document}, áp dụng từ {other.starts_on:%d/%m/%Y}{until}.{advice}",
        field="starts_on",
    )


def _note(organisation: Organisation, what: str, by: User, at: datetime, **data: Any) -> None:
    claim(organisation, None, what, by=by, at=at, **data)
