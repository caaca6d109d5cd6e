"""The register of shortcomings and the plan to put them right, on paper: of the cell, of one comrade, of everybody."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from critique.lifecycle import Remedying
from documents.model import Column, Document, Heading, Recipients, Signature, Signatures, Table, Title, para
from meetings.papers.parts import head, signer
from meetings.wording import comrade, paper_day, short_day
from members import roster
from members.house import in_house_style, own
from members.names import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from critique.remedies.models import Remedy
    from documents.model import Block
    from members.models import Member, Organisation

FOLLOWED = (
    Column("TT", 10, "center"),
    Column("Hạn chế, khuyết điểm", 50),
    Column("Biện pháp, hạn", 38),
    Column("Rà soát trong năm", 43),
    Column("Tình trạng", 24),
)
PLANNED = (
    Column("TT", 10, "center"),
    Column("Hạn chế, khuyết điểm; nguyên nhân", 52),
    Column("Biện pháp; thế nào là đã khắc phục", 52),
    Column("Thời hạn", 24, "center"),
    Column("Người giúp đỡ, theo dõi", 30),
)
RECIPIENTS = Recipients(("Cấp uỷ cấp trên", "Đảng viên chi bộ"))
OF_CELL = "Của tập thể chi bộ"
NOTHING = "Không có việc nào."
DESTROYED = "Nội dung đã huỷ"
LEFT = 99  # whoever is in the cell no longer stands last
BLANK_ROWS = 4  # to write on by hand where nothing is planned yet


@in_house_style
def build_followed(
    cell: Organisation, year: int, rows: Iterable[Remedy], now: datetime, *, about: Member | None = None
) -> Document:
    """Sổ theo dõi khắc phục over a year: each item with what was found in it, and how it stands on that day.

    `rows`: what its reader may know of, with people, checks and notes fetched. `about`: this comrade alone.
    """
    day = timezone.localdate(now)
    blocks: list[Block] = [
        head(cell, "", None, now, numbered=False, dated=True),
        Title("SỔ THEO DÕI", (f"Khắc phục hạn chế, khuyết điểm năm {year}", *_of(about))),
    ]
    groups = _groups(cell, day, rows)
    for title, found in groups:
        table = tuple(_followed(number, row, year) for number, row in enumerate(found, start=1))
        blocks += [*([Heading(title, 2)] if about is None else []), Table(FOLLOWED, table)]
    if not groups:
        blocks.append(para(NOTHING))
    blocks += [para(f"Tình trạng đến {paper_day(day)}."), Signatures(None, Signature(("NGƯỜI THEO DÕI",), ""))]
    name = f"so-theo-doi-khac-phuc-{year}{_file(about)}"
    return Document(name, f"Sổ theo dõi khắc phục hạn chế, khuyết điểm năm {year}", day, tuple(blocks))


@in_house_style
def build_plan(
    cell: Organisation, year: int, rows: Iterable[Remedy], today: date, *, about: Member | None = None
) -> Document:
    """Kế hoạch khắc phục after the review of a year; empty lines where nothing was entered. Its day is written by hand.

    `rows`: as entered, with people. The cell's bears the symbol of a plan and is signed on its behalf, a comrade's by
    them and by the committee.
    """
    kept = list(rows)
    day = max((timezone.localdate(row.entered_at) for row in kept), default=today)
    place = f"{cell.place_name or '…………'}, ngày …… tháng …… năm ……"
    top = head(cell, "KH", None, None, numbered=about is None, dated=False)
    blocks: list[Block] = [
        replace(top, place_and_day=place),
        Title("KẾ HOẠCH", (f"Khắc phục hạn chế, khuyết điểm sau kiểm điểm năm {year}", *_of(about))),
    ]
    groups = _groups(cell, day, kept)
    for title, found in groups:
        table = tuple(_planned(number, row) for number, row in enumerate(found, start=1))
        blocks += [*([Heading(title, 2)] if about is None else []), Table(PLANNED, table)]
    if not groups:
        blocks.append(Table(PLANNED, tuple((str(n), "\n\n", "", "", "") for n in range(1, BLANK_ROWS + 1))))
    blocks.append(_signed(cell, day, about))
    name = f"ke-hoach-khac-phuc-{year}{_file(about)}"
    return Document(name, f"Kế hoạch khắc phục sau kiểm điểm năm {year}", day, tuple(blocks))


def _of(about: Member | None) -> tuple[str, ...]:
    return (f"Đồng chí {about}",) if about else ()


def _file(about: Member | None) -> str:
    return f"-{about.pk}" if about else ""


def _signed(cell: Organisation, day: date, about: Member | None) -> Signatures:
    if about is None:
        return Signatures(None, signer(cell, day), RECIPIENTS)
    return Signatures(Signature(("Ý KIẾN CỦA CHI UỶ",), ""), Signature(("NGƯỜI LẬP KẾ HOẠCH",), about.full_name))


def _groups(cell: Organisation, day: date, rows: Iterable[Remedy]) -> list[tuple[str, list[Remedy]]]:
    """The cell first, then whoever leads, then everybody by given name; each in the order of entering."""
    found: dict[int | None, list[Remedy]] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        found.setdefault(row.about_id, []).append(row)
    if not found:
        return []
    ranks = {entry.member.pk: entry.rank for entry in roster.on_day(cell, day)}

    def place(about: int | None) -> tuple[Any, ...]:
        member = found[about][0].about
        if member is None:
            return (0, 0, sort_key(""))
        return (1, ranks.get(member.pk, LEFT), sort_key(member.full_name))

    return [
        (OF_CELL if about is None else f"Của {comrade(str(found[about][0].about))}", found[about])
        for about in sorted(found, key=place)
    ]


def _followed(number: int, row: Remedy, year: int) -> tuple[str, ...]:
    return (
        str(number),
        _shortcoming(row),
        _stacked(row.measure, f"Hạn: {short_day(row.due_on)}." if row.due_on else "", _helped(row)),
        _stacked(*_found(row, year)),
        _state(row),
    )


def _planned(number: int, row: Remedy) -> tuple[str, ...]:
    return (
        str(number),
        _stacked(_shortcoming(row), f"Nguyên nhân: {row.cause.strip()}" if row.cause.strip() else ""),
        _stacked(row.measure, f"Đã khắc phục khi: {row.finished_when.strip()}" if row.finished_when.strip() else ""),
        short_day(row.due_on) if row.due_on else "",
        row.helper.full_name if row.helper else "",
    )


def _shortcoming(row: Remedy) -> str:
    if row.destroyed_on:
        return f"{own(DESTROYED)} ngày {short_day(row.destroyed_on)}."
    return _stacked(row.shortcoming, f"({row.get_source_display()})")


def _helped(row: Remedy) -> str:
    return f"Giúp đỡ: {comrade(row.helper.full_name)}." if row.helper else ""


def _found(row: Remedy, year: int) -> list[str]:
    """What was found and said in that year, in the order of its days; a check that waits names its day."""
    said: list[tuple[date, str]] = []
    for check in row.checks.all():
        if check.checked_at is not None:
            day = timezone.localdate(check.checked_at)
            said.append((day, f"{short_day(day)}: {check.get_found_display().lower()}. {check.words}".strip()))
        elif check.dropped_at is None:
            said.append((check.due_on, f"{short_day(check.due_on)}: ngày rà soát."))
    for note in row.notes.all():
        day = timezone.localdate(note.noted_at)
        said.append((day, f"{short_day(day)}: {note.words}".strip()))
    return [words for day, words in sorted(said, key=lambda one: one[0]) if day.year == year]


def _state(row: Remedy) -> str:
    if row.state == Remedying.CLOSED and row.closed_at:
        return f"{own('Chi uỷ kết luận')} đã khắc phục ngày {short_day(timezone.localdate(row.closed_at))}"
    return str(row.get_state_display())


def _stacked(*texts: str) -> str:
    return "\n".join(text.strip() for text in texts if text.strip())
