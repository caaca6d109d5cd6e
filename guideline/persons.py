"""What runs by the calendar for one person: the end of probation, a transfer, the years in the Party.

Plain: days in, sentences with their clause out. They remind and ask nobody for anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from guideline.model import Clause, Evidence

PROBATION_MONTHS = 12
TRANSFER_WORKING_DAYS = 60
BADGE_YEARS = (30, 40, 50)

_EXAM = "bộ câu hỏi thi, chưa đối chiếu văn bản"
PROBATION = Clause("QĐ 208-QĐ/TW", date(2026, 7, 26), "về ngày chính thức", Evidence.RELAYED, _EXAM)
TRANSFER = Clause("QĐ 208-QĐ/TW", date(2026, 7, 26), "về chuyển sinh hoạt", Evidence.RELAYED, _EXAM)
PARTY_AGE = Clause("QĐ 208-QĐ/TW", date(2026, 7, 26), "về tuổi Đảng", Evidence.RELAYED, _EXAM)

BEFORE = timedelta(days=60)  # how early a day is said
BADGE_AFTER = timedelta(days=30)  # nothing records that a badge was given, so the line goes by itself


@dataclass(frozen=True, slots=True)
class Milestone:
    """One gentle line: about whom, by which day, on which ground."""

    about: str
    sentence: str
    day: date
    clause: Clause


def year_later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def probation(name: str, since: date, today: date) -> Milestone | None:
    """`since`: admitted. Said from two months before until somebody records what became of it."""
    end = year_later(since, 1)
    if today < end - BEFORE:
        return None
    words = (
        f"hết {PROBATION_MONTHS} tháng dự bị ngày {end:%d/%m/%Y}; được công nhận thì tính từ ngày ấy, cả khi xét sau."
    )
    return Milestone(name, words, end, PROBATION)


def transfer(name: str, left: date, by: date, today: date) -> Milestone | None:
    """`by`: the sixtieth working day after they left. Said until that day."""
    if not left <= today <= by:
        return None
    words = (
        f"rời chi bộ từ {left:%d/%m/%Y}: nếu là chuyển sinh hoạt thì chuyển trong {TRANSFER_WORKING_DAYS} ngày làm "
        f"việc, đến hết {by:%d/%m/%Y}."
    )
    return Milestone(name, words, by, TRANSFER)


def badge(name: str, admitted: date, today: date) -> Milestone | None:
    """The years of a badge that are reached about now."""
    for years in BADGE_YEARS:
        day = year_later(admitted, years)
        if day - BEFORE <= today <= day + BADGE_AFTER:
            words = (
                f"tròn {years} năm tuổi Đảng ngày {day:%d/%m/%Y}, tính từ ngày kết nạp đã ghi; xin đối chiếu ngày ghi "
                "trong quyết định, và hướng dẫn xét Huy hiệu Đảng của cấp trên."
            )
            return Milestone(name, words, day, PARTY_AGE)
    return None
