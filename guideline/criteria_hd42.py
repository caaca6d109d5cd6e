"""The score sheets under Hướng dẫn 42-HD/BTCTW: the central one, and one ward's breakdown as an example."""

from guideline.hd42 import DOCUMENT, ISSUED
from guideline.model import Clause, Evidence, Kind
from guideline.sheet import Band, CriteriaSet, Criterion, Grade, Measure

FRAME = Clause(DOCUMENT, ISSUED, "Mục II, điểm 5", Evidence.DERIVED)
WARD = Clause(DOCUMENT, ISSUED, "Mục II, điểm 5; mức chia của một đảng bộ phường", Evidence.UNCONFIRMED)
WARD_REGULAR = Clause(
    DOCUMENT,
    ISSUED,
    "Mục II, điểm 5; mức chia của một đảng bộ phường; tháng không có chuyên đề tính 15 điểm là cách hiểu của chúng tôi",
    Evidence.UNCONFIRMED,
)

GRADES = (
    Grade("good", "Tốt", 90),
    Grade("fair", "Khá", 70),
    Grade("average", "Trung bình", 50),
    Grade("poor", "Kém", 0),
)

_TIME = "Chấp hành thời gian, thời lượng sinh hoạt"
_ATTENDANCE = "Tỉ lệ đảng viên dự sinh hoạt"
_PREPARATION = "Công tác chuẩn bị"
_COURSE = "Tổ chức sinh hoạt"
_CHAIRING = "Bí thư (phó bí thư) điều hành"
_PRINCIPLES = "Nguyên tắc tổ chức, sinh hoạt đảng"
_RESULT = "Kết quả lãnh đạo thực hiện kết luận, nghị quyết của chi bộ"
_CLOSING = "Kết thúc sinh hoạt"

HD42_SET = CriteriaSet(
    key="hd42",
    title="Khung tiêu chí 100 điểm theo Hướng dẫn 42-HD/BTCTW",
    clause=FRAME,
    criteria=(
        Criterion("1", _TIME, 5, FRAME, measure=Measure.TIME),
        Criterion(
            "2",
            f"{_ATTENDANCE} (từ 90% trở lên, không có vắng không lý do; không tính đảng viên được miễn và "
            "đảng viên lực lượng vũ trang làm nhiệm vụ đặc biệt)",
            5,
            FRAME,
            measure=Measure.ATTENDANCE,
        ),
        Criterion("3", _PREPARATION, 10, FRAME),
        Criterion(
            "3.1",
            "Nội dung chuẩn bị đúng, đủ, có trọng tâm",
            5,
            FRAME,
            "3",
            Measure.PREPARED_CONTENT,
            judged=True,
        ),
        Criterion(
            "3.2",
            "Họp chi uỷ, gửi thông báo, đăng tài liệu",
            5,
            FRAME,
            "3",
            Measure.COMMITTEE_NOTICE_PAPERS,
        ),
        Criterion("4", _COURSE, 40, FRAME),
        Criterion("4.1", "Thực hiện đủ các bước", 5, FRAME, "4", Measure.STEPS),
        Criterion(
            "4.2",
            "Đủ nội dung; biểu dương, nhắc nhở; nhiều đảng viên phát biểu",
            25,
            FRAME,
            "4",
            Measure.CONTENT,
            judged=True,
        ),
        Criterion("4.3", "Bí thư điều hành linh hoạt, hiệu quả", 10, FRAME, "4", Measure.CHAIRING, judged=True),
        Criterion(
            "5",
            f"{_PRINCIPLES} (tập trung dân chủ, tự phê bình và phê bình)",
            5,
            FRAME,
            measure=Measure.PRINCIPLES,
            judged=True,
        ),
        Criterion("6", _RESULT, 30, FRAME, measure=Measure.TASKS_DONE),
        Criterion("7", f"{_CLOSING}: kết luận, thông qua biên bản, đăng tài liệu", 5, FRAME, measure=Measure.CLOSING),
    ),
    grades=GRADES,
)


def _yes_no(points: int) -> tuple[Band, ...]:
    """A line that the ward gives whole or not at all."""
    return Band(100, points), Band(0, 0)


WARD_SET = CriteriaSet(
    key="hd42-phuong",
    title="Bảng điểm chi tiết: ví dụ một đảng bộ phường",
    clause=WARD,
    criteria=(
        Criterion(
            "1",
            _TIME,
            5,
            WARD,
            measure=Measure.TIME,
            bands=(
                Band(0, 5),
                Band(-15, 4),
                Band(-30, 3),
                Band(50, 2, of_minimum=True),
                Band(0, 1, of_minimum=True),
            ),
        ),
        Criterion("2", _ATTENDANCE, 5, WARD),
        Criterion(
            "2.1",
            "Tỉ lệ dự sinh hoạt; có đảng viên vắng không lý do thì tính mức thấp nhất",
            4,
            WARD,
            "2",
            Measure.ATTENDANCE,
            (Band(90, 4), Band(75, 3), Band(65, 2), Band(0, 1)),
        ),
        Criterion(
            "2.2",
            "Không có đảng viên vắng có lý do quá 3 lần liên tiếp trong năm",
            1,
            WARD,
            "2",
            Measure.EXCUSED,
            _yes_no(1),
        ),
        Criterion("3", _PREPARATION, 10, WARD),
        Criterion("3.1", "Nội dung đúng, đủ, có trọng tâm", 3, WARD, "3", Measure.PREPARED_CONTENT, judged=True),
        Criterion("3.2", "Định hướng thảo luận và dự thảo kết luận", 2, WARD, "3", judged=True),
        Criterion(
            "3.3",
            "Họp chi uỷ, có biên bản (chi bộ chỉ có bí thư thì tính điểm tối đa)",
            2,
            WARD,
            "3",
            Measure.COMMITTEE,
            _yes_no(2),
        ),
        Criterion(
            "3.4",
            "Thông báo đến đảng viên và cấp uỷ viên cấp trên theo dõi chi bộ",
            1,
            WARD,
            "3",
            Measure.NOTICE,
            _yes_no(1),
        ),
        Criterion(
            "3.5",
            "Đăng tài liệu lên Sổ tay đảng viên điện tử trước ít nhất 01 ngày",
            2,
            WARD,
            "3",
            Measure.PAPERS,
            _yes_no(2),
        ),
        Criterion("4", _COURSE, 30, WARD),
        Criterion("4.1", "Thực hiện đủ các bước", 5, WARD, "4", Measure.STEPS, _yes_no(5)),
        Criterion(
            "4.2",
            "Nội dung sinh hoạt thường kỳ (tháng không có chuyên đề tính thêm 5 điểm của nội dung chuyên đề; "
            "cần xác nhận)",
            10,
            WARD_REGULAR,
            "4",
            Measure.CONTENT,
            judged=True,
        ),
        Criterion(
            "4.3",
            "Nội dung sinh hoạt chuyên đề (chỉ tính ở tháng có chuyên đề)",
            5,
            WARD,
            "4",
            Measure.CONTENT,
            judged=True,
            kinds=frozenset({Kind.THEMATIC, Kind.COMBINED}),
            moves_to="4.2",
        ),
        Criterion("4.4", "Biểu dương, nhắc nhở đảng viên", 2, WARD, "4", Measure.COMMENDATION, _yes_no(2)),
        Criterion(
            "4.5",
            "Nhiều đảng viên phát biểu",
            5,
            WARD,
            "4",
            Measure.SPEAKERS,
            (Band(50, 5, over=True), Band(40, 4), Band(30, 3), Band(0, 2)),
        ),
        Criterion(
            "4.6",
            "Sổ biên bản ghi đủ diễn biến buổi sinh hoạt",
            1,
            WARD,
            "4",
            Measure.MINUTES_BOOK,
            judged=True,
        ),
        Criterion(
            "4.7",
            "Dành ít nhất 15–30 phút cho tình hình tư tưởng, tự phê bình và phê bình",
            1,
            WARD,
            "4",
            Measure.IDEOLOGY,
            (Band(15, 1), Band(0, 0)),
        ),
        Criterion("4.8", "Có tài liệu trên Sổ tay đảng viên điện tử", 1, WARD, "4", Measure.HANDBOOK, _yes_no(1)),
        Criterion("5", _CHAIRING, 10, WARD),
        Criterion("5.1", "Điều hành linh hoạt, hiệu quả", 2, WARD, "5", Measure.CHAIRING, judged=True),
        Criterion("5.2", "Định hướng thảo luận, kể cả vấn đề mới", 4, WARD, "5", judged=True),
        Criterion("5.3", "Gợi mở, tạo không khí dân chủ", 3, WARD, "5", Measure.SPEAKERS, judged=True),
        Criterion("5.4", "Tổng hợp thành kết luận hoặc nghị quyết", 1, WARD, "5", Measure.CONCLUDED, judged=True),
        Criterion("6", _PRINCIPLES, 5, WARD),
        Criterion("6.1", "Tập trung dân chủ", 1, WARD, "6", Measure.PRINCIPLES, judged=True),
        Criterion("6.2", "Tự phê bình và phê bình nghiêm túc, cầu thị", 2, WARD, "6", judged=True),
        Criterion("6.3", "Tính lãnh đạo, tính giáo dục, tính chiến đấu", 1, WARD, "6", judged=True),
        Criterion("6.4", "Thông tin, định hướng; giải quyết tâm tư, nguyện vọng", 1, WARD, "6", judged=True),
        Criterion(
            "7",
            _RESULT,
            30,
            WARD,
            measure=Measure.TASKS_DONE,
            bands=(Band(90, 30), Band(80, 27), Band(70, 24), Band(60, 20), Band(50, 15), Band(0, 10)),
        ),
        Criterion("8", _CLOSING, 5, WARD),
        Criterion("8.1", "Chủ trì kết luận; thông qua kết luận hoặc nghị quyết", 2, WARD, "8", Measure.CONCLUDED),
        Criterion("8.2", "Thông qua biên bản; phân công nhiệm vụ cụ thể", 2, WARD, "8", Measure.ADOPTED),
        Criterion(
            "8.3",
            "Đăng tài liệu đã hoàn thiện trong 02 ngày",
            1,
            WARD,
            "8",
            Measure.POSTED,
            _yes_no(1),
        ),
    ),
    grades=GRADES,
)
