"""What others say below somebody's self-review, from the hearing and the steps of the level; and form 03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from critique.hearing.models import Hearing
from critique.hearing.models.hearing import CONCLUSION
from critique.levels.models.entry import DECISIONS, EntryKind
from critique.levels.standing import standing_of
from critique.lifecycle import HEARING_OVER
from critique.official_forms.model import FORM_YEAR, HD43, QD366, FormKind, Level
from critique.official_forms.years import unseen
from critique.writing.papers import dotted, level_boxes
from documents.model import Document, Head, Heading, Note, Recipients, Signature, Signatures, Title, bold, italic, para
from meetings.papers.parts import labelled, on_behalf, place_and_day
from meetings.wording import comrade, first_up, sentence, short_day
from members.house import in_house_style, own
from members.signing import signer

if TYPE_CHECKING:
    from datetime import date

    from critique.cycle.models import Cycle, Participant
    from critique.levels.models import LevelEntry
    from critique.levels.standing import Standing
    from documents.model import Block
    from members.models import Organisation

UNSEEN_BLOCKS = (
    "Mẫu năm 2025 chưa thấy phần này; các ô dưới đây theo trình tự của mẫu năm 2023. "
    "Cấp uỷ cấp trên có quy định khác thì làm theo quy định đó."
)
UNSEEN_03 = (
    "Mẫu 03 (Hướng dẫn 43-HD/BTCTW): chưa có nguyên văn mẫu; bản này theo thể thức quyết định của Đảng, "
    "đối chiếu với mẫu trước khi ký."
)
UNSEEN_BEFORE = "Chưa thấy mẫu của năm đó; bản này theo thể thức quyết định của Đảng, đối chiếu với mẫu trước khi ký."
_LINES = 4
_OF_A_CELL = "CB"  # what an organisation has until somebody enters its own symbol
_DOTS = "…………"


# --- Below a self-review ---------------------------------------------------------------------


def appraisal(row: Participant) -> tuple[Block, ...]:
    """What the head of the office, the cell and the committee above say; lines to write on where nothing is recorded.

    For the comrade and for whoever keeps the dossier: nobody else may know of a hearing or of steps of a level.
    """
    if row.of_collective:
        return ()
    hearing, found = Hearing.objects.of(row).filter(state__in=HEARING_OVER).first(), standing_of(row)
    if unseen(FormKind(row.form), row.cycle.year) and not (hearing or found.proposed or found.decision):
        return ()  # a paper that is on no form has no empty boxes either
    return _appraisal(row.cycle, FormKind(row.form), found, hearing)


def blank_appraisal(cycle: Cycle, form: str) -> tuple[Block, ...]:
    """The same to be written on by hand; the report of a collective has none."""
    return () if form == FormKind.COLLECTIVE else _appraisal(cycle, FormKind(form), None, None)


def _appraisal(cycle: Cycle, form: FormKind, found: Standing | None, hearing: Hearing | None) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading("NHẬN XÉT, ĐÁNH GIÁ, XẾP LOẠI", 1, "C")]
    if cycle.year >= FORM_YEAR:
        blocks.append(Note(own(UNSEEN_BLOCKS)))
    number = 0
    if form is not FormKind.OUTSIDE:
        number += 1
        blocks += [
            Heading(f"{number}. Nhận xét, đánh giá của thủ trưởng cơ quan, đơn vị", 2),
            *dotted(_LINES, kept=True),
            Signatures(None, Signature(("THỦ TRƯỞNG ĐƠN VỊ",), "")),
        ]
    blocks += [
        Heading(own(f"{number + 1}. Nhận xét, đánh giá của chi uỷ, chi bộ"), 2),
        *(_concluded(hearing) or dotted(_LINES, kept=True)),
        para("Chi bộ đề xuất xếp loại:", keep=True),
        *level_boxes(found.proposed if found else None),
        Signatures(None, _for_the_cell(cycle, found)),
        Heading(own(f"{number + 2}. Đánh giá, xếp loại của cấp uỷ có thẩm quyền"), 2),
        *_from_above(found),
        Signatures(None, Signature((_on_behalf(cycle.cell.parent),), "")),
    ]
    return tuple(blocks)


def _concluded(hearing: Hearing | None) -> list[Block]:
    """The chair's conclusion, which the comrade has seen before it was closed."""
    if hearing is None:
        return []
    said = ((label, getattr(hearing, name).strip()) for name, label in CONCLUSION.items())
    return [block for label, text in said if text for block in labelled(label.capitalize(), sentence(text))]


def _for_the_cell(cycle: Cycle, found: Standing | None) -> Signature:
    """Nobody signs about themselves: the line stays free where it is about whoever would sign."""
    who = signer(cycle.cell, cycle.meets_on)
    about = found.row.member if found else None
    return Signature(who.role_lines[:1], "") if about is not None and about.full_name == who.name else who


def _from_above(found: Standing | None) -> list[Block]:
    appraised, decision = (found.appraised, found.decision) if found else (None, None)
    blocks: list[Block] = [para("Kết quả thẩm định: ", f"{appraised.label}.")] if appraised else []
    blocks += [para("Xếp loại:", keep=True), *level_boxes(decision.level if decision else None)]
    if decision is None:
        return [*blocks, para(f"Quyết định số {_DOTS}, ngày …… tháng …… năm ……")]
    return [*blocks, para(f"Quyết định số {decision.document}{_of_day(decision)}.")]


def _of_day(step: LevelEntry) -> str:
    return f", ngày {short_day(step.document_date)}" if step.document_date else ""


def _on_behalf(superior: Organisation | None) -> str:
    return on_behalf(superior) if superior else "T/M CẤP UỶ CÓ THẨM QUYỀN"


# --- Form 03 ---------------------------------------------------------------------------------


def build_again(row: Participant, today: date) -> Document:
    """The decision that rates somebody anew, as it was recorded; with room to write where there is none.

    A paper of the committee above: as it has its own papers set.
    """
    return _again(row.cycle.cell.parent or row.cycle.cell, row, today)


@in_house_style
def _again(_issuer: Organisation, row: Participant, today: date) -> Document:
    found, cycle = standing_of(row), row.cycle
    again = found.last(EntryKind.CHANGED)
    before = next((one for one in reversed(found.steps) if one.kind in DECISIONS and _is_before(one, again)), None)
    day = (again.document_date if again else None) or today
    whose = row.name if row.of_collective else comrade(row.name)
    superior = cycle.cell.parent
    blocks: list[Block] = [
        _head(superior, again, day),
        Title("QUYẾT ĐỊNH", (f"Đánh giá, xếp loại lại chất lượng năm {cycle.year}", first_up(whose))),
        *_grounds(found, before, again, day),
        para(bold(f"{str(superior or own('CẤP UỶ CÓ THẨM QUYỀN')).upper()} QUYẾT ĐỊNH:"), indent=False, keep=True),
        *_ruled(whose, cycle, before, again),
        para(bold("Điều 2. "), f"Quyết định này thay {_named(before)} về mức xếp loại nêu trên."),
        para(bold("Điều 3. "), f"{cycle.cell} và {whose} chịu trách nhiệm thi hành quyết định này."),
        Signatures(
            None,
            Signature((_on_behalf(superior),), ""),
            Recipients(("Như Điều 3", f"{cycle.cell} (lưu hồ sơ)"), f"Lưu {superior or 'cấp uỷ'}"),
        ),
        Note(UNSEEN_03 if day >= HD43[1] else UNSEEN_BEFORE),
    ]
    name = f"mau-03-{cycle.year}-{row.pk}"
    return Document(name, f"Quyết định đánh giá, xếp loại lại năm {cycle.year}", day, tuple(blocks))


def _is_before(step: LevelEntry, again: LevelEntry | None) -> bool:
    return again is None or step.number < again.number


def _head(superior: Organisation | None, again: LevelEntry | None, day: date) -> Head:
    if superior is None:
        return Head("", _DOTS * 2, "Số …-QĐ/…", "…………, ngày …… tháng …… năm ……")
    symbol = "…" if superior.symbol == _OF_A_CELL else superior.symbol
    number = f"Số {again.document}" if again else f"Số …-QĐ/{symbol}"
    written = place_and_day(superior, day) if again else f"{superior.place_name or _DOTS}, ngày …… tháng …… năm ……"
    return Head(superior.superior_line, superior.paper_name, number, written)


def _grounds(found: Standing, before: LevelEntry | None, again: LevelEntry | None, day: date) -> list[Block]:
    grounds = []
    if day >= HD43[1]:
        grounds.append(f"Căn cứ Quy định số 366-QĐ/TW, ngày {short_day(QD366[1])} của Bộ Chính trị")
        grounds.append(f"Căn cứ Hướng dẫn số 43-HD/BTCTW, ngày {short_day(HD43[1])} của Ban Tổ chức Trung ương")
    if before is not None:
        grounds.append(f"Căn cứ {_named(before)}")
    asked = [one for one in found.steps if one.kind == EntryKind.COMPLAINT and _is_before(one, again)]
    if asked:
        grounds.append(f"Xét kiến nghị ngày {short_day(timezone.localdate(asked[-1].recorded_at))}")
    return [para(f"- {ground};") for ground in grounds]


def _named(before: LevelEntry | None) -> str:
    return f"Quyết định số {before.document}{_of_day(before)}" if before else f"Quyết định số {_DOTS}, ngày …………"


def _ruled(whose: str, cycle: Cycle, before: LevelEntry | None, again: LevelEntry | None) -> list[Block]:
    old = Level(before.level).label if before else _DOTS * 3
    blocks: list[Block] = [
        para(bold("Điều 1. "), f"Đánh giá, xếp loại lại chất lượng năm {cycle.year} đối với {whose}, {cycle.cell}."),
        para(f"Mức đã xếp loại: {old}."),
        para("Mức xếp loại lại:", keep=True),
        *level_boxes(again.level if again else None),
    ]
    if again is not None and again.words.strip():
        return [*blocks, *labelled("Lý do", sentence(again.words))]
    return [*blocks, para(bold("Lý do: "), italic("(ghi rõ)")), *dotted(_LINES, kept=True)]
