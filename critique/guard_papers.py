"""Papers about protection: a letter and a request, each with its answer, an empty letter, a destruction's record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from critique.models.rights import Outcome
from documents.model import (
    Block,
    Column,
    Document,
    Head,
    Heading,
    Note,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    para,
)
from meetings.papers.parts import labelled, plain
from meetings.wording import comrade, paper_day, paper_time

if TYPE_CHECKING:
    from datetime import date, datetime

    from critique.models import Criticism, DataRequest, Destruction
    from members.models import Organisation, User

_DOTTED = "." * 132
_LETTER_CLAUSE = "Điều lệ Đảng, Điều 3; 294-QĐ/TW ngày 26/5/2025: trả lời chậm nhất 30 ngày làm việc."


def _head(cell: Organisation, day: date | None) -> Head:
    when = paper_day(day) if day else "ngày …… tháng …… năm ……"
    return Head(cell.superior_line, cell.paper_name, "", f"{cell.place_name or '…………'}, {when}")


def _moment(at: datetime | None) -> str:
    return f"{paper_time(at)}, {paper_day(timezone.localdate(at))}" if at else ""


def addressee_of(row: Criticism) -> str:
    return comrade(row.to_member.full_name) if row.to_member else f"chi uỷ, {row.cell.name}"


def build_letter(row: Criticism) -> Document:
    """With the answer and every day that was named for it."""
    day = timezone.localdate(row.sent_at)
    title = row.get_kind_display().upper()
    blocks: list[Block] = [
        _head(row.cell, day),
        Title(title, (f"Về việc: {row.matter}",)),
        para(bold("Kính gửi: "), addressee_of(row)),
        para(bold("Người gửi: "), comrade(row.sender.full_name)),
        *plain(row.words),
        para(f"Hạn trả lời: {row.due_on:%d/%m/%Y}."),
    ]
    for delay in row.delays.select_related("said_by__member"):
        told = f"báo {_moment(delay.said_at)}: trả lời chậm nhất ngày {delay.until:%d/%m/%Y}."
        blocks += labelled("Lùi hạn trả lời", f"{comrade(_name(delay.said_by))} {told} Lý do: {delay.why}")
    entered = f"Nhập từ bản giấy có chữ ký, {comrade(_name(row.entered_by))} nhập" if row.on_paper else ""
    blocks.append(Signatures(None, Signature(("NGƯỜI GỬI",), row.sender.full_name, entered)))
    if row.replied_at is not None and row.replied_by is not None:
        blocks += [Heading("TRẢ LỜI"), para(f"{_moment(row.replied_at).capitalize()}."), *plain(row.reply)]
        blocks.append(Signatures(None, _replier(row)))
    blocks.append(Note(_LETTER_CLAUSE))
    return Document(f"y-kien-{row.pk}", row.get_kind_display(), day, tuple(blocks))


def _replier(row: Criticism) -> Signature:
    by = row.replied_by
    if row.to_member is None:
        return Signature(("T/M CHI UỶ",), _name(by))
    entered = "" if by is not None and by.member_id == row.to_member_id else f"{comrade(_name(by))} nhập từ bản giấy"
    return Signature(("NGƯỜI TRẢ LỜI",), row.to_member.full_name, entered)


def _name(user: User | None) -> str:
    return user.get_full_name() if user else ""


def blank_letter(cell: Organisation) -> Document:
    """To write on by hand; holds nothing about anybody."""
    today = timezone.localdate()
    blocks: list[Block] = [
        _head(cell, None),
        Title("Ý KIẾN PHÊ BÌNH, CHẤT VẤN", ("(đánh dấu loại ý kiến)",)),
        para("[\u00a0\u00a0] Phê bình\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0[\u00a0\u00a0] Chất vấn"),
        para(bold("Kính gửi: "), "." * 98),
        para(bold("Người gửi: "), "." * 96),
        para(bold("Về việc: "), "." * 100),
        para(bold("Nội dung "), "(việc gì, khi nào, căn cứ; đề nghị cụ thể):"),
        *[para(_DOTTED, indent=False)] * 12,
        Signatures(None, Signature(("NGƯỜI GỬI",), "", "(ký, ghi rõ họ tên)")),
        Note(f"{_LETTER_CLAUSE} Không ghi bí mật nhà nước. Người gửi chịu trách nhiệm về ý kiến của mình."),
    ]
    return Document("y-kien-bang-van-ban", "Ý kiến phê bình, chất vấn", today, tuple(blocks))


def build_request(row: DataRequest, clause: str) -> Document:
    day = timezone.localdate(row.made_at)
    blocks: list[Block] = [
        _head(row.cell, day),
        Title("ĐỀ NGHỊ VỀ DỮ LIỆU CÁ NHÂN", (row.get_right_display(),)),
        para(bold("Người đề nghị: "), comrade(row.member.full_name)),
        *labelled("Nội dung", row.words or "(không ghi thêm)"),
        para(bold("Xác nhận: "), _moment(row.acknowledged_at) or f"chậm nhất ngày {row.acknowledge_by:%d/%m/%Y}"),
        para(bold("Hạn trả lời: "), f"{row.due_on:%d/%m/%Y}"),
    ]
    if row.extended_at is not None:
        blocks += labelled("Gia hạn", f"{_moment(row.extended_at)}. Lý do: {row.extension}")
    if row.replied_at is not None:
        told = f"{Outcome(row.outcome).label}, {_moment(row.replied_at)}, {comrade(_name(row.replied_by))}."
        blocks += [Heading("TRẢ LỜI"), para(told), *plain(row.reply)]
    if row.entered_by.member_id != row.member_id:
        blocks.append(para(f"{comrade(_name(row.entered_by)).capitalize()} nhập thay từ bản giấy."))
    blocks.append(Signatures(None, Signature(("NGƯỜI ĐỀ NGHỊ",), row.member.full_name)))
    return Document(f"de-nghi-{row.pk}", "Đề nghị về dữ liệu cá nhân", day, (*blocks, Note(f"Căn cứ: {clause}.")))


def build_record(row: Destruction) -> Document:
    """What was destroyed, by whom and on what ground: names and years, nothing of the texts."""
    at = row.ended_at or row.proposed_at
    day = timezone.localdate(at)
    items = row.items.select_related("review__participant__member", "review__participant__cycle")
    items = items.order_by("review__participant__cycle__year", "pk")
    table = tuple(
        (str(n), item.review.participant.name, str(item.review.cycle.year), f"Mẫu {item.review.participant.form}")
        for n, item in enumerate(items, start=1)
    )
    columns = (Column("TT", 12, "center"), Column("Họ và tên", 80), Column("Năm", 25, "center"), Column("Mẫu", 48))
    blocks: list[Block] = [
        _head(row.cell, day),
        Title("BIÊN BẢN", ("Huỷ nội dung bản kiểm điểm đã hết thời hạn lưu trên phần mềm",)),
        para(bold("Căn cứ: "), f"{row.document}; giữ nội dung {row.kept} bản gần nhất của mỗi đồng chí."),
        *labelled("Lý do", row.why),
        para(bold("Người đề nghị: "), f"{comrade(_name(row.proposed_by))}, {_moment(row.proposed_at)}."),
        para(bold("Người thực hiện: "), f"{comrade(_name(row.ended_by))}, {_moment(row.ended_at)}."),
        para("Bản giấy đã lưu hồ sơ. Trên phần mềm đã xoá nội dung và các bản sao của những bản kiểm điểm sau:"),
        Table(columns, table),
        para("Còn giữ: năm, người viết, mức tự nhận, thời điểm nộp và ai đã đọc."),
        Signatures(
            Signature(("NGƯỜI ĐỀ NGHỊ",), _name(row.proposed_by)),
            Signature(("NGƯỜI THỰC HIỆN",), _name(row.ended_by)),
        ),
    ]
    return Document(f"bien-ban-huy-{row.pk}", "Biên bản huỷ nội dung", day, tuple(blocks))
