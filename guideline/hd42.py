"""What Hướng dẫn 42-HD/BTCTW of 28/10/2025 asks of a cell meeting, line by line with its clause."""

from datetime import date

from guideline import conference, steps
from guideline.model import Clause, Evidence, Kind, Phase, Rule, Rulebook, RuleKey

DOCUMENT = "HD 42-HD/BTCTW"
ISSUED = date(2025, 10, 28)


# Where the words were read; the full text was not to be had.
PRESS = "luatvietnam.vn"
CELLS = "phần mềm, biểu mẫu của các chi bộ"
WARDS = "bảng điểm của đảng bộ phường An Phú, Cẩm Lệ, Tân Tiến"


def _clause(place: str, evidence: Evidence = Evidence.RELAYED, source: str = CELLS) -> Clause:
    return Clause(DOCUMENT, ISSUED, place, evidence, source)


# Places are as precise as the sources that quote the guideline; where they give no point, that is said.
CHARTER = Clause("Điều lệ Đảng", date(2011, 1, 19), "Điều 24, khoản 2", Evidence.SEEN, "thuvienphapluat.vn")
DIRECTIVE = Clause("CT 50-CT/TW", date(2025, 7, 23), "mục 2", Evidence.SEEN, "bản đăng lại trên trang pháp luật")
BULLETIN = Clause(
    "HD 37-HD/BTGDVTW", date(2025, 11, 19), "về bản tin sinh hoạt chi bộ", Evidence.SEEN, "bản đăng trên trang đảng"
)
LENGTH = _clause("Mục II, về thời lượng, chưa rõ điểm", Evidence.SEEN, PRESS)
COMMON = _clause("Mục II, quy định chung, chưa rõ điểm")
PREPARATION = _clause("Mục II, công tác chuẩn bị, chưa rõ điểm", Evidence.SEEN, PRESS)
PREPARATION_RELAYED = _clause("Mục II, công tác chuẩn bị, chưa rõ điểm")
COURSE = _clause("Mục II, điểm 2.2")
COURSE_DERIVED = _clause("Mục II, điểm 2.2", Evidence.DERIVED)
REGULAR_CONTENT = _clause("Mục II, điểm 3.1")
CRITERIA = _clause("Mục II, điểm 5", source=WARDS)
CRITERIA_DERIVED = _clause("Mục II, điểm 5", Evidence.DERIVED, WARDS)
LOCAL_SPEAKERS = _clause("Mục II, điểm 5; mức quá nửa là của địa phương", Evidence.UNCONFIRMED, WARDS)

LOCAL_ABSENCES = _clause("Mục II, điểm 5; mức này thấy trong bảng điểm của địa phương", Evidence.UNCONFIRMED, WARDS)
# The guideline names what the committee settles; the rest of its course is what cells write in practice.
COMMITTEE = _clause("công tác chuẩn bị; trình tự theo mẫu của các chi bộ", Evidence.UNCONFIRMED)

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
        "Sinh hoạt thường kỳ vào ngày {figure} hằng tháng.",
        BULLETIN,
        3,
    ),
    Rule(
        RuleKey.THEMATIC_PER_QUARTER,
        Phase.PREPARE,
        "Sinh hoạt chuyên đề ít nhất {figure} lần mỗi quý.",
        DIRECTIVE,
        1,
    ),
    Rule(
        RuleKey.ONE_PART_AFTER_THE_OTHER,
        Phase.PREPARE,
        "Chuyên đề không thay cho thường kỳ; nếu kết hợp thì làm xong phần này mới sang phần kia.",
        COMMON,
    ),
    Rule(
        RuleKey.MINUTES_REGULAR,
        Phase.PREPARE,
        "Buổi sinh hoạt thường kỳ tối thiểu {figure} phút.",
        LENGTH,
        90,
    ),
    Rule(
        RuleKey.MINUTES_THEMATIC,
        Phase.PREPARE,
        "Buổi sinh hoạt chuyên đề tối thiểu {figure} phút.",
        LENGTH,
        90,
    ),
    Rule(
        RuleKey.MINUTES_COMBINED,
        Phase.PREPARE,
        "Thường kỳ kết hợp chuyên đề trong một buổi tối thiểu {figure} phút.",
        LENGTH,
        120,
    ),
    Rule(
        RuleKey.MINUTES_SMALL_CELL,
        Phase.PREPARE,
        "Chi bộ ít đảng viên theo mức do cấp uỷ có thẩm quyền quy định.",
        LENGTH,
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
        "Chi uỷ (hoặc bí thư, phó bí thư) họp thống nhất nội dung trước buổi sinh hoạt.",
        PREPARATION,
    ),
    Rule(
        RuleKey.NOTICE,
        Phase.PREPARE,
        "Đảng viên được thông báo thời gian, địa điểm, nội dung.",
        PREPARATION,
    ),
    Rule(
        RuleKey.NOTICE_TO_SUPERIOR,
        Phase.PREPARE,
        "Cấp uỷ viên cấp trên theo dõi chi bộ cũng được thông báo.",
        PREPARATION,
    ),
    Rule(
        RuleKey.PAPERS_DAYS_BEFORE,
        Phase.PREPARE,
        "Tài liệu có trên Sổ tay đảng viên điện tử trước ít nhất {figure} ngày.",
        PREPARATION,
        1,
    ),
    Rule(
        RuleKey.TOPIC,
        Phase.PREPARE,
        "Chuyên đề được lên kế hoạch từ đầu năm hoặc đầu quý.",
        PREPARATION_RELAYED,
    ),
    Rule(
        RuleKey.BULLETIN,
        Phase.PREPARE,
        "Bản tin sinh hoạt chi bộ (phát hành ngày 15 tháng trước) có người chuẩn bị trình bày; tính vào "
        "tiêu chí công tác chuẩn bị.",
        BULLETIN,
    ),
    Rule(
        RuleKey.PAPER_AUTHOR,
        Phase.PREPARE,
        "Đảng viên am hiểu vấn đề được phân công chuẩn bị chuyên đề.",
        PREPARATION_RELAYED,
    ),
    Rule(
        RuleKey.PAPER_AGREED,
        Phase.PREPARE,
        "Chi uỷ thông qua dự thảo chuyên đề trước khi gửi đảng viên.",
        PREPARATION_RELAYED,
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
        "Điểm danh: có mặt, vắng có lý do, vắng không có lý do.",
        COURSE,
    ),
    Rule(
        RuleKey.ATTENDANCE_AT_LEAST,
        Phase.OPENING,
        "Từ {figure}% đảng viên trở lên dự sinh hoạt, "
        "không tính đảng viên được miễn và đảng viên lực lượng vũ trang làm nhiệm vụ đặc biệt.",
        CRITERIA,
        90,
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
        LOCAL_ABSENCES,
        3,
    ),
    Rule(
        RuleKey.DUES,
        Phase.OPENING,
        "Thông báo tình hình đóng đảng phí.",
        COURSE,
    ),
    Rule(
        RuleKey.ALL_STEPS,
        Phase.PROCEEDING,
        "Buổi sinh hoạt theo đủ các bước.",
        COURSE,
    ),
    Rule(
        RuleKey.PAST_TASKS,
        Phase.PROCEEDING,
        "Kiểm điểm kết quả từng nhiệm vụ kỳ trước.",
        REGULAR_CONTENT,
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
        "Ý kiến về chuyên đề nêu nhận thức, liên hệ bản thân và tác dụng, góp ý vào dự thảo.",
        COURSE_DERIVED,
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
        COURSE,
    ),
    Rule(
        RuleKey.TASKS,
        Phase.CLOSING,
        "Phân công nhiệm vụ cho từng đảng viên, có thời hạn.",
        COURSE,
    ),
    Rule(
        RuleKey.QUALITY,
        Phase.CLOSING,
        "Chấm điểm, đánh giá chất lượng buổi sinh hoạt.",
        COURSE,
    ),
    Rule(
        RuleKey.QUALITY_VOTED,
        Phase.CLOSING,
        "Chi bộ thảo luận và biểu quyết mức tự đánh giá.",
        CRITERIA,
    ),
    Rule(
        RuleKey.READ_BACK,
        Phase.CLOSING,
        "Thư ký trình bày biên bản để chi bộ thông qua.",
        COURSE,
    ),
    Rule(
        RuleKey.SEALED,
        Phase.AFTER,
        "Biên bản được chủ trì và thư ký ký.",
        CRITERIA_DERIVED,
    ),
    Rule(
        RuleKey.OPINIONS_ANSWERED,
        Phase.AFTER,
        "Người chuẩn bị chuyên đề trả lời từng ý kiến góp ý: tiếp thu hoặc giữ nguyên, có lý do.",
        COURSE_DERIVED,
    ),
    Rule(
        RuleKey.PAPER_COMPLETED,
        Phase.AFTER,
        "Hoàn thiện chuyên đề sau buổi sinh hoạt.",
        COURSE,
    ),
    Rule(
        RuleKey.POSTED_DAYS_AFTER,
        Phase.AFTER,
        "Tài liệu đã hoàn thiện có trên Sổ tay đảng viên điện tử trong {figure} ngày.",
        PREPARATION_RELAYED,
        2,
    ),
    Rule(
        RuleKey.REPORTED_UP,
        Phase.AFTER,
        "Báo cáo kết quả với cấp uỷ cấp trên trực tiếp.",
        CRITERIA,
    ),
)

STEPS = {
    Kind.REGULAR: (
        steps.OPENING_WITH_DUES.at(5, COURSE),
        steps.REPORT.at(10, COURSE),
        steps.PAST_TASKS.at(10, COURSE),
        steps.CURRENT_AFFAIRS.at(10, COURSE),
        steps.DISCUSSION.at(25, COURSE),
        steps.CRITICISM.at(10, COURSE),
        steps.ASSIGN_TASKS.at(5, COURSE),
        steps.ORIENTATION.at(5, COURSE),
        steps.CONCLUSION.at(5, COURSE),
        steps.QUALITY.at(5, COURSE),
        steps.READ_MINUTES.at(5, COURSE),
    ),
    Kind.THEMATIC: (
        steps.OPENING_WITH_DUES.at(5, COURSE_DERIVED),
        steps.PAST_TASKS.at(5, COURSE_DERIVED),
        steps.PURPOSE.at(5, COURSE),
        steps.PRESENT_PAPER.at(15, COURSE),
        steps.THEMATIC_DISCUSSION.at(35, COURSE),
        steps.ASSESS_TOPIC.at(5, COURSE),
        steps.CONCLUSION_WITH_TASKS.at(10, COURSE),
        steps.QUALITY.at(5, COURSE_DERIVED),
        steps.READ_MINUTES.at(5, COURSE_DERIVED),
    ),
    Kind.COMBINED: (
        steps.OPENING_WITH_DUES.at(5, COURSE),
        steps.REPORT.at(10, COURSE),
        steps.PAST_TASKS.at(10, COURSE),
        steps.CURRENT_AFFAIRS.at(5, COURSE),
        steps.DISCUSSION.at(20, COURSE),
        steps.CRITICISM.at(10, COURSE),
        steps.ASSIGN_TASKS.at(5, COURSE),
        steps.ORIENTATION.at(5, COURSE),
        steps.PURPOSE.at(5, COURSE),
        steps.PRESENT_PAPER.at(10, COURSE),
        steps.THEMATIC_DISCUSSION.at(25, COURSE),
        steps.ASSESS_TOPIC.at(5, COURSE),
        steps.CONCLUSION_WITH_TASKS.at(5, COURSE),
        steps.QUALITY.at(5, COURSE),
        steps.READ_MINUTES.at(5, COURSE),
    ),
    Kind.COMMITTEE: (
        steps.COMMITTEE_OPENING.at(5, COMMITTEE),
        steps.LAST_MONTH.at(15, PREPARATION),
        steps.NEXT_MONTH.at(15, PREPARATION),
        steps.PREPARE_CELL_MEETING.at(15, PREPARATION),
        steps.INSPECTION.at(5, COMMITTEE),
        steps.COMMITTEE_CONCLUSION.at(5, COMMITTEE),
    ),
    Kind.CONFERENCE: conference.STEPS,
}

HD42 = Rulebook(
    key="hd42",
    document=DOCUMENT,
    date=ISSUED,
    title="Hướng dẫn về sinh hoạt chi bộ theo Chỉ thị 50-CT/TW",
    in_force_from=ISSUED,
    in_force_to=None,
    rules=RULES,
    steps=STEPS,
)
