"""The guideline as the program applies it to one cell on one day, line by line, to be read and signed off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, pairwise
from typing import TYPE_CHECKING

from documents.model import (
    Block,
    Column,
    Document,
    Heading,
    Note,
    Signature,
    Signatures,
    Table,
    Title,
    bullets,
    para,
)
from documents.style import in_force
from guideline import elsewhere
from guideline.rulebook import Clause, Evidence, Kind, Phase, Rulebook, party_date
from meetings.models import Kind as MeetingKind
from meetings.papers.parts import head, signer
from meetings.wording import duration, first_up
from members.house import in_house_style, own

if TYPE_CHECKING:
    from datetime import date

    from documents.style import PaperStyle
    from guideline.criteria import CriteriaSet
    from members.models import Organisation

_COLUMNS = (
    Column("Số", 11, "center"),
    Column("Nội dung", 72),
    Column("Căn cứ [nguồn]", 46),
    Column("Đúng / sửa thành", 36),
)
_KINDS = {"HD": "Hướng dẫn", "QĐ": "Quy định", "CT": "Chỉ thị"}
_MARKS = (
    (Evidence.RELAYED, "nguyên văn chưa thấy; phần mềm, biểu mẫu của nơi khác dẫn lại"),
    (Evidence.DERIVED, "không nguồn nào ghi đúng câu này; người làm phần mềm suy từ nguồn"),
    (Evidence.UNCONFIRMED, "chưa đủ chắc, cần đối chiếu với văn bản gốc"),
    (Evidence.LOCAL, "do cấp uỷ ghi vào phần mềm theo văn bản của mình"),
)


@in_house_style
def build_guideline(cell: Organisation, day: date, rulebook: Rulebook, criteria: CriteriaSet) -> Document:
    """One paper for one cell and day; nothing in it that the program does not act on, nothing issued after that day."""
    lines = _Lines(rulebook)
    body = [
        Heading("I. QUY ĐỊNH", 1, "rules"),
        *_rules(rulebook, lines),
        Heading("II. CÁC BƯỚC", 1, "steps"),
        *_steps(rulebook, lines, day),
        Heading("III. TIÊU CHÍ ĐÁNH GIÁ CHẤT LƯỢNG", 1, "criteria"),
        *_criteria(criteria, lines),
        Heading("IV. BIỂU QUYẾT, VĂN BẢN, KIỂM ĐIỂM", 1, "elsewhere"),
        *_elsewhere(day, lines),
    ]
    undated = head(cell, "", None, None, numbered=False, dated=False)
    return Document(
        name=f"huong-dan-{rulebook.key}-{day:%Y-%m-%d}",
        title=f"Hướng dẫn áp dụng tại {cell} ngày {party_date(day)}",
        day=day,
        blocks=(
            replace(undated, place_and_day=f"{cell.place_name or '…………'}, ngày …… tháng …… năm ……"),
            Title("BÁO CÁO", ("Rà soát quy định về sinh hoạt chi bộ", f"đang áp dụng ngày {party_date(day)}")),
            para(f"Theo {_spelled(rulebook.document)} ngày {party_date(rulebook.date)}: {rulebook.title}."),
            para("Mỗi dòng một số. Đúng thì ghi “đúng”; sai thì ghi câu đúng và chỗ trong văn bản gốc."),
            para("Căn cứ không ghi gì thêm là đã đọc thấy ở nguồn có số trong ngoặc vuông. Chữ ghi thêm nghĩa là:"),
            bullets(*_ended(own(f"{mark.value}: {words}") for mark, words in _MARKS)),
            *body,
            Heading("V. NGUỒN", 1, "sources"),
            bullets(*_ended(f"[{number}] {source}" for source, number in lines.sources.items())),
            Signatures(Signature(("NGƯỜI RÀ SOÁT",), ""), signer(cell, day)),
            Note("Lập từ chính dữ liệu mà phần mềm đang dùng để nhắc việc; không thay cho văn bản gốc."),
        ),
    )


@dataclass(slots=True)
class _Lines:
    """One running number through the whole paper, and a number for each source."""

    rulebook: Rulebook
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    sources: dict[str, int] = field(default_factory=dict)

    def table(self, rows: Iterable[tuple[str, Clause]]) -> Table:
        return Table(
            _COLUMNS,
            tuple((str(next(self.numbers)), _ours(text, clause), self._ground(clause), "") for text, clause in rows),
        )

    def _ground(self, clause: Clause) -> str:
        """The guideline itself is named once on top; below, only the place in it."""
        same = (clause.document, clause.date) == (self.rulebook.document, self.rulebook.date)
        place = first_up(clause.place)
        said = place if same else f"{_spelled(clause.document)} ({party_date(clause.date)}), {clause.place}"
        doubt = "" if clause.evidence is Evidence.SEEN else f" ({clause.evidence.value})"
        source = f" [{self.sources.setdefault(clause.source, len(self.sources) + 1)}]" if clause.source else ""
        return said + doubt + source


def _ours(text: str, clause: Clause) -> str:
    """What a committee has typed stays as it is spelled."""
    return text if clause.evidence is Evidence.LOCAL else own(text)


def _spelled(document: str) -> str:
    """ "Hướng dẫn 12-HD/BTCTW": the tables hold the short word; every central "QĐ" that they name is a rule."""
    kind, _, rest = document.partition(" ")
    return f"{_KINDS[kind]} {rest}" if kind in _KINDS else document


def _ended(items: Iterable[str]) -> list[str]:
    """A semicolon after each, a full stop after the last."""
    found = list(items)
    return [f"{item}{'.' if number == len(found) else ';'}" for number, item in enumerate(found, start=1)]


def _rules(rulebook: Rulebook, lines: _Lines) -> list[Block]:
    blocks: list[Block] = []
    for phase in Phase:
        found = [(rule.sentence, rule.clause) for rule in rulebook.rules if rule.phase is phase]
        if found:
            blocks += [Heading(phase.value, 2), lines.table(found)]
    return blocks


def _steps(rulebook: Rulebook, lines: _Lines, day: date) -> list[Block]:
    blocks: list[Block] = [para("Số phút từng bước là gợi ý của phần mềm; hướng dẫn chỉ quy định thời lượng cả buổi.")]
    for kind in Kind:
        found = rulebook.steps[kind]
        words = own(f"{MeetingKind(kind.value).label} ({duration(sum(step.minutes for step in found))})")
        rows = [(f"{step.title} ({step.minutes} phút)", step.clause) for step in found if step.clause.date <= day]
        blocks += [Heading(words, 2), lines.table(rows)]
    return blocks


def _criteria(criteria: CriteriaSet, lines: _Lines) -> list[Block]:
    rows = [
        (f"{line.code}. {line.title}" + (f": {line.max_points} điểm" if line.max_points else ""), line.clause)
        for line in criteria.criteria
    ]
    blocks: list[Block] = [para(f"{criteria.title}."), lines.table(rows)]
    if not criteria.scored:
        return [*blocks, para("Hướng dẫn không cho điểm; chi bộ đánh giá bằng lời theo từng tiêu chí.")]
    blocks.append(para(f"Tổng cộng {criteria.total} điểm. Xếp loại: {_bands(criteria)}."))
    if criteria.required:
        listed = ", ".join(criteria.required)
        blocks.append(para(f"Xếp loại {criteria.grades[0].name} chỉ khi các mục {listed} đạt điểm tối đa."))
    return blocks


def _bands(criteria: CriteriaSet) -> str:
    """Each with both of its ends: "Khá: từ 70 đến dưới 90 điểm"."""
    first, last = criteria.grades[0], criteria.grades[-1]
    said = [f"{first.name}: từ {first.at_least} đến {criteria.total} điểm"]
    for higher, grade in pairwise(criteria.grades):
        least = "" if grade is last else f"từ {grade.at_least} đến "
        said.append(f"{grade.name}: {least}dưới {higher.at_least} điểm")
    return "; ".join(said)


def _elsewhere(day: date, lines: _Lines) -> list[Block]:
    papers = [*_format(in_force(day)), *_said(elsewhere.PAPERS, day)]
    groups = (
        ("Biểu quyết", _said(elsewhere.VOTES, day)),
        ("Thể thức văn bản", papers),
        ("Kiểm điểm, xếp loại hằng năm", _said(elsewhere.REVIEWS, day)),
    )
    return [block for words, rows in groups if rows for block in (Heading(words, 2), lines.table(rows))]


def _said(found: Sequence[elsewhere.Line], day: date) -> list[tuple[str, Clause]]:
    return [(line.text, line.clause) for line in found if line.holds(day)]


def _format(style: PaperStyle) -> list[tuple[str, Clause]]:
    """The figures that every paper is set by."""
    sides = (style.margin_top_mm, style.margin_bottom_mm, style.margin_left_mm, style.margin_right_mm)
    said = (
        f"Khổ A4; lề trên, dưới, trái, phải: {', '.join(map(str, sides))} mm; chữ {style.fonts[0]}.",
        f"Lời văn cỡ {style.body_pt}, cách dòng {style.line_pt} pt, lùi đầu dòng {style.first_line_mm} mm.",
        f"Dòng tên Đảng cỡ {style.party_name_pt} đậm; tên loại {style.kind_pt}; trích yếu {style.abstract_pt}.",
        f"Số, ngày tháng cỡ {style.number_pt}; nơi nhận {style.recipients_pt}.",
        f"Số trang cỡ {style.page_number_pt}, giữa lề trên, từ trang {style.first_numbered_page}.",
    )
    clause = Clause(style.guideline, style.issued, "thể thức", Evidence.RELAYED, "biểu mẫu, bảng kiểm của các chi bộ")
    return [(text, clause) for text in said]
