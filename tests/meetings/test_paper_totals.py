"""The figures under "Thành phần" add up in every combination of standings and marks (a table of all of them)."""

from __future__ import annotations

import re
from itertools import product

from meetings.facts import Evening
from meetings.models import Attendance, Mark, Meeting
from meetings.papers.attendance import attendance
from members.models import TenureKind

BESIDE = (
    TenureKind.EXEMPT,
    TenureKind.SPECIAL_DUTY,
    TenureKind.TEMPORARY_OUT,
    TenureKind.SUSPENDED,
    TenureKind.TEMPORARY_IN,
)
WORDS = {
    TenureKind.EXEMPT: "được miễn sinh hoạt",
    TenureKind.SPECIAL_DUTY: "làm nhiệm vụ đặc thù",
    TenureKind.TEMPORARY_OUT: "sinh hoạt tạm thời nơi khác",
    TenureKind.SUSPENDED: "đình chỉ sinh hoạt",
}


def figure(text: str, label: str) -> int:
    """What stands behind the label; 0 where it is not said."""
    found = re.search(rf"(?:^|[\s(]){re.escape(label)}:? (\d+|không)", text, re.MULTILINE)
    return int(found[1]) if found and found[1] != "không" else 0


def paper(*people: tuple[TenureKind, str]) -> str:
    rows = [
        Attendance(pk=pk, member_id=pk, name=f"Người {pk}", standing=standing, mark=mark)
        for pk, (standing, mark) in enumerate(people, start=1)
    ]
    return "\n".join(
        "".join(run.text for run in block.runs) for block in attendance(Evening(Meeting(), attendances=rows))
    )


# Nobody, one who came, one who did not; whoever may not come cannot have come.
AWAY = (TenureKind.TEMPORARY_OUT, TenureKind.SUSPENDED)
CHOICES = [(None, Mark.NONE) if kind in AWAY else (None, Mark.PRESENT, Mark.EXCUSED) for kind in BESIDE]


def test_the_totals_add_up() -> None:
    for marks in product(*CHOICES):
        check(marks)


def check(marks: tuple[str | None, ...]) -> None:
    beside = [(kind, mark) for kind, mark in zip(BESIDE, marks, strict=True) if mark is not None]
    always = [
        (TenureKind.FULL, Mark.PRESENT),
        (TenureKind.FULL, Mark.EXCUSED),
        (TenureKind.PROBATIONARY, Mark.UNEXCUSED),
        (TenureKind.PROBATIONARY, Mark.PRESENT),
        (TenureKind.LEFT, Mark.NONE),
    ]
    text = paper(*always, *beside)
    guests = [kind for kind, _ in beside if kind == TenureKind.TEMPORARY_IN]
    total, counted = figure(text, "Tổng số đảng viên"), figure(text, "Tính vào tỉ lệ dự họp")
    assert total == 4 + len(beside) - len(guests)
    apart = sum(figure(text.splitlines()[0], word) for word in WORDS.values())
    assert (counted or total) == total - apart + figure(text, "Sinh hoạt tạm thời đến")
    absent = figure(text, "Có lý do") + figure(text, "Không có lý do")
    assert absent == figure(text, "Vắng")
    assert figure(text, "Có mặt") + absent == (counted or total)
    came = [kind for kind, mark in beside if mark == Mark.PRESENT and kind != TenureKind.TEMPORARY_IN]
    assert figure(text, "Cùng dự, không tính vào tỉ lệ") == len(came)
