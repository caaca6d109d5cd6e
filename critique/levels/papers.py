"""The minutes of counting, the published list of levels, and the blocks that the conference's minutes take of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.hearing.seats import by_rank
from critique.levels import standing as levels
from critique.levels.fixed import vote_rule
from critique.levels.models import Ballot, LevelEntry
from critique.levels.models.entry import EntryKind
from critique.levels.voting import CHOICES, FIGURES, SHORT_WORDS, VoteRule, proposed
from critique.official_forms.model import QD366, Level
from documents.model import (
    Block,
    Column,
    Document,
    Head,
    Recipients,
    Signature,
    Signatures,
    Table,
    Title,
    bold,
    italic,
    para,
)
from meetings.papers.parts import signer
from meetings.papers.standing import draft
from meetings.wording import based_on, comrade, paper_day, paper_time, people, sentence, short_day, with_kind
from members.house import in_house_style, own

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from critique.cycle.models import Cycle
    from critique.levels.models import BallotLine
    from members.models import Organisation

_DOTS = "…………"
_AT = "…… giờ …… phút"
COUNTING = (
    Column("TT", 11, "center"),
    Column("Họ và tên", 40),
    *(
        Column(SHORT_WORDS[choice], width, "center")
        for choice, width in zip(CHOICES, (15, 14, 17, 18, 16), strict=True)
    ),
    Column("Mức đề xuất", 34),
)
_RULE = "Quy định số 366-QĐ/TW, ngày 30/8/2025 của Bộ Chính trị, Điều 15"
NO_LEVEL = "Không đủ tỉ lệ"
NOT_VOTED = "Không bỏ phiếu"
COPIES = "Biên bản lập thành 03 bản: gửi cấp uỷ cấp trên, lưu chi bộ, lưu hồ sơ xếp loại."


@in_house_style
def build_ballot(ballot: Ballot) -> Document:
    """Biên bản kiểm phiếu of one round as it stands; by show of hands it says so."""
    cycle, rule = ballot.cycle, ballot.rule
    day = cycle.meets_on
    team = [member for member in ballot.tellers.all() if member.pk != ballot.head_id]
    blocks: list[Block] = [
        head_of(cycle, day),
        _title(cycle, rule, ballot.round),
        *_when_and_where(cycle, day),
        para(
            bold("Tổ kiểm phiếu: "),
            f"{comrade(str(ballot.head))}, tổ trưởng{_team(people(str(m) for m in team))}.",
        ),
        *_figures(ballot),
        *_rule(rule),
        Table(COUNTING, tuple(_rows(ballot))),
        *_ended(rule, _within(cycle, ballot.counted_at)),
        _signed(ballot.head.full_name, ballot.chair.full_name),
    ]
    name = f"bien-ban-kiem-phieu-{cycle.year}-lan-{ballot.round}"
    return Document(name, f"Biên bản kiểm phiếu năm {cycle.year}, lần {ballot.round}", day, tuple(blocks))


@in_house_style
def blank_ballot(cycle: Cycle) -> Document:
    """To write on by hand at the conference; the names stand in it, and no figure."""
    rule = vote_rule(cycle.cell, cycle.meets_on)
    empty = tuple(
        (str(number), str(row), *[""] * (len(CHOICES) + 1))
        for number, row in enumerate((row for row in levels.subjects(cycle) if row.writes), start=1)
    )
    asked = (("triệu tập", "có mặt", "vắng mặt"), ("phát ra", "thu về", "hợp lệ", "không hợp lệ"))
    blocks: list[Block] = [
        head_of(cycle, None),
        _title(cycle, rule, None),
        *_when_and_where(cycle, None),
        para(bold("Tổ kiểm phiếu: "), f"tổ trưởng {_DOTS * 4}"),
        para(f"Thành viên: {_DOTS * 6}"),
        para(bold("Đảng viên chính thức: "), _asked(asked[0])),
        *([para(bold("Số phiếu: "), _asked(asked[1]))] if rule.is_secret else []),
        *_rule(rule),
        Table(COUNTING, empty),
        *_ended(rule, None),
        _signed("", ""),
    ]
    name = f"bien-ban-kiem-phieu-{cycle.year}-trong"
    return Document(name, f"Biên bản kiểm phiếu năm {cycle.year}", cycle.meets_on, tuple(blocks))


def _asked(words: Iterable[str]) -> str:
    """Each with its dots on one line."""
    return "; ".join(f"{word} ……".replace(" ", "\u00a0") for word in words) + "."


def _within(cycle: Cycle, typed: datetime | None) -> datetime | None:
    """When the figures were typed, if that was at the conference: afterwards it says nothing of the counting."""
    meeting = cycle.meeting
    if typed is None or meeting is None or meeting.opened_at is None or typed < meeting.opened_at:
        return None
    late = meeting.closed_at is not None and typed > meeting.closed_at
    return None if late or timezone.localdate(typed) != cycle.meets_on else typed


def _when_and_where(cycle: Cycle, day: date | None) -> list[Block]:
    when = paper_day(day) if day else f"{_AT}, ngày …… tháng …… năm {cycle.year}"
    return [para(bold("Thời gian: "), f"{when}."), para(bold("Địa điểm: "), sentence(cycle.place or _DOTS * 4))]


def _ended(rule: VoteRule, at: datetime | None) -> list[Block]:
    done = "Việc kiểm phiếu" if rule.is_secret else "Việc kiểm kết quả biểu quyết"
    when = f"{paper_time(at)} cùng ngày" if at else f"{_AT} cùng ngày"
    return [para(f"{done} kết thúc lúc {when}. {own(COPIES)}")]


def head_of(cycle: Cycle, day: date | None, number: str = "") -> Head:
    cell = cycle.cell
    written = paper_day(day) if day else f"ngày …… tháng …… năm {cycle.year}"
    place = f"{cell.place_name}, {written}" if cell.place_name else written.capitalize()
    return Head(cell.superior_line, cell.paper_name, number, place)


def _title(cycle: Cycle, rule: VoteRule, number: int | None) -> Title:
    kind = "BIÊN BẢN KIỂM PHIẾU" if rule.is_secret else "BIÊN BẢN BIỂU QUYẾT"
    times = f"Lần {number}" if number else "Lần ……"
    return Title(kind, (f"Đề xuất mức xếp loại năm {cycle.year}", times))


def _team(names: str) -> str:
    return f"; thành viên: {names}" if names else ""


def _figure(value: int | None) -> str:
    """ " 03", ": không"; room to write it by hand where there is none yet."""
    if value is None:
        return f" {_DOTS}"
    return f" {value:02d}" if value else ": không"


def _figures(ballot: Ballot) -> list[Block]:
    known = {name: getattr(ballot, name) for name in FIGURES}
    shown = {name: _figure(value) for name, value in known.items()}
    absent = _figure(None if ballot.counted_at is None else ballot.absent)
    came = f"triệu tập{shown['summoned']}; có mặt{shown['present']}; vắng mặt{absent}."
    blocks: list[Block] = [para(bold("Đảng viên chính thức: "), came)]
    if ballot.rule.is_secret:
        papers = (
            f"phát ra{shown['issued']}; thu về{shown['returned']}; "
            f"hợp lệ{shown['valid']}; không hợp lệ{shown['invalid']}."
        )
        blocks.append(para(bold("Số phiếu: "), papers))
    return blocks


def _rule(rule: VoteRule) -> list[Block]:
    return [para(bold("Cách tính: "), f"{rule.sentence()}"), para(italic(f"Căn cứ: {based_on(rule.source)}."))]


def _rows(ballot: Ballot) -> list[tuple[str, ...]]:
    found = []
    for number, line in enumerate(lines_of(ballot), start=1):
        counts = [getattr(line, choice) for choice in CHOICES]
        shown = ["–" if value is None else str(value) for value in counts]
        found.append((str(number), str(line.participant), *shown, result_of(ballot, line)))
    return found


def lines_of(ballot: Ballot) -> list[BallotLine]:
    """In the order of the review."""
    lines = {
        line.participant_id: line for line in ballot.lines.select_related("participant__member", "participant__cycle")
    }
    return [lines[row.pk] for row in by_rank(ballot.cycle, (line.participant for line in lines.values()))]


def result_of(ballot: Ballot, line: BallotLine) -> str:
    """In words, once there are figures."""
    if ballot.counted_at is None:
        return ""
    if line.excellent is None:
        return NOT_VOTED
    level = level_of(ballot, line)
    return level.label.removesuffix(" nhiệm vụ") if level else NO_LEVEL


def level_of(ballot: Ballot, line: BallotLine) -> Level | None:
    counts = {choice: getattr(line, choice) or 0 for choice in CHOICES}
    return proposed(ballot.rule, counts, summoned=ballot.summoned or 0, present=ballot.present or 0)


def _signed(head: str, chair: str) -> Signatures:
    return Signatures(Signature(("T/M TỔ KIỂM PHIẾU", "TỔ TRƯỞNG"), head), Signature(("CHỦ TRÌ HỘI NGHỊ",), chair))


# --- For the conference's minutes --------------------------------------------------------------


def ballot_blocks(cycle: Cycle) -> list[Block]:
    """The figures of every confirmed round with the rule that they were counted by; empty while there is none."""
    blocks: list[Block] = []
    for ballot in Ballot.objects.with_people().filter(cycle=cycle, confirmed_at__isnull=False):
        ballot.cycle = cycle
        times = f"Kiểm phiếu lần {ballot.round}" if ballot.rule.is_secret else f"Biểu quyết lần {ballot.round}"
        blocks += [
            para(bold(f"{times}.")),
            *_figures(ballot),
            *_rule(ballot.rule),
            Table(COUNTING, tuple(_rows(ballot))),
        ]
    return blocks


def level_blocks(cycle: Cycle) -> list[Block]:
    """What each chose for themselves, what the cell proposes and on what that rests; no score, nothing from above."""
    found, grounds = levels.standings(cycle), _grounds(cycle)
    if not any(one.chosen or one.proposed for one in found):
        return []
    columns = (
        Column("TT", 10, "center"),
        Column("Họ và tên", 40),
        Column("Tự xếp loại", 36),
        Column("Chi bộ đề xuất", 36),
        Column("Căn cứ", 43),
    )
    rows = tuple(
        (
            str(number),
            str(one.row),
            one.chosen.label if one.chosen else "Chưa ghi",
            one.proposed.label if one.proposed else "Chưa có mức",
            grounds.get(one.row.pk, "") if one.proposed else "",
        )
        for number, one in enumerate(found, start=1)
    )
    return [para(bold("Mức tự xếp loại và mức chi bộ đề xuất:")), Table(columns, rows)]


def _grounds(cycle: Cycle) -> dict[int, str]:
    """By participant: the round whose count gave the proposal, or why there is one where no count did. One query."""
    rows = LevelEntry.objects.filter(participant__cycle=cycle, kind=EntryKind.PROPOSED).select_related("ballot")
    return {
        step.participant_id: (
            f"{'Kiểm phiếu' if step.ballot.rule.is_secret else 'Biểu quyết'} lần {step.ballot.round}."
            if step.ballot
            else sentence(step.words)
        )
        for step in rows.order_by("number")
    }


@in_house_style
def build_published(cycle: Cycle, day: date) -> Document:
    """Name and level; no score, no figure of any ballot. Signed on paper, so that what comes from here is a draft."""
    columns = (Column("TT", 12, "center"), Column("Họ và tên", 73), Column("Mức xếp loại", 80))
    rows = tuple(
        (str(number), str(row), level.label) for number, (row, level) in enumerate(levels.published(cycle), start=1)
    )
    cell = cycle.cell
    grounds = [_RULE] if day >= QD366[1] else []
    grounds += [
        f"{_decision(document)}, ngày {short_day(on)}{_of(cell, document)}" for document, on in levels.decisions(cycle)
    ]
    blocks: tuple[Block, ...] = (
        head_of(cycle, day, f"Số …-TB/{cell.symbol}"),
        Title("THÔNG BÁO", (f"Kết quả xếp loại năm {cycle.year}",)),
        *(para(f"Căn cứ {ground};") for ground in grounds),
        para(f"{cell} thông báo kết quả đánh giá, xếp loại chất lượng năm {cycle.year} như sau:"),
        Table(columns, rows),
        Signatures(None, signer(cell, day), Recipients(("Đảng viên chi bộ", "Cấp uỷ cấp trên (để báo cáo)"))),
    )
    return draft(Document(f"ket-qua-xep-loai-{cycle.year}", f"Kết quả xếp loại năm {cycle.year}", day, blocks))


def _decision(document: str) -> str:
    """A level is given by a decision, so that "QĐ" is one here."""
    return f"Quyết định số {document}" if re.match(r"\d+-QĐ/", document) else with_kind(document)


def _of(cell: Organisation, document: str) -> str:
    """ " của Đảng uỷ phường": only where the symbol is the one of the committee right above."""
    symbol = document.rpartition("/")[2].strip()
    initials = "".join(word[0] for word in str(cell.parent or "").split()).upper()
    return f" của {cell.parent}" if symbol and initials.startswith(symbol) else ""


def day_published(cycle: Cycle) -> date | None:
    rows = LevelEntry.objects.filter(participant__cycle=cycle, kind=EntryKind.PUBLISHED)
    last: LevelEntry | None = rows.order_by("-recorded_at").first()
    return timezone.localdate(last.recorded_at) if last else None
