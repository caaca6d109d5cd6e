"""A hearing on paper: its section of the conference's minutes, and a sheet for the room to write on by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
from django.utils import timezone

from critique.hearing.models import Hearing
from critique.hearing.models.hearing import CONCLUSION, OpinionKind, Stance
from critique.hearing.seats import turns_of
from critique.lifecycle import HEARING_OVER, Considering
from documents.model import Document, Head, Heading, Note, Title, bold, italic, para
from meetings.wording import comrade, first_up, sentence
from members.house import in_house_style

if TYPE_CHECKING:
    from critique.cycle.models import Cycle, Participant
    from critique.hearing.models import HearingOpinion
    from documents.model import Block, Paragraph, Run

_DOTTED = "." * 132
_LABELS = {name: label.capitalize() for name, label in CONCLUSION.items()}
_SPEAKERS = 5  # places on the sheet for the room


def hearing_blocks(hearing: Hearing, number: int = 1) -> list[Block]:
    """The section of the minutes about one subject, as it stands now; what was struck out or waits is not in it.

    That nothing was said is known once it is over; until then nothing has been written yet.
    """
    prefetch_related_objects([hearing], "opinions__speaker")
    opinions = [one for one in hearing.opinions.all() if one.in_force and not one.is_empty]
    said = [one for one in opinions if one.kind == OpinionKind.OPINION]
    reserved = [one for one in opinions if one.kind == OpinionKind.RESERVED]
    blocks: list[Block] = [Heading(f"{number}. {first_up(hearing.whose)}", 3, f"hearing-{hearing.pk}")]
    over = hearing.state in HEARING_OVER
    nothing = "(không ghi)" if over else "(chưa ghi)"
    blocks += _labelled(bold("Tự trình bày: "), hearing.presented or nothing)
    blocks.append(para(bold("Ý kiến góp ý:")))
    blocks += _opinions(said) or [para(italic("Không có ý kiến góp ý." if over else "Đang xét, chưa ghi ý kiến nào."))]
    if hearing.response.strip():
        blocks += _labelled(bold("Tiếp thu, giải trình: "), hearing.response)
    blocks += _conclusion(hearing, nothing)
    if reserved:
        blocks += [para(bold("Ý kiến bảo lưu:")), *_opinions(reserved)]
    return blocks


def conference_blocks(cycle: Cycle) -> tuple[list[Block], list[Block]]:
    """What was said of the collective, and of everybody in the conference's order; who was not heard is named."""
    rows = Hearing.objects.with_people().filter(participant__cycle=cycle).exclude(state=Considering.WAITING)
    known = {row.participant_id: row for row in rows.prefetch_related("opinions__speaker")}
    people = [turn.row for turn in turns_of(cycle)]
    whole = [row for row in people if row.of_collective]
    return _heard(whole, known), _heard([row for row in people if not row.of_collective], known)


def _heard(people: list[Participant], known: Mapping[int | None, Hearing]) -> list[Block]:
    heard = [known[row.pk] for row in people if row.pk in known]
    blocks = [block for number, hearing in enumerate(heard, start=1) for block in hearing_blocks(hearing, number)]
    if absent := ", ".join(_called(row) for row in people if row.pk not in known):
        blocks.append(para(italic(f"Chưa kiểm điểm tại hội nghị này: {absent}.")))
    return blocks


def _called(row: Participant) -> str:
    return row.name if row.of_collective else comrade(row.name)


def _opinions(opinions: Iterable[HearingOpinion]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for one in opinions:
        found += _labelled(bold(f"- {first_up(one.from_whom)}: "), one.words)
        if one.stance or one.reply.strip():
            stance = Stance(one.stance).label if one.stance else "Trả lời"
            found += _labelled(italic(f"{stance}: " if one.reply.strip() else f"{stance}."), one.reply)
        if one.ruling.strip():
            found += _labelled(italic("Chủ trì kết luận: "), one.ruling)
    return found


def _conclusion(hearing: Hearing, nothing: str) -> list[Paragraph]:
    found = [para(bold("Kết luận của chủ trì:"))]
    for name, label in _LABELS.items():
        if text := getattr(hearing, name).strip():
            found += _labelled(italic(f"- {label}: "), sentence(text) if name == "due" else text)
    return found if len(found) > 1 else [para(bold("Kết luận của chủ trì: "), nothing)]


def _labelled(label: Run, text: str) -> list[Paragraph]:
    first, *rest = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    return [para(label, first), *(para(line) for line in rest)]


@in_house_style
def room_sheet(hearing: Hearing) -> Document:
    """Empty lines in the order of the hearing, to be typed in afterwards; holds a name and no word of anybody."""
    cell, meeting, cycle = hearing.cell, hearing.held_at, hearing.cycle
    day = meeting.day if meeting else None
    occasion = str(cycle) if cycle else (f"{meeting.title}, {day:%d/%m/%Y}" if meeting and day else "")
    blocks: list[Block] = [
        Head(cell.superior_line, cell.paper_name, "", ""),
        Title("GHI Ý KIẾN TỰ PHÊ BÌNH, PHÊ BÌNH", (first_up(hearing.whose), occasion)),
        Note("Ghi tay tại phòng họp rồi nhập vào phần mềm; giữ như tài liệu kiểm điểm. Không ghi bí mật nhà nước."),
        Heading("1. Tự trình bày (tóm tắt)", 2),
        *_lines(4),
        Heading("2. Ý kiến góp ý (ghi rõ tên người nêu)", 2),
    ]
    for _ in range(_SPEAKERS):
        blocks += [para(bold("Đồng chí: "), "." * 90), *_lines(3)]
        blocks.append(para("Trả lời (tiếp thu / giải trình / không có ý kiến thêm): ", "." * 40, indent=False))
    blocks += [Heading("3. Kết luận của chủ trì", 2)]
    for label in _LABELS.values():
        blocks += [para(bold(f"{label}: ")), *_lines(1 if label == _LABELS["due"] else 2)]
    blocks += [Heading("4. Ý kiến bảo lưu (nếu có)", 2), *_lines(3)]
    blocks.append(para("Người được góp ý đã xem (ký, ghi rõ họ tên): ", "." * 50, indent=False))
    name = f"gop-y-{hearing.pk}"
    return Document(name, f"Ghi ý kiến về {hearing.whose}", day or timezone.localdate(), tuple(blocks))


def _lines(count: int) -> list[Paragraph]:
    return [para(_DOTTED, indent=False)] * count
