"""The number register of a cell as it is read: which paper each number is of, term by term, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from documents.named import NAMES
from meetings.models import Meeting, Minutes, Resolution
from members.models import PaperNumber
from members.numbering import FIRST_TERM, term_of

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation

#: What a cell may issue (399-QĐ/TW, Điều 11, 13), and its minutes; a committee's own have their own run.
_ISSUED = ("NQ", "QĐ", "KL", "QC", "TB", "BC", "KH", "CTr", "ĐA", "PA", "TTr", "CV", "BB")
KINDS = {letters: NAMES[letters] for letters in _ISSUED}
OF_COMMITTEE = {"BBU": "Biên bản họp chi uỷ", "TBU": "Thông báo của chi uỷ"}


@dataclass(frozen=True, slots=True)
class Line:
    """`what`: the paper; `address`: where it is, for one that was written here; `outside`: entered by hand."""

    number: PaperNumber
    symbol: str
    what: str
    day: date | None
    address: str = ""

    @property
    def outside(self) -> bool:
        return self.number.entered_by_id is not None


@dataclass(slots=True)
class Run:
    """The numbers of one kind in one term; `missing`: those that no paper has, below the last one."""

    kind: str
    name: str
    lines: list[Line] = field(default_factory=list)

    @property
    def missing(self) -> list[int]:
        there = {line.number.number for line in self.lines}
        return [number for number in range(1, max(there, default=0)) if number not in there]

    @property
    def last(self) -> int:
        return max((line.number.number for line in self.lines), default=0)


@dataclass(frozen=True, slots=True)
class Register:
    cell: Organisation
    term: date
    terms: list[date]
    runs: list[Run]

    @property
    def has_term(self) -> bool:
        return self.term != FIRST_TERM


def register_of(cell: Organisation, asked: str = "") -> Register:
    """`asked`: the day on which a term began, as the address has it; the current one where there is no such term."""
    begun = PaperNumber.objects.filter(cell=cell).values_list("term_started_on", flat=True)
    given = {*begun, term_of(cell)}
    term = next((one for one in given if one.isoformat() == asked), term_of(cell))
    rows = list(PaperNumber.objects.of_term(cell, term).order_by("kind", "number"))
    papers = _papers([row.pk for row in rows])
    found: dict[str, Run] = {}
    for row in rows:
        name = {**KINDS, **OF_COMMITTEE}.get(row.kind, row.kind)
        what, day, address = papers.get(row.pk, (row.subject, row.dated, ""))
        run = found.setdefault(row.kind, Run(row.kind, name))
        run.lines.append(Line(row, symbol(cell, row), what, day, address))
    order = [*KINDS, *OF_COMMITTEE]
    runs = sorted(found.values(), key=lambda run: order.index(run.kind) if run.kind in order else len(order))
    return Register(cell, term, sorted(given, reverse=True), runs)


def symbol(cell: Organisation, number: PaperNumber) -> str:
    """ "05-NQ/CB", "01-BB/CU"."""
    of_committee = number.kind in OF_COMMITTEE
    kind = number.kind.removesuffix("U") if of_committee else number.kind
    return f"{number.number:02d}-{kind}/{symbol_of(cell, of_committee=of_committee)}"


def symbol_of(cell: Organisation, *, of_committee: bool) -> str:
    """The committee counts its own papers, so its number is told apart from the cell's: "01-BB/CU"."""
    return cell.symbol.replace("CB", "CU", 1) if of_committee else cell.symbol


def _papers(keys: list[int]) -> dict[int, tuple[str, date | None, str]]:
    """What was written here: name, day and address, by the key of its number."""
    found: dict[int | None, tuple[str, date | None, str]] = {}
    for minutes in Minutes.objects.numbered(keys):
        meeting = minutes.meeting
        named = f"Biên bản {meeting.title_inside}"
        found[minutes.number_id] = (named, meeting.day, reverse("minutes", args=[meeting.pk]))
    for meeting in Meeting.objects.noticed_under(keys):
        sent = timezone.localdate(meeting.called_at) if meeting.called_at else None
        name = f"Thông báo {meeting.title_inside} ngày {meeting.day:%d/%m/%Y}"
        found[meeting.notice_number_id] = (name, sent, reverse("notice", args=[meeting.pk]))
    for row in Resolution.objects.numbered(keys):
        found[row.number_id] = (row.subject, row.issued_on, reverse("resolution", args=[row.pk]))
    return {key: told for key, told in found.items() if key is not None}
