"""What a superior committee asks its cells to take up in their year: given, withdrawn, and put into a month."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.actions.programme import count_up
from meetings.models import Directive, Kind, Programme, ProgrammeLine
from meetings.year import Year, suits
from members.access import require
from members.changes import claim, hold, insert, refuse_second
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import Organisation, User
    from members.press import Press


@transaction.atomic
def give(
    organisation: Organisation,
    *,
    year: int,
    month: int | None,
    kind: str,
    text: str,
    document: str,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Directive:
    """From now on it stands in the programme of every cell below."""
    require(by, "directive.give", organisation)
    refuse_second(Directive, organisation, key)
    directive = Directive(
        organisation=organisation,
        year=year,
        month=month,
        kind=kind,
        text=text,
        document=document,
        given_by=by,
        given_at=at,
    )
    insert(directive, "give_directive", by=by, at=at, key=key)
    return directive


@transaction.atomic
def withdraw(directive: Directive, *, by: User, at: datetime, key: Press | None = None) -> None:
    """It leaves every programme; agendas that hold it already are the cells' own."""
    require(by, "directive.give", directive)
    claim(directive, None, "withdraw_directive", by=by, at=at, key=key)
    if not Directive.objects.filter(pk=directive.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise AlreadyDone


@transaction.atomic
def place(
    programme: Programme, directive: Directive, *, month: int, by: User, at: datetime, key: Press | None = None
) -> None:
    """Put what is asked for without a month into one: an open meeting of that month, or a new thematic one."""
    require(by, "programme.edit", programme)
    hold(programme.cell)
    hold(programme, key=key)
    year = Year.of(Programme.objects.with_cell().get(pk=programme.pk))
    if any(line.directive_id == directive.pk for line in year.lines):
        raise AlreadyDone
    if directive not in year.unplaced():
        raise Refused("Yêu cầu này đã có tháng hoặc đã được cấp trên thu hồi.")
    free = [line for line in year.lines if line.month == month and not line.is_planned and line.directive_id is None]
    line = next((line for line in free if suits(directive, line)), None)
    if line is None and directive.kind != Kind.THEMATIC:
        raise Refused(f"Tháng {month} không còn buổi thường kỳ nào còn trống. Xin chọn tháng khác.", field="month")
    if line is None:
        line = ProgrammeLine(programme=programme, month=month, kind=Kind.THEMATIC)
    line.directive = directive
    changed = {}
    if line.kind == Kind.THEMATIC and not line.topic:
        line.topic = directive.text
        changed = {f"{line.pk}.topic": ["", line.topic]} if line.pk else {}
    line.save()
    count_up(year.programme, by=by, at=at, key=key, changed=changed)
