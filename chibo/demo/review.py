"""The yearly review of the demonstration: last year's is closed and rated, this year's is being written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from chibo.demo.conference import convene, seal
from chibo.demo.hearing import hear_last_year, prepare_this_year
from chibo.demo.levels import level_last_year
from critique.course import actions as committee
from critique.cycle.models import BASIS, Cycle, Participant
from critique.writing import actions as writing
from critique.writing.models import SelfReview
from members.saving.actions import save_text

if TYPE_CHECKING:
    from datetime import datetime

    from chibo.demo.build import Stage

# Invented, as everything here: what somebody might write about a year in an office.
LAST_YEAR = {
    "strengths": {"P.unit": "Văn phòng", "A.I.1": "Giữ gìn đoàn kết, chấp hành sự phân công."},
    "shortcomings": {
        "A.II.0.shortcoming": "Ba lần nộp báo cáo tháng chậm một đến hai ngày, làm cả phòng phải chờ.",
        "A.II.0.cause": "Để dồn việc đến cuối tháng.",
        "A.II.0.measure": "Gửi bản nháp trước ngày 25 hằng tháng.",
        "A.II.0.due": "31/3",
        "A.II.0.helper": "Trần Thị Lan",
    },
    "rating": {"B.I.1": "26", "B.I.2": "60", "B.II": "good"},
}
THIS_YEAR = {
    "strengths": {
        "P.unit": "Văn phòng",
        "A.I.1": "Giữ gìn đoàn kết. Đã rà soát những điều đảng viên không được làm, không vi phạm.",
        "A.I.2": "Hoàn thành 12 báo cáo tháng, đúng hạn từ tháng Tư; số hoá xong hồ sơ lưu năm trước.",
        "A.I.3": "Giữ được bốn trên năm điều đã cam kết; chưa đọc đủ tài liệu trước buổi họp.",
    },
    "shortcomings": {
        "A.II.0.shortcoming": "Trong họp còn ít góp ý thẳng với đồng nghiệp cùng phòng, thường nói riêng sau họp.",
        "A.II.0.cause": "Ngại va chạm, sợ mất lòng.",
        "A.II.0.measure": "Mỗi buổi họp góp ý ít nhất một việc cụ thể.",
        "A.II.0.due": "30/6",
        "A.II.0.helper": "Phạm Thị Hoa",
    },
    "tasks": {
        "PL.0.task": "Báo cáo tháng của Văn phòng",
        "PL.0.result": "done",
        "PL.0.pace": "late",
        "PL.1.task": "Số hoá hồ sơ lưu",
        "PL.1.result": "over",
        "PL.1.pace": "on_time",
    },
    "rating": {"B.I.1": "27", "B.I.2": "61", "B.II": "good"},
}
BEGUN = {"shortcomings": {"A.II.0.shortcoming": "Ghi biên bản còn chậm, có buổi hôm sau mới xong."}}
ON_PAPER = {
    "strengths": {"P.unit": "Nghỉ hưu", "A.I.1": "Tham gia sinh hoạt đều, vận động gia đình chấp hành chủ trương."},
    "rating": {"B.II": "done"},
}


def review_last_year(stage: Stage) -> None:
    """From the forms to the conference with its minutes, and closed."""
    today = stage.today
    then = date(today.year - 1, 11, 10)
    past = _open(stage, today.year - 1, then, date(today.year - 1, 11, 24), date(today.year - 1, 12, 4))
    write(past, stage, "mai", LAST_YEAR, stage.at(then, 20))
    met, over = date(today.year - 1, 12, 4), date(today.year - 1, 12, 30)
    lead = stage.account("thanh")
    committee.take_step(past, move_name="read", by=lead, at=stage.at(then, 21))
    conference = convene(stage, past, met)
    hear_last_year(stage, past, stage.at(met, 15))
    committee.take_step(past, move_name="hold", by=lead, at=stage.at(met, 15, 30))
    level_last_year(stage, past, met)
    seal(stage, conference, met)
    committee.take_step(past, move_name="close", by=stage.account("thanh"), at=stage.at(over, 9))


def review_this_year(stage: Stage) -> Cycle:
    """Mai has submitted, Hoa is still writing, the secretary has entered Sơn's from paper."""
    today, cast = stage.today, stage.cast
    day = today - timedelta(days=6)
    cycle = _open(stage, today.year, day, today + timedelta(days=10), today + timedelta(days=20))
    write(cycle, stage, "mai", THIS_YEAR, stage.at(day, 20))
    write(cycle, stage, "hoa", BEGUN, stage.at(day, 21), done=False)
    row = Participant.objects.get(cycle=cycle, member=cast["son"])
    committee.set_participant(row, writes=True, note="", kind="02C", by=stage.account("thanh"), at=stage.at(day, 9))
    writing.begin_entering(row, by=stage.account("thanh"), at=stage.at(day, 9))
    write(cycle, stage, "son", ON_PAPER, stage.at(day, 9, 30), typist="thanh")
    prepare_this_year(stage, cycle, day)
    return cycle


def _open(stage: Stage, year: int, day: date, due: date, meets: date) -> Cycle:
    by, at = stage.account("thanh"), stage.at(day, 8)
    days = {"year": year, "due_on": due, "meets_on": meets}
    cycle = committee.plan_cycle(stage.cell, by=by, at=at, key=None, basis=BASIS, place="Phòng họp tầng 2", **days)
    committee.take_step(cycle, move_name="open", by=by, at=at)
    return cycle


def write(
    cycle: Cycle,
    stage: Stage,
    key: str,
    steps: dict[str, dict[str, str]],
    at: datetime,
    *,
    typist: str = "",
    done: bool = True,
) -> None:
    by = stage.account(typist or key)
    review = SelfReview.objects.with_people().get(participant__cycle=cycle, participant__member=stage.cast[key])
    for step, texts in steps.items():
        dated = {name: f"{text}/{cycle.year + 1}" if name.endswith(".due") else text for name, text in texts.items()}
        save_text(f"review-{step}", review, dated, base=0, by=by, at=at)
    if done:
        writing.submit(review, by=by, at=at)
