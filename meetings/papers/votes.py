"""How a vote is stated on paper: verdict and percentage have one base, and the paper says which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Block, Paragraph, bold, para
from guideline.votes import BASE, base_source
from meetings.models.evening import WELCOME
from meetings.papers.attendance import by_standing
from meetings.wording import FULL_MEMBERS, comrade, count, people, percent, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meetings.models import Attendance, Meeting, Teller, Vote
    from meetings.presence import Room


def base_note(meeting: Meeting, *, aside: bool) -> list[Block]:
    """Once on a paper: of whom every majority is counted, and on what that rests on the day of the meeting.

    `aside`: somebody stepped aside, which no central rule is known to speak of; so it stands behind the clause.
    """
    if meeting.of_committee:
        return []
    source = base_source(meeting.day)
    without = "; đồng chí không tham gia một nội dung thì không tính ở nội dung ấy" if aside else ""
    return [para(bold("Cách tính kết quả biểu quyết: "), f"{BASE} ({source}){without}.")]


def vote_paragraph(
    vote: Vote, room: Room | None = None, *, voters: str = FULL_MEMBERS, team: Sequence[Teller] = ()
) -> Paragraph:
    """`room`: in which the vote was taken, for saying of which standings base and `voters` were.

    `team`: who counted the slips of a secret vote, whoever leads first.
    """
    base, here = _others(room.base() if room else []), _others(room.voters() if room else [])
    silent = f", không biểu quyết {vote.silent:02d}" if vote.silent and not vote.is_secret else ""
    result = "được thông qua" if vote.passed else "không được thông qua"
    return para(
        bold(f"Biểu quyết {_method(vote)}: "),
        f"{sentence(vote.question)} {_counted(vote, team)}Tính trên {vote.base:02d} {voters}{base}; "
        f"có mặt, được biểu quyết {vote.entitled:02d}{here}; "
        f"tán thành {vote.in_favour:02d}/{vote.base:02d} ({percent(vote.percent)}), "
        f"không tán thành{_hands(vote.against)}, ý kiến khác{_hands(vote.other)}{silent}. "
        f"{vote.kind_name} cần {vote.share} ({vote.source}): ít nhất {vote.needed:02d}. Kết quả: {result}.",
    )


def _method(vote: Vote) -> str:
    """In which way, as minutes say it; hands of the hall beside devices only where there were some."""
    if vote.is_secret:
        return "bằng phiếu kín"
    if vote.on_devices is None:
        return "(giơ tay)"
    by_hand = f", giơ tay {count(vote.by_hand)}" if vote.by_hand else ""
    return f"(công khai: ghi trên máy {count(vote.on_devices)}{by_hand})"


def _counted(vote: Vote, team: Sequence[Teller]) -> str:
    """By whom, and what became of the slips; "" for a show of hands."""
    if not vote.is_secret:
        return ""
    head = "".join(f"{comrade(one.person.name)}, tổ trưởng" for one in team if one.leads)
    others = people(one.person.name for one in team if not one.leads)
    named = f"{head}; thành viên: {others}" if head and others else head or others
    by = f"Tổ kiểm phiếu: {named}. " if named else ""
    return (
        f"{by}Số phiếu: phát ra {vote.issued:02d}; thu về {vote.returned:02d}; "
        f"hợp lệ {vote.hands:02d}; không hợp lệ {vote.invalid:02d}. "
    )


def _hands(number: int) -> str:
    """ " 03", ": không"."""
    return f" {count(number)}" if number else f": {count(0)}"


def _others(rows: list[Attendance]) -> str:
    """ " (trong đó được miễn sinh hoạt 01)": full members of another standing, who are counted among them."""
    others = [row for row in rows if row.standing in WELCOME]
    return f" (trong đó {by_standing(others)})" if others else ""
