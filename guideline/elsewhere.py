"""What the program acts on beside the guidelines on meetings: votes, numbers, the yearly review; for the paper alone.

Nothing is computed from here: each line says in words what another table does, with the clause it rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guideline.model import Clause, Evidence

_LAW = "bản đăng lại trên trang pháp luật"
_CELLS = "phần mềm, biểu mẫu của các chi bộ"


@dataclass(frozen=True, slots=True)
class Line:
    """Holds on the days between the two (both included)."""

    text: str
    clause: Clause
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.clause.date <= day and (self.until is None or day <= self.until)


def _charter(place: str) -> Clause:
    return Clause("Điều lệ Đảng", date(2011, 1, 19), place, Evidence.SEEN, _LAW)


def _decision(place: str) -> Clause:
    return Clause("QĐ 366-QĐ/TW", date(2025, 8, 30), place, Evidence.SEEN, _LAW)


_BASE = Clause("QĐ 294-QĐ/TW", date(2025, 5, 26), "điểm 9.3.2", Evidence.RELAYED, "bộ câu hỏi thi trích nguyên văn")

VOTES: Sequence[Line] = (
    Line("Nghị quyết, kết luận được thông qua khi quá nửa số đảng viên chính thức tán thành.", _charter("Điều 9.5")),
    Line(
        "Kết nạp, công nhận chính thức khi ít nhất hai phần ba số đảng viên chính thức tán thành.",
        _charter("Điều 4, 5"),
    ),
    Line("Đảng viên dự bị không biểu quyết.", _charter("Điều 3")),
    Line(
        "Số để tính: đảng viên chính thức được triệu tập, trừ người đang sinh hoạt tạm thời nơi khác và người được "
        "miễn không dự; người được miễn có dự và biểu quyết thì tính.",
        _BASE,
    ),
)

_NUMBERS = "Số văn bản ghi từ 01 theo từng tên loại trong một nhiệm kỳ, như “Số 05-BB/CB”."

#: What is said of papers beside the figures of `documents.style`.
PAPERS: Sequence[Line] = (
    Line(
        _NUMBERS,
        Clause("HD 36-HD/VPTW", date(2018, 4, 3), "về số, ký hiệu", Evidence.SEEN, "thuvienphapluat.vn"),
        until=date(2026, 5, 26),
    ),
    Line(
        _NUMBERS,
        Clause("HD 05-HD/VPTW", date(2026, 5, 27), "về số, ký hiệu", Evidence.RELAYED, _CELLS),
    ),
    Line(
        "Chi bộ ký T/M CHI BỘ; tên loại trong số: NQ, QĐ, KL, QC, TB, BC, KH, CTr, ĐA, TTr, CV, BB.",
        Clause("QĐ 399-QĐ/TW", date(2026, 1, 9), "Điều 11, 13", Evidence.RELAYED, _CELLS),
    ),
)

REVIEWS: Sequence[Line] = (
    Line("Kiểm điểm tập thể trước, cá nhân sau; người đứng đầu trước.", _decision("Điều 7")),
    Line("Hội nghị kiểm điểm dành ít nhất 01 ngày, trừ khi cấp uỷ quy định thời gian khác.", _decision("Điều 7")),
    Line("Xếp loại bốn mức, theo đề xuất của chi bộ và quyết định của cấp có thẩm quyền.", _decision("Điều 12")),
    Line("Sau kiểm điểm có kế hoạch khắc phục hạn chế, khuyết điểm.", _decision("Điều 8")),
    Line("Mức xếp loại được công bố.", _decision("Điều 15")),
    Line("Hồ sơ kiểm điểm, xếp loại gồm chín mục.", _decision("Điều 17")),
    Line(
        "Bản kiểm điểm theo Mẫu 01, 02A, 02B, 02C.",
        Clause("HD 43-HD/BTCTW", date(2025, 10, 31), "phần mẫu", Evidence.SEEN, _LAW),
    ),
)
