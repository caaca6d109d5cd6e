"""Numbers of papers that were written outside the program: entered into the register, and taken out again."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from meetings.numbered import KINDS
from members.access import require
from members.changes import claim
from members.models import PaperNumber
from members.numbering import give_back, reserve
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Organisation, User
    from members.press import Press


@transaction.atomic
def enter_outside(
    cell: Organisation,
    *,
    kind: str,
    first: int,
    last: int | None,
    subject: str,
    dated: date | None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> list[PaperNumber]:
    """One number, or all from `first` to `last`."""
    require(by, "number.keep", cell)
    claim(cell, None, "enter_numbers", by=by, at=at, key=key, kind=kind, first=first, last=last)
    if kind not in KINDS:
        raise Refused("Xin chọn loại văn bản.", field="kind")
    if dated is not None and dated > timezone.localdate(at):
        raise Refused("Ngày văn bản chưa tới.", field="dated")
    return reserve(cell, kind, first, last or first, subject=subject, dated=dated, by=by, at=at)


@transaction.atomic
def remove_outside(number: PaperNumber, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Entered by mistake: only the last of its kind, so that none is missing."""
    require(by, "number.keep", number)
    claim(number.cell, None, "remove_number", by=by, at=at, key=key, kind=number.kind, first=number.number)
    if number.entered_by_id is None:
        raise Refused("Số này của văn bản lập trên phần mềm nên không bỏ được ở đây.")
    give_back(number, "Đã có văn bản mang số sau nên không bỏ được.")
