"""What an organisation fixes for itself and everything below it: figures with their document, and days off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from critique.actions.guarding import note_setting
from critique.fixed import BOUNDS, MOST_CHECKS, numbers
from critique.models import DayOff, Setting
from critique.models.keeping import Subject
from critique.official_forms.holidays import FIXED
from meetings.actions import rules
from members.access import require
from members.models import Organisation
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def fix(
    organisation: Organisation,
    *,
    subject: str,
    figures: str,
    document: str,
    document_date: date,
    starts_on: date,
    by: User,
    at: datetime,
    key: UUID | None = None,
) -> Setting:
    """One figure or rhythm from its document. A later one takes its place from its first day on."""
    require(by, "rule.set", organisation)
    _hold(organisation)
    about = Subject(subject)
    figures = _judged(about, figures)
    row = Setting(organisation=organisation, subject=about, figures=figures, document=document.strip())
    row.document_date, row.starts_on, row.entered_by, row.entered_at = document_date, starts_on, by, at
    rules.judge_paper(row)
    same = Setting.objects.filter(organisation=organisation, subject=about, starts_on=starts_on).first()
    if same is not None:
        if (same.figures, same.document, same.document_date) == (figures, row.document, document_date):
            raise AlreadyDone
        raise Refused(f"Đã có quy định áp dụng từ ngày {starts_on:%d/%m/%Y} theo {same.document}.", field="starts_on")
    row.save(force_insert=True)
    note_setting(
        organisation, "fix", by=by, at=at, key=key, subject=subject, figures=figures, starts_on=starts_on.isoformat()
    )
    return row


def _judged(about: Subject, figures: str) -> str:
    if about == Subject.BASIS:
        return ""
    try:
        found = numbers(figures)
    except ValueError:
        found = ()
    least, most = BOUNDS[about]
    if not found:
        raise Refused("Xin ghi bằng số; nhiều số thì cách nhau bằng dấu phẩy, ví dụ 30, 60, 90.", field="figures")
    if not all(least <= one <= most for one in found):
        raise Refused(f"Mỗi số phải từ {least} đến {most}.", field="figures")
    if about == Subject.RETENTION and len(found) > 1:
        raise Refused("Chỉ ghi một số.", field="figures")
    if len(found) > MOST_CHECKS or list(found) != sorted(set(found)):
        raise Refused(f"Ghi tăng dần, nhiều nhất {MOST_CHECKS} lần rà soát.", field="figures")
    return ", ".join(str(one) for one in found)


@transaction.atomic
def end(row: Setting, *, ends_on: date, by: User, at: datetime, key: UUID | None = None) -> None:
    require(by, "rule.set", row)
    _hold(row.organisation)
    rules.end(row, ends_on)
    note_setting(row.organisation, "end", by=by, at=at, key=key, setting=row.pk, ends_on=ends_on.isoformat())


@transaction.atomic
def add_day_off(
    organisation: Organisation, *, day: date, name: str, by: User, at: datetime, key: UUID | None = None
) -> DayOff:
    """Holds for everything below: every clock of working days that runs there is counted with it."""
    require(by, "rule.set", organisation)
    _hold(organisation)
    if not name.strip():
        raise Refused("Xin ghi tên ngày nghỉ.", field="name")
    if day.weekday() > 4:
        raise Refused("Thứ Bảy, Chủ nhật không tính là ngày làm việc rồi.", field="day")
    if (day.month, day.day) in FIXED:
        raise Refused(f"Ngày này đã có sẵn: {FIXED[day.month, day.day]}.", field="day")
    if DayOff.objects.filter(organisation=organisation, day=day).exists():
        raise AlreadyDone
    row = DayOff.objects.create(organisation=organisation, day=day, name=name.strip(), entered_by=by, entered_at=at)
    note_setting(organisation, "add_day_off", by=by, at=at, key=key, day=day.isoformat())
    return row


@transaction.atomic
def remove_day_off(row: DayOff, *, by: User, at: datetime, key: UUID | None = None) -> None:
    require(by, "rule.set", row)
    _hold(row.organisation)
    if not DayOff.objects.filter(pk=row.pk).exists():
        raise AlreadyDone
    note_setting(row.organisation, "remove_day_off", by=by, at=at, key=key, day=row.day.isoformat())
    DayOff.objects.filter(pk=row.pk).delete()


def _hold(organisation: Organisation) -> None:
    Organisation.objects.select_for_update().get(pk=organisation.pk)
