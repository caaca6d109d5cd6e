"""Fixing something by its document, ending it, and days off: the only door to these rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from members.access import require
from members.changes import claim
from members.models import Event, Organisation, OrganisationKind
from members.refusal import Refused
from rulings.holidays import FIXED
from rulings.models import DayOff, Ruling
from rulings.subjects import subject_of

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press
    from rulings.subjects import Subject


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
    key: Press | None = None,
) -> Ruling:
    """What the document says about this subject, for this organisation and everything below it.

    Refused: what the subject does not allow, no document, a start before the document, two rulings for one day.
    """
    require(by, "rule.set", organisation)
    told = {"subject": subject, "document": document.strip(), "starts_on": starts_on.isoformat()}
    claim(organisation, None, "fix_ruling", by=by, at=at, key=key, **told)
    about = subject_of(subject)
    ruling = Ruling(organisation=organisation, subject=about.key, value=dict(value or {}), document=document.strip())
    ruling.document_date, ruling.starts_on, ruling.entered_by, ruling.entered_at = document_date, starts_on, by, at
    _judge_paper(ruling)
    about.judge(ruling)
    _judge_alone(about, ruling)
    _judge_open(about, ruling)
    ruling.save(force_insert=True)
    return ruling


@transaction.atomic
def end(ruling: Ruling, *, ends_on: date, by: User, at: datetime, key: Press | None = None) -> None:
    """From the next day on it holds no more; what was made under it stays as it is."""
    require(by, "rule.set", ruling)
    told = {"ruling": ruling.pk, "ends_on": ends_on.isoformat()}
    claim(ruling.organisation, None, "end_ruling", by=by, at=at, key=key, **told)
    held = Ruling.objects.get(pk=ruling.pk)  # as it is now: whoever changes one has claimed the organisation first
    if held.ends_on is not None and ends_on >= held.ends_on:
        raise Refused("Quy định này đã có ngày thôi áp dụng. Muốn áp dụng tiếp, xin ghi quy định mới.", field="ends_on")
    if ends_on < held.starts_on:
        raise Refused("Ngày thôi áp dụng không thể trước ngày bắt đầu áp dụng.", field="ends_on")
    ruling.ends_on = ends_on
    ruling.save(update_fields=["ends_on"])


@transaction.atomic
def add_day_off(
    organisation: Organisation, *, day: date, name: str, by: User, at: datetime, key: Press | None = None
) -> DayOff:
    """Holds for everything below; every clock of working days leaves it out."""
    require(by, "rule.set", organisation)
    claim(organisation, None, "add_day_off", by=by, at=at, key=key, day=day.isoformat())
    if not name.strip():
        raise Refused("Xin ghi tên ngày nghỉ.", field="name")
    if day.weekday() > 4:
        raise Refused("Thứ Bảy, Chủ nhật không tính là ngày làm việc rồi.", field="day")
    if (day.month, day.day) in FIXED:
        raise Refused(f"Ngày này đã có sẵn: {FIXED[day.month, day.day]}.", field="day")
    if DayOff.objects.filter(organisation=organisation, day=day).exists():
        raise Refused("Ngày này đã được ghi ở danh sách trên.", field="day")
    return DayOff.objects.create(organisation=organisation, day=day, name=name.strip(), entered_by=by, entered_at=at)


@transaction.atomic
def remove_day_off(row: DayOff, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "rule.set", row)
    claim(row.organisation, None, "remove_day_off", by=by, at=at, key=key, row=row.pk, day=row.day.isoformat())
    DayOff.objects.filter(pk=row.pk).delete()


def done_before(by: User, press: Press | None) -> Organisation | None:
    """The organisation that this click has changed already: where it takes a row away, the second one finds none."""
    if press is None:
        return None
    events = Event.objects.done_by(by).of_kind(Organisation).from_press(press).select_related("cell")
    event = events.first()
    return event.cell if event else None


def _judge_paper(ruling: Ruling) -> None:
    if not ruling.document:
        raise Refused("Xin ghi số, ký hiệu văn bản đã quy định.", field="document")
    if ruling.starts_on < ruling.document_date:
        raise Refused("Ngày áp dụng không thể trước ngày văn bản.", field="starts_on")


def _judge_alone(about: Subject, ruling: Ruling) -> None:
    """Whoever enters something has claimed the organisation, so of two people one has waited and sees the other's."""
    for other in Ruling.objects.filter(organisation=ruling.organisation, subject=ruling.subject):
        if about.collide(ruling, other):
            raise _fixed_already(about, other)


def _judge_open(about: Subject, ruling: Ruling) -> None:
    """A committee that fixes it later binds the cell as well; see nearest() of rulings/in_force.py."""
    if not about.from_above or ruling.organisation.kind != OrganisationKind.CELL:
        return
    above = Ruling.objects.reaching(ruling.organisation).exclude(organisation=ruling.organisation)
    for other in above.filter(subject=ruling.subject).nearest_first():
        if not other.is_over(ruling.starts_on):
            raise Refused(
                f"Cấp uỷ cấp trên đã quy định việc này ({other.source}), chi bộ không quy định khác được.",
                field="starts_on",
            )


def _fixed_already(about: Subject, other: Ruling) -> Refused:
    until = f" đến hết {other.ends_on:%d/%m/%Y}" if other.ends_on else ""
    advice = "" if about.later_replaces else " Xin ghi ngày thôi áp dụng của quy định đó trước."
    return Refused(
        f"Đã có quy định về việc này theo {other.document}, áp dụng từ {other.starts_on:%d/%m/%Y}{until}.{advice}",
        field="starts_on",
    )
