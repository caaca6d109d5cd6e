"""The agenda as a paper of its own: as a table with room for notes, or as a text with recipients."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Block, Column, Document, Heading, Recipients, Signatures, Table, Title, bold, para
from meetings.papers.notice import recipients_of
from meetings.papers.parts import body_of, head_before, plain, signer, title_of, what_is_held
from meetings.papers.standing import draft
from meetings.wording import comrade, duration, first_up, paper_day, paper_time, people, sentence, weekday
from members.house import in_house_style, own

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.models import AgendaItem, Meeting

_COLUMNS = (
    Column("STT", 12, "center"),
    Column("Nội dung", 83),
    Column("Người thực hiện", 42),
    Column("Ghi chú", 28),
)
_NUMERALS = ("I", "II", "III", "IV", "V")


@in_house_style
def build_agenda(meeting: Meeting, *, as_text: bool = False) -> Document:
    """Of the day of the notice, and a draft until that is sent. How long a line is to take stands among the notes."""
    day = timezone.localdate(meeting.starts_at)
    issued = timezone.localdate(meeting.called_at or meeting.starts_at)
    items = list(meeting.items.with_presenter())
    held = what_is_held(meeting)
    blocks = [
        head_before(meeting),
        Title("CHƯƠNG TRÌNH", (first_up(held), *_topic(meeting))),
        *(_as_text(meeting, items) if as_text else _as_table(meeting, items)),
    ]
    signed = signer(meeting.cell, issued, body_of(meeting))
    blocks.append(Signatures(None, signed, Recipients(recipients_of(meeting)) if as_text else None))
    made = Document(
        f"chuong-trinh-{'van-ban-' if as_text else ''}{day:%Y-%m-%d}",
        f"Chương trình {held} ngày {day:%d/%m/%Y}",
        issued,
        tuple(blocks),
    )
    return made if meeting.called_at is not None else draft(made)


def _topic(meeting: Meeting) -> tuple[str, ...]:
    return (f"Chuyên đề: “{meeting.topic}”",) if meeting.topic and meeting.is_thematic else ()


def _moment(meeting: Meeting) -> str:
    day = timezone.localdate(meeting.starts_at)
    return f"{paper_time(meeting.starts_at)}, {weekday(day)}, {paper_day(day)}."


def _seats(meeting: Meeting) -> list[Block]:
    named = (("Chủ trì: ", meeting.chair), ("Thư ký: ", meeting.minute_taker))
    told = [part for label, who in named if who for part in (bold(label), f"{comrade(str(who))}. ")]
    return [para(*told)] if told else []


def _as_table(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Block]:
    rows = tuple(
        (
            str(number),
            title_of(meeting, item),
            str(item.presenter) if item.presenter else "",
            duration(item.minutes),
        )
        for number, item in enumerate(items, start=1)
    )
    return [
        para(bold("Thời gian: "), _moment(meeting)),
        para(bold("Địa điểm: "), sentence(meeting.place)),
        *_seats(meeting),
        Table(_COLUMNS, rows),
    ]


def _as_text(meeting: Meeting, items: Sequence[AgendaItem]) -> list[Block]:
    """In up to five parts; a purpose that nobody wrote down has none."""
    parts: list[tuple[str, Sequence[Block]]] = [
        ("MỤC ĐÍCH, YÊU CẦU", plain(meeting.purpose)),
        (
            "THỜI GIAN, ĐỊA ĐIỂM",
            (
                para(bold("Thời gian: "), _moment(meeting)),
                para(bold("Địa điểm: "), sentence(meeting.place)),
            ),
        ),
        ("THÀNH PHẦN", (para(_who_comes(meeting)), *_seats(meeting))),
        ("NỘI DUNG", [para(_line(meeting, number, item)) for number, item in enumerate(items, start=1)]),
        ("KẾT THÚC", (para(_end(meeting, items)),)),
    ]
    told = [(title, words) for title, words in parts if words]
    blocks: list[Block] = []
    for numeral, (title, words) in zip(_NUMERALS, told, strict=False):
        blocks += [Heading(f"{numeral}. {title}"), *words]
    return blocks


def _who_comes(meeting: Meeting) -> str:
    first, *others = recipients_of(meeting)
    return own(sentence("; ".join([first, *(f"{other[0].lower()}{other[1:]}" for other in others)])))


def _line(meeting: Meeting, number: int, item: AgendaItem) -> str:
    who = f"{people([str(item.presenter)])}, " if item.presenter else ""
    title, told = title_of(meeting, item), f"{who}{duration(item.minutes)}"
    return f"{number}. {title[:-1]}; {told})." if title.endswith(")") else f"{number}. {title} ({told})."


def _end(meeting: Meeting, items: Sequence[AgendaItem]) -> str:
    total = sum(item.minutes for item in items)
    until = meeting.starts_at + timedelta(minutes=total)
    return f"Dự kiến kết thúc lúc {paper_time(until)}; tổng thời gian {duration(total)}."
