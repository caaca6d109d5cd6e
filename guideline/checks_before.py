"""What the guideline would have seen to before members are called and before the meeting opens."""

from datetime import timedelta
from itertools import pairwise

from guideline import conference
from guideline.facts import MeetingFacts, local
from guideline.finding import Finding, advise, on
from guideline.model import Kind, Rulebook, RuleKey


def check_place_and_time(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    missing = [
        word
        for word, known in (
            ("thời gian", facts.planned_start is not None),
            ("địa điểm", bool(facts.place.strip())),
        )
        if not known
    ]
    if not missing:
        return None
    return advise(
        rulebook,
        RuleKey.NOTICE,
        f"Chưa ghi {' và '.join(missing)} của {facts.kind.noun}.",
        f"Bổ sung trước khi gửi thông báo để {facts.kind.people} sắp xếp công việc.",
        code="place_and_time",
    )


def check_chair(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.chair_named:
        return None
    return advise(
        rulebook,
        RuleKey.CHAIR,
        f"Chưa ghi người chủ trì {facts.kind.noun}.",
        "Chọn bí thư hoặc phó bí thư chủ trì.",
    )


def check_topic(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.kind.has_topic or facts.topic.strip():
        return None
    return advise(
        rulebook,
        RuleKey.TOPIC,
        "Buổi sinh hoạt chuyên đề chưa có tên chuyên đề.",
        "Ghi tên chuyên đề theo kế hoạch năm hoặc quý của chi bộ.",
    )


def check_paper_author(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.kind.has_topic or facts.presenter_named:
        return None
    return advise(
        rulebook,
        RuleKey.PAPER_AUTHOR,
        "Chưa phân công đảng viên chuẩn bị và trình bày chuyên đề.",
        "Chọn đảng viên am hiểu vấn đề và báo sớm để có thời gian chuẩn bị.",
    )


def check_meeting_day(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Only of the meeting that every month has, and only where a day of the month is fixed."""
    day = rulebook.figure_of(RuleKey.MEETING_DAY)
    if day is None or facts.planned_start is None or facts.kind not in (Kind.REGULAR, Kind.COMBINED):
        return None
    planned = local(facts.planned_start).date()
    if planned.day == day:
        return None
    return advise(
        rulebook,
        RuleKey.MEETING_DAY,
        f"Buổi sinh hoạt ngày {on(planned)}; ngày sinh hoạt thường kỳ là ngày {day} hằng tháng.",
        "Họp đúng ngày, hoặc báo cấp uỷ cấp trên và ghi lý do vào biên bản.",
    )


def check_bulletin(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.bulletin_presenter_named or "current_affairs" not in facts.agenda:
        return None
    return advise(
        rulebook,
        RuleKey.BULLETIN,
        "Chưa phân công đồng chí chuẩn bị bản tin sinh hoạt chi bộ.",
        "Ghi tên người thực hiện ở nội dung thông tin thời sự.",
    )


def check_paper_sent(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Where no number of days is asked for, only whether it was sent."""
    if not facts.kind.has_topic or facts.paper_ready_at is not None or rulebook.papers_days_before is not None:
        return None
    return advise(
        rulebook,
        RuleKey.PAPER_SENT,
        "Dự thảo chuyên đề chưa gửi đảng viên.",
        "Gửi dự thảo trước buổi sinh hoạt để đảng viên đọc.",
    )


def check_combined(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.kind is not Kind.COMBINED:
        return None
    return advise(
        rulebook,
        RuleKey.COMBINE_ONLY_IF_NEEDED,
        "Buổi này kết hợp thường kỳ và chuyên đề; hướng dẫn chỉ cho kết hợp khi thực sự khó khăn.",
        "Ghi lý do kết hợp vào biên bản, hoặc tách thành hai buổi.",
    )


def check_agenda_steps(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    missing = [step.name for step in rulebook.steps[facts.kind] if step.code not in facts.agenda]
    if not missing:
        return None
    listed = "; ".join(f"“{name}”" for name in missing)
    return advise(
        rulebook,
        RuleKey.ALL_STEPS,
        f"Chương trình chưa có {len(missing)} bước: {listed}." if facts.agenda else "Chưa có chương trình.",
        "Thêm các bước còn thiếu, hoặc gộp vào một nội dung khác và ghi rõ.",
    )


def check_parts_in_turn(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Steps that only a regular meeting has come before those that only a thematic one has."""
    if facts.kind is not Kind.COMBINED:
        return None
    regular = {step.code for step in rulebook.steps[Kind.REGULAR]}
    thematic = {step.code for step in rulebook.steps[Kind.THEMATIC]}
    parts = ["thematic" if code in thematic else "regular" for code in facts.agenda if code in regular ^ thematic]
    changes = sum(one != following for one, following in pairwise(parts))
    if changes < 2:
        return None
    return advise(
        rulebook,
        RuleKey.ONE_PART_AFTER_THE_OTHER,
        "Chương trình để xen kẽ phần thường kỳ và phần chuyên đề.",
        "Xếp xong phần này rồi mới sang phần kia.",
    )


def check_conference_day(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.kind is not Kind.CONFERENCE or not facts.agenda or facts.agenda_minutes >= conference.DAY:
        return None
    if facts.planned_start is not None and local(facts.planned_start).date() < conference.COURSE.date:
        return None
    return Finding(
        "conference_day",
        f"Chương trình dự kiến {facts.agenda_minutes} phút; hội nghị kiểm điểm dành ít nhất 01 ngày.",
        "Dành thêm thời gian, trừ khi cấp uỷ có thẩm quyền quy định thời gian khác.",
        conference.COURSE,
    )


def check_agenda_minutes(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    least = rulebook.min_minutes.get(facts.kind)
    if least is None or not facts.agenda or facts.agenda_minutes >= least:
        return None
    rule = rulebook.minutes_rule(facts.kind)
    return advise(
        rulebook,
        rule.key,
        f"Chương trình dự kiến {facts.agenda_minutes} phút, {rule.asked_by} tối thiểu {least} phút.",
        "Dành thêm thời gian cho phần thảo luận.",
        code="agenda_minutes",
    )


def check_committee_met(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.committee_met_at is not None:
        return None
    return advise(
        rulebook,
        RuleKey.COMMITTEE_MEETS,
        "Chưa ghi ngày chi uỷ họp thống nhất nội dung.",
        "Họp chi uỷ (nơi không có chi uỷ: bí thư và phó bí thư) và ghi lại ngày họp.",
    )


def check_paper_agreed(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.kind.has_topic or facts.paper_agreed_at is not None:
        return None
    return advise(
        rulebook,
        RuleKey.PAPER_AGREED,
        "Dự thảo chuyên đề chưa được chi uỷ thông qua.",
        "Đưa dự thảo ra chi uỷ trước khi gửi đảng viên.",
    )


def check_papers_in_time(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Counted in days of the calendar: a paper out at any hour of the day before is in time."""
    rule, days = rulebook.rule(RuleKey.PAPERS_DAYS_BEFORE), rulebook.papers_days_before
    if rule is None or days is None or facts.planned_start is None:
        return None
    meeting_day = local(facts.planned_start).date()
    last_day = meeting_day - timedelta(days=days)
    if facts.paper_ready_at is None:
        if not facts.kind.has_topic:
            return None
        sentence = f"Dự thảo chuyên đề chưa gửi đảng viên; cần có chậm nhất ngày {on(last_day)}."
        advice = "Nhắc người chuẩn bị hoàn thành dự thảo, hoặc lùi ngày sinh hoạt."
    elif local(facts.paper_ready_at).date() > last_day:
        ready_day = local(facts.paper_ready_at).date()
        sentence = (
            f"Tài liệu gửi ngày {on(ready_day)}, buổi sinh hoạt ngày {on(meeting_day)}; "
            f"{rule.asked_by} gửi trước ít nhất {days} ngày."
        )
        advice = "Dành ít phút đầu buổi để đảng viên đọc tài liệu; lần sau gửi sớm hơn."
    else:
        return None
    return advise(rulebook, RuleKey.PAPERS_DAYS_BEFORE, sentence, advice)


def check_notice(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.notice_sent_at is not None:
        return None
    return advise(
        rulebook,
        RuleKey.NOTICE,
        "Chưa gửi thông báo sinh hoạt cho đảng viên.",
        "Gửi thông báo ghi rõ thời gian, địa điểm, nội dung.",
    )


def check_notice_to_superior(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.superior_notified:
        return None
    return advise(
        rulebook,
        RuleKey.NOTICE_TO_SUPERIOR,
        "Chưa thông báo cho cấp uỷ viên cấp trên theo dõi chi bộ.",
        "Gửi thông báo và ghi nhận đã gửi.",
    )


def check_minute_taker(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.minute_taker_named:
        return None
    return advise(
        rulebook,
        RuleKey.MINUTE_TAKER,
        f"Chưa cử thư ký {facts.kind.noun}.",
        "Chọn thư ký để có người ghi biên bản từ đầu buổi.",
    )


def check_chair_is_a_full_member(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.chair_on_probation:
        return None
    return advise(
        rulebook,
        RuleKey.CHAIR,
        f"Chủ trì {facts.kind.noun} là đảng viên dự bị, chưa có quyền biểu quyết, bầu cử.",
        "Nên cử bí thư, phó bí thư hoặc một đảng viên chính thức chủ trì; nếu không có ai, nêu lý do trong biên bản.",
        code="chair_on_probation",
    )


def check_two_seats(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.one_in_both_seats:
        return None
    return advise(
        rulebook,
        RuleKey.MINUTE_TAKER,
        f"Một đồng chí vừa chủ trì vừa ghi biên bản {facts.kind.noun}.",
        "Nên cử đồng chí khác làm thư ký; nếu không có ai, nêu lý do khi xác nhận biên bản.",
        code="two_seats",
    )
