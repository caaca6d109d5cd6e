"""What a meeting's record says about each thing that a score sheet measures: figures in sentences, never a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from guideline.facts import MeetingFacts, local
from guideline.finding import on, percent
from guideline.model import Rulebook, RuleKey
from guideline.sheet import Measure


@dataclass(frozen=True, slots=True)
class Reading:
    """`met` and `amount` are None where the record cannot tell; what nobody wrote down is not held against a cell."""

    evidence: tuple[str, ...]
    met: bool | None = None  # what the line asks for is there
    amount: Fraction | None = None  # a percentage; of the time, minutes beside the minimum
    share: Fraction | None = None  # of the time: percent of the minimum


Reader = Callable[[MeetingFacts, Rulebook], Reading]


def _moment(moment: datetime) -> str:
    return f"{local(moment):%H:%M} ngày {on(local(moment).date())}"


def _yes(met: bool | None, *evidence: str) -> Reading:
    return Reading(evidence, met, None if met is None else Fraction(100 if met else 0))


def _all(*readings: Reading) -> Reading:
    """Met when every part is, not met when one is not, open as long as one is."""
    parts = [reading.met for reading in readings]
    met = False if False in parts else None if None in parts else True
    return Reading(tuple(sentence for reading in readings for sentence in reading.evidence), met)


def _together(*readers: Reader) -> Reader:
    return lambda facts, rulebook: _all(*(read(facts, rulebook) for read in readers))


def _time(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    lasted, least = facts.duration_minutes, rulebook.min_minutes.get(facts.kind)
    if lasted is None or facts.opened_at is None or facts.closed_at is None or least is None:
        return Reading(("Chưa ghi đủ giờ bắt đầu và giờ kết thúc.",))
    opened, closed = local(facts.opened_at), local(facts.closed_at)
    asked = rulebook.minutes_rule(facts.kind).asked_by
    evidence = [
        f"Bắt đầu {opened:%H:%M}, kết thúc {closed:%H:%M}: {lasted} phút; {asked} tối thiểu {least} phút.",
    ]
    late = 0 if facts.planned_start is None else int((opened - local(facts.planned_start)).total_seconds() // 60)
    if late > 0:
        evidence.append(f"Bắt đầu muộn {late} phút so với giờ đã thông báo.")
    return Reading(tuple(evidence), lasted >= least, Fraction(lasted - least), Fraction(100 * lasted, least))


def _attendance(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    if facts.counted < 1:
        return Reading(("Chưa có danh sách đảng viên được tính tỉ lệ.",))
    share = percent(facts.present, facts.counted)
    evidence = (
        f"Có mặt {facts.present}/{facts.counted} đảng viên ({share}); {rulebook.attendance_asked}.",
        f"Vắng có lý do {facts.excused}, vắng không có lý do {facts.unexcused}.",
    )
    if facts.unmarked > 0:
        return Reading((*evidence, f"Còn {facts.unmarked} đảng viên chưa được điểm danh."))
    met = rulebook.attendance_met(facts.present, facts.counted) and facts.unexcused == 0
    # The ward's table puts one unexcused absence on its lowest line.
    amount = Fraction(0) if facts.unexcused else Fraction(100 * facts.present, facts.counted)
    return Reading(evidence, met, amount)


def _excused(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    times = rulebook.figure_of(RuleKey.EXCUSED_IN_A_ROW)
    if times is None:
        return Reading(())
    over = facts.excused_in_a_row_over
    if facts.counted < 1 or (facts.unmarked > 0 and over < 1):
        return Reading(("Chưa điểm danh xong nên chưa tính số lần vắng liên tiếp.",))
    counted = f"Có {over}" if over else "Không có"
    return _yes(over < 1, f"{counted} đảng viên vắng có lý do quá {times} lần liên tiếp trong năm.")


def _agenda(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    codes = {step.code for step in rulebook.steps[facts.kind]}
    planned = len(codes.intersection(facts.agenda))
    return Reading(
        (f"Chương trình dự kiến {facts.agenda_minutes} phút, có {planned}/{len(codes)} bước theo hướng dẫn.",)
    )


def _bulletin(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    if rulebook.rule(RuleKey.BULLETIN) is None or "current_affairs" not in facts.agenda:
        return Reading(())
    named = "Có" if facts.bulletin_presenter_named else "Chưa ghi"
    return Reading((f"{named} người chuẩn bị bản tin sinh hoạt chi bộ.",))


def _committee(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    if not facts.has_committee:
        return Reading(("Chi bộ chỉ có bí thư, không tổ chức họp chi uỷ.",))
    if facts.committee_met_at is None:
        return Reading(("Chưa ghi ngày họp chi uỷ.",))
    met = f"Chi uỷ họp lúc {_moment(facts.committee_met_at)}."
    if facts.committee_minutes_sealed_at is None:
        return Reading((met, "Biên bản họp chi uỷ chưa ký đủ."))
    return _yes(True, met, f"Biên bản họp chi uỷ ký xong lúc {_moment(facts.committee_minutes_sealed_at)}.")


def _committee_or_alone(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    """The ward gives the whole line where the secretary is alone; no other source says so."""
    reading = _committee(facts, rulebook)
    return reading if facts.has_committee else _yes(True, *reading.evidence)


def _notice(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    needs_superior = rulebook.rule(RuleKey.NOTICE_TO_SUPERIOR) is not None
    evidence = [
        "Chưa ghi việc gửi thông báo."
        if facts.notice_sent_at is None
        else f"Gửi thông báo cho đảng viên lúc {_moment(facts.notice_sent_at)}."
    ]
    if needs_superior:
        said = "Đã" if facts.superior_notified else "Chưa ghi việc"
        evidence.append(f"{said} thông báo cho cấp uỷ viên cấp trên theo dõi chi bộ.")
    done = facts.notice_sent_at is not None and (facts.superior_notified or not needs_superior)
    return _yes(True if done else None, *evidence)


def _papers(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    days = rulebook.papers_days_before
    if days is None:
        return Reading(("Hướng dẫn không nêu hạn gửi tài liệu.",))
    if facts.papers_posted_at is None:
        return Reading(("Chưa ghi thời điểm đăng tài liệu trước buổi sinh hoạt.",))
    posted = f"Tài liệu đăng Sổ tay đảng viên điện tử lúc {_moment(facts.papers_posted_at)}"
    if facts.planned_start is None:
        return Reading((f"{posted}.",))
    last_day = local(facts.planned_start).date() - timedelta(days=days)
    in_time = local(facts.papers_posted_at).date() <= last_day
    return _yes(in_time, f"{posted}; chậm nhất là ngày {on(last_day)}.")


def _steps(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    codes = {step.code for step in rulebook.steps[facts.kind]}
    planned = len(codes.intersection(facts.agenda))
    held = min(facts.items_ended, facts.items_total)
    evidence = (
        f"Chương trình có {planned}/{len(codes)} bước theo hướng dẫn.",
        f"Đã tiến hành xong {held}/{facts.items_total} nội dung.",
    )
    if not facts.agenda or facts.items_total < 1 or (facts.closed_at is None and held < facts.items_total):
        return Reading(evidence)
    return _yes(planned == len(codes) and held == facts.items_total, *evidence)


def _commendation(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    if facts.commendation_recorded:
        return _yes(True, "Đã ghi việc biểu dương, nhắc nhở đảng viên.")
    return Reading(("Chưa ghi việc biểu dương, nhắc nhở đảng viên.",))


def _speakers(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    if facts.present < 1:
        return Reading(("Chưa ghi đảng viên nào có mặt.",))
    spoke = min(facts.speakers, facts.present)
    amount = Fraction(100 * spoke, facts.present)
    over = rulebook.figure_of(RuleKey.SPEAKERS)
    return Reading(
        (f"{spoke}/{facts.present} đảng viên có mặt phát biểu ({percent(spoke, facts.present)}).",),
        None if over is None else amount > over,
        amount,
    )


def _minutes_book(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    read_back = (
        "Chưa ghi việc đọc và thông qua biên bản."
        if facts.read_back_at is None
        else f"Biên bản được đọc và thông qua lúc {_moment(facts.read_back_at)}."
    )
    sealed = (
        "Khi chấm điểm, biên bản chưa đủ chữ ký."
        if facts.sealed_at is None
        else f"Biên bản được chủ trì và thư ký ký lúc {_moment(facts.sealed_at)}."
    )
    recorded = f"Biên bản ghi {facts.remarks} ý kiến phát biểu."
    return _yes(True if facts.read_back_at is not None else None, recorded, read_back, sealed)


def _ideology(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    if facts.ideology_minutes is None:
        return Reading(("Chưa ghi thời gian dành cho tình hình tư tưởng, tự phê bình và phê bình.",))
    minutes = facts.ideology_minutes
    return Reading((f"Dành {minutes} phút cho tình hình tư tưởng, tự phê bình và phê bình.",), amount=Fraction(minutes))


def _handbook(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    posted = facts.papers_posted_at or facts.posted_at
    if posted is None:
        return Reading(("Chưa ghi việc đăng tài liệu lên Sổ tay đảng viên điện tử.",))
    return _yes(True, f"Tài liệu đăng Sổ tay đảng viên điện tử lúc {_moment(posted)}.")


def _chairing(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    left = facts.items_wanting_conclusion
    concluded = f"Còn {left} nội dung chưa ghi kết luận." if left else "Nội dung nào cần kết luận cũng đã có kết luận."
    return Reading((f"Có {facts.remarks} ý kiến phát biểu.", concluded))


def _principles(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    return Reading((f"Có {facts.votes} lần biểu quyết.", *_ideology(facts, rulebook).evidence))


def _tasks_done(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    if facts.tasks_due < 1:
        return Reading(("Không có nhiệm vụ kỳ trước đến hạn.",))
    done = min(facts.tasks_done, facts.tasks_due)
    share = percent(done, facts.tasks_due)
    evidence = f"Hoàn thành {done}/{facts.tasks_due} nhiệm vụ của các kỳ trước đã đến hạn ({share})."
    return Reading((evidence,), done == facts.tasks_due, Fraction(100 * done, facts.tasks_due))


def _concluded(facts: MeetingFacts, _rulebook: Rulebook) -> Reading:
    if facts.conclusion_recorded:
        return _yes(True, "Đã ghi kết luận của chủ trì.")
    return Reading(("Chưa ghi kết luận của chủ trì.",))


def _adopted(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    minutes = _minutes_book(facts, rulebook)
    tasks = _yes(True if facts.tasks > 0 else None, f"Giao {facts.tasks} nhiệm vụ tại buổi sinh hoạt.")
    return _all(Reading(minutes.evidence[1:], minutes.met), tasks)


def _posted(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    days = rulebook.posted_days_after
    if days is None:
        return Reading(("Hướng dẫn không nêu hạn đăng tài liệu sau buổi sinh hoạt.",))
    if facts.closed_at is None:
        return Reading(("Buổi sinh hoạt chưa kết thúc.",))
    last_day = local(facts.closed_at).date() + timedelta(days=days)
    if facts.posted_at is None:
        return Reading((f"Khi chấm điểm, chưa ghi việc đăng tài liệu đã hoàn thiện; hạn là ngày {on(last_day)}.",))
    in_time = local(facts.posted_at).date() <= last_day
    return _yes(in_time, f"Tài liệu đã hoàn thiện đăng lúc {_moment(facts.posted_at)}; hạn là ngày {on(last_day)}.")


def _read_back(facts: MeetingFacts, rulebook: Rulebook) -> Reading:
    minutes = _minutes_book(facts, rulebook)
    return Reading(minutes.evidence[1:], minutes.met)


READERS: Mapping[Measure, Reader] = {
    Measure.TIME: _time,
    Measure.ATTENDANCE: _attendance,
    Measure.EXCUSED: _excused,
    Measure.ATTENDANCE_AND_EXCUSED: _together(_attendance, _excused),
    Measure.PREPARED_CONTENT: _together(_agenda, _bulletin),
    Measure.COMMITTEE: _committee_or_alone,
    Measure.NOTICE: _notice,
    Measure.PAPERS: _papers,
    Measure.COMMITTEE_NOTICE_PAPERS: _together(_committee, _notice, _papers),
    Measure.PREPARATION: _together(_committee, _agenda, _bulletin, _notice),
    Measure.STEPS: _steps,
    Measure.CONTENT: _together(_agenda, _commendation, _speakers),
    Measure.COMMENDATION: _commendation,
    Measure.SPEAKERS: _speakers,
    Measure.MINUTES_BOOK: _minutes_book,
    Measure.IDEOLOGY: _ideology,
    Measure.HANDBOOK: _handbook,
    Measure.CONDUCT: _together(_time, _steps, _commendation, _speakers, _minutes_book),
    Measure.CHAIRING: _chairing,
    Measure.PRINCIPLES: _principles,
    Measure.TASKS_DONE: _tasks_done,
    Measure.CONCLUDED: _concluded,
    Measure.ADOPTED: _adopted,
    Measure.POSTED: _posted,
    Measure.CLOSING: _together(_concluded, _read_back, _posted),
}
