"""The score sheet as a paper of its own, and what the minutes state of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Column, Document, Note, Paragraph, Signature, Signatures, Table, Title, bold, para
from guideline.model import Evidence
from guideline.scoring import NO_SCALE, TO_JUDGE
from meetings.papers.parts import head, labelled
from meetings.papers.votes import vote_paragraph
from meetings.scored import Scored, scored
from meetings.wording import paper_day, paper_time, points, sentence, short_day
from members import roster
from members.house import COMMITTEE, house, in_house_style, own
from members.models import TenureKind

if TYPE_CHECKING:
    from datetime import datetime

    from guideline.criteria import Grade
    from meetings.models import Meeting, ScoreLine, ScoreSheet
    from meetings.scored import Row

NUMBER = Column("TT", 10, "center")
_DOTS = "…………"


def score_section(found: Scored) -> list[Block]:
    """For the minutes: points per main criterion, total, grade, weak points; the vote stands under its item."""
    rows = [row for row in found.rows() if row.is_main]
    blocks: list[Block]
    if found.criteria.scored:
        columns = (
            NUMBER,
            Column("Tiêu chí", 105),
            Column("Thang điểm", 25, "center"),
            Column("Chi uỷ chấm", 25, "center"),
        )
        cells = tuple(
            (row.criterion.code, _title(row), str(row.criterion.max_points), points(row.points)) for row in rows
        )
        blocks = [
            Table(columns, cells),
            _total(own("Tổng điểm chi uỷ chấm"), found.total, found.criteria.total, found.grade),
        ]
    else:
        words = tuple((row.criterion.code, _title(row), row.line.reason if row.line else "") for row in rows)
        blocks = [Table((NUMBER, Column("Tiêu chí", 80), Column("Đánh giá", 75)), words)]
    if found.sheet.weak_points:
        blocks += labelled("Hạn chế và cách khắc phục", found.sheet.weak_points)
    return blocks


def _total(label: str, total: object, most: int | None, grade: Grade | None) -> Paragraph:
    named = f"; xếp loại: {grade.name}" if grade else ""
    return para(bold(f"{label}: "), f"{points(total)}/{most}{named}.")  # type: ignore[arg-type]


@in_house_style
def build_score(sheet: ScoreSheet) -> Document:
    """All figures side by side, their grounds below, then what the superior committee says where it has confirmed."""
    meeting, found = sheet.meeting, scored(sheet)
    day = meeting.day
    title = "PHIẾU TỰ CHẤM ĐIỂM" if found.criteria.scored else "PHIẾU TỰ ĐÁNH GIÁ"
    blocks: list[Block] = [
        head(meeting.cell, "", None, meeting.held_at, numbered=False, dated=True),
        Title(title, (f"{meeting.title}", f"{paper_day(day)}")),
        para(bold("Tiêu chí: "), f"{_source(found)}."),
        _table(found),
    ]
    if found.total is not None:
        blocks.append(_total(own("Tổng điểm chi uỷ chấm"), found.total, found.criteria.total, found.grade))
    if found.criteria.required:
        listed, best = ", ".join(found.criteria.required), found.criteria.grades[0].name
        blocks.append(para(f"Xếp loại {best} chỉ khi các mục {listed} đạt điểm tối đa."))
    if sheet.weak_points:
        blocks += labelled("Hạn chế và cách khắc phục", sheet.weak_points)
    if sheet.vote is not None:
        blocks.append(vote_paragraph(sheet.vote))
    blocks += [_signatures(sheet, meeting, found), *_confirmed(sheet, found), *_grounds(found)]
    return Document(
        name=f"phieu-cham-diem-{day:%Y-%m-%d}",
        title=f"{title.capitalize()} {meeting.title_inside} ngày {day:%d/%m/%Y}",
        day=day,
        blocks=tuple(blocks),
    )


def _moment(at: datetime) -> str:
    return f"{paper_time(at)}, {paper_day(timezone.localdate(at))}"


def _source(found: Scored) -> str:
    """A guideline's own sheet names its guideline; a committee's own names the document that set it."""
    criteria = found.criteria
    if criteria.clause.evidence != Evidence.LOCAL:
        return criteria.title
    return f"{criteria.title}, {criteria.clause.document} ngày {short_day(criteria.clause.date)}"


def _table(found: Scored) -> Table:
    if not found.criteria.scored:
        named = (NUMBER, Column("Tiêu chí", 50), Column("Theo hồ sơ", 55), Column("Đánh giá", 50))
        return Table(named, tuple(_words(row) for row in found.rows()))
    columns = (
        NUMBER,
        Column("Tiêu chí", 91),
        Column("Thang điểm", 16, "center"),
        Column("Theo hồ sơ", 16, "center"),
        Column("Chi uỷ chấm", 16, "center"),
        Column("Cấp trên chấm", 16, "center"),
    )
    rows = [_figures(row) for row in found.rows()]
    sums = (found.criteria.total, None, found.total, found.confirmed_total)
    return Table(columns, (*rows, ("", "Tổng cộng", *map(points, sums))), total=True)


def _figures(row: Row) -> tuple[str, ...]:
    figures = (row.criterion.max_points, row.proposed, row.points, row.confirmed)
    return (row.criterion.code, _title(row), *map(points, figures))


def _title(row: Row) -> str:
    """What a committee has typed stays as it is spelled."""
    title = row.criterion.title
    return title if row.criterion.clause.evidence is Evidence.LOCAL else own(title)


def _grounds(found: Scored) -> list[Block]:
    """What the record says of each line, and why somebody gave another figure; in small type at the end."""
    at = _moment(found.sheet.drawn_up_at)
    if not found.criteria.scored:
        return [Note(f"Số theo hồ sơ lấy lúc {at}.")]
    said: list[str] = []
    for row in found.rows():
        line = row.line
        if line is None:
            continue
        parts = [_evidence(line)]
        parts += [f"{own('Chi uỷ')}: {sentence(line.reason)}"] if line.reason else []
        parts += [f"Cấp trên: {sentence(line.confirmed_reason)}"] if line.confirmed_reason else []
        if words := " ".join(filter(None, parts)):
            said.append(f"{row.criterion.code}. {words}")
    return [Note("\n".join((f"Căn cứ, lý do (theo hồ sơ lúc {at}):", *said)))] if said else []


def _evidence(line: ScoreLine) -> str:
    """Without the sentences that only tell the committee that the figure is theirs to find."""
    return own(" ".join(sentence for sentence in line.evidence if sentence not in (TO_JUDGE, NO_SCALE)))


def _words(row: Row) -> tuple[str, ...]:
    if row.line is None:
        return row.criterion.code, _title(row), "", ""
    above = f"\nCấp trên: {row.line.confirmed_reason}" if row.line.confirmed_reason else ""
    return row.criterion.code, _title(row), _evidence(row.line), row.line.reason + above


def _confirmed(sheet: ScoreSheet, found: Scored) -> list[Block]:
    """The place for the superior committee's figure, words and hand; filled where it has confirmed on the screen."""
    blocks: list[Block] = [
        para("", keep=True),
        para(bold(own("Ý kiến của cấp uỷ viên cấp trên theo dõi chi bộ")), keep=True),
    ]
    if found.confirmed_total is not None:
        blocks.append(
            _total("Tổng điểm cấp trên chấm", found.confirmed_total, found.criteria.total, found.confirmed_grade)
        )
    elif found.criteria.scored:
        blocks.append(para(bold("Tổng điểm cấp trên chấm: "), f"{_DOTS}; xếp loại: {_DOTS}"))
    else:
        blocks.append(para(bold("Đánh giá: "), _DOTS * 4))
    by, at = sheet.confirmed_by, sheet.confirmed_at
    name, note = (by.get_full_name(), f"xác nhận trên phần mềm lúc {_moment(at)}") if by and at else ("", "")
    return [*blocks, Signatures(None, Signature(("CẤP UỶ VIÊN CẤP TRÊN",), name, note))]


def _signatures(sheet: ScoreSheet, meeting: Meeting, found: Scored) -> Signatures:
    """On behalf of the committee where the cell has one, otherwise of the cell."""
    entries = roster.on_day(meeting.cell, meeting.day)
    has_committee = any(TenureKind.COMMITTEE_MEMBER in entry.posts for entry in entries)
    names = [entry.member.full_name for entry in entries if TenureKind.SECRETARY in entry.posts]
    lead = Signature((COMMITTEE if has_committee else house().behalf, "BÍ THƯ"), names[0] if names else "")
    follows = "NGƯỜI THEO DÕI, CHẤM ĐIỂM" if found.criteria.scored else "NGƯỜI THEO DÕI, ĐÁNH GIÁ"
    left = Signature((follows,), sheet.follower.full_name) if sheet.follower else None
    return Signatures(left, lead)
