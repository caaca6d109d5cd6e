"""The minutes and their addenda: nothing that was recorded is left out silently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils import timezone

from documents.model import (
    Block,
    Document,
    Heading,
    Paragraph,
    Run,
    Signature,
    Signatures,
    Title,
    bold,
    italic,
    para,
)
from guideline import rulebook as rules
from meetings.facts import Evening, step_of
from meetings.models import NONE_YET, Addendum, AgendaItem, Kind, Meeting, Outcome, OutcomeKind, Recusal, Remark, Seat
from meetings.papers.attendance import attendance, committee_attendance, committee_word, post_of
from meetings.papers.parts import abstract_of, head, labelled, lines, minutes_named, plain, signed_name, title_of
from meetings.papers.score import score_section
from meetings.papers.standing import HEADED
from meetings.papers.tasks import assigned, given, promises
from meetings.papers.votes import base_note, vote_paragraph
from meetings.scored import settled_of
from meetings.wording import FULL_MEMBERS, comrade, paper_day, paper_time, sentence
from members.house import house, in_house_style, own

REMARK_PARTS = (
    ("awareness", "Nhận thức"),
    ("relation", "Liên hệ bản thân và tác dụng"),
    ("proposal", "Góp ý vào dự thảo"),
)


PARTS = {"a": "PHẦN A. SINH HOẠT THƯỜNG KỲ", "b": "PHẦN B. SINH HOẠT CHUYÊN ĐỀ"}
# Steps of which "Đồng chí … thực hiện." says nothing: they are what is concluded, assessed or read out.
_SAYS_ITSELF = frozenset({"conclusion", "assess_topic", "quality", "read_minutes"})
NOTHING_WRITTEN = "Đã tiến hành; không ghi nội dung."
KEPT_APART = "Nội dung phần này ghi ở biên bản đầy đủ, lưu hồ sơ kiểm điểm."
Apart = Mapping[str, Sequence[Block]]


@in_house_style
def build_minutes(meeting: Meeting, evening: Evening | None = None, apart: Apart | None = None) -> Document:
    """The minutes as they stand now; sealed minutes are never built again but read from the store.

    `apart`: by the code of a step, what was said about people under it, for those who may read that.
    """
    evening = evening or Evening.of(meeting)
    day = meeting.day
    minutes = getattr(meeting, "minutes", None)
    blocks: list[Block] = [
        head(
            meeting.cell,
            "BB",
            minutes.number if minutes else None,
            meeting.held_at,
            numbered=meeting.cell.number_minutes and apart is None,  # one number stands on one paper
            dated=house().dated,
            of_committee=meeting.of_committee,
        ),
        Title("BIÊN BẢN", (*abstract_of(meeting), *_which_of_two(meeting, apart))),
        *_time_and_place(meeting),
        Heading("I. THÀNH PHẦN", 1, "attendance"),
        *(committee_attendance(evening) if meeting.of_committee else attendance(evening)),
        *(base_note(meeting, aside=bool(evening.recusals)) if evening.votes else ()),
        Heading("II. NỘI DUNG", 1, "content"),
    ]
    parts = parts_of(meeting, evening.items)
    for number, item in enumerate(evening.items, start=1):
        step = step_of(meeting, item)
        away = step is not None and step.apart
        blocks += parts.get(item.pk, ())
        blocks += _kept_apart(item, number, apart) if away else _item(evening, item, number)
    blocks += _without_a_line(evening)
    blocks += _apart_without_a_line(evening, apart or {})
    blocks += _closing(evening)
    which = "day-du-" if apart is not None else "chi-uy-" if meeting.of_committee else ""
    return Document(
        name=f"bien-ban-{which}{day:%Y-%m-%d}",
        title=f"Biên bản {meeting.title_inside} ngày {day:%d/%m/%Y}",
        day=day,
        blocks=tuple(blocks),
    )


def _which_of_two(meeting: Meeting, apart: Apart | None) -> tuple[str, ...]:
    """Of a conference there are two papers: the short one bears the number, the whole one names it."""
    if meeting.kind != Kind.CONFERENCE:
        return ()
    if apart is None:
        return ("(bản không ghi phần kiểm điểm, xếp loại)",)
    named = minutes_named(meeting)
    of = f" của {named[0].lower()}{named[1:]}" if "số" in named else ""
    return (f"(bản đầy đủ{of})",)


def _time_and_place(meeting: Meeting) -> list[Block]:
    begun = meeting.held_at
    return [
        para(bold("Thời gian: "), f"bắt đầu lúc {paper_time(begun)}, {paper_day(timezone.localdate(begun))}."),
        para(bold("Địa điểm: "), sentence(meeting.place)),
    ]


def _without_a_line(evening: Evening) -> list[Block]:
    """What was recorded for a step that this cell's agenda does not have still stands on the paper."""
    meeting, steps = evening.meeting, {item.step for item in evening.items}
    blocks: list[Block] = []
    if meeting.purpose.strip() and "purpose" not in steps:
        blocks += labelled("Mục đích, yêu cầu", meeting.purpose)
    if evening.reports and "past_tasks" not in steps:
        blocks += [para(bold("Kết quả thực hiện nhiệm vụ kỳ trước:")), promises(evening)]
    if "quality" not in steps and (assessed := _quality(meeting)):
        blocks += [para(bold("Đánh giá chất lượng buổi sinh hoạt:")), *assessed]
    for issued in evening.resolutions:
        day = paper_day(issued.issued_on)
        about = "" if issued.subject.casefold().startswith("về ") else "về "
        blocks.append(para(bold("Ban hành: "), f"{issued.title} {day} {about}“{issued.subject}”."))
    return blocks


def _apart_without_a_line(evening: Evening, apart: Apart) -> list[Block]:
    """What was said about people under a line that this agenda does not have."""
    steps = {item.step for item in evening.items}
    return [block for step, words in apart.items() if step not in steps for block in words]


def _quality(meeting: Meeting) -> list[Block]:
    """The words, then the score sheet if the committee has settled one before the minutes were sealed."""
    found = settled_of(meeting)
    return [*plain(meeting.quality), *(score_section(found) if found else ())]


def _heading(item: AgendaItem, number: int) -> Block:
    return Heading(f"{number}. {title_of(item.meeting, item)}", 2, f"item-{item.pk}")


def _kept_apart(item: AgendaItem, number: int, apart: Apart | None) -> list[Block]:
    words = (para(italic(KEPT_APART)),) if apart is None else apart.get(item.step, ())
    return [_heading(item, number), *(_under(number, words) or (para(italic(NOTHING_WRITTEN)),))]


def _under(number: int, words: Sequence[Block]) -> list[Block]:
    """ "1. Đồng chí …" stands below "4. …" as "4.1. Đồng chí …"."""
    return [
        replace(block, text=f"{number}.{block.text}") if isinstance(block, Heading) and block.level == 3 else block
        for block in words
    ]


def parts_of(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[int, tuple[Block, ...]]:
    """What stands above an item where a combined meeting goes from one of its parts to the other.

    Steps that both kinds of meeting have stay in the part that they are held in.
    """
    if meeting.kind != Kind.COMBINED:
        return {}
    steps = rules.get(meeting.rulebook).steps
    regular, thematic = ({step.code for step in steps[kind]} for kind in (rules.Kind.REGULAR, rules.Kind.THEMATIC))
    found: dict[int, tuple[Block, ...]] = {}
    seen: list[str] = []
    for item in items:
        only = "b" if item.step in thematic - regular else "a" if item.step in regular - thematic else ""
        part = only or (seen[-1] if seen else "a")
        if not seen or part != seen[-1]:
            again = " (tiếp theo)" if part in seen else ""
            found[item.pk] = (Heading(f"{PARTS[part]}{again}", 2, "" if again else f"part-{part}"),)
        seen.append(part)
    return found


def _item(evening: Evening, item: AgendaItem, number: int) -> list[Block]:
    meeting = evening.meeting
    blocks: list[Block] = [_heading(item, number)]
    blocks += [_aside(aside) for aside in evening.recusals if aside.item_id == item.pk]
    step = step_of(meeting, item)
    if item.step == "purpose" and meeting.purpose.strip():
        if item.presenter and item.started_at:
            blocks.append(para(f"Đồng chí {item.presenter} nêu mục đích, yêu cầu:"))
        blocks += plain(meeting.purpose)
    blocks += _presented(item)
    if item.step == "read_minutes" and meeting.read_back_at:
        blocks.append(_read_back(meeting))
    if item.step == "past_tasks":
        blocks.append(promises(evening))
    if item.step == "quality":
        blocks += _quality(meeting)
    remarks = evening.remarks_on(item)
    for remark in remarks:
        post = f" ({post_of(remark.speaker)})" if remark.speaker.position else ""
        blocks += _remark(remark, "- ", bold(f"Đồng chí {remark.speaker.name}{post}: "))
    if step is not None and step.three_part and remarks:
        blocks.append(_speakers(evening, item))
    blocks += _came_to(evening, item)
    if item.resumed_at is not None and evening.went_on(item):
        blocks.append(para(italic(f"Nội dung này được bàn tiếp từ {paper_time(item.resumed_at)}.")))
    return [*blocks, *_nothing(evening, item, bare=len(blocks) == 1)]


def _nothing(evening: Evening, item: AgendaItem, *, bare: bool) -> list[Block]:
    """What is said where nothing was written: why, if somebody said so at the closing."""
    meeting = evening.meeting
    if bare and item.step == "opening" and meeting.opened_at:
        return [para("Khai mạc, điểm danh, cử thư ký như ghi ở mục I.")]
    if item.step == "read_minutes" and meeting.closed_at:
        return [] if meeting.read_back_at else [para(italic("Chưa ghi việc đọc và thông qua biên bản."))]
    if item.empty_because and item in evening.empty_items():
        if item.empty_because == NONE_YET:
            return [para(italic("Chưa có nội dung."))]
        return [para(italic(f"Không có nội dung ghi. Lý do: {sentence(item.empty_because)}"))]
    if bare and item.presenter and item.started_at and item.step not in _SAYS_ITSELF:
        return [para(f"Đồng chí {item.presenter} thực hiện.")]
    if not bare or meeting.closed_at is None:
        return []
    return [para(italic(NOTHING_WRITTEN if item.started_at else "Nội dung này chưa tiến hành."))]


def _read_back(meeting: Meeting) -> Block:
    body = own("chi uỷ") if meeting.of_committee else "chi bộ"
    who = f"Đồng chí {meeting.minute_taker}" if meeting.minute_taker else "Thư ký"
    return para(f"{who} đọc biên bản; {body} nghe và thông qua.")


def _presented(item: AgendaItem) -> list[Block]:
    if item.notes.strip():
        first, *rest = lines(item.notes)
        whose = f"Đồng chí {item.presenter}" if item.presenter else ""
        by = f"{whose}: " if whose and not first.casefold().startswith(whose.casefold()) else ""  # said once
        return [para(by, first), *(para(line) for line in rest)]
    return []


def _remark(remark: Remark, *who: str | Run) -> list[Paragraph]:
    first, *rest = lines(remark.text) or [""]
    blocks = [para(*who, first if first or not remark.is_empty else italic("(không ghi nội dung)"))]
    blocks += [para(line) for line in rest]
    for name, label in REMARK_PARTS:
        for index, line in enumerate(lines(getattr(remark, name))):
            blocks.append(para(italic(f"{label}: "), line) if index == 0 else para(line))
    return blocks


def _speakers(evening: Evening, item: AgendaItem) -> Block:
    """The count that a report on the meeting gives, computed: "Có 7/9 đảng viên phát biểu"."""
    spoke = {r.speaker.member_id for r in evening.remarks_on(item) if r.speaker.counts and not r.is_empty}
    members = sum(row.counts for row in evening.attendances)
    return para(bold(f"Có {len(spoke)}/{members} đảng viên phát biểu thảo luận."))


def _votes(evening: Evening, item: AgendaItem) -> list[Block]:
    blocks: list[Block] = []
    voters = committee_word(evening.attendances) if evening.meeting.of_committee else FULL_MEMBERS
    for vote, room in evening.rooms():
        if vote.item_id == item.pk:
            blocks.append(vote_paragraph(vote, room, voters=voters, team=evening.team_of(vote)))
            for decision in evening.decisions_by(vote):
                blocks += _outcome(decision)
            for remark in evening.reserved_on(vote):
                blocks += _remark(remark, italic("Ý kiến bảo lưu của "), f"{comrade(remark.speaker.name)}: ")
    return blocks


def _came_to(evening: Evening, item: AgendaItem) -> list[Block]:
    """Conclusion and informations, then the tasks, then the votes that adopt all this, with what they decided."""
    blocks: list[Block] = [*labelled("Kết luận của chủ trì", item.conclusion)] if item.conclusion.strip() else []
    for outcome in evening.outcomes_of(item):
        blocks += _outcome(outcome)
    if tasks := given(evening, item):
        blocks += [para(bold("Phân công nhiệm vụ:")), *tasks]
    return [*blocks, *_votes(evening, item)]


def _outcome(outcome: Outcome) -> list[Paragraph]:
    label = str(OutcomeKind(outcome.kind).label)
    if outcome.text.strip():
        return labelled(label, outcome.text)
    return [para(bold(f"{label}: "), italic("(không ghi nội dung)"))]


def _aside(aside: Recusal) -> Paragraph:
    why = f" (lý do: {aside.reason})" if aside.reason else ""
    return para(f"Đồng chí {aside.person.name} không tham gia thảo luận và biểu quyết nội dung này{why}.")


def _closing(evening: Evening) -> list[Block]:
    """While the meeting goes on, nothing stands under a heading yet, and so no heading either."""
    meeting = evening.meeting
    tasks = assigned(evening)
    blocks: list[Block] = [Heading("III. PHÂN CÔNG NHIỆM VỤ", 1, "tasks"), *tasks] if tasks else []
    body = own("chi uỷ") if meeting.of_committee else "chi bộ"
    event = {Kind.COMMITTEE: "Cuộc họp", Kind.CONFERENCE: "Hội nghị"}.get(Kind(meeting.kind), "Buổi sinh hoạt")
    read = f"Biên bản đã được đọc lại, {body} nghe và thông qua. " if meeting.read_back_at else ""
    at = f"{paper_time(meeting.closed_at)}{_same_day(meeting)}" if meeting.closed_at else ""
    ended = f"{event} kết thúc lúc {at}{_length(meeting)}." if at else ""
    if read or ended:
        number = "IV" if tasks else "III"
        blocks += [Heading(f"{number}. KẾT THÚC", 1, "closing"), para(f"{read}{ended}".strip())]
    blocks.append(_signatures(meeting))
    return blocks


def _length(meeting: Meeting) -> str:
    """Of both parts together: what a combined meeting is asked for."""
    if meeting.kind != Kind.COMBINED or meeting.opened_at is None or meeting.closed_at is None:
        return ""
    return f"; tổng thời gian hai phần: {int((meeting.closed_at - meeting.opened_at).total_seconds() // 60)} phút"


def _signatures(meeting: Meeting) -> Signatures:
    taker = Signature((HEADED[Seat.MINUTE_TAKER],), signed_name(meeting.minute_taker))
    chair = Signature((HEADED[Seat.CHAIR],), signed_name(meeting.chair))
    return Signatures(chair, taker) if house().chair_left else Signatures(taker, chair)


def _same_day(meeting: Meeting) -> str:
    opened, closed = meeting.opened_at, meeting.closed_at
    if opened is None or closed is None or timezone.localdate(opened) == timezone.localdate(closed):
        return " cùng ngày"
    return f", {paper_day(timezone.localdate(closed))}"


@in_house_style
def build_addendum(addendum: Addendum) -> Document:
    """A correction as a paper of its own that names the minutes it belongs to."""
    meeting = addendum.meeting
    day = timezone.localdate(addendum.written_at)
    held = meeting.day
    typed = f"{paper_time(addendum.written_at)}, {paper_day(day)}"
    return Document(
        name=f"bo-sung-{addendum.number:02d}-bien-ban-{held:%Y-%m-%d}",
        title=f"Bổ sung {addendum.number:02d} biên bản ngày {held:%d/%m/%Y}",
        day=day,
        blocks=(
            head(
                meeting.cell,
                "BB",
                None,
                addendum.written_at,
                numbered=False,
                dated=True,
                of_committee=meeting.of_committee,
            ),
            Title("BỔ SUNG, ĐÍNH CHÍNH BIÊN BẢN", (f"Lần {addendum.number:02d}", *abstract_of(meeting))),
            para(
                f"{minutes_named(meeting)} {paper_day(held)} đã ký và được giữ nguyên. "
                "Nội dung bổ sung, đính chính như sau:"
            ),
            *plain(addendum.text),
            *labelled("Lý do", addendum.reason),
            para(f"Người nhập: {comrade(addendum.written_by.get_full_name())}, {typed}."),
            _signatures(meeting),
        ),
    )
