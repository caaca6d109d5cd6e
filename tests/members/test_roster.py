"""Who is on the list of a day, and how the list is counted."""

from __future__ import annotations

from datetime import date

from members import actions, roster
from members.models import TenureKind
from tests.conftest import Cast
from tests.factories import NOW, make_member

DAY = date(2026, 11, 23)


def test_people_stand_by_given_name_the_vietnamese_way(cast: Cast) -> None:
    make_member(cast.cell, "Nguyễn Văn Đạt")
    make_member(cast.cell, "Trần Văn Dũng")
    names = [entry.member.full_name for entry in roster.on_day(cast.cell, DAY)]
    assert names == [
        "Trần Văn Dũng",
        "Nguyễn Văn Đạt",
        "Nguyễn Thị Hoa",
        "Trần Thị Lan",
        "Đỗ Văn Sơn",
        "Lê Anh Tuấn",
    ]


def test_the_tally_counts_each_standing_and_leaves_out_what_nobody_has(cast: Cast) -> None:
    actions.set_standing(cast.son, cast.cell, kind=TenureKind.EXEMPT, starts_on=date(2026, 1, 1), by=None, at=NOW)
    assert roster.tally(roster.on_day(cast.cell, DAY)) == [
        ("Đảng viên chính thức", 2),
        ("Đảng viên dự bị", 1),
        ("Được miễn công tác và sinh hoạt", 1),
    ]


def test_the_files_of_those_who_left_can_still_be_found(cast: Cast) -> None:
    actions.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 11, 1), by=None, at=NOW)
    assert roster.former(cast.cell, DAY) == [cast.hoa, cast.kha]
    assert roster.former(cast.cell, date(2026, 10, 31)) == [cast.kha]
