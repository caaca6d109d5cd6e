"""The guideline exactly as the program applies it to one cell on one day, each line with its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Block, Column, Document, Heading, Note, Table, Title, bullets, para
from guideline.rulebook import Clause, Evidence, Kind, Phase, Rulebook, party_date
from meetings.models import Kind as MeetingKind
from meetings.papers.parts import head
from meetings.wording import duration

if TYPE_CHECKING:
    from datetime import date

    from guideline.criteria import CriteriaSet
    from members.models import Organisation

_RULE_COLUMNS = (Column("TT", 10, "center"), Column("Quy định", 90), Column("Căn cứ", 65))
_STEP_COLUMNS = (Column("TT", 10, "center"), Column("Nội dung", 85), Column("Phút", 15, "center"), Column("Căn cứ", 55))
_SCORE_COLUMNS = (Column("Mục", 14, "center"), Column("Tiêu chí", 116), Column("Điểm tối đa", 35, "center"))
_MARKS = (
    (Evidence.DERIVED, "chúng tôi suy ra từ nguồn"),
    (Evidence.UNCONFIRMED, "chưa đủ chắc, cần đối chiếu với văn bản gốc"),
    (Evidence.LOCAL, "do cấp uỷ ghi vào phần mềm theo văn bản của mình"),
)


def build_guideline(cell: Organisation, day: date, rulebook: Rulebook, criteria: CriteriaSet) -> Document:
    """One paper for one cell and day; nothing in it that the program does not act on."""
    return Document(
        name=f"huong-dan-{rulebook.key}-{day:%Y-%m-%d}",
        title=f"Hướng dẫn áp dụng tại {cell} ngày {day:%d/%m/%Y}",
        day=day,
        blocks=(
            head(cell, "", None, None, numbered=False, dated=False),
            Title("QUY ĐỊNH VỀ SINH HOẠT CHI BỘ", (f"Đang áp dụng ngày {party_date(day)}",)),
            para(f"Theo {rulebook.document} ngày {party_date(rulebook.date)}: {rulebook.title}."),
            para("Căn cứ không ghi gì thêm là điều đã thấy được trích trong một nguồn. Ghi thêm trong ngoặc là:"),
            bullets(*(f"{mark.value}: {words};" for mark, words in _MARKS)),
            Heading("I. QUY ĐỊNH", 1, "rules"),
            *_rules(rulebook),
            Heading("II. CÁC BƯỚC", 1, "steps"),
            *_steps(rulebook),
            Heading("III. TIÊU CHÍ ĐÁNH GIÁ CHẤT LƯỢNG", 1, "criteria"),
            *_criteria(criteria),
            Note("Bản này do phần mềm lập từ chính dữ liệu đang dùng để nhắc việc; không thay cho văn bản gốc."),
        ),
    )


def _source(clause: Clause, rulebook: Rulebook) -> str:
    """The guideline itself is named once on top; below, only the place in it."""
    if (clause.document, clause.date) != (rulebook.document, rulebook.date):
        return clause.label()
    place = clause.place[0].upper() + clause.place[1:]
    return place if clause.evidence is Evidence.SEEN else f"{place} ({clause.evidence.value})"


def _rules(rulebook: Rulebook) -> list[Block]:
    blocks: list[Block] = []
    for phase in Phase:
        found = [rule for rule in rulebook.rules if rule.phase is phase]
        if found:
            rows = tuple(
                (str(n), rule.sentence, _source(rule.clause, rulebook)) for n, rule in enumerate(found, start=1)
            )
            blocks += [Heading(phase.value, 2), Table(_RULE_COLUMNS, rows)]
    return blocks


def _steps(rulebook: Rulebook) -> list[Block]:
    blocks: list[Block] = [para("Số phút từng bước là gợi ý của phần mềm; hướng dẫn chỉ quy định thời lượng cả buổi.")]
    for kind in Kind:
        found = rulebook.steps[kind]
        rows = tuple(
            (str(n), step.title, str(step.minutes), _source(step.clause, rulebook)) for n, step in enumerate(found, 1)
        )
        words = f"{MeetingKind(kind.value).label} ({duration(sum(step.minutes for step in found))})"
        blocks += [Heading(words, 2), Table(_STEP_COLUMNS, rows)]
    return blocks


def _criteria(criteria: CriteriaSet) -> list[Block]:
    rows = tuple(
        (line.code, line.title, "" if line.max_points is None else str(line.max_points)) for line in criteria.criteria
    )
    blocks: list[Block] = [para(f"{criteria.title}. Căn cứ: {criteria.clause.label()}."), Table(_SCORE_COLUMNS, rows)]
    if criteria.scored:
        bands = "; ".join(f"{grade.name}: từ {grade.at_least} điểm" for grade in criteria.grades)
        blocks.append(para(f"Tổng cộng {criteria.total} điểm. Xếp loại: {bands}."))
    else:
        blocks.append(para("Hướng dẫn không cho điểm; chi bộ đánh giá bằng lời theo từng tiêu chí."))
    return blocks
