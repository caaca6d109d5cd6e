"""How an open vote is counted: its kinds with the majority of each, the base, and on what clause each rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guideline.model import Clause, Evidence, party_date


class Majority(StrEnum):
    """Which part of the base has to be in favour; never less than half."""

    HALF = "half"
    TWO_THIRDS = "two_thirds"
    THREE_QUARTERS = "three_quarters"

    @property
    def words(self) -> str:
        return {"half": "trên 1/2", "two_thirds": "từ 2/3 trở lên", "three_quarters": "từ 3/4 trở lên"}[self.value]

    def needed(self, base: int) -> int:
        """The least number in favour that carries; 1 where there is nobody in the base, so that nothing carries."""
        if self is Majority.HALF:
            return base // 2 + 1
        part, whole = {Majority.TWO_THIRDS: (2, 3), Majority.THREE_QUARTERS: (3, 4)}[self]
        return max(1, -(-base * part // whole))

    def reached(self, votes: int, base: int) -> bool:
        return votes >= self.needed(base)


@dataclass(frozen=True, slots=True)
class VoteKind:
    """`name` stands in a list of choices and on paper; `source` says who asks for this majority, as it is printed."""

    key: str
    name: str
    majority: Majority
    source: str


CHARTER_DAY = date(2011, 1, 19)


MORE_THAN_HALF = Clause("Điều lệ Đảng", CHARTER_DAY, "Điều 9, khoản 5", Evidence.SEEN)
ORDINARY = VoteKind("ordinary", "Biểu quyết thông thường", Majority.HALF, "Điều lệ Đảng, Điều 9, khoản 5")
ADMISSION = VoteKind("admission", "Kết nạp đảng viên", Majority.TWO_THIRDS, "Điều lệ Đảng, Điều 4")
RECOGNITION = VoteKind("recognition", "Công nhận đảng viên chính thức", Majority.TWO_THIRDS, "Điều lệ Đảng, Điều 5")
KINDS: Sequence[VoteKind] = (ORDINARY, ADMISSION, RECOGNITION)

BASE = (
    "đảng viên chính thức được triệu tập, không kể đồng chí được giới thiệu sinh hoạt tạm thời nơi khác "
    "và đồng chí được miễn sinh hoạt mà không dự"
)
_QD294 = date(2025, 5, 26)
_QD208 = date(2026, 7, 26)


def base_source(day: date) -> str:
    """The same as minutes of that day say it: what the program is not sure of is its own affair and not theirs."""
    if _QD294 <= day < _QD208:
        return f"Quy định 294-QĐ/TW ngày {party_date(_QD294)}, điểm 9.3.2"
    return "theo quy định thi hành Điều lệ Đảng"


def base_clause(day: date) -> Clause:
    """On what the base rests for a meeting of that day. The rule of 2025 was seen quoted word for word, not itself."""
    if day < _QD294:
        return Clause("Điều lệ Đảng", CHARTER_DAY, "Điều 9, khoản 5; cách tính", Evidence.UNCONFIRMED)
    if day < _QD208:
        return Clause("QĐ 294-QĐ/TW", _QD294, "điểm 9.3.2", Evidence.SEEN)
    return Clause("QĐ 294-QĐ/TW", _QD294, "điểm 9.3.2; từ 26/7/2026 có QĐ 208-QĐ/TW thay", Evidence.UNCONFIRMED)
