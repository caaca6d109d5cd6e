"""Giving work and topics to cells, withdrawing them, a cell's report and its month: the only door to these rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from errands.facts import cells_of
from errands.models import SAID, SETTLED, Charge, Errand, Report, State
from meetings.actions.programme import count_up
from meetings.models import Kind, Programme, ProgrammeLine
from meetings.year import Year, suits
from members.access import require
from members.changes import claim, hold, insert, insert_all, refuse_second
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import Organisation, User
    from members.press import Press


@transaction.atomic
def give(
    body: Organisation,
    *,
    text: str,
    document: str,
    cells: Collection[int],
    due_on: date | None = None,
    kind: str = "",
    year: int | None = None,
    month: int | None = None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Errand:
    """To these cells below, by their keys; to all where none is named. With a kind of meeting and a year it is a topic,
    which stands in their programmes from now on.
    """
    require(by, "errand.give", body)
    refuse_second(Errand, body, key)
    if due_on is not None and due_on < timezone.localdate(at):
        raise Refused("Hạn này đã qua. Xin kiểm tra lại ngày.", field="due_on")
    below = {cell.pk: cell for cell in cells_of(body)}
    if not below or not {*cells} <= {*below}:
        raise Refused("Xin chọn trong các chi bộ trực thuộc.", field="cells")
    what = {"text": text, "document": document, "due_on": due_on, "kind": kind, "year": year, "month": month}
    errand = Errand(organisation=body, given_by=by, given_at=at, **what)
    insert(errand, "give_errand", by=by, at=at, key=key)
    rows = [Charge(errand=errand, cell=below[pk]) for pk in sorted({*cells} or {*below})]
    insert_all(rows, "get_errand", by=by, at=at, each=[{}] * len(rows))
    return errand


@transaction.atomic
def withdraw(errand: Errand, *, by: User, at: datetime, key: Press | None = None) -> None:
    """No meeting is reminded of it any more, and it leaves the programmes; what was reported stays, and agendas
    that hold it already are the cells' own.
    """
    require(by, "errand.give", errand)
    claim(errand, None, "withdraw_errand", by=by, at=at, key=key)
    if not Errand.objects.filter(pk=errand.pk, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise AlreadyDone


@transaction.atomic
def report(charge: Charge, *, state: str, words: str, by: User, at: datetime, key: Press | None = None) -> Report:
    """How far the cell is, that it is done, or why not. What is done or declined may be taken up again."""
    require(by, "errand.report", charge)
    if state not in SAID:
        raise Refused("Xin chọn tình trạng.", field="state")
    if state in SETTLED and not words:
        raise Refused("Xin ghi kết quả, hoặc lý do không làm được.", field="words")
    claim(charge, None, "report_errand", by=by, at=at, key=key, state=state)
    if Errand.objects.filter(pk=charge.errand_id, withdrawn_at__isnull=False).exists():
        raise Refused("Việc này cấp trên đã thu hồi.")
    now: dict[str, Any] = {"state": State(state), "settled_at": at if state in SETTLED else None}
    if state == State.DECLINED:
        now["line"] = None
    Charge.objects.filter(pk=charge.pk).update(**now)
    return Report.objects.create(charge=charge, state=state, words=words, entered_by=by, entered_at=at)


@transaction.atomic
def place(charge: Charge, *, month: int, by: User, at: datetime, key: Press | None = None) -> None:
    """Put a topic without a month into one: an open meeting of that month, or a new thematic one."""
    programme = Programme.objects.with_cell().of_year(charge.cell, charge.errand.year or 0).first()
    if programme is None:
        raise Refused("Chi bộ chưa lập chương trình của năm ấy.")
    require(by, "programme.edit", programme)
    hold(programme.cell)
    hold(programme, key=key)
    charge.refresh_from_db(fields=["line"])
    if charge.line_id is not None:
        raise AlreadyDone
    year = Year.of(programme)
    asked = next((one for one in year.unplaced() if one.pk == charge.pk), None)
    if asked is None:
        raise Refused("Nội dung này cấp trên đã ghi tháng hoặc đã thu hồi, hoặc chi bộ đã nêu lý do không đưa vào.")
    asks = year.asks()
    free = [line for line in year.lines if line.month == month and not line.is_planned and suits(asked, line)]
    line = min(free, key=lambda line: len(asks[line.pk]), default=None)
    if line is None and asked.kind != Kind.THEMATIC:
        raise Refused(f"Tháng {month} không còn buổi thường kỳ nào còn trống. Xin chọn tháng khác.", field="month")
    if line is None:
        line = ProgrammeLine(programme=programme, month=month, kind=Kind.THEMATIC)
    changed = {}
    if line.kind == Kind.THEMATIC and not line.topic:
        line.topic = asked.text
        changed = {f"{line.pk}.topic": ["", line.topic]} if line.pk else {}
    line.save()
    _put(charge, line, by, at)
    count_up(programme, by=by, at=at, key=key, changed=changed)


def note_planned(charges: Collection[int], line: ProgrammeLine, by: User, at: datetime) -> None:
    """These stand on the agenda of the line's meeting now."""
    for charge in Charge.objects.in_cell(line.cell).filter(pk__in=charges, line=None):
        _put(charge, line, by, at)


def _put(charge: Charge, line: ProgrammeLine, by: User, at: datetime) -> None:
    claim(charge, None, "place_charge", by=by, at=at, month=line.month)
    Charge.objects.filter(pk=charge.pk).update(line=line)
