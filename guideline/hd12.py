"""What Hướng dẫn 12-HD/BTCTW of 06/7/2018 asks of a cell meeting, line by line with its clause."""

from datetime import date

from guideline import conference, steps
from guideline.model import Clause, Evidence, Kind, Phase, Rule, Rulebook, RuleKey

DOCUMENT = "HD 12-HD/BTCTW"
ISSUED = date(2018, 7, 6)


# Where the words were read.
REPRINT = "bản đăng lại trên trang pháp luật"
LAW_PAGE = "thukyluat.vn; llct.tnut.edu.vn"
HANDBOOK = "thuvienphapluat.vn, mẫu ghi biên bản"
CELLS = "mẫu của các chi bộ"


def _clause(place: str, evidence: Evidence = Evidence.SEEN, source: str = REPRINT) -> Clause:
    return Clause(DOCUMENT, ISSUED, place, evidence, source)


# Places are as precise as the sources that quote the guideline; where they give no point, that is said.
CHARTER = Clause("Điều lệ Đảng", date(2011, 1, 19), "Điều 24, khoản 2", Evidence.SEEN, "thuvienphapluat.vn")
COMBINING = _clause("Mục II, chưa rõ điểm", source="luatbinhduong.com.vn")
PREPARATION = _clause("Mục II, điểm 1.1")
OPENING = _clause("Mục II, điểm 1.2", source=HANDBOOK)
COURSE_DERIVED = _clause("Mục II, điểm 1.2", Evidence.DERIVED, HANDBOOK)
COURSE_UNCONFIRMED = _clause("Mục II, điểm 1.2", Evidence.UNCONFIRMED, CELLS)
CONTENT = _clause("Mục II, điểm 2.1 a, b")
THEMATIC = _clause("Mục II, phần chuyên đề, chưa rõ điểm", source="luatbinhduong.com.vn")
THEMATIC_DERIVED = _clause("Mục II, phần chuyên đề, chưa rõ điểm", Evidence.DERIVED, CELLS)
THEMATIC_UNCONFIRMED = _clause("Mục II, phần chuyên đề, chưa rõ điểm", Evidence.UNCONFIRMED, CELLS)
RECORD = _clause("Mục II, về sổ biên bản, chưa rõ điểm", source="luatbinhduong.com.vn")
RECORD_DERIVED = _clause("Mục II, về sổ biên bản, chưa rõ điểm", Evidence.DERIVED, CELLS)
ATTENDANCE = _clause("Mục II, điểm 3.1", source=LAW_PAGE)
HOLDING = _clause("Mục II, điểm 3.3", source=LAW_PAGE)
HOLDING_DERIVED = _clause("Mục II, điểm 3.3", Evidence.DERIVED, LAW_PAGE)
RESULT = _clause("Mục II, điểm 3.5", source=LAW_PAGE)
RESULT_DERIVED = _clause("Mục II, điểm 3.5", Evidence.DERIVED, LAW_PAGE)
CRITERIA_DERIVED = _clause("Mục II, điểm 3", Evidence.DERIVED, LAW_PAGE)

# The course of a committee's meeting is what cells write in practice; no point of the guideline was seen for it.
COMMITTEE = _clause("Mục II, điểm 1.1; trình tự theo mẫu của các chi bộ", Evidence.UNCONFIRMED, CELLS)
# The yearly review had other rules then; the order of its evening is what cells wrote.
CONFERENCE = _clause("không nêu; trình tự theo cách làm của các chi bộ", Evidence.UNCONFIRMED, CELLS)

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
        RuleKey.MEETING_DAY,
        Phase.PREPARE,
        "Sinh hoạt vào ngày do cấp uỷ có thẩm quyền quy định.",
        HOLDING,
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
        HOLDING,
        90,
    ),
    Rule(
        RuleKey.MINUTES_THEMATIC,
        Phase.PREPARE,
        "Buổi sinh hoạt chuyên đề tối thiểu {figure} phút.",
        HOLDING_DERIVED,
        90,
    ),
    Rule(
        RuleKey.MINUTES_COMBINED,
        Phase.PREPARE,
        "Thường kỳ kết hợp chuyên đề trong một buổi tối thiểu {figure} phút.",
        HOLDING,
        120,
    ),
    Rule(
        RuleKey.MINUTES_SMALL_CELL,
        Phase.PREPARE,
        "Chi bộ rất ít đảng viên theo mức do cấp uỷ có thẩm quyền quy định.",
        HOLDING,
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
        "Chi uỷ họp thống nhất nội dung: đánh giá tháng qua, nhiệm vụ tháng tới, việc đưa ra thảo luận, "
        "biểu quyết, góp ý dự thảo nghị quyết.",
        PREPARATION,
    ),
    Rule(
        RuleKey.NOTICE,
        Phase.PREPARE,
        "Đảng viên được thông báo thời gian, địa điểm, nội dung; nơi có điều kiện thì gửi tài liệu trước.",
        PREPARATION,
    ),
    Rule(
        RuleKey.NOTICE_TO_SUPERIOR,
        Phase.PREPARE,
        "Cấp uỷ viên cấp trên theo dõi chi bộ cũng được thông báo.",
        PREPARATION,
    ),
    Rule(
        RuleKey.TOPIC,
        Phase.PREPARE,
        "Chuyên đề theo kế hoạch năm của chi bộ.",
        PREPARATION,
    ),
    Rule(
        RuleKey.PLAN_REPORTED,
        Phase.PREPARE,
        "Kế hoạch sinh hoạt chuyên đề của năm được báo cáo cấp uỷ cấp trên.",
        PREPARATION,
    ),
    Rule(
        RuleKey.PAPER_AUTHOR,
        Phase.PREPARE,
        "Đảng viên biết viết, am hiểu vấn đề được phân công chuẩn bị chuyên đề; chi bộ khó khăn có thể "
        "không có bản viết, khi cấp uỷ cấp trên hướng dẫn.",
        PREPARATION,
    ),
    Rule(
        RuleKey.PAPER_AGREED,
        Phase.PREPARE,
        "Chi uỷ hoặc bí thư thông qua dự thảo chuyên đề.",
        PREPARATION,
    ),
    Rule(
        RuleKey.PAPER_SENT,
        Phase.PREPARE,
        "Dự thảo chuyên đề gửi đảng viên trước buổi sinh hoạt.",
        PREPARATION,
    ),
    Rule(
        RuleKey.MINUTE_TAKER,
        Phase.OPENING,
        "Cử thư ký buổi sinh hoạt.",
        OPENING,
    ),
    Rule(
        RuleKey.ROLL_CALL,
        Phase.OPENING,
        "Thông báo số có mặt, vắng có lý do, vắng không có lý do.",
        OPENING,
    ),
    Rule(
        RuleKey.ATTENDANCE_OVER,
        Phase.OPENING,
        "Trên {figure}% đảng viên dự sinh hoạt, không tính đảng viên được miễn và đảng viên lực lượng vũ "
        "trang làm nhiệm vụ đặc biệt.",
        ATTENDANCE,
        85,
    ),
    Rule(
        RuleKey.NO_UNEXCUSED,
        Phase.OPENING,
        "Không có đảng viên vắng không có lý do.",
        ATTENDANCE,
    ),
    Rule(
        RuleKey.EXCUSED_IN_A_ROW,
        Phase.OPENING,
        "Không có đảng viên vắng có lý do quá {figure} lần liên tiếp trong năm.",
        ATTENDANCE,
        3,
    ),
    Rule(
        RuleKey.ALL_STEPS,
        Phase.PROCEEDING,
        "Buổi sinh hoạt đúng trình tự, đủ nội dung.",
        HOLDING,
    ),
    Rule(
        RuleKey.PAST_TASKS,
        Phase.PROCEEDING,
        "Đánh giá kết quả thực hiện kết luận, nghị quyết kỳ trước.",
        RESULT,
    ),
    Rule(
        RuleKey.SPEAKERS,
        Phase.PROCEEDING,
        "Nhiều đảng viên phát biểu; hướng dẫn không ấn định tỉ lệ.",
        HOLDING,
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
        steps.OPENING.at(5, OPENING),
        steps.PAST_TASKS.at(10, RESULT_DERIVED),
        steps.REPORT.at(10, CONTENT),
        steps.CURRENT_AFFAIRS.at(10, CONTENT),
        steps.DISCUSSION.at(25, HOLDING_DERIVED),
        steps.CRITICISM.at(10, HOLDING),
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
        steps.OPENING.at(5, OPENING),
        steps.PAST_TASKS.at(10, RESULT_DERIVED),
        steps.REPORT.at(10, CONTENT),
        steps.CURRENT_AFFAIRS.at(5, CONTENT),
        steps.DISCUSSION.at(20, HOLDING_DERIVED),
        steps.CRITICISM.at(10, HOLDING),
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
    Kind.CONFERENCE: conference.steps_by(CONFERENCE),
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
