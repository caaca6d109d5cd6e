"""The nine items of a review's dossier (366-QĐ/TW, Điều 17): what is there, on paper or here, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.dossier.models import DossierEntry, Filed
from critique.hearing.models import Proceedings
from critique.levels.models import LevelEntry
from critique.levels.models.entry import DECISIONS, EntryKind
from guideline.model import Clause, Evidence

if TYPE_CHECKING:
    from critique.cycle.models import Cycle, Participant

CLAUSE = Clause("QĐ 366-QĐ/TW", date(2025, 8, 30), "Điều 17", Evidence.SEEN)


@dataclass(frozen=True, slots=True)
class Item:
    """`if_any`: stands in a dossier only where it has come about. `alone`: a person's only, no collective has it."""

    number: int
    title: str
    if_any: bool = False
    alone: bool = False


ITEMS = (
    Item(1, "Bản kiểm điểm cá nhân; báo cáo kiểm điểm của tập thể"),
    Item(2, "Nhận xét của cấp uỷ nơi cư trú, trừ trường hợp đặc biệt", alone=True),
    Item(3, "Biên bản hội nghị kiểm điểm"),
    Item(4, "Tổng hợp thẩm định"),
    Item(5, "Kết luận, kết quả xếp loại"),
    Item(6, "Văn bản gợi ý kiểm điểm", if_any=True),
    Item(7, "Văn bản góp ý", if_any=True),
    Item(8, "Hồ sơ khiếu nại", if_any=True),
    Item(9, "Tài liệu khác", if_any=True),
)
BY_NUMBER = {item.number: item for item in ITEMS}


@dataclass(frozen=True, slots=True)
class Line:
    """One item of one dossier: `said` is what is known, `missing` that it should be there and is not."""

    item: Item
    said: str
    missing: bool
    here: bool = False  # the program holds it
    entry: DossierEntry | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    participant: Participant
    lines: tuple[Line, ...]

    @property
    def missing(self) -> list[Item]:
        return [line.item for line in self.lines if line.missing]


# By the item's number: what the program holds itself, in words; "" where it holds nothing.
Held = Callable[["Cycle", list["Participant"]], dict[int, str]]


def _reviews(_: Cycle, people: list[Participant]) -> dict[int, str]:
    rows = ((row.pk, getattr(row, "review", None)) for row in people)
    return {pk: f"nộp {_day(review.submitted_at)}" for pk, review in rows if review and review.submitted_at}


def _proceedings(cycle: Cycle, people: list[Participant]) -> dict[int, str]:
    sealed = Proceedings.objects.filter(cycle=cycle).values_list("sealed_at", flat=True).first()
    return {row.pk: f"ký {_day(sealed)}" for row in people} if sealed else {}


def _stepped(*kinds: EntryKind) -> Held:
    """The latest step of these kinds."""

    def find(cycle: Cycle, _: list[Participant]) -> dict[int, str]:
        steps = LevelEntry.objects.filter(participant__cycle=cycle, kind__in=kinds).defer("words").order_by("number")
        return {step.participant_id: _said(step) for step in steps}

    return find


def _said(step: LevelEntry) -> str:
    paper = f"{step.document}, " if step.document else ""
    return f"{paper}ghi {_day(step.recorded_at)}"


HELD: dict[int, Held] = {
    1: _reviews,
    3: _proceedings,
    4: _stepped(EntryKind.APPRAISED),
    5: _stepped(*DECISIONS),
    8: _stepped(EntryKind.COMPLAINT, EntryKind.ANSWER),
}


def dossiers(cycle: Cycle) -> list[Dossier]:
    """Of everybody who writes, in the list's order; the same few queries for three people and for sixty."""
    people = [row for row in cycle.people if row.writes]
    entries = {(one.participant_id, one.item): one for one in DossierEntry.objects.filter(participant__cycle=cycle)}
    held = {number: find(cycle, people) for number, find in HELD.items()}
    found = []
    for row in people:
        lines = (
            _line(item, held.get(item.number, {}).get(row.pk, ""), entries.get((row.pk, item.number)))
            for item in items_of(row)
        )
        found.append(Dossier(row, tuple(lines)))
    return found


def in_archive(cycle: Cycle) -> list[Participant]:
    """Whose papers an archive of this review holds."""
    people = [row for row in cycle.people if row.writes]
    return [row for row in people if getattr(row, "review", None) and row.review.submitted_at]


def items_of(row: Participant) -> Iterable[Item]:
    return [item for item in ITEMS if not (item.alone and row.member_id is None)]


def _line(item: Item, held: str, entry: DossierEntry | None) -> Line:
    if held:
        return Line(item, f"Có ở đây, {held}", missing=False, here=True, entry=entry)
    if entry is None:
        return Line(item, "" if item.if_any else "Chưa có", missing=not item.if_any)
    days = [f"đề nghị {entry.sent_on:%d/%m/%Y}"] if entry.sent_on else []
    days += [f"nhận {entry.received_on:%d/%m/%Y}"] if entry.received_on else []
    said = ", ".join([entry.get_state_display(), *days])
    return Line(item, said, missing=entry.state == Filed.ASKED, entry=entry)


def _day(moment: object) -> str:
    return f"{timezone.localdate(moment):%d/%m/%Y}"  # type: ignore[arg-type]
