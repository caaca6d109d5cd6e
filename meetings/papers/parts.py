"""What several papers of a meeting share: the head, and texts of several lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from documents.model import Head, Paragraph, bold, para
from meetings.facts import step_of
from meetings.models import Kind
from meetings.numbered import symbol_of
from meetings.wording import paper_day, paper_month, paper_time, quarter
from members.house import COMMITTEE, house, own
from members.names import folded
from members.signing import signer as signer  # noqa: PLC0414 (part of every paper here)

if TYPE_CHECKING:
    from datetime import date, datetime

    from meetings.models import AgendaItem, Meeting
    from members.models import Member, Organisation, PaperNumber


def minutes_named(meeting: Meeting) -> str:
    """How another paper names these minutes: "Biên bản số 05-BB/CB"; without a number "Biên bản"."""
    number = meeting.minutes.number if hasattr(meeting, "minutes") else None
    symbol = symbol_of(meeting.cell, of_committee=meeting.of_committee)
    return f"Biên bản số {number.number:02d}-BB/{symbol}" if number else "Biên bản"


def abstract_of(meeting: Meeting) -> tuple[str, ...]:
    """Below the name of the minutes, and of every paper about them: which meeting, of which month."""
    day = meeting.day
    month = f"{paper_month(day)} năm {day.year}"
    if meeting.of_committee:
        return (own(f"Họp chi uỷ {month}"),)
    if meeting.kind == Kind.CONFERENCE:
        return (meeting.title,)
    if meeting.kind == Kind.REGULAR:
        return (f"Sinh hoạt chi bộ thường kỳ {month}",)
    topic = (f"Chuyên đề: “{meeting.topic}”",) if meeting.topic else ()
    if meeting.kind == Kind.COMBINED:
        return (f"Sinh hoạt chi bộ thường kỳ {month} kết hợp chuyên đề", *topic)
    return (f"Sinh hoạt chuyên đề quý {quarter(day)} năm {day.year}", *topic)


def head(
    cell: Organisation,
    kind: str,
    number: PaperNumber | None,
    moment: datetime | None,
    *,
    numbered: bool,
    dated: bool,
    of_committee: bool = False,
) -> Head:
    """The two columns on top. A paper that is not numbered yet shows "Số …"; one that never is, no line.

    Without a moment it is not dated. A paper of the committee stands under the committee above it, not under the
    organisation that this one leads.
    """
    figure = f"{number.number:02d}" if number else "…"
    return Head(
        superior=cell.superior_line.replace("ĐẢNG BỘ", own("ĐẢNG UỶ"), 1) if of_committee else cell.superior_line,
        issuer=f"{own('CHI UỶ')} {cell.paper_name}" if of_committee else cell.paper_name,
        number=f"Số {figure}-{kind}/{symbol_of(cell, of_committee=of_committee)}" if numbered else "",
        place_and_day=place_and_day(cell, timezone.localdate(moment) if moment else None) if dated else "",
    )


def place_and_day(cell: Organisation, day: date | None) -> str:
    """ "Hoa Sen, ngày 05 tháng 10 năm 2026"; without a place only the day."""
    said = paper_day(day) if day else ""
    return f"{cell.place_name}, {said}" if cell.place_name else said.capitalize()


def what_is_held(meeting: Meeting) -> str:
    """As notice, agenda and attendance sheet name the meeting below their kind: "sinh hoạt chi bộ tháng 12"."""
    day = timezone.localdate(meeting.starts_at)
    return {
        Kind.THEMATIC: "sinh hoạt chuyên đề",
        Kind.COMMITTEE: own(f"họp chi uỷ {paper_month(day)}"),
        Kind.CONFERENCE: f"hội nghị kiểm điểm {meeting.topic}".strip(),
    }.get(Kind(meeting.kind), f"sinh hoạt chi bộ {paper_month(day)}")


def head_before(meeting: Meeting, kind: str = "", number: PaperNumber | None = None, *, numbered: bool = False) -> Head:
    """Of a paper that goes out with the notice; until that is sent, its day is left open."""
    top = head(
        meeting.cell,
        kind,
        number,
        meeting.called_at or meeting.starts_at,
        numbered=numbered,
        dated=meeting.called_at is not None,
        of_committee=meeting.of_committee,
    )
    if meeting.called_at is not None:
        return top
    place = f"{meeting.cell.place_name}, ngày" if meeting.cell.place_name else "Ngày"
    return replace(top, place_and_day=f"{place} … tháng … năm {timezone.localdate(meeting.starts_at).year}")


def body_of(meeting: Meeting) -> str:
    """On whose behalf a paper of this meeting is signed."""
    return COMMITTEE if meeting.of_committee else house().behalf


def on_behalf(committee: Organisation) -> str:
    """As it signs: "Đảng uỷ Cơ quan …" is "T/M ĐẢNG UỶ"; a name that begins otherwise stands whole."""
    first, second, *rest = [*str(committee).upper().split(), "", ""]
    if folded(second) == "uy":
        return " ".join(["T/M", first, second, *(rest[:2] if rest[:2] == ["BỘ", "PHẬN"] else [])])
    return f"T/M {str(committee).upper()}"


def time_of(meeting: Meeting, moment: datetime) -> str:
    """A time of the evening; after midnight with its day."""
    begun, day = meeting.day, timezone.localdate(moment)
    return paper_time(moment) if day == begun else f"{paper_time(moment)}, {paper_day(day)}"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def labelled(label: str, text: str) -> list[Paragraph]:
    """ "Label: first line", then a paragraph for each further line."""
    first, *rest = lines(text) or [""]
    return [para(bold(f"{label}: "), first), *(para(line) for line in rest)]


def plain(text: str) -> list[Paragraph]:
    return [para(line) for line in lines(text)]


def signed_name(member: Member | None) -> str:
    """The name under a signature; what tells namesakes apart stands in a line of its own below it."""
    return str(member).replace(" (", "\n(", 1) if member else ""


def title_of(meeting: Meeting, item: AgendaItem) -> str:
    """A line of the guideline's agenda by its short name, one of the cell's own as it was typed."""
    step = step_of(meeting, item)
    return step.recorded if step is not None and step.title == item.title else item.title
