"""What the guideline would have of a year's programme: which months and quarters still lack something."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guideline.finding import Finding, advise
from guideline.model import Kind, Rulebook, RuleKey

_REGULAR = frozenset({Kind.REGULAR, Kind.COMBINED})


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting of the year's programme; a committee's own meetings may stand in it and are not counted."""

    month: int
    kind: Kind
    topic: str = ""
    presenter_named: bool = False

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"{self.month} is not a month")


def check_programme(
    planned: Iterable[Planned], rulebooks: Mapping[int, Rulebook], *, reported: bool = True
) -> tuple[Finding, ...]:
    """One finding per kind of problem. Only the months that have a rulebook are looked at; the caller names them.

    `reported`: the committee above has been told of the year's thematic meetings.
    """
    meetings = tuple(one for one in planned if one.month in rulebooks)
    found = (
        _months_without_regular(meetings, rulebooks),
        _quarters_without_thematic(meetings, rulebooks),
        _without_topic(meetings, rulebooks),
        _without_presenter(meetings, rulebooks),
        None if reported else _not_reported(meetings, rulebooks),
    )
    return tuple(finding for finding in found if finding is not None)


def _months_without_regular(meetings: Sequence[Planned], rulebooks: Mapping[int, Rulebook]) -> Finding | None:
    held = Counter(one.month for one in meetings if one.kind in _REGULAR)
    missing = [
        month
        for month in sorted(rulebooks)
        if held[month] < (rulebooks[month].figure_of(RuleKey.REGULAR_PER_MONTH) or 0)
    ]
    if not missing:
        return None
    return advise(
        rulebooks[missing[0]],
        RuleKey.REGULAR_PER_MONTH,
        f"Chưa có buổi sinh hoạt thường kỳ trong {_listed('tháng', missing)}.",
        "Thêm một buổi thường kỳ cho mỗi tháng còn thiếu.",
    )


def _quarters_without_thematic(meetings: Sequence[Planned], rulebooks: Mapping[int, Rulebook]) -> Finding | None:
    held = Counter(_quarter(one.month) for one in meetings if one.kind.has_topic)
    # Where the guideline changes within a quarter, the one in force at its end is asked.
    books = {_quarter(month): rulebooks[month] for month in sorted(rulebooks)}
    missing = [quarter for quarter, rulebook in books.items() if held[quarter] < rulebook.thematic_per_quarter]
    if not missing:
        return None
    named = _listed("quý", [("I", "II", "III", "IV")[quarter - 1] for quarter in missing])
    return advise(
        books[missing[0]],
        RuleKey.THEMATIC_PER_QUARTER,
        f"Chưa đủ buổi sinh hoạt chuyên đề trong {named}.",
        "Thêm buổi chuyên đề, ghi tên chuyên đề và người chuẩn bị.",
    )


def _without_topic(meetings: Sequence[Planned], rulebooks: Mapping[int, Rulebook]) -> Finding | None:
    months = sorted({one.month for one in meetings if one.kind.has_topic and not one.topic.strip()})
    if not months:
        return None
    return advise(
        rulebooks[months[0]],
        RuleKey.TOPIC,
        f"Chưa có tên chuyên đề cho buổi sinh hoạt {_listed('tháng', months)}.",
        "Ghi tên chuyên đề ngay từ khi lập kế hoạch.",
    )


def _without_presenter(meetings: Sequence[Planned], rulebooks: Mapping[int, Rulebook]) -> Finding | None:
    months = sorted({one.month for one in meetings if one.kind.has_topic and not one.presenter_named})
    if not months:
        return None
    return advise(
        rulebooks[months[0]],
        RuleKey.PAPER_AUTHOR,
        f"Chưa phân công người chuẩn bị chuyên đề {_listed('tháng', months)}.",
        "Chọn đảng viên am hiểu vấn đề và báo sớm để có thời gian chuẩn bị.",
    )


def _not_reported(meetings: Sequence[Planned], rulebooks: Mapping[int, Rulebook]) -> Finding | None:
    months = sorted({one.month for one in meetings if one.kind.has_topic})
    if not months:
        return None
    return advise(
        rulebooks[months[0]],
        RuleKey.PLAN_REPORTED,
        "Chưa ghi việc báo cáo kế hoạch sinh hoạt chuyên đề của năm với cấp uỷ cấp trên.",
        "Gửi chương trình năm lên cấp uỷ cấp trên, rồi bấm “Đã báo cáo cấp trên”.",
    )


def _quarter(month: int) -> int:
    return (month + 2) // 3


def _listed(word: str, names: Sequence[object]) -> str:
    """tháng 3; tháng 3 và 8; tháng 3, 8 và 9."""
    *first, last = [str(name) for name in names]
    return f"{word} {', '.join(first)} và {last}" if first else f"{word} {last}"
