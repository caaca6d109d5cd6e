"""Papers of what is answered in writing: a letter with its answer, an empty letter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Document, Head, Heading, Note, Signature, Signatures, Title, bold, para
from meetings.papers.parts import labelled, plain
from meetings.wording import comrade, paper_day, paper_moment, short_day
from members.house import COMMITTEE, in_house_style, own

if TYPE_CHECKING:
    from critique.letters.answerable import Answerable, Delay
    from critique.letters.models import Criticism
    from members.models import Organisation, User

_DOTTED = "." * 132
_CHARTER = "Điều lệ Đảng, Điều 3"
_DECISION, _SINCE = "Quy định 294-QĐ/TW ngày 26/5/2025", date(2025, 5, 26)


def head_of(cell: Organisation, day: date | None) -> Head:
    when = paper_day(day) if day else "ngày …… tháng …… năm ……"
    return Head(cell.superior_line, cell.paper_name, "", f"{cell.place_name or '…………'}, {when}")


def name_of(user: User | None) -> str:
    return user.get_full_name() if user else ""


def days_named(row: Answerable) -> list[Block]:
    """By when the answer is owed, and each day that was named later."""
    delays: list[Delay] = list(row.delays.with_people())  # type: ignore[attr-defined]
    found: list[Block] = [para(f"Hạn trả lời: {short_day(row.due_on)}.")]
    for delay in delays:
        told = f"báo {paper_moment(delay.said_at)}: trả lời chậm nhất ngày {short_day(delay.until)}."
        found += labelled("Lùi hạn trả lời", f"{comrade(name_of(delay.said_by))} {told} Lý do: {delay.why}")
    return found


def addressee_of(row: Criticism) -> str:
    return comrade(str(row.to_member)) if row.to_member else f"{own('chi uỷ')}, {row.cell.name}"


def _clause(day: date) -> str:
    """A letter from before the decision does not cite it."""
    grounds = _CHARTER if day < _SINCE else f"{_CHARTER}; {_DECISION}"
    return f"{grounds}: trả lời chậm nhất 30 ngày làm việc."


@in_house_style
def build_letter(row: Criticism) -> Document:
    """With the answer and every day that was named for it."""
    day = timezone.localdate(row.sent_at)
    title = row.get_kind_display().upper()
    blocks: list[Block] = [
        head_of(row.cell, day),
        Title(title, (f"Về việc: {row.matter}",)),
        para(bold("Kính gửi: "), addressee_of(row)),
        para(bold("Người gửi: "), comrade(str(row.sender))),
        *plain(row.words),
        *days_named(row),
    ]
    entered = f"Nhập từ bản giấy có chữ ký, {comrade(name_of(row.entered_by))} nhập" if row.on_paper else ""
    blocks.append(Signatures(None, Signature(("NGƯỜI GỬI",), row.sender.full_name, entered)))
    if row.replied_at is not None and row.replied_by is not None:
        blocks += [Heading("TRẢ LỜI"), para(f"{paper_moment(row.replied_at).capitalize()}."), *plain(row.reply)]
        blocks.append(Signatures(None, _replier(row)))
    blocks.append(Note(_clause(day)))
    return Document(f"y-kien-{row.pk}", row.get_kind_display(), day, tuple(blocks))


def _replier(row: Criticism) -> Signature:
    by = row.replied_by
    if row.to_member is None:
        return Signature((COMMITTEE,), name_of(by))
    entered = "" if by is not None and by.member_id == row.to_member_id else f"{comrade(name_of(by))} nhập từ bản giấy"
    return Signature(("NGƯỜI TRẢ LỜI",), row.to_member.full_name, entered)


@in_house_style
def blank_letter(cell: Organisation) -> Document:
    """To write on by hand; holds nothing about anybody."""
    today = timezone.localdate()
    blocks: list[Block] = [
        head_of(cell, None),
        Title("Ý KIẾN PHÊ BÌNH, CHẤT VẤN", ("(đánh dấu loại ý kiến)",)),
        para("□ Phê bình\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0□ Chất vấn"),
        para(bold("Kính gửi: "), "." * 98),
        para(bold("Người gửi: "), "." * 96),
        para(bold("Về việc: "), "." * 100),
        para(bold("Nội dung "), "(việc gì, khi nào, căn cứ; đề nghị cụ thể):"),
        *[para(_DOTTED, indent=False)] * 12,
        Signatures(None, Signature(("NGƯỜI GỬI",), "", "(ký, ghi rõ họ tên)")),
        Note(f"{_clause(today)} Không ghi bí mật nhà nước. Người gửi chịu trách nhiệm về ý kiến của mình."),
    ]
    return Document("y-kien-bang-van-ban", "Ý kiến phê bình, chất vấn", today, tuple(blocks))
