"""What the guideline would have seen to before the chair closes the meeting."""

from dataclasses import replace

from guideline.facts import MeetingFacts
from guideline.finding import Finding, advise, percent
from guideline.model import Evidence, Rulebook, RuleKey
from guideline.votes import MORE_THAN_HALF


def check_duration(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    lasted, least = facts.duration_minutes, rulebook.min_minutes.get(facts.kind)
    if lasted is None or least is None or lasted >= least:
        return None
    rule = rulebook.minutes_rule(facts.kind)
    if facts.closed_at is None:
        sentence = f"Buổi sinh hoạt mới được {lasted} phút, {rule.asked_by} tối thiểu {least} phút."
        advice = "Có thể mời thêm ý kiến hoặc trao đổi kỹ hơn trước khi kết thúc."
    else:
        sentence = f"Buổi sinh hoạt kéo dài {lasted} phút, {rule.asked_by} tối thiểu {least} phút."
        advice = "Ghi lý do vào biên bản."
    small_cell = rulebook.rule(RuleKey.MINUTES_SMALL_CELL)
    if small_cell is not None and rule.clause.evidence is not Evidence.LOCAL:
        advice = f"{advice} {small_cell.sentence}"
    return advise(rulebook, rule.key, sentence, advice, code="duration")


def check_roll_call(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.unmarked < 1:
        return None
    return advise(
        rulebook,
        RuleKey.ROLL_CALL,
        f"Còn {facts.unmarked}/{facts.counted} {facts.kind.people} chưa được điểm danh.",
        "Ghi có mặt, vắng có lý do hoặc vắng không có lý do cho từng đồng chí.",
    )


def check_attendance(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Silent while those not yet marked could still bring the share up to the target."""
    if facts.counted < 1 or rulebook.attendance_met(facts.present + facts.unmarked, facts.counted):
        return None
    share = percent(facts.present, facts.counted)
    return advise(
        rulebook,
        rulebook.attendance_rule.key,
        f"Có mặt {facts.present}/{facts.counted} đảng viên ({share}), {rulebook.attendance_asked}.",
        "Ghi rõ lý do vắng của từng đồng chí và thông báo lại nội dung cho các đồng chí vắng.",
        code="attendance",
    )


def check_quorum(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Only where a committee has fixed a share; silent while those not yet marked could still reach it."""
    share = rulebook.figure_of(RuleKey.QUORUM)
    if share is None or facts.counted < 1 or (facts.present + facts.unmarked) * 100 >= share * facts.counted:
        return None
    return advise(
        rulebook,
        RuleKey.QUORUM,
        f"Có mặt {facts.present}/{facts.counted} đảng viên ({percent(facts.present, facts.counted)}), "
        f"cấp uỷ quy định có từ {share}% trở lên mới tiến hành sinh hoạt.",
        "Chủ trì xem xét lùi buổi sinh hoạt; nếu vẫn tiến hành thì ghi lý do vào biên bản.",
    )


def check_excused_in_a_row(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    times = rulebook.figure_of(RuleKey.EXCUSED_IN_A_ROW)
    if times is None or facts.excused_in_a_row_over < 1:
        return None
    return advise(
        rulebook,
        RuleKey.EXCUSED_IN_A_ROW,
        f"Có {facts.excused_in_a_row_over} đảng viên vắng có lý do quá {times} lần liên tiếp trong năm.",
        "Chi uỷ tìm hiểu hoàn cảnh để giúp đỡ và ghi vào biên bản.",
    )


def check_unexcused(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.unexcused < 1:
        return None
    return advise(
        rulebook,
        RuleKey.NO_UNEXCUSED,
        f"Có {facts.unexcused} đảng viên vắng không có lý do.",
        "Hỏi lại lý do trước khi kết thúc; nếu không có lý do chính đáng thì nhắc nhở và ghi biên bản.",
    )


def check_dues(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.dues_stated:
        return None
    return advise(
        rulebook,
        RuleKey.DUES,
        "Chưa ghi tình hình đóng đảng phí.",
        "Thông báo tình hình đóng đảng phí và ghi vào biên bản.",
    )


def check_items_held(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    left = facts.items_total - facts.items_ended
    if left < 1:
        return None
    untouched = max(0, facts.items_total - facts.items_started)
    detail = f", trong đó {untouched} nội dung chưa bắt đầu" if untouched else ""
    return advise(
        rulebook,
        RuleKey.ALL_STEPS,
        f"Còn {left}/{facts.items_total} nội dung chương trình chưa kết thúc{detail}.",
        "Làm nốt các nội dung này, hoặc ghi lý do khi kết thúc; lý do được in trên biên bản.",
        code="items_held",
    )


def check_led_by_somebody_else(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.led_by_who_stepped_aside:
        return None
    items = ", ".join(f"“{title}”" for title in facts.led_by_who_stepped_aside)
    return advise(
        rulebook,
        RuleKey.CHAIR,
        f"Chủ trì không tham gia nội dung {items}, mà chưa ghi ai điều hành thay.",
        "Ghi đồng chí điều hành nội dung ấy ở “Chủ trì, thư ký”, từ lúc nào.",
        code="led_by_somebody_else",
    )


def check_items_empty(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.items_empty < 1:
        return None
    return advise(
        rulebook,
        RuleKey.ALL_STEPS,
        f"Có {facts.items_empty}/{facts.items_total} nội dung chưa ghi gì.",
        "Ghi nội dung, hoặc nêu lý do ở dưới; lý do được in trên biên bản.",
        code="items_empty",
    )


def check_past_tasks(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    left = facts.open_tasks - facts.open_tasks_reported
    if left < 1:
        return None
    return advise(
        rulebook,
        RuleKey.PAST_TASKS,
        f"Còn {left}/{facts.open_tasks} nhiệm vụ kỳ trước chưa ghi kết quả.",
        "Mời đồng chí được giao báo cáo và ghi kết quả; việc chưa xong trở lại ở kỳ sau.",
    )


def check_speakers(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """The guideline says "many"; more than half of those present is a local measure, and cited as such."""
    share = rulebook.figure_of(RuleKey.SPEAKERS)
    if facts.present < 1 or facts.speakers * 100 > (share or 50) * facts.present:
        return None
    spoke = f"Mới có {facts.speakers}/{facts.present} đảng viên có mặt phát biểu"
    if share is None:
        sentence = f"{spoke}."
        advice = "Mời các đồng chí chưa phát biểu; nhiều nơi lấy mức quá nửa số có mặt."
    else:
        sentence, advice = f"{spoke}, cấp uỷ quy định trên {share}%.", "Mời các đồng chí chưa phát biểu."
    return advise(rulebook, RuleKey.SPEAKERS, sentence, advice)


def check_three_parts(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.kind.has_topic or facts.remarks_incomplete < 1:
        return None
    return advise(
        rulebook,
        RuleKey.THREE_PARTS,
        f"Có {facts.remarks_incomplete} ý kiến về chuyên đề chưa nêu đủ "
        "nhận thức, liên hệ bản thân và góp ý vào dự thảo.",
        "Gợi ý đồng chí phát biểu nói thêm phần còn thiếu, nếu có.",
    )


def check_item_conclusions(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.items_wanting_conclusion < 1:
        return None
    return advise(
        rulebook,
        RuleKey.ITEM_CONCLUSION,
        f"Còn {facts.items_wanting_conclusion} nội dung chưa ghi kết luận của chủ trì.",
        "Ghi kết luận ngắn gọn cho từng nội dung.",
    )


def check_conclusion(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.conclusion_recorded:
        return None
    return advise(
        rulebook,
        RuleKey.CONCLUSION,
        f"Chưa ghi kết luận của {facts.kind.noun}.",
        "Ghi kết luận của chủ trì trước khi thông qua biên bản.",
    )


def check_tasks(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.tasks > 0:
        return None
    return advise(
        rulebook,
        RuleKey.TASKS,
        f"Chưa giao nhiệm vụ nào tại {facts.kind.noun}.",
        "Giao việc cụ thể cho từng đồng chí, có thời hạn.",
    )


def check_task_owners(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.tasks_without_owner < 1:
        return None
    return advise(
        rulebook,
        RuleKey.TASKS,
        f"Có {facts.tasks_without_owner}/{facts.tasks} nhiệm vụ chưa có người chịu trách nhiệm.",
        "Ghi tên một đồng chí chịu trách nhiệm cho mỗi nhiệm vụ.",
        code="task_owners",
    )


def check_task_dates(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.tasks_without_due < 1:
        return None
    return advise(
        rulebook,
        RuleKey.TASKS,
        f"Có {facts.tasks_without_due}/{facts.tasks} nhiệm vụ chưa có thời hạn.",
        "Ghi ngày hoàn thành để kỳ sau kiểm điểm.",
        code="task_dates",
    )


def check_votes_and_roll(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """Arithmetic, whatever the guideline: the meeting does not end before the two agree."""
    if not facts.votes_beyond_the_roll:
        return None
    return Finding(
        "votes_and_roll",
        " ".join(facts.votes_beyond_the_roll),
        "Sửa điểm danh, giờ đến, giờ về, hoặc xoá biểu quyết rồi ghi lại. Còn lệch thì chưa kết thúc được.",
        MORE_THAN_HALF,
    )


def check_votes_and_team(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    """No central rule is known to ask for it, so the clause is what the vote itself rests on."""
    if not facts.votes_without_team:
        return None
    questions = ", ".join(f"“{one}”" for one in facts.votes_without_team)
    return Finding(
        "votes_and_team",
        f"Bỏ phiếu kín {questions} chưa ghi tổ kiểm phiếu.",
        "Muốn biên bản nêu tổ kiểm phiếu thì xoá biểu quyết ấy rồi ghi lại.",
        replace(MORE_THAN_HALF, evidence=Evidence.DERIVED),
    )


def check_quality(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.quality_recorded:
        return None
    return advise(
        rulebook,
        RuleKey.QUALITY,
        "Chưa ghi đánh giá chất lượng buổi sinh hoạt.",
        "Nêu mặt được, mặt hạn chế và cách khắc phục.",
    )


def check_quality_voted(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if not facts.quality_recorded or facts.votes > 0:
        return None
    return advise(
        rulebook,
        RuleKey.QUALITY_VOTED,
        "Đã ghi đánh giá chất lượng nhưng chưa có biểu quyết nào.",
        "Chi bộ biểu quyết mức tự đánh giá và ghi số phiếu.",
    )


def check_read_back(facts: MeetingFacts, rulebook: Rulebook) -> Finding | None:
    if facts.read_back_at is not None:
        return None
    return advise(
        rulebook,
        RuleKey.READ_BACK,
        "Biên bản chưa được đọc lại và thông qua.",
        "Mời thư ký đọc biên bản trước khi kết thúc.",
    )
