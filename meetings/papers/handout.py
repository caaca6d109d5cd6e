"""What is handed over on paper after a meeting: one member's duties, and in large print what it came to."""

from __future__ import annotations

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
    bold,
    bullets,
    para,
)
from guideline.votes import ORDINARY
from meetings.facts import Evening, is_apart
from meetings.lifecycle import State
from meetings.models import OutcomeKind
from meetings.papers.parts import body_of, head, lines, signer, title_of, what_is_held
from meetings.papers.standing import draft
from meetings.wording import comrade, paper_day, sentence, short_day
from members.house import in_house_style, own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.models import AgendaItem, Attendance, Meeting, Resolution, Task, Vote

_DUTIES = (
    Column("TT", 10, "center"),
    Column("Nhiệm vụ", 75),
    Column("Thời hạn", 25, "center"),
    Column("Kết quả, minh chứng", 55),
)
ABOUT_PERSONS = frozenset({"criticism"})  # steps: what is said there of somebody does not hang on a door
NOT_ON_DOOR = "Nhận xét, biểu quyết về cá nhân ghi ở biên bản, không ghi ở tờ này."
APART = "Nội dung kiểm điểm, mức xếp loại ghi ở biên bản đầy đủ, không ghi ở tờ này."
INSIDE = "Tờ này để đồng chí đọc và nhớ việc, không thay biên bản. Dùng trong nội bộ chi bộ."


@in_house_style
def build_task_sheet(row: Attendance) -> Document:
    """What this meeting has given to one member, with room for what came of it; both sign."""
    meeting, day = row.meeting, row.meeting.day
    tasks = list(meeting.tasks.filter(owner=row.member_id).by_day())
    rows = tuple(
        (str(number), task.text, short_day(task.due_on) if task.due_on else "", "")
        for number, task in enumerate(tasks, start=1)
    )
    of_committee = meeting.of_committee
    body = own("chi uỷ") if of_committee else "chi bộ"
    made = Document(
        f"phieu-giao-nhiem-vu-{day:%Y-%m-%d}",
        f"Phiếu giao nhiệm vụ, {what_is_held(meeting)} ngày {day:%d/%m/%Y}",
        day,
        (
            head(meeting.cell, "", None, meeting.held_at, numbered=False, dated=True, of_committee=of_committee),
            Title("PHIẾU GIAO NHIỆM VỤ", (f"Theo kết quả {what_is_held(meeting)}, {paper_day(day)}",)),
            para(bold("Giao: "), f"{comrade(row.name)}."),
            Table(_DUTIES, rows),
            para(f"Đồng chí báo cáo kết quả với {body} tại kỳ họp sau; có khó khăn thì báo sớm để cùng giải quyết."),
            Signatures(Signature(("NGƯỜI NHẬN NHIỆM VỤ",), row.name), signer(meeting.cell, day, body_of(meeting))),
        ),
    )  # fmt: skip
    return made if meeting.state == State.SEALED else draft(made)


@in_house_style
def build_outcome_sheet(meeting: Meeting, row: Attendance | None = None) -> Document:
    """In large print: for the door, or for one member with what this one was given. Nobody's opinion stands there.

    On the door neither what was concluded about somebody: a remark or a vote on a person, a resolution about one.
    """
    evening, day, door = Evening.of(meeting), meeting.day, row is None
    held = what_is_held(meeting)
    blocks: list[Block] = [
        Title("KẾT QUẢ BUỔI HỌP", (held[0].upper() + held[1:], paper_day(day).capitalize())),
        *([para(bold("Gửi: "), f"{comrade(row.name)}.", indent=False)] if row else []),
    ]
    number = 0
    for item in evening.items:
        if came := _came_to(evening, item, door=door):
            number += 1
            blocks += [Heading(f"{number}. {title_of(meeting, item)}", 2), *came]
    elsewhere = _elsewhere(evening, door=door)
    if not number and not elsewhere and not evening.resolutions:
        blocks.append(para("Buổi họp không có kết luận, quyết nghị.", indent=False))
    blocks += [para(words, indent=False) for words in elsewhere]
    for issued in evening.resolutions:
        if door and _issued_about_somebody(evening, issued):
            continue
        blocks.append(para(bold("Ban hành: "), sentence(f"{issued.title}: {issued.subject}"), indent=False))
    blocks += _given(evening, row)
    who = f"-{row.pk}" if row else ""
    made = Document(
        f"ket-qua-buoi-hop-{day:%Y-%m-%d}{who}",
        f"Kết quả {held} ngày {day:%d/%m/%Y}, chữ to",
        day,
        (*blocks, Note(INSIDE)),
        large=True,
    )
    return made if meeting.state == State.SEALED else draft(made)


def _came_to(evening: Evening, item: AgendaItem, *, door: bool) -> list[Block]:
    """Conclusions and decisions as they were written down, and votes with their result in a word."""
    if is_apart(evening.meeting, item) or (door and _is_on_somebody(evening, item)):
        return []
    others = [one.text for one in evening.outcomes_of(item) if one.kind == OutcomeKind.CONCLUSION]
    blocks: list[Block] = [para(line, indent=False) for words in (item.conclusion, *others) for line in lines(words)]
    for vote in evening.votes:
        if vote.item_id == item.pk and not (door and _about_somebody(evening, vote)):
            word = "được thông qua" if vote.passed else "không được thông qua"
            blocks.append(para(bold("Biểu quyết: "), f"{sentence(vote.question)} Kết quả: {word}.", indent=False))
            decided = (line for one in evening.decisions_by(vote) for line in lines(one.text))
            blocks += [para(line, indent=False) for line in decided]
    return blocks


def _is_on_somebody(evening: Evening, item: AgendaItem) -> bool:
    """A line of the guideline on persons, or one of the cell's own that names one or that only voted on some."""
    if item.step:
        return item.step in ABOUT_PERSONS
    votes = [_about_somebody(evening, vote) for vote in evening.votes if vote.item_id == item.pk]
    return _names_somebody(evening, item.title) or (bool(votes) and all(votes))


def _about_somebody(evening: Evening, vote: Vote) -> bool:
    """Of a kind that is taken on persons, by slips, or with somebody's name in its question."""
    return vote.kind != ORDINARY.key or vote.is_secret or _names_somebody(evening, vote.question)


def _names_somebody(evening: Evening, text: str) -> bool:
    return any(row.name.casefold() in text.casefold() for row in evening.attendances)


def _issued_about_somebody(evening: Evening, issued: Resolution) -> bool:
    about = any(vote.pk == issued.vote_id and _about_somebody(evening, vote) for vote in evening.votes)
    return about or _names_somebody(evening, issued.subject)


def _elsewhere(evening: Evening, *, door: bool) -> list[str]:
    """What this sheet leaves out is said to stand elsewhere, instead of that there was nothing."""
    apart = any(is_apart(evening.meeting, item) for item in evening.items)
    whole, told = (sum(len(_came_to(evening, item, door=one)) for item in evening.items) for one in (False, door))
    issued = door and any(_issued_about_somebody(evening, one) for one in evening.resolutions)
    return [*([APART] if apart else ()), *([NOT_ON_DOOR] if whole > told or issued else ())]


def _given(evening: Evening, row: Attendance | None) -> list[Block]:
    """On the door everybody's; on a member's own sheet this member's and the whole cell's."""
    if row is None:
        return _listed("Việc đã giao", [(task, _owner(task)) for task in evening.tasks])
    mine = [(task, "") for task in evening.tasks if task.owner_id and task.owner_id == row.member_id]
    common = [(task, "") for task in evening.tasks if task.owner_id is None]
    own = _listed("Việc giao đồng chí", mine) or [para(bold("Đồng chí không được giao việc riêng."), indent=False)]
    return [*own, *_listed("Việc của cả chi bộ", common)]


def _owner(task: Task) -> str:
    return f"{task.owner}: " if task.owner else "Cả chi bộ: "


def _listed(title: str, tasks: Sequence[tuple[Task, str]]) -> list[Block]:
    if not tasks:
        return []
    until = {task.pk: f" Hạn: {short_day(task.due_on)}." if task.due_on else "" for task, _ in tasks}
    return [Heading(title), bullets(*(f"{who}{sentence(task.text)}{until[task.pk]}" for task, who in tasks))]
