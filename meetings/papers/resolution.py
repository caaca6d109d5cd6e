"""Resolution and conclusion as papers: their words proposed from the record, everything else read off it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from documents.model import Block, Document, Heading, Recipients, Signatures, Title, bold, para
from meetings.facts import Evening, is_apart
from meetings.models import Mark, OutcomeKind, ResolutionKind, Seat
from meetings.papers.attendance import totals
from meetings.papers.parts import head, place_and_day, plain, signer, what_is_held
from meetings.papers.score import score_section
from meetings.papers.tasks import promises, table_of
from meetings.papers.votes import vote_paragraph
from meetings.scored import settled_of
from meetings.wording import count, paper_day, people
from members.house import house, in_house_style
from members.models import TenureKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from documents.model import Head, Paragraph, Signature
    from meetings.models import AgendaItem, Attendance, Meeting, Resolution

# What is concluded under these looks back; under every other line, ahead.
LOOKS_BACK = frozenset({"report", "past_tasks", "criticism", "quality", "assess_topic"})
ARRANGED = (
    "Các đồng chí được giao nhiệm vụ thực hiện đúng thời hạn và báo cáo kết quả tại buổi sinh hoạt chi bộ kỳ sau.\n"
    "Chi bộ theo dõi, đôn đốc, kiểm tra việc thực hiện."
)
_NAMES = {ResolutionKind.RESOLUTION: "nghi-quyet", ResolutionKind.CONCLUSION: "ket-luan"}
_NUMERALS = ("I", "II", "III", "IV")
_TABLE = (("chủ trì", Seat.CHAIR), ("thư ký", Seat.MINUTE_TAKER))
_RECIPIENTS = Recipients(("Cấp uỷ cấp trên trực tiếp", "Cấp uỷ viên cấp trên theo dõi", "Đảng viên chi bộ"))


def proposed_words(evening: Evening) -> dict[str, str]:
    """By column, from what the chair has concluded and votes have decided; a person edits all of it."""
    back: list[str] = []
    ahead: list[str] = []
    for item in evening.items:
        if not is_apart(evening.meeting, item):
            (back if item.step in LOOKS_BACK else ahead).extend(_concluded(evening, item))
    return {"assessment": _once_each(back), "directions": _once_each(ahead), "arrangements": ARRANGED}


def _once_each(words: list[str]) -> str:
    """What was concluded under several lines is said once."""
    return "\n".join(dict.fromkeys(words))


def _concluded(evening: Evening, item: AgendaItem) -> list[str]:
    others = [one.text for one in evening.outcomes_of(item) if one.kind == OutcomeKind.CONCLUSION]
    decided = [one.text for one in evening.outcomes if one.item_id == item.pk and one.kind == OutcomeKind.DECISION]
    return [words.strip() for words in (item.conclusion, *others, *decided) if words.strip()]


def _on_behalf(signature: Signature) -> Signature:
    """Whoever signs: on whose behalf is settled by the house."""
    return replace(signature, role_lines=(house().behalf, *signature.role_lines[1:]))


@in_house_style
def build_resolution(resolution: Resolution, *, signature: Signature | None = None) -> Document:
    """As it stands now; a signed one is never built again. `signature`: of whoever signs, if not the usual one."""
    meeting, day = resolution.meeting, resolution.issued_on
    evening = Evening.of(meeting)
    kind = str(ResolutionKind(resolution.kind).label)
    return Document(
        f"{_NAMES[ResolutionKind(resolution.kind)]}-{_figure(resolution)}{day:%Y-%m-%d}",
        f"{resolution.title} ngày {day:%d/%m/%Y}",
        day,
        (
            _head(resolution),
            Title(kind.upper(), (resolution.subject,)),
            *_opening(meeting, evening),
            *_parts(resolution, evening),
            *_vote(resolution, evening),
            Signatures(None, _on_behalf(signature) if signature else signer(resolution.cell, day), _RECIPIENTS),
        ),
    )


def _figure(resolution: Resolution) -> str:
    return f"{resolution.number.number:02d}-" if resolution.number else ""


def _head(resolution: Resolution) -> Head:
    top = head(resolution.cell, resolution.kind, resolution.number, None, numbered=True, dated=False)
    return replace(top, place_and_day=place_and_day(resolution.cell, resolution.issued_on))


def _opening(meeting: Meeting, evening: Evening) -> list[Block]:
    rows = [row for row in evening.attendances if not row.is_guest and row.standing != TenureKind.LEFT]
    place = f", tại {meeting.place.strip().rstrip('.')}" if meeting.place.strip() else ""
    table = ((what, [str(one.member) for one in evening.seats if one.seat == seat]) for what, seat in _TABLE)
    by = "".join(f"; {what}: {people(names)}" for what, names in table if names)
    return [
        para(f"{paper_day(meeting.day).capitalize()}{place}, chi bộ đã tổ chức {what_is_held(meeting)}{by}."),
        *totals(rows),
        _absent([row for row in rows if row.counts]),
    ]


def _absent(rows: Sequence[Attendance]) -> Paragraph:
    """Without names and reasons, which are the minutes' own."""
    excused, unexcused = (sum(row.mark == mark for row in rows) for mark in (Mark.EXCUSED, Mark.UNEXCUSED))
    if not excused + unexcused:
        return para(bold("Vắng: "), "không.")
    told = f"{count(excused + unexcused)} (có lý do: {count(excused)}; không có lý do: {count(unexcused)})."
    return para(bold("Vắng: "), told)


def _parts(resolution: Resolution, evening: Evening) -> list[Block]:
    """Four at most; one under which nothing stands has no heading either."""
    past: list[Block] = [para(bold("Kết quả thực hiện nhiệm vụ kỳ trước:")), promises(evening)]
    given = table_of(list(enumerate(evening.tasks, start=1)))
    found = settled_of(resolution.meeting)
    parts: tuple[tuple[str, list[Block]], ...] = (
        ("ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN", [*plain(resolution.assessment), *(past if evening.promised else ())]),
        ("PHƯƠNG HƯỚNG, NHIỆM VỤ", [*plain(resolution.directions), *given]),
        ("PHÂN CÔNG VÀ TỔ CHỨC THỰC HIỆN", [*plain(resolution.arrangements)]),
        ("TỰ ĐÁNH GIÁ CHẤT LƯỢNG BUỔI SINH HOẠT", score_section(found) if found else []),
    )
    blocks: list[Block] = []
    for numeral, (title, words) in zip(_NUMERALS, [part for part in parts if part[1]], strict=False):
        blocks += [Heading(f"{numeral}. {title}"), *words]
    return blocks


def _vote(resolution: Resolution, evening: Evening) -> list[Block]:
    rooms = {vote.pk: (vote, room) for vote, room in evening.rooms()}
    if resolution.vote_id not in rooms:
        return []
    vote, room = rooms[resolution.vote_id]
    return [vote_paragraph(vote, room, team=evening.team_of(vote))]
