"""The score sheet as a paper of its own, and what the minutes state of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Column, Document, Paragraph, Signature, Signatures, Table, Title, bold, para
from guideline.model import Evidence
from guideline.scoring import NO_SCALE, TO_JUDGE
from meetings.papers.parts import head, labelled
from meetings.papers.votes import vote_paragraph
from meetings.scored import Scored, scored
from meetings.wording import comrade, paper_day, points, screen_moment
from members import roster
from members.models import TenureKind

if TYPE_CHECKING:
    from guideline.criteria import Grade
    from meetings.models import Meeting, ScoreLine, ScoreSheet
    from meetings.scored import Row

NUMBER = Column("TT", 10, "center")


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
            (row.criterion.code, row.criterion.title, str(row.criterion.max_points), points(row.points)) for row in rows
        )
        blocks = [
            Table(columns, cells),
            _total("Tổng điểm chi uỷ chấm", found.total, found.criteria.total, found.grade),
        ]
    else:
        words = tuple((row.criterion.code, row.criterion.title, row.line.reason if row.line else "") for row in rows)
        blocks = [Table((NUMBER, Column("Tiêu chí", 80), Column("Đánh giá", 75)), words)]
    if found.sheet.weak_points:
        blocks += labelled("Hạn chế và cách khắc phục", found.sheet.weak_points)
    return blocks


def _total(label: str, total: object, most: int | None, grade: Grade | None) -> Paragraph:
    named = f"; xếp loại: {grade.name}" if grade else ""
    return para(bold(f"{label}: "), f"{points(total)}/{most}{named}.")  # type: ignore[arg-type]


def build_score(sheet: ScoreSheet) -> Document:
    """All figures side by side: from the record, the committee's, the superior's where it has confirmed."""
    meeting, found = sheet.meeting, scored(sheet)
    day = timezone.localdate(meeting.opened_at or meeting.starts_at)
    blocks: list[Block] = [
        head(meeting.cell, "", None, meeting.opened_at or meeting.starts_at, numbered=False, dated=True),
        Title("PHIẾU TỰ CHẤM ĐIỂM", (f"{meeting.title}", f"{paper_day(day)}")),
        para(bold("Tiêu chí: "), f"{_source(found)}."),
        _table(found),
        para(f"Số theo hồ sơ và căn cứ lấy lúc {screen_moment(sheet.drawn_up_at)}."),
    ]
    if found.total is not None:
        blocks.append(_total("Tổng điểm chi uỷ chấm", found.total, found.criteria.total, found.grade))
    if sheet.weak_points:
        blocks += labelled("Hạn chế và cách khắc phục", sheet.weak_points)
    if sheet.vote is not None:
        blocks.append(vote_paragraph(sheet.vote))
    blocks += _confirmed(sheet, found)
    blocks.append(_signatures(sheet, meeting))
    return Document(
        name=f"phieu-cham-diem-{day:%Y-%m-%d}",
        title=f"Phiếu tự chấm điểm {meeting.title} ngày {day:%d/%m/%Y}",
        day=day,
        blocks=tuple(blocks),
    )


def _source(found: Scored) -> str:
    """A guideline's own sheet names its guideline; a committee's own names the document that set it."""
    criteria = found.criteria
    if criteria.clause.evidence != Evidence.LOCAL:
        return criteria.title
    return f"{criteria.title}, {criteria.clause.document} ngày {criteria.clause.date:%d/%m/%Y}"


def _table(found: Scored) -> Table:
    if not found.criteria.scored:
        named = (NUMBER, Column("Tiêu chí", 50), Column("Theo hồ sơ", 55), Column("Đánh giá", 50))
        return Table(named, tuple(_words(row) for row in found.rows()))
    columns = (
        NUMBER,
        Column("Tiêu chí", 39),
        Column("Thang điểm", 17, "center"),
        Column("Theo hồ sơ", 14, "center"),
        Column("Chi uỷ chấm", 16, "center"),
        Column("Cấp trên chấm", 16, "center"),
        Column("Căn cứ, lý do", 53),
    )
    return Table(columns, tuple(_figures(row) for row in found.rows()))


def _figures(row: Row) -> tuple[str, ...]:
    figures = (row.proposed, row.points, row.confirmed)
    most = points(row.criterion.max_points)
    return (row.criterion.code, row.criterion.title, most, *map(points, figures), _grounds(row))


def _grounds(row: Row) -> str:
    if row.line is None:
        return ""
    parts = [_evidence(row.line)]
    if row.line.reason:
        parts.append(f"Chi uỷ: {row.line.reason}")
    if row.line.confirmed_reason:
        parts.append(f"Cấp trên: {row.line.confirmed_reason}")
    return "\n".join(part for part in parts if part)


def _evidence(line: ScoreLine) -> str:
    """Without the sentences that only tell the committee that the figure is theirs to find."""
    return " ".join(sentence for sentence in line.evidence if sentence not in (TO_JUDGE, NO_SCALE))


def _words(row: Row) -> tuple[str, ...]:
    if row.line is None:
        return row.criterion.code, row.criterion.title, "", ""
    above = f"\nCấp trên: {row.line.confirmed_reason}" if row.line.confirmed_reason else ""
    return row.criterion.code, row.criterion.title, _evidence(row.line), row.line.reason + above


def _confirmed(sheet: ScoreSheet, found: Scored) -> list[Block]:
    if sheet.confirmed_at is None or sheet.confirmed_by is None:
        return []
    blocks: list[Block] = []
    if found.confirmed_total is not None:
        blocks.append(
            _total("Tổng điểm cấp trên chấm", found.confirmed_total, found.criteria.total, found.confirmed_grade)
        )
    who = comrade(sheet.confirmed_by.get_full_name())
    blocks.append(para(f"Cấp uỷ viên cấp trên xác nhận: {who}, {screen_moment(sheet.confirmed_at)}."))
    return blocks


def _signatures(sheet: ScoreSheet, meeting: Meeting) -> Signatures:
    """On behalf of the committee where the cell has one, otherwise of the cell."""
    entries = roster.on_day(meeting.cell, timezone.localdate(meeting.starts_at))
    has_committee = any(TenureKind.COMMITTEE_MEMBER in entry.posts for entry in entries)
    names = [entry.member.full_name for entry in entries if TenureKind.SECRETARY in entry.posts]
    lead = Signature(("T/M CHI UỶ" if has_committee else "T/M CHI BỘ", "BÍ THƯ"), names[0] if names else "")
    left = Signature(("NGƯỜI THEO DÕI, CHẤM ĐIỂM",), sheet.follower.full_name) if sheet.follower else None
    return Signatures(left, lead)
