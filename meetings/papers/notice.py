"""The notice that members find, receive or take home on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import (
    Block,
    Column,
    Document,
    Recipients,
    Signatures,
    Table,
    Title,
    bold,
    para,
)
from meetings.extension import brought_before, to_read
from meetings.models import Kind
from meetings.papers.parts import body_of, head_before, labelled, signer, title_of, what_is_held
from meetings.papers.standing import draft
from meetings.wording import comrade, paper_day, paper_time, sentence, weekday
from members.house import in_house_style, own

if TYPE_CHECKING:
    from meetings.models import Meeting


def recipients_of(meeting: Meeting) -> tuple[str, ...]:
    """Whom notice and agenda go to."""
    return ("Chi uỷ viên",) if meeting.of_committee else ("Đảng viên chi bộ", "Cấp uỷ viên cấp trên theo dõi")


@in_house_style
def build_notice(meeting: Meeting) -> Document:
    """Time, place, chair, agenda with who does what; signed on behalf of the cell."""
    day, issued = timezone.localdate(meeting.starts_at), timezone.localdate(meeting.called_at or meeting.starts_at)
    items = list(meeting.items.with_presenter())
    blocks: list[Block] = [
        head_before(meeting, "TB", meeting.notice_number, numbered=True),
        Title("THÔNG BÁO", (f"Về thời gian, địa điểm, nội dung {what_is_held(meeting)}",)),
        para(bold("Thời gian: "), f"{paper_time(meeting.starts_at)}, {weekday(day)}, {paper_day(day)}."),
        para(bold("Địa điểm: "), sentence(meeting.place)),
    ]
    paper = meeting.thematic_paper
    roles = (("Chủ trì: ", meeting.chair), ("Trình bày: ", paper.author if paper is not None else None))
    named = [part for label, who in roles if who for part in (bold(label), f"{comrade(str(who))}. ")]
    if named:
        blocks.append(para(*named))
    if meeting.topic and meeting.is_thematic:
        blocks.append(para(bold("Chuyên đề: "), f"“{meeting.topic}”."))
    if meeting.purpose.strip():
        blocks += labelled("Mục đích, yêu cầu", meeting.purpose)
    blocks.append(
        Table(
            (
                Column("TT", 10, "center"),
                Column("Nội dung", 100),
                Column("Người thực hiện", 41),
                Column("Phút", 14, "center"),
            ),
            tuple(
                (
                    str(n),
                    title_of(meeting, item),
                    str(item.presenter) if item.presenter else "",
                    str(item.minutes),
                )
                for n, item in enumerate(items, start=1)
            ),
        )
    )
    now = timezone.now()
    if documents := to_read(meeting, items, now):
        blocks.append(para(bold("Tài liệu kèm theo:")))
        blocks += (para(f"- {sentence(one.sentence)}") for one in documents)
    for one in brought_before(meeting, now):
        blocks.append(para(sentence(one.sentence)))
    blocks.append(para("Mời các đồng chí dự họp đúng giờ; vắng mặt xin báo trước bí thư, nêu lý do."))
    blocks.append(
        Signatures(
            None,
            signer(meeting.cell, issued, body_of(meeting)),
            Recipients(recipients_of(meeting)),
        )
    )
    of = {Kind.COMMITTEE: own("họp chi uỷ"), Kind.CONFERENCE: "hội nghị kiểm điểm"}.get(Kind(meeting.kind), "sinh hoạt")
    made = Document(f"thong-bao-{day:%Y-%m-%d}", f"Thông báo {of} ngày {day:%d/%m/%Y}", issued, tuple(blocks))
    return made if meeting.called_at is not None else draft(made)
