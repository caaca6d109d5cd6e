"""The steps that agendas are laid out from: name, who leads, what is written down under each."""

from dataclasses import dataclass

from guideline.model import AgendaStep, Clause, Phase, Who


@dataclass(frozen=True, slots=True)
class Pattern:
    """A step before a guideline has placed it; `at` gives it our suggested minutes and its clause."""

    code: str
    phase: Phase
    title: str
    who: Who = "chair"
    asks_conclusion: bool = False
    takes_remarks: bool = False
    three_part: bool = False
    apart: bool = False

    def at(self, minutes: int, clause: Clause) -> AgendaStep:
        return AgendaStep(
            code=self.code,
            phase=self.phase,
            title=self.title,
            minutes=minutes,
            who=self.who,
            asks_conclusion=self.asks_conclusion,
            takes_remarks=self.takes_remarks,
            three_part=self.three_part,
            apart=self.apart,
            clause=clause,
        )


OPENING = Pattern(
    "opening",
    Phase.OPENING,
    "Mở đầu: lý do, đại biểu, cử thư ký, điểm danh, thông qua chương trình",
)
OPENING_WITH_DUES = Pattern(
    "opening",
    Phase.OPENING,
    "Mở đầu: lý do, đại biểu, cử thư ký, điểm danh, tình hình đóng đảng phí, thông qua chương trình",
)

REPORT = Pattern(
    "report",
    Phase.PROCEEDING,
    "Báo cáo đánh giá tháng trước và dự kiến nhiệm vụ tháng tới",
)
PAST_TASKS = Pattern(
    "past_tasks",
    Phase.PROCEEDING,
    "Kết quả thực hiện nhiệm vụ kỳ trước",
    who="all",
    takes_remarks=True,
)
CURRENT_AFFAIRS = Pattern(
    "current_affairs",
    Phase.PROCEEDING,
    "Thông tin thời sự, quán triệt văn bản mới, định hướng những vấn đề phức tạp",
    who="presenter",
    takes_remarks=True,
)
DISCUSSION = Pattern(
    "discussion",
    Phase.PROCEEDING,
    "Thảo luận",
    who="all",
    asks_conclusion=True,
    takes_remarks=True,
)
CRITICISM = Pattern(
    "criticism",
    Phase.PROCEEDING,
    "Tự phê bình và phê bình; biểu dương, nhắc nhở đảng viên",
    who="all",
    takes_remarks=True,
)
ASSIGN_TASKS = Pattern(
    "assign_tasks",
    Phase.CLOSING,
    "Tổng hợp ý kiến, phân công nhiệm vụ và thời hạn",
    asks_conclusion=True,
    takes_remarks=True,
)
ORIENTATION = Pattern(
    "orientation",
    Phase.CLOSING,
    "Định hướng tư tưởng, giải đáp kiến nghị của đảng viên",
    takes_remarks=True,
)

PURPOSE = Pattern(
    "purpose",
    Phase.OPENING,
    "Bí thư nêu mục đích, yêu cầu của chuyên đề",
)
PRESENT_PAPER = Pattern(
    "present_paper",
    Phase.PROCEEDING,
    "Trình bày dự thảo chuyên đề",
    who="presenter",
)
THEMATIC_DISCUSSION = Pattern(
    "thematic_discussion",
    Phase.PROCEEDING,
    "Thảo luận chuyên đề: nhận thức, liên hệ bản thân, góp ý vào dự thảo",
    who="all",
    takes_remarks=True,
    three_part=True,
)
ASSESS_TOPIC = Pattern(
    "assess_topic",
    Phase.CLOSING,
    "Bí thư đánh giá chất lượng chuyên đề và việc vận dụng",
    asks_conclusion=True,
    takes_remarks=True,
)
CONCLUSION = Pattern(
    "conclusion",
    Phase.CLOSING,
    "Kết luận; biểu quyết nghị quyết (nếu có)",
    asks_conclusion=True,
    takes_remarks=True,
)
CONCLUSION_WITH_TASKS = Pattern(
    "conclusion",
    Phase.CLOSING,
    "Kết luận, phân công nhiệm vụ và thời hạn; biểu quyết (nếu có)",
    asks_conclusion=True,
    takes_remarks=True,
)
QUALITY = Pattern(
    "quality",
    Phase.CLOSING,
    "Đánh giá chất lượng buổi sinh hoạt",
    who="all",
    takes_remarks=True,
)
READ_MINUTES = Pattern(
    "read_minutes",
    Phase.CLOSING,
    "Thư ký đọc và thông qua biên bản",
    who="minute_taker",
    takes_remarks=True,
)

COMMITTEE_OPENING = Pattern(
    "opening",
    Phase.OPENING,
    "Mở đầu: mục đích, yêu cầu, thành phần; cử thư ký",
)
LAST_MONTH = Pattern(
    "last_month",
    Phase.PROCEEDING,
    "Đánh giá kết quả lãnh đạo tháng trước",
    who="all",
    takes_remarks=True,
)
NEXT_MONTH = Pattern(
    "next_month",
    Phase.PROCEEDING,
    "Nhiệm vụ tháng tới và dự thảo kết luận",
    who="all",
    takes_remarks=True,
)
PREPARE_CELL_MEETING = Pattern(
    "prepare_cell_meeting",
    Phase.PROCEEDING,
    "Chuẩn bị sinh hoạt chi bộ: nội dung, phân công, những vấn đề cần thảo luận và biểu quyết",
    who="all",
    takes_remarks=True,
)
INSPECTION = Pattern(
    "inspection",
    Phase.PROCEEDING,
    "Công tác kiểm tra, giám sát",
    who="all",
    takes_remarks=True,
)
COMMITTEE_CONCLUSION = Pattern(
    "conclusion",
    Phase.CLOSING,
    "Kết luận của chủ trì, phân công nhiệm vụ và thời hạn",
    asks_conclusion=True,
    takes_remarks=True,
)

CONFERENCE_OPENING = Pattern(
    "opening",
    Phase.OPENING,
    "Mở đầu: lý do, đại biểu, cử thư ký, điểm danh; mục đích, yêu cầu, cách tiến hành",
)
LAST_REVIEW = Pattern(
    "last_review",
    Phase.PROCEEDING,
    "Báo cáo kết quả khắc phục hạn chế, khuyết điểm kỳ trước của tập thể",
    who="all",
)
REVIEW_COLLECTIVE = Pattern(
    "review_collective",
    Phase.PROCEEDING,
    "Kiểm điểm tập thể: báo cáo, góp ý, tiếp thu, giải trình, kết luận",
    who="all",
    apart=True,
)
REVIEW_PERSONS = Pattern(
    "review_persons",
    Phase.PROCEEDING,
    "Kiểm điểm cá nhân: người đứng đầu trước; trình bày, góp ý, tiếp thu, giải trình, kết luận",
    who="all",
    apart=True,
)
RATE = Pattern(
    "rate",
    Phase.PROCEEDING,
    "Tự nhận mức xếp loại; bỏ phiếu hoặc biểu quyết, công bố kết quả kiểm phiếu",
    who="all",
    apart=True,
)
CONFERENCE_CONCLUSION = Pattern(
    "conclusion",
    Phase.CLOSING,
    "Kết luận chung; giao lập kế hoạch khắc phục hạn chế, khuyết điểm",
    asks_conclusion=True,
)
