"""The vocabulary of the tables: a phrase that an official would say, and what it changes in a meeting's figures."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from guideline.checks import Stage
from guideline.facts import VIETNAM, MeetingFacts
from guideline.rulebook import Kind, Rulebook

MOMENTS = {
    "trước khi gọi": Stage.BEFORE_CALLING,
    "trước khi mở": Stage.BEFORE_OPENING,
    "trước khi kết thúc": Stage.BEFORE_CLOSING,
    "sau buổi": Stage.AFTER_CLOSING,
}
KINDS = {
    "thường kỳ": Kind.REGULAR,
    "chuyên đề": Kind.THEMATIC,
    "kết hợp": Kind.COMBINED,
    "chi uỷ": Kind.COMMITTEE,
}
FINDINGS = {
    "thời gian, địa điểm": "place_and_time",
    "chủ trì": "chair",
    "thư ký": "minute_taker",
    "tên chuyên đề": "topic",
    "người chuẩn bị": "paper_author",
    "kết hợp khi cần": "combine_only_if_needed",
    "xong phần này mới sang phần kia": "one_part_after_the_other",
    "đủ các bước": "all_steps",
    "thời lượng chương trình": "agenda_minutes",
    "họp chi uỷ": "committee_meets",
    "thông qua dự thảo": "paper_agreed",
    "gửi tài liệu": "papers_days_before",
    "gửi dự thảo": "paper_sent",
    "ngày sinh hoạt": "meeting_day",
    "bản tin": "bulletin",
    "thông báo": "notice",
    "báo cấp trên": "notice_to_superior",
    "thời lượng": "duration",
    "điểm danh": "roll_call",
    "số có mặt để họp": "quorum",
    "tỉ lệ dự": "attendance",
    "vắng không lý do": "no_unexcused",
    "vắng liên tiếp": "excused_in_a_row",
    "đảng phí": "dues",
    "nội dung chưa xong": "items_held",
    "việc kỳ trước": "past_tasks",
    "phát biểu": "speakers",
    "ba phần của ý kiến": "three_parts",
    "kết luận từng nội dung": "item_conclusion",
    "kết luận": "conclusion",
    "giao nhiệm vụ": "tasks",
    "người chịu trách nhiệm": "task_owners",
    "thời hạn": "task_dates",
    "đánh giá chất lượng": "quality",
    "biểu quyết mức tự đánh giá": "quality_voted",
    "đọc biên bản": "read_back",
    "ký biên bản": "sealed",
    "trả lời góp ý": "opinions_answered",
    "hoàn thiện chuyên đề": "paper_completed",
    "đăng tài liệu": "posted_days_after",
    "báo cáo lên": "reported_up",
}

# Nine members, seven in the evening, all seen to: what a table changes, it changes in this meeting.
DAYS = {"hd12": datetime(2024, 5, 16, 19, 0, tzinfo=VIETNAM), "hd42": datetime(2026, 12, 3, 19, 0, tzinfo=VIETNAM)}


def good(rulebook: Rulebook, kind: Kind) -> MeetingFacts:
    start = DAYS[rulebook.key]
    steps = rulebook.steps[kind]
    return MeetingFacts(
        kind=kind,
        topic="Học tập và làm theo Bác",
        place="Nhà văn hoá",
        planned_start=start,
        now=start + timedelta(hours=3),
        chair_named=True,
        minute_taker_named=True,
        presenter_named=True,
        bulletin_presenter_named=True,
        agenda=tuple(step.code for step in steps),
        agenda_minutes=130,
        committee_met_at=start - timedelta(days=3),
        committee_minutes_sealed_at=start - timedelta(days=2),
        paper_agreed_at=start - timedelta(days=3),
        paper_ready_at=start - timedelta(days=2),
        papers_posted_at=start - timedelta(days=2),
        notice_sent_at=start - timedelta(days=2),
        superior_notified=True,
        opened_at=start,
        closed_at=start + timedelta(minutes=130),
        read_back_at=start + timedelta(minutes=128),
        sealed_at=start + timedelta(minutes=150),
        paper_completed_at=start + timedelta(days=1),
        posted_at=start + timedelta(days=1),
        reported_up_at=start + timedelta(days=1),
        counted=9,
        present=9,
        items_total=len(steps),
        items_started=len(steps),
        items_ended=len(steps),
        speakers=7,
        remarks=8,
        opinions_total=4,
        dues_stated=True,
        open_tasks=4,
        open_tasks_reported=4,
        tasks_due=4,
        tasks_done=4,
        tasks=5,
        votes=1,
        conclusion_recorded=True,
        quality_recorded=True,
        commendation_recorded=True,
        ideology_minutes=20,
    )


Change = Callable[[MeetingFacts, list[int]], dict[str, Any]]


def _set(**change: Any) -> Change:
    return lambda facts, numbers: change


def _count(name: str) -> Change:
    return lambda facts, numbers: {name: numbers[0]}


def _start(facts: MeetingFacts) -> datetime:
    assert facts.planned_start is not None
    return facts.planned_start


def _days(name: str, sign: int) -> Change:
    """So many days before or after the day of the meeting, at that hour and minute."""

    def change(facts: MeetingFacts, numbers: list[int]) -> dict[str, Any]:
        days, hour, minute = numbers
        return {name: (_start(facts) + sign * timedelta(days=days)).replace(hour=hour, minute=minute)}

    return change


def _mixed(facts: MeetingFacts) -> tuple[str, ...]:
    first = facts.agenda.index("purpose")
    return ("purpose", *facts.agenda[:first], *facts.agenda[first + 1 :])


def _turned(facts: MeetingFacts) -> tuple[str, ...]:
    first, last = facts.agenda.index("purpose"), facts.agenda.index("assess_topic") + 1
    return (*facts.agenda[first:last], *facts.agenda[:first], *facts.agenda[last:])


PHRASES: dict[str, Change] = {
    r"đủ mọi việc": _set(),
    r"chưa có địa điểm": _set(place=""),
    r"chưa có giờ họp": _set(planned_start=None),
    r"chưa có chủ trì": _set(chair_named=False),
    r"chưa có thư ký": _set(minute_taker_named=False),
    r"chưa có tên chuyên đề": _set(topic=""),
    r"chưa có người chuẩn bị": _set(presenter_named=False),
    r"chưa có chương trình": _set(agenda=(), agenda_minutes=0),
    r"chương trình thiếu bước cuối": lambda facts, numbers: {"agenda": facts.agenda[:-1]},
    r"chương trình (\d+) phút": _count("agenda_minutes"),
    r"xen kẽ hai phần": lambda facts, numbers: {"agenda": _mixed(facts)},
    r"chuyên đề làm trước": lambda facts, numbers: {"agenda": _turned(facts)},
    r"chi uỷ chưa họp": _set(committee_met_at=None, committee_minutes_sealed_at=None),
    r"chi uỷ họp, biên bản chưa ký": _set(committee_minutes_sealed_at=None),
    r"chi bộ chỉ có bí thư": _set(has_committee=False, committee_met_at=None, committee_minutes_sealed_at=None),
    r"chi uỷ chưa thông qua dự thảo": _set(paper_agreed_at=None),
    r"chưa gửi tài liệu": _set(paper_ready_at=None),
    r"gửi tài liệu trước (\d+) ngày, lúc (\d+):(\d+)": _days("paper_ready_at", -1),
    r"chưa đăng trước buổi họp": _set(papers_posted_at=None),
    r"đăng trước (\d+) ngày, lúc (\d+):(\d+)": _days("papers_posted_at", -1),
    r"chưa có người chuẩn bị bản tin": _set(bulletin_presenter_named=False),
    r"họp ngày (\d+)": lambda facts, numbers: {"planned_start": _start(facts).replace(day=numbers[0])},
    r"chưa gửi thông báo": _set(notice_sent_at=None),
    r"chưa báo cấp trên": _set(superior_notified=False),
    r"chưa khai mạc": _set(opened_at=None),
    r"khai mạc muộn (\d+) phút": lambda facts, numbers: {"opened_at": _start(facts) + timedelta(minutes=numbers[0])},
    r"kéo dài (\d+) phút": lambda facts, numbers: {"closed_at": _start(facts) + timedelta(minutes=numbers[0])},
    r"đang họp, được (\d+) phút": lambda facts, numbers: {
        "closed_at": None,
        "now": _start(facts) + timedelta(minutes=numbers[0]),
    },
    r"(\d+) người chưa điểm danh": lambda facts, numbers: {
        "unmarked": numbers[0],
        "present": facts.present - numbers[0],
    },
    r"có mặt (\d+)/(\d+)": lambda facts, numbers: {
        "present": numbers[0],
        "speakers": numbers[0],
        "counted": numbers[1],
        "excused": numbers[1] - numbers[0],
    },
    r"không ai được tính": _set(counted=0, present=0, speakers=0),
    r"(\d+) người vắng không lý do": lambda facts, numbers: {
        "unexcused": numbers[0],
        "excused": max(0, facts.excused - numbers[0]),
    },
    r"(\d+) người vắng có lý do nhiều lần liên tiếp": _count("excused_in_a_row_over"),
    r"chưa nêu đảng phí": _set(dues_stated=False),
    r"(\d+) nội dung chưa xong": lambda facts, numbers: {"items_ended": facts.items_total - numbers[0]},
    r"(\d+) nội dung chưa bắt đầu": lambda facts, numbers: {
        "items_started": facts.items_total - numbers[0],
        "items_ended": facts.items_total - numbers[0],
    },
    r"(\d+) việc cũ chưa báo cáo": lambda facts, numbers: {"open_tasks_reported": facts.open_tasks - numbers[0]},
    r"xong (\d+)/(\d+) việc": lambda facts, numbers: {"tasks_done": numbers[0], "tasks_due": numbers[1]},
    r"không có việc đến hạn": _set(tasks_due=0, tasks_done=0),
    r"(\d+) người phát biểu": _count("speakers"),
    r"(\d+) ý kiến thiếu phần": _count("remarks_incomplete"),
    r"(\d+) nội dung chưa kết luận": _count("items_wanting_conclusion"),
    r"chưa ghi kết luận": _set(conclusion_recorded=False),
    r"không giao nhiệm vụ": _set(tasks=0),
    r"(\d+) nhiệm vụ chưa có người": _count("tasks_without_owner"),
    r"(\d+) nhiệm vụ chưa có hạn": _count("tasks_without_due"),
    r"chưa đánh giá chất lượng": _set(quality_recorded=False),
    r"chưa biểu quyết": _set(votes=0),
    r"chưa biểu dương": _set(commendation_recorded=False),
    r"tư tưởng (\d+) phút": _count("ideology_minutes"),
    r"chưa ghi thời gian tư tưởng": _set(ideology_minutes=None),
    r"chưa đọc biên bản": _set(read_back_at=None),
    r"chưa ký biên bản": _set(sealed_at=None),
    r"(\d+) góp ý chưa trả lời": _count("opinions_unanswered"),
    r"chưa hoàn thiện chuyên đề": _set(paper_completed_at=None),
    r"chưa đăng sau buổi họp": _set(posted_at=None),
    r"đăng sau (\d+) ngày, lúc (\d+):(\d+)": _days("posted_at", 1),
    r"chưa báo cáo lên": _set(reported_up_at=None),
}


def facts_of(said: str, rulebook: Rulebook, kind: Kind) -> MeetingFacts:
    """The good meeting with every phrase applied in turn; a phrase that is not in the vocabulary is an error."""
    facts = good(rulebook, kind)
    for phrase in said.split("; "):
        found = [(match, change) for words, change in PHRASES.items() if (match := re.fullmatch(words, phrase))]
        assert len(found) == 1, f"“{phrase}” is not in the vocabulary"
        ((match, change),) = found
        facts = replace(facts, **change(facts, [int(number) for number in match.groups()]))
    return facts


def rows(table: str) -> list[tuple[str, ...]]:
    """One tuple for each line of a table with columns between bars."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in table.strip().splitlines()]


def names_of(codes: Iterable[str]) -> str:
    """Findings as the tables write them; a bar where there are none."""
    words = {code: name for name, code in FINDINGS.items()}
    return "; ".join(words[code] for code in codes) or "–"
