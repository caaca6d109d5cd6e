"""What an organisation fixes for itself and everything below it: figures with their document, and days off."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from critique.actions.rights import acknowledge_by
from critique.actions.written import reply_by
from critique.fixed import BOUNDS, MOST_CHECKS, days_off, numbers
from critique.lifecycle import Answering
from critique.models import Criticism, DataRequest, DayOff, Setting
from critique.models.keeping import Subject
from critique.official_forms.holidays import FIXED
from meetings.actions import rules
from members.access import require
from members.changes import claim, hold
from members.models import Organisation
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press


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
    key: Press | None = None,
) -> Setting:
    """One figure or rhythm from its document. A later one takes its place from its first day on."""
    require(by, "rule.set", organisation)
    hold(organisation, key=key)
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
    claim(
        organisation,
        None,
        "fix",
        by=by,
        at=at,
        key=key,
        subject=subject,
        figures=figures,
        starts_on=starts_on.isoformat(),
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
def end(row: Setting, *, ends_on: date, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "rule.set", row)
    hold(row.organisation, key=key)
    rules.end(row, ends_on)
    claim(row.organisation, None, "end", by=by, at=at, key=key, setting=row.pk, ends_on=ends_on.isoformat())


@transaction.atomic
def add_day_off(
    organisation: Organisation, *, day: date, name: str, by: User, at: datetime, key: Press | None = None
) -> DayOff:
    """Holds for everything below; every clock of working days that runs there is counted anew."""
    require(by, "rule.set", organisation)
    hold(organisation, key=key)
    if not name.strip():
        raise Refused("Xin ghi tên ngày nghỉ.", field="name")
    if day.weekday() > 4:
        raise Refused("Thứ Bảy, Chủ nhật không tính là ngày làm việc rồi.", field="day")
    if (day.month, day.day) in FIXED:
        raise Refused(f"Ngày này đã có sẵn: {FIXED[day.month, day.day]}.", field="day")
    if DayOff.objects.filter(organisation=organisation, day=day).exists():
        raise AlreadyDone
    row = DayOff.objects.create(organisation=organisation, day=day, name=name.strip(), entered_by=by, entered_at=at)
    claim(organisation, None, "add_day_off", by=by, at=at, key=key, day=day.isoformat())
    _count_anew(organisation)
    return row


@transaction.atomic
def remove_day_off(row: DayOff, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "rule.set", row)
    hold(row.organisation, key=key)
    if not DayOff.objects.filter(pk=row.pk).exists():
        raise AlreadyDone
    claim(row.organisation, None, "remove_day_off", by=by, at=at, key=key, day=row.day.isoformat())
    DayOff.objects.filter(pk=row.pk).delete()
    _count_anew(row.organisation)


def _count_anew(organisation: Organisation) -> None:
    """What waits for an answer below gets the day that the days off make of it; what was put off has its own day."""
    below = Organisation.objects.cells().filter(path__startswith=organisation.path)
    for cell in below:
        off = days_off(cell)
        waiting = Criticism.objects.filter(cell=cell, state=Answering.WAITING, delays__isnull=True).defer(
            "matter", "words", "reply"
        )
        for letter in waiting:
            Criticism.objects.filter(pk=letter.pk).update(due_on=reply_by(timezone.localdate(letter.sent_at), off))
        asked = DataRequest.objects.filter(cell=cell, state=Answering.WAITING, acknowledged_at__isnull=True)
        for row in asked.defer("words", "reply", "extension"):
            day = acknowledge_by(timezone.localdate(row.made_at), off)
            DataRequest.objects.filter(pk=row.pk).update(acknowledge_by=day)
