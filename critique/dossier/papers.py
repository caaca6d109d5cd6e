"""The papers of a review's dossier: the index of who has what, and everything in the order of an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from critique.conference.keeper import sealed
from critique.dossier.items import CLAUSE, ITEMS, Dossier, Line, dossiers
from critique.hearing.seats import by_rank
from critique.levels.actions.ballot import rendered_paper
from critique.levels.appraised import appraisal
from critique.levels.models import Ballot
from critique.writing.sheets import sheet
from documents.model import Block, Column, Document, Head, Note, Signature, Signatures, Table, Title, bold, para
from guideline.model import party_date
from members.house import in_house_style, own

if TYPE_CHECKING:
    from collections.abc import Iterator

    from critique.cycle.models import Cycle, Participant
    from documents.sealed import Rendered

_GROUND = f"Căn cứ: Quy định số {CLAUSE.document.removeprefix('QĐ ')}, ngày {party_date(CLAUSE.date)}, {CLAUSE.place}."
_COLUMNS = (
    Column("TT", 10, "center"),
    Column("Họ và tên", 47),
    *(Column(str(item.number), 12, "center") for item in ITEMS),
)


@in_house_style
def index(cycle: Cycle) -> Document:
    """One row for each person, one column for each of the nine items; the day is written by whoever signs it."""
    day, cell = cycle.meets_on, cycle.cell
    place = f"{cell.place_name or '…………'}, ngày …… tháng …… năm ……"
    found = {one.participant.pk: one for one in dossiers(cycle)}
    ordered = by_rank(cycle, (one.participant for one in found.values()))
    rows = tuple(_row(number, found[row.pk]) for number, row in enumerate(ordered, start=1))
    blocks: list[Block] = [
        Head(cell.superior_line, cell.paper_name, "", place),
        Title("DANH MỤC HỒ SƠ", (f"Kiểm điểm, đánh giá, xếp loại năm {cycle.year}",)),
        Table(_COLUMNS, rows),
        para(bold("Các mục: "), own("; ".join(f"{item.number}. {item.title}" for item in ITEMS)) + "."),
        para(
            bold("Ký hiệu: "),
            "“có”: có trong phần mềm hoặc bản giấy; “chờ”: đã đề nghị, chưa nhận; “×”: còn thiếu; "
            "“–”: không phát sinh.",
        ),
        Signatures(None, Signature(("NGƯỜI LẬP DANH MỤC",), "")),
        *([Note(_GROUND)] if day >= CLAUSE.date else []),
    ]
    return Document(f"danh-muc-ho-so-{cycle.year}", f"Danh mục hồ sơ kiểm điểm năm {cycle.year}", day, tuple(blocks))


def _row(number: int, one: Dossier) -> tuple[str, ...]:
    known = {line.item.number: line for line in one.lines}
    marks = tuple(_mark(known[item.number]) if item.number in known else "–" for item in ITEMS)
    return (str(number), str(one.participant), *marks)


def _mark(line: Line) -> str:
    if line.here or (line.entry is not None and line.entry.state == "paper"):
        return "có"
    if line.entry is not None and line.entry.state == "asked":
        return "chờ"
    return "×" if line.missing else "–"


def archive(cycle: Cycle, people: list[Participant]) -> Iterator[tuple[str, Document | Rendered]]:
    """The index first, then each person's form, then the conference's papers."""
    yield "00 Danh mục hồ sơ", index(cycle)
    for number, row in enumerate(people, start=1):
        row.review.participant = row
        yield f"{number:02d} {row}, mẫu {row.form}", sheet(row.review, after=appraisal)
    if cycle.meeting is not None and (kept := sealed(cycle.meeting)) is not None:
        yield "90 Biên bản hội nghị kiểm điểm", kept
    for ballot in Ballot.objects.with_people().filter(cycle=cycle, confirmed_at__isnull=False):
        yield f"91 Biên bản kiểm phiếu lần {ballot.round}", rendered_paper(ballot)
