"""Who was there, as the minutes state it: counts, absences with their reasons, guests, chair and minute-taker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Block, Run, bold, para
from meetings.models import Mark, Seat
from meetings.papers.parts import labelled, time_of
from meetings.wording import comrade, count, people
from members.house import own
from members.models import TenureKind
from members.roles import ON_COMMITTEE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meetings.facts import Evening
    from meetings.models import Attendance, Held, Meeting


_SHORT = {
    TenureKind.FULL: "chính thức",
    TenureKind.PROBATIONARY: "dự bị",
    TenureKind.TEMPORARY_IN: "sinh hoạt tạm thời đến",
    TenureKind.EXEMPT: "được miễn sinh hoạt",
    TenureKind.SPECIAL_DUTY: "làm nhiệm vụ đặc thù",
    TenureKind.TEMPORARY_OUT: "sinh hoạt tạm thời nơi khác",
    TenureKind.SUSPENDED: "đình chỉ sinh hoạt",
}


def by_standing(rows: Sequence[Attendance]) -> str:
    """ "chính thức 07, dự bị 01": only the standings that occur."""
    return ", ".join(
        f"{word} {sum(row.standing == standing for row in rows):02d}"
        for standing, word in _SHORT.items()
        if any(row.standing == standing for row in rows)
    )


def _split(rows: Sequence[Attendance]) -> str:
    """ "08 (chính thức 07, dự bị 01)"."""
    parts = by_standing(rows)
    return f"{count(len(rows))} ({parts})" if parts else count(len(rows))


def totals(rows: Sequence[Attendance]) -> list[Block]:
    """How many there are, of whom the rate is counted, and how many came; the figures add up one by one.

    The whole strength is without those who are here for a while; who counts in the rate is that strength, less the
    exempt, those on special duty, away or suspended, and with those who are here for a while.
    """
    strength = [row for row in rows if row.standing != TenureKind.TEMPORARY_IN]
    guests = [row for row in rows if row.standing == TenureKind.TEMPORARY_IN]
    counted = [row for row in rows if row.counts]
    here = [row for row in rows if row.mark == Mark.PRESENT]
    came, beside = ([row for row in here if row.counts is counts] for counts in (True, False))
    total: list[Run | str] = [bold("Tổng số đảng viên: "), f"{_split(strength)}. "]
    present: list[Run | str] = [bold("Có mặt: "), f"{_split(came)}."]
    if counted == strength:
        return [para(*total, *present)]
    total += [bold("Sinh hoạt tạm thời đến: "), f"{count(len(guests))}. "] if guests else []
    blocks: list[Block] = [para(*total, bold("Tính vào tỉ lệ dự họp: "), f"{_split(counted)}.")]
    present += [bold(" Cùng dự, không tính vào tỉ lệ: "), f"{_split(beside)}."] if beside else []
    return [*blocks, para(*present)]


def attendance(evening: Evening) -> list[Block]:
    """The paragraphs under "Thành phần"."""
    meeting, rows = evening.meeting, [row for row in evening.attendances if not row.is_guest]
    rows = [row for row in rows if row.standing != TenureKind.LEFT]
    blocks = totals(rows)
    for standing, words in (
        (TenureKind.EXEMPT, "Được miễn công tác và sinh hoạt đảng"),
        (TenureKind.SPECIAL_DUTY, "Thuộc lực lượng vũ trang, đang làm nhiệm vụ đặc thù"),
    ):
        blocks += _welcome(words, [row for row in rows if row.standing == standing])
    for standing, words in (
        (TenureKind.TEMPORARY_OUT, "Đang sinh hoạt tạm thời nơi khác"),
        (TenureKind.SUSPENDED, "Đang bị đình chỉ sinh hoạt"),
    ):
        named = [row.name for row in rows if row.standing == standing]
        if named:
            blocks.append(para(f"{words}: {count(len(named))} ({people(named)})."))
    blocks += _absences([row for row in rows if row.counts])
    blocks += _late_and_early(meeting, evening.attendances)
    blocks += _changed(evening.attendances)
    blocks += _guests(evening.attendances)
    blocks += _chair_and_minute_taker(evening, rows)
    paper = meeting.thematic_paper
    if paper is not None:
        author = comrade(str(paper.author)) if paper.author else "chưa ghi"
        file = f" (kèm tệp {paper.file_name})" if paper.file_name else ""
        blocks.append(
            para(
                bold("Người chuẩn bị chuyên đề: "),
                f"{author}. ",
                bold("Tài liệu: "),
                f"dự thảo chuyên đề{file}.",
            )
        )
    if meeting.dues.strip():
        blocks += labelled("Tình hình đóng đảng phí", meeting.dues)
    return blocks


def committee_attendance(evening: Evening) -> list[Block]:
    """Who sat on the committee's own meeting: no rate and no standings, the names with their posts."""
    meeting, rows = evening.meeting, [row for row in evening.attendances if not row.is_guest and row.may_come]
    present = [row for row in rows if row.mark == Mark.PRESENT]
    body = committee_word(evening.attendances)
    named = _named(sorted(present, key=_rank))
    blocks: list[Block] = [
        para(bold("Có mặt: "), f"{len(present):02d}/{len(rows):02d} {body}" + (f": {named}." if named else ".")),
    ]
    blocks += _absences(rows)
    blocks += _late_and_early(meeting, evening.attendances)
    blocks += _changed(evening.attendances)
    blocks += _guests(evening.attendances)
    return blocks + _chair_and_minute_taker(evening, rows)


def committee_word(rows: Sequence[Attendance]) -> str:
    """What those are counted as who sit at a committee's meeting: a cell without a committee has no "chi uỷ viên"."""
    label = str(TenureKind.COMMITTEE_MEMBER.label)
    came = (row for row in rows if not row.is_guest and row.may_come)
    return own("chi uỷ viên") if any(label in row.position for row in came) else "đồng chí"


def _rank(row: Attendance) -> int:
    """The secretary first, then the deputy, then the others of the committee."""
    posts = row.position.split(", ")
    ranks = (rank for rank, post in enumerate(ON_COMMITTEE) if str(TenureKind(post.value).label) in posts)
    return next(ranks, len(ON_COMMITTEE))


def post_of(row: Attendance) -> str:
    """Posts that we name are spelled as the house spells; what was typed of a guest stays as it is."""
    ours = set(map(str, TenureKind.labels))
    return ", ".join(own(post) if post in ours else post for post in row.position.split(", "))


def _named(rows: Sequence[Attendance]) -> str:
    return "; ".join(f"{comrade(row.name)}, {post_of(row)}" if row.position else comrade(row.name) for row in rows)


def _guests(rows: Sequence[Attendance]) -> list[Block]:
    named = _named([row for row in rows if row.is_guest])
    return [para(bold("Đại biểu, khách mời: "), f"{named}.")] if named else []


def _chair_and_minute_taker(evening: Evening, rows: Sequence[Attendance]) -> list[Block]:
    """Who led and who wrote; where a seat changed hands, who did so from when until when."""
    posts = {row.member_id: post_of(row) for row in rows}
    blocks: list[Block] = []
    for label, seat in (("Chủ trì", Seat.CHAIR), ("Thư ký", Seat.MINUTE_TAKER)):
        named = [_seated(evening.meeting, one, posts) for one in evening.seats if one.seat == seat]
        if named:
            blocks.append(para(bold(f"{label}: "), "; ".join(named) + "."))
    return blocks


def _seated(meeting: Meeting, one: Held, posts: Mapping[int | None, str]) -> str:
    post = posts.get(one.member.pk, "")
    words = comrade(str(one.member)) + (f", {post}" if post else "")
    times = [f"từ {time_of(meeting, one.since)}"] if one.since else []
    times += [f"đến {time_of(meeting, one.until)}"] if one.until else []
    return f"{words} ({' '.join(times)})" if times else words


def _welcome(words: str, rows: Sequence[Attendance]) -> list[Block]:
    """They need not come: who did is named, and what somebody gave as a reason for not coming is kept."""
    if not rows:
        return []
    came = [row.name for row in rows if row.mark == Mark.PRESENT]
    told = [f"{comrade(row.name)} (lý do: {row.reason})" for row in rows if row.reason]
    text = f"{words}: {count(len(rows))}"
    text += f"; có dự họp: {people(came)}" if came else ""
    text += f"; xin vắng: {', '.join(told)}" if told else ""
    return [para(f"{text}.")]


def _absences(counted: Sequence[Attendance]) -> list[Block]:
    absent = [row for row in counted if row.mark in (Mark.EXCUSED, Mark.UNEXCUSED)]
    unmarked = [row.name for row in counted if row.mark == Mark.NONE]
    waiting: list[Block] = (
        [para(bold("Chưa điểm danh: "), f"{count(len(unmarked))} ({people(unmarked)}).")] if unmarked else []
    )
    if not absent:
        return waiting or [para(bold("Vắng: "), "không.")]
    blocks: list[Block] = [para(bold("Vắng: "), f"{count(len(absent))}.")]
    excused = [f"{comrade(r.name)} (lý do: {r.reason or 'chưa ghi'})" for r in absent if r.mark == Mark.EXCUSED]
    unexcused = [comrade(row.name) for row in absent if row.mark == Mark.UNEXCUSED]
    blocks.append(para("- Có lý do: ", f"{count(len(excused))}" + (f": {'; '.join(excused)}." if excused else ".")))
    blocks.append(
        para(
            "- Không có lý do: ",
            f"{count(len(unexcused))}" + (f": {'; '.join(unexcused)}." if unexcused else "."),
        )
    )
    return [*blocks, *waiting]


def _changed(rows: Sequence[Attendance]) -> list[Block]:
    """Who came onto the roll, changed standing or was struck after the opening, with the reason."""
    told = [f"{comrade(row.name)} {row.note}" for row in rows if row.note]
    return [para(bold("Điều chỉnh danh sách sau khai mạc: "), "; ".join(told) + ".")] if told else []


def _late_and_early(meeting: Meeting, rows: Sequence[Attendance]) -> list[Block]:
    moves = [f"{comrade(r.name)} đến lúc {time_of(meeting, r.arrived_at)}" for r in rows if r.arrived_at]
    moves += [
        f"{comrade(r.name)} về lúc {time_of(meeting, r.left_at)}"
        for r in rows
        if r.left_at and not r.stayed_to(meeting.closed_at)
    ]
    return [para(bold("Đến muộn, về sớm: "), "; ".join(moves) + ".")] if moves else []
