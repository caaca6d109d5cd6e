"""The score sheets under Hướng dẫn 12-HD/BTCTW: the frame without points, and one province's as an example."""

from guideline.criteria_hd42 import GRADES
from guideline.hd12 import DOCUMENT, ISSUED
from guideline.model import Clause, Evidence
from guideline.sheet import CriteriaSet, Criterion, Measure

FRAME = Clause(DOCUMENT, ISSUED, "khung tiêu chí đánh giá chất lượng sinh hoạt", Evidence.SEEN)
PROVINCE = Clause(DOCUMENT, ISSUED, "thang điểm của một đảng bộ ở một tỉnh trước năm 2025", Evidence.UNCONFIRMED)

HD12_SET = CriteriaSet(
    key="hd12",
    title="Khung tiêu chí (không chấm điểm) theo Hướng dẫn 12-HD/BTCTW",
    clause=FRAME,
    criteria=(
        Criterion(
            "1",
            "Tỉ lệ đảng viên dự sinh hoạt: trên 85%, không có vắng không lý do, "
            "không có vắng có lý do quá 3 lần liên tiếp trong năm",
            None,
            FRAME,
            measure=Measure.ATTENDANCE_AND_EXCUSED,
        ),
        Criterion(
            "2",
            "Công tác chuẩn bị: bí thư hoặc phó bí thư trực tiếp chuẩn bị, chi uỷ họp, nội dung đúng và đủ, "
            "có dự thảo nghị quyết",
            None,
            FRAME,
            measure=Measure.PREPARATION,
            judged=True,
        ),
        Criterion(
            "3",
            "Tổ chức sinh hoạt: đúng thời gian và trình tự, đủ nội dung, biểu dương, phê bình, "
            "nhiều ý kiến, từ 90 phút, biên bản đầy đủ",
            None,
            FRAME,
            measure=Measure.CONDUCT,
            judged=True,
        ),
        Criterion("4", "Nguyên tắc tổ chức, sinh hoạt đảng", None, FRAME, measure=Measure.PRINCIPLES, judged=True),
        Criterion("5", "Kết quả thực hiện kết luận, nghị quyết", None, FRAME, measure=Measure.TASKS_DONE),
    ),
    grades=(),
)

PROVINCE_SET = CriteriaSet(
    key="hd12-tinh",
    title="Thang điểm bốn phần: ví dụ một tỉnh trước năm 2025",
    clause=PROVINCE,
    criteria=(
        Criterion("1", "Công tác chuẩn bị", 15, PROVINCE, measure=Measure.PREPARATION, judged=True),
        Criterion("2", "Tỉ lệ đảng viên tham dự", 20, PROVINCE, measure=Measure.ATTENDANCE_AND_EXCUSED),
        Criterion("3", "Tổ chức sinh hoạt", 45, PROVINCE, measure=Measure.CONDUCT, judged=True),
        Criterion("4", "Kết thúc sinh hoạt", 20, PROVINCE, measure=Measure.CLOSING, judged=True),
    ),
    grades=GRADES,
)
