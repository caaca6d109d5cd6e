"""The number register: 01, 02 ... per cell, kind of paper and term, whether written here or outside."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from members.models import Organisation, PaperNumber, User
from members.refusal import Refused

FIRST_TERM = date(2000, 1, 1)  # a cell that has not entered its term yet still counts from 01
MOST_AT_ONCE = 200


@transaction.atomic
def next_number(cell: Organisation, kind: str, at: datetime) -> PaperNumber:
    """Take the next number; the row of the cell is held so that two papers never get the same one."""
    held = Organisation.objects.select_for_update().get(pk=cell.pk)
    return PaperNumber.objects.create(
        cell=held, kind=kind, term_started_on=term_of(held), number=_last(held, kind) + 1, given_at=at
    )


def term_of(cell: Organisation) -> date:
    return cell.term_started_on or FIRST_TERM


def _last(cell: Organisation, kind: str) -> int:
    used = PaperNumber.objects.of_term(cell, term_of(cell)).filter(kind=kind).aggregate(Max("number"))
    return used["number__max"] or 0


@transaction.atomic
def reserve(
    cell: Organisation,
    kind: str,
    first: int,
    last: int,
    *,
    subject: str,
    dated: date | None,
    by: User,
    at: datetime,
) -> list[PaperNumber]:
    """The numbers of papers that were written outside: each once, and none left out before them.

    Raises Refused where one is taken, or where numbers would be missing before the first.
    """
    held = Organisation.objects.select_for_update().get(pk=cell.pk)
    term, before = term_of(held), _last(held, kind)
    if not 1 <= first <= last:
        raise Refused("Số cuối không thể nhỏ hơn số đầu; số nhỏ nhất là 1.", field="last")
    if last - first >= MOST_AT_ONCE:
        raise Refused(f"Mỗi lần ghi nhiều nhất {MOST_AT_ONCE} số.", field="last")
    taken = PaperNumber.objects.of_term(held, term).filter(kind=kind, number__gte=first, number__lte=last)
    if (used := taken.order_by("number").first()) is not None:
        raise Refused(f"Số {used.number:02d} đã có trong sổ.", field="first")
    if first > before + 1:
        raise Refused(f"Số tiếp theo của loại này là {before + 1:02d}; xin ghi cả các số từ đó.", field="first")
    made = [
        PaperNumber(
            cell=held, kind=kind, term_started_on=term, number=number, given_at=at,
            subject=subject, dated=dated, entered_by=by,
        )
        for number in range(first, last + 1)
    ]  # fmt: skip
    return PaperNumber.objects.bulk_create(made)


def give_back(number: PaperNumber, why: str) -> None:
    """The last of its kind goes back to the register. Raises Refused with `why` where a later one was given.

    Whatever names it has to be gone before.
    """
    Organisation.objects.select_for_update().get(pk=number.cell_id)
    same = PaperNumber.objects.filter(cell=number.cell_id, kind=number.kind, term_started_on=number.term_started_on)
    if same.filter(number__gt=number.number).exists():
        raise Refused(why)
    PaperNumber.objects.filter(pk=number.pk).delete()
