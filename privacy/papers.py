"""Papers of protection: a request with its answer, the record of a destruction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from critique.letters.papers import days_named, head_of, name_of
from documents.model import Block, Column, Document, Heading, Note, Signature, Signatures, Table, Title, bold, para
from meetings.papers.parts import labelled, plain
from meetings.wording import based_on, comrade, paper_moment, short_day
from members.house import in_house_style, own
from privacy.models import CLAUSE, Outcome
from privacy.retention import items_of

if TYPE_CHECKING:
    from privacy.models import DataRequest, Destruction


@in_house_style
def build_request(row: DataRequest) -> Document:
    day = timezone.localdate(row.sent_at)
    blocks: list[Block] = [
        head_of(row.cell, day),
        Title("ĐỀ NGHỊ VỀ DỮ LIỆU CÁ NHÂN", (row.get_right_display(),)),
        para(bold("Người đề nghị: "), f"{comrade(str(row.member))}."),
        *labelled("Nội dung", row.words or "(không ghi thêm)"),
        para(
            bold("Xác nhận: "),
            f"{paper_moment(row.acknowledged_at) or f'chậm nhất ngày {short_day(row.acknowledge_by)}'}.",
        ),
        *days_named(row),
    ]
    if row.replied_at is not None:
        told = f"{Outcome(row.outcome).label}, {paper_moment(row.replied_at)}, {comrade(name_of(row.replied_by))}."
        blocks += [Heading("TRẢ LỜI"), para(told), *plain(row.reply)]
    if row.entered_by.member_id != row.member_id:
        blocks.append(para(f"{comrade(name_of(row.entered_by)).capitalize()} nhập thay từ bản giấy."))
    blocks.append(Signatures(None, Signature(("NGƯỜI ĐỀ NGHỊ",), row.member.full_name)))
    return Document(
        f"de-nghi-{row.pk}", "Đề nghị về dữ liệu cá nhân", day, (*blocks, Note(f"Căn cứ: Nghị định {CLAUSE}."))
    )


@in_house_style
def build_record(row: Destruction) -> Document:
    """What was destroyed, by whom and on what ground: names and years, nothing of the texts."""
    at = row.ended_at or row.proposed_at
    day = timezone.localdate(at)
    table = tuple((str(n), one.who, one.when, one.kind) for n, one in enumerate(items_of(row), start=1))
    columns = (Column("TT", 12, "center"), Column("Của ai", 70), Column("Năm, ngày", 33, "center"), Column("Loại", 50))
    blocks: list[Block] = [
        head_of(row.cell, day),
        Title("BIÊN BẢN", (own("Huỷ nội dung đã hết thời hạn lưu trên phần mềm"),)),
        para(
            bold("Căn cứ: "),
            f"{based_on(row.document)}; giữ {row.kept} bản kiểm điểm gần nhất của mỗi đồng chí, "
            f"nội dung khác {row.kept} năm.",
        ),
        *labelled("Lý do", row.why),
        para(bold("Người đề nghị: "), f"{comrade(name_of(row.proposed_by))}, {paper_moment(row.proposed_at)}."),
        para(bold("Người thực hiện: "), f"{comrade(name_of(row.ended_by))}, {paper_moment(row.ended_at)}."),
        para("Bản giấy cần lưu đã lưu hồ sơ. Trên phần mềm đã xoá lời văn và các bản sao của những mục sau:"),
        Table(columns, table),
        para("Còn giữ: của ai, ngày tháng, mức xếp loại, thời điểm nộp, trả lời và ai đã đọc."),
        Signatures(
            Signature(("NGƯỜI ĐỀ NGHỊ",), name_of(row.proposed_by)),
            Signature(("NGƯỜI THỰC HIỆN",), name_of(row.ended_by)),
        ),
    ]
    return Document(f"bien-ban-huy-{row.pk}", own("Biên bản huỷ nội dung"), day, tuple(blocks))
