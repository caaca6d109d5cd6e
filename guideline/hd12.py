"""What Hướng dẫn 12-HD/BTCTW of 06/7/2018 asks of a cell meeting, line by line with its clause."""

from datetime import date

from guideline import conference, steps
from guideline.model import Clause, Evidence, Kind, Phase, Rule, Rulebook, RuleKey

DOCUMENT = "HD 12-HD/BTCTW"
ISSUED = date(2018, 7, 6)


def _clause(place: str, evidence: Evidence = Evidence.SEEN) -> Clause:
    return Clause(DOCUMENT, ISSUED, place, evidence)


# Places are as precise as the sources that quote the guideline; where they give no point, neither do we.
CHARTER = Clause("Điều lệ Đảng", date(2011, 1, 19), "Điều 24, khoản 2", Evidence.SEEN)
COMBINING = _clause("quy định kết hợp thường kỳ và chuyên đề")
COMBINED_LENGTH = _clause("thời gian khi kết hợp chuyên đề", Evidence.UNCONFIRMED)
PREPARATION = _clause("Phần II, Mục 1, công tác chuẩn bị", Evidence.UNCONFIRMED)
COURSE = _clause("Phần II, Mục 1, điểm 1.2")
COURSE_DERIVED = _clause("Phần II, Mục 1, điểm 1.2", Evidence.DERIVED)
COURSE_UNCONFIRMED = _clause("Phần II, Mục 1, điểm 1.2", Evidence.UNCONFIRMED)
THEMATIC = _clause("nội dung về sinh hoạt chuyên đề")
THEMATIC_DERIVED = _clause("nội dung về sinh hoạt chuyên đề", Evidence.DERIVED)
THEMATIC_UNCONFIRMED = _clause("nội dung về sinh hoạt chuyên đề", Evidence.UNCONFIRMED)
RECORD = _clause("quy định về sổ biên bản")
RECORD_DERIVED = _clause("quy định về sổ biên bản", Evidence.DERIVED)
CRITERIA = _clause("khung tiêu chí đánh giá chất lượng sinh hoạt")
CRITERIA_DERIVED = _clause("khung tiêu chí đánh giá chất lượng sinh hoạt", Evidence.DERIVED)
LOCAL_SPEAKERS = _clause(
    "khung tiêu chí đánh giá chất lượng sinh hoạt; mức quá nửa là của địa phương",
    Evidence.UNCONFIRMED,
)

# The course of a committee's meeting is what cells write in practice; no point of the guideline was seen for it.
COMMITTEE = _clause("công tác chuẩn bị; trình tự họp chi uỷ theo mẫu của các chi bộ", Evidence.UNCONFIRMED)

RULES = (
    Rule(
        RuleKey.REGULAR_PER_MONTH,
        Phase.PREPARE,
        "Sinh hoạt thường kỳ mỗi tháng {figure} lần.",
        CHARTER,
        1,
    ),
    Rule(
        RuleKey.COMMITTEE_PER_MONTH,
        Phase.PREPARE,
        "Chi uỷ họp mỗi tháng {figure} lần.",
        CHARTER,
        1,
    ),
    Rule(
        RuleKey.THEMATIC_PER_QUARTER,
        Phase.PREPARE,
        "Sinh hoạt chuyên đề ít nhất {figure} lần mỗi quý.",
        THEMATIC_DERIVED,
        1,
    ),
    Rule(
        RuleKey.COMBINE_ONLY_IF_NEEDED,
        Phase.PREPARE,
        "Thường kỳ và chuyên đề làm riêng; chỉ kết hợp khi thực sự khó khăn về địa điểm, thời gian.",
        COMBINING,
    ),
    Rule(
        RuleKey.MINUTES_REGULAR,
        Phase.PREPARE,
        "Buổi sinh hoạt thường kỳ tối thiểu {figure} phút.",
        CRITERIA,
        90,
    ),
    Rule(
        RuleKey.MINUTES_THEMATIC,
        Phase.PREPARE,
        "Buổi sinh hoạt chuyên đề tối thiểu {figure} phút.",
        THEMATIC_DERIVED,
        90,
    ),
    Rule(
        RuleKey.MINUTES_COMBINED,
        Phase.PREPARE,
        "Thường kỳ kết hợp chuyên đề trong một buổi tối thiểu {figure} phút.",
        COMBINED_LENGTH,
        120,
    ),
    Rule(
        RuleKey.CHAIR,
        Phase.PREPARE,
        "Buổi sinh hoạt có người chủ trì.",
        COURSE_DERIVED,
    ),
    Rule(
        RuleKey.COMMITTEE_MEETS,
        Phase.PREPARE,
        "Chi uỷ họp thống nhất nội dung do bí thư hoặc phó bí thư chuẩn bị.",
        CRITERIA,
    ),
    Rule(
        RuleKey.NOTICE,
        Phase.PREPARE,
        "Đảng viên được thông báo thời gian, địa điểm, nội dung.",
        PREPARATION,
    ),
    Rule(
        RuleKey.TOPIC,
        Phase.PREPARE,
        "Chuyên đề được lên kế hoạch từ trước.",
        THEMATIC_UNCONFIRMED,
    ),
    Rule(
        RuleKey.PAPER_AUTHOR,
        Phase.PREPARE,
        "Đảng viên được phân công chuẩn bị, trình bày dự thảo chuyên đề.",
        THEMATIC,
    ),
    Rule(
        RuleKey.PAPER_AGREED,
        Phase.PREPARE,
        "Chi uỷ thống nhất dự thảo chuyên đề trước buổi sinh hoạt.",
        THEMATIC_UNCONFIRMED,
    ),
    Rule(
        RuleKey.MINUTE_TAKER,
        Phase.OPENING,
        "Cử thư ký buổi sinh hoạt.",
        COURSE,
    ),
    Rule(
        RuleKey.ROLL_CALL,
        Phase.OPENING,
        "Thông báo số có mặt, vắng có lý do, vắng không có lý do.",
        COURSE,
    ),
    Rule(
        RuleKey.ATTENDANCE_OVER,
        Phase.OPENING,
        "Trên {figure}% đảng viên dự sinh hoạt.",
        CRITERIA,
        85,
    ),
    Rule(
        RuleKey.NO_UNEXCUSED,
        Phase.OPENING,
        "Không có đảng viên vắng không có lý do.",
        CRITERIA,
    ),
    Rule(
        RuleKey.EXCUSED_IN_A_ROW,
        Phase.OPENING,
        "Không có đảng viên vắng có lý do quá {figure} lần liên tiếp trong năm.",
        CRITERIA,
        3,
    ),
    Rule(
        RuleKey.ALL_STEPS,
        Phase.PROCEEDING,
        "Buổi sinh hoạt đúng trình tự, đủ nội dung.",
        CRITERIA,
    ),
    Rule(
        RuleKey.PAST_TASKS,
        Phase.PROCEEDING,
        "Đánh giá kết quả thực hiện kết luận, nghị quyết kỳ trước.",
        CRITERIA_DERIVED,
    ),
    Rule(
        RuleKey.SPEAKERS,
        Phase.PROCEEDING,
        "Nhiều đảng viên phát biểu.",
        LOCAL_SPEAKERS,
    ),
    Rule(
        RuleKey.THREE_PARTS,
        Phase.PROCEEDING,
        "Ý kiến về chuyên đề nêu nhận thức, tác dụng đối với bản thân, góp ý vào dự thảo.",
        THEMATIC,
    ),
    Rule(
        RuleKey.ITEM_CONCLUSION,
        Phase.CLOSING,
        "Chủ trì tổng hợp ý kiến, kết luận từng nội dung.",
        COURSE_DERIVED,
    ),
    Rule(
        RuleKey.CONCLUSION,
        Phase.CLOSING,
        "Chủ trì kết luận buổi sinh hoạt.",
        COURSE_UNCONFIRMED,
    ),
    Rule(
        RuleKey.TASKS,
        Phase.CLOSING,
        "Phân công nhiệm vụ cho đảng viên, có thời hạn.",
        COURSE_UNCONFIRMED,
    ),
    Rule(
        RuleKey.QUALITY,
        Phase.CLOSING,
        "Đánh giá chất lượng buổi sinh hoạt theo khung tiêu chí.",
        CRITERIA_DERIVED,
    ),
    Rule(
        RuleKey.READ_BACK,
        Phase.CLOSING,
        "Thư ký đọc lại biên bản trước khi bế mạc.",
        RECORD,
    ),
    Rule(
        RuleKey.SEALED,
        Phase.AFTER,
        "Biên bản được chủ trì và thư ký ký.",
        RECORD_DERIVED,
    ),
    Rule(
        RuleKey.OPINIONS_ANSWERED,
        Phase.AFTER,
        "Người chuẩn bị chuyên đề trả lời từng ý kiến góp ý: tiếp thu hoặc giữ nguyên, có lý do.",
        THEMATIC_DERIVED,
    ),
    Rule(
        RuleKey.PAPER_COMPLETED,
        Phase.AFTER,
        "Hoàn thiện chuyên đề theo ý kiến đóng góp của đảng viên.",
        THEMATIC,
    ),
)

STEPS = {
    Kind.REGULAR: (
        steps.OPENING.at(5, COURSE),
        steps.PAST_TASKS.at(10, CRITERIA_DERIVED),
        steps.REPORT.at(10, CRITERIA_DERIVED),
        steps.CURRENT_AFFAIRS.at(10, COURSE_UNCONFIRMED),
        steps.DISCUSSION.at(25, CRITERIA_DERIVED),
        steps.CRITICISM.at(10, CRITERIA),
        steps.ASSIGN_TASKS.at(5, COURSE_UNCONFIRMED),
        steps.CONCLUSION.at(5, COURSE_UNCONFIRMED),
        steps.QUALITY.at(5, CRITERIA_DERIVED),
        steps.READ_MINUTES.at(5, RECORD),
    ),
    Kind.THEMATIC: (
        steps.OPENING.at(5, COURSE_DERIVED),
        steps.PAST_TASKS.at(5, COURSE_DERIVED),
        steps.PURPOSE.at(5, THEMATIC_UNCONFIRMED),
        steps.PRESENT_PAPER.at(15, THEMATIC),
        steps.THEMATIC_DISCUSSION.at(35, THEMATIC),
        steps.ASSESS_TOPIC.at(5, THEMATIC_UNCONFIRMED),
        steps.CONCLUSION_WITH_TASKS.at(10, THEMATIC_DERIVED),
        steps.QUALITY.at(5, CRITERIA_DERIVED),
        steps.READ_MINUTES.at(5, RECORD),
    ),
    Kind.COMBINED: (
        steps.OPENING.at(5, COURSE),
        steps.PAST_TASKS.at(10, CRITERIA_DERIVED),
        steps.REPORT.at(10, CRITERIA_DERIVED),
        steps.CURRENT_AFFAIRS.at(5, COURSE_UNCONFIRMED),
        steps.DISCUSSION.at(20, CRITERIA_DERIVED),
        steps.CRITICISM.at(10, CRITERIA),
        steps.ASSIGN_TASKS.at(5, COURSE_UNCONFIRMED),
        steps.PURPOSE.at(5, THEMATIC_UNCONFIRMED),
        steps.PRESENT_PAPER.at(10, THEMATIC),
        steps.THEMATIC_DISCUSSION.at(25, THEMATIC),
        steps.ASSESS_TOPIC.at(5, THEMATIC_UNCONFIRMED),
        steps.CONCLUSION_WITH_TASKS.at(5, THEMATIC_DERIVED),
        steps.QUALITY.at(5, CRITERIA_DERIVED),
        steps.READ_MINUTES.at(5, RECORD),
    ),
    Kind.COMMITTEE: (
        steps.COMMITTEE_OPENING.at(5, COMMITTEE),
        steps.LAST_MONTH.at(15, COMMITTEE),
        steps.NEXT_MONTH.at(15, COMMITTEE),
        steps.PREPARE_CELL_MEETING.at(15, COMMITTEE),
        steps.INSPECTION.at(5, COMMITTEE),
        steps.COMMITTEE_CONCLUSION.at(5, COMMITTEE),
    ),
    Kind.CONFERENCE: conference.STEPS,
}

# The last day is the eve of the next guideline: no source was seen that repeals this one in words.
HD12 = Rulebook(
    key="hd12",
    document=DOCUMENT,
    date=ISSUED,
    title="Một số vấn đề về nâng cao chất lượng sinh hoạt chi bộ",
    in_force_from=ISSUED,
    in_force_to=date(2025, 10, 27),
    rules=RULES,
    steps=STEPS,
)
