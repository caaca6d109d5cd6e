"""Between the meetings: proposing a matter for the next agenda, and answering it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from meetings.actions import planning
from meetings.lifecycle import PLANNING
from meetings.models import Kind, Matter, MatterAnswer, MatterState
from members.access import require
from members.changes import claim, hold, insert, refuse_second
from members.entering import why_not_for
from members.refusal import Refused

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting
    from members.models import Member, Organisation, User
    from members.press import Press

TAKES_MATTERS = (Kind.REGULAR, Kind.THEMATIC, Kind.COMBINED)  # whose agenda takes matters
LONGEST_TITLE = 300


@transaction.atomic
def propose(
    cell: Organisation, *, member: Member, text: str, by: User, at: datetime, key: Press | None = None
) -> Matter:
    """Under the member's name; the committee enters it for whoever has no device, named as such."""
    require(by, "matter.send", cell)
    if member.pk != by.member_id:
        require(by, "matter.enter", cell)
        if sentence := why_not_for(member, by, "tự đề xuất"):
            raise Refused(sentence, field="member")
    if member.organisation_id != cell.pk:
        raise Refused("Chỉ đảng viên của chi bộ đề xuất nội dung cho chi bộ.", field="member")
    refuse_second(Matter, cell, key)
    row = Matter(cell=cell, proposer=member, text=text.strip(), entered_by=by, entered_at=at)
    insert(row, "propose_matter", by=by, at=at, key=key, member=member.pk)
    return row


@transaction.atomic
def answer(
    matter: Matter,
    *,
    answer: str,
    meeting: Meeting | None = None,
    minutes: int | None = None,
    reason: str = "",
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Matter:
    """Taken onto the agenda of a meeting that is named, put off, or declined with a reason that the proposer reads."""
    require(by, "matter.answer", matter)
    hold(matter, key=key)
    matter = Matter.objects.with_people().get(pk=matter.pk)
    if not matter.is_open:
        raise Refused("Đề xuất này đã được trả lời.")
    if answer == MatterState.DECLINED and not reason.strip():
        raise Refused("Không đưa vào thì cần nêu lý do để người đề xuất đọc.", field="reason")
    claim(matter, None, "answer_matter", by=by, at=at, key=key, answer=answer)
    taken = answer == MatterState.TAKEN
    matter.state, matter.answered_at, matter.item = answer, at, None
    matter.meeting = meeting if taken else None
    if taken:
        matter.item = _onto_the_agenda(matter, meeting, minutes or planning.OWN_MINUTES, by, at)
    matter.save(update_fields=["state", "answered_at", "item", "meeting"])
    MatterAnswer.objects.create(
        matter=matter, answer=answer, meeting=matter.meeting, reason=reason.strip(), answered_by=by, answered_at=at
    )
    return matter


def _onto_the_agenda(matter: Matter, meeting: Meeting | None, minutes: int, by: User, at: datetime) -> AgendaItem:
    """Before the lines that close a meeting, with the name of whoever proposed it."""
    if meeting is None or meeting.cell_id != matter.cell_id or meeting.kind not in TAKES_MATTERS:
        raise Refused("Chọn buổi sinh hoạt đang chuẩn bị.", field="meeting")
    if meeting.state not in PLANNING:
        raise Refused("Buổi này không còn sửa được chương trình. Xin chọn buổi khác.", field="meeting")
    item = planning.add_item(meeting, title=title_of(matter), minutes=minutes, presenter=None, by=by, at=at)
    planning.put_before_closing(item)
    return item


def title_of(matter: Matter) -> str:
    """The first line of what was proposed, as long as an agenda has room for, and whose it is."""
    whose = f" (đồng chí {matter.proposer} đề xuất)"
    words = matter.text.strip().split("\n", 1)[0].rstrip(" .;,")
    room = LONGEST_TITLE - len(whose)
    if len(words) > room:
        kept, between, _ = words[:room].rpartition(" ")  # no word is cut, unless it is the only one
        words = f"{kept.rstrip() if between else words[: room - 1]}…"
    return words + whose
