"""Giving work to cells, withdrawing it, and a cell's report: the only door to these rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from errands.facts import cells_of
from errands.models import SAID, SETTLED, Charge, Errand, Report, State
from members.access import require
from members.changes import claim, insert, insert_all, refuse_second
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
    due_on: date | None,
    cells: Collection[int],
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Errand:
    """To these cells below, by their keys; to all of them where none is named."""
    require(by, "errand.give", body)
    refuse_second(Errand, body, key)
    if due_on is not None and due_on < timezone.localdate(at):
        raise Refused("Hạn này đã qua. Xin kiểm tra lại ngày.", field="due_on")
    below = {cell.pk: cell for cell in cells_of(body)}
    if not below or not {*cells} <= {*below}:
        raise Refused("Xin chọn trong các chi bộ trực thuộc.", field="cells")
    told = {"text": text, "document": document, "due_on": due_on, "given_by": by, "given_at": at}
    errand = Errand(organisation=body, **told)
    insert(errand, "give_errand", by=by, at=at, key=key)
    rows = [Charge(errand=errand, cell=below[pk]) for pk in sorted({*cells} or {*below})]
    insert_all(rows, "get_errand", by=by, at=at, each=[{}] * len(rows))
    return errand


@transaction.atomic
def withdraw(errand: Errand, *, by: User, at: datetime, key: Press | None = None) -> None:
    """No meeting is reminded of it any more; what was reported stays."""
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
    charge.state, charge.settled_at = State(state), at if state in SETTLED else None
    charge.save(update_fields=["state", "settled_at"])
    return Report.objects.create(charge=charge, state=state, words=words, entered_by=by, entered_at=at)
