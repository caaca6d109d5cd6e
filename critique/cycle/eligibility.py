"""Who writes a self-review and who does not, and why: decided from standing and dates alone (QĐ 366, Điều 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from members.days import months_after
from members.models import TenureKind
from members.roles import ON_COMMITTEE

MONTHS = 6


class Reason(StrEnum):
    WRITES = "writes"
    AWAY = "away"  # writes here, where they officially belong, after a word from the cell where they are
    EXEMPT = "exempt"
    SUSPENDED = "suspended"
    NEW = "new"
    GUEST = "guest"  # here for a while: writes where they officially belong
    LEFT = "left"
    COLLECTIVE = "collective"  # the committee as a whole, on form 01
    ALONE = "alone"  # no committee (any more): secretary and deputy are reviewed by the cell


SENTENCES: dict[Reason, str] = {
    Reason.WRITES: "Thuộc đối tượng kiểm điểm",
    Reason.AWAY: "Đang sinh hoạt tạm thời nơi khác: kiểm điểm ở đây, sau nhận xét của chi bộ nơi sinh hoạt tạm thời",
    Reason.EXEMPT: "Được miễn công tác và sinh hoạt đảng",
    Reason.SUSPENDED: "Đang bị đình chỉ sinh hoạt đảng",
    Reason.NEW: "Mới kết nạp chưa đủ 6 tháng",
    Reason.GUEST: "Sinh hoạt tạm thời: kiểm điểm ở nơi sinh hoạt chính thức",
    Reason.LEFT: "Không còn ở chi bộ",
    Reason.COLLECTIVE: "Tập thể chi uỷ kiểm điểm trước, cá nhân sau",
    Reason.ALONE: "Chi bộ không có chi uỷ: bí thư, phó bí thư kiểm điểm tại chi bộ",
}
CLAUSES: dict[Reason, str] = {
    Reason.AWAY: "43-HD/BTCTW, mục 7.6",
    Reason.GUEST: "43-HD/BTCTW, mục 7.6",
    Reason.WRITES: "366-QĐ/TW, Điều 5",
    Reason.EXEMPT: "366-QĐ/TW, Điều 5",
    Reason.SUSPENDED: "366-QĐ/TW, Điều 5",
    Reason.NEW: "366-QĐ/TW, Điều 5",
    Reason.COLLECTIVE: "366-QĐ/TW, Điều 5, Điều 7",
    Reason.ALONE: "366-QĐ/TW, Điều 5",
}
WRITING = (Reason.WRITES, Reason.AWAY, Reason.COLLECTIVE)  # who writes unless the committee decides otherwise
_BY_STANDING = {
    TenureKind.EXEMPT: Reason.EXEMPT,
    TenureKind.SUSPENDED: Reason.SUSPENDED,
    TenureKind.TEMPORARY_IN: Reason.GUEST,
    TenureKind.TEMPORARY_OUT: Reason.AWAY,
    TenureKind.LEFT: Reason.LEFT,
}


COMMITTEE_FROM = 3  # secretary and one deputy alone are no committee


def has_committee(posts: Iterable[TenureKind]) -> bool:
    """Of everybody's posts in the cell: somebody is a committee member, or three people share the leading."""
    held = [post for post in posts if post.value in ON_COMMITTEE]
    return TenureKind.COMMITTEE_MEMBER in held or len(held) >= COMMITTEE_FROM


@dataclass(frozen=True, slots=True)
class Duty:
    writes: bool
    reason: Reason


def duty(standing: TenureKind | None, admitted_on: date | None, day: date) -> Duty:
    """`day` is the day of the review meeting. An unknown day of admission excuses nobody."""
    if standing is None:
        return Duty(False, Reason.LEFT)
    reason = _BY_STANDING.get(standing, Reason.WRITES)
    if reason == Reason.WRITES and admitted_on is not None and months_after(admitted_on, MONTHS) > day:
        reason = Reason.NEW
    return Duty(reason in (Reason.WRITES, Reason.AWAY), reason)
