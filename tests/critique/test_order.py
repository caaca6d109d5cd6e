"""In which order a conference considers: Điều 7 of 366-QĐ/TW as one table."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from critique.hearing.order import Subject, Turn, in_order, onward, turns
from critique.lifecycle import Considering
from members.models import TenureKind

S, D, C = TenureKind.SECRETARY, TenureKind.DEPUTY, TenureKind.COMMITTEE_MEMBER


def one(name: str, *posts: TenureKind) -> Subject:
    return Subject(1, name, posts=posts)


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        ([], []),
        ([one("Lan", S), Subject(0, "Tập thể chi uỷ", collective=True)], ["Tập thể chi uỷ", "Lan"]),
        ([one("Hoa"), one("Bình", C), one("Dũng", D), one("Lan", S)], ["Lan", "Dũng", "Bình", "Hoa"]),
        ([one("Trần Văn Sơn"), one("Lê Anh Đức"), one("Vũ Thị An")], ["Vũ Thị An", "Lê Anh Đức", "Trần Văn Sơn"]),
        ([one("Vũ Thị Yến", C), one("Lê Văn Ân", C)], ["Lê Văn Ân", "Vũ Thị Yến"]),
        ([one("Hoa"), one("Lan", C, S)], ["Lan", "Hoa"]),
        ([one("An"), one("Phúc", TenureKind.SUPERIOR)], ["An", "Phúc"]),
    ],
)
def test_the_collective_first_then_who_leads_then_everybody_by_given_name(
    subjects: list[Subject], expected: list[str]
) -> None:
    assert [subject.name for subject in in_order(reversed(subjects))] == expected


def row(pk: int, name: str, state: str = "", *, writes: bool = True) -> Any:
    hearing = {"hearing": SimpleNamespace(pk=pk * 10, state=state)} if state else {}
    return SimpleNamespace(pk=pk, member_id=pk, name=name, of_collective=False, writes=writes, **hearing)


def test_the_first_who_was_not_considered_is_next_and_silence_is_a_hint_about_the_item() -> None:
    rows = [
        row(1, "An", "closed"),
        row(2, "Ba", "going"),
        row(3, "Chi", "waiting"),
        row(4, "Dung"),
        row(5, "Em", "going"),
    ]
    found = turns([*rows, row(6, "Gia", writes=False)], {}, spoken=[50], sent=[30])
    assert [(turn.row.name, turn.state, turn.next, turn.silent, turn.sent) for turn in found] == [
        ("An", Considering.CLOSED, False, False, False),
        ("Ba", Considering.GOING, False, True, False),
        ("Chi", Considering.WAITING, True, False, True),
        ("Dung", Considering.WAITING, False, False, False),
        ("Em", Considering.GOING, False, False, False),
    ]


@pytest.mark.parametrize(
    ("states", "here", "expected"),
    [
        ("wwww", 0, 1),  # nobody is shown: the first
        ("cgww", 2, 3),
        ("wcgc", 3, 1),  # whoever was passed over
        ("gccg", 4, 1),  # then who is still being considered
        ("cccg", 4, None),
        ("cccc", 0, None),
        ("", 0, None),
    ],
)
def test_one_goes_on_to_the_next_then_to_whom_was_passed_over_then_to_whom_is_still_open(
    states: str, here: int, expected: int | None
) -> None:
    known = {"w": Considering.WAITING, "g": Considering.GOING, "c": Considering.CLOSED}
    rows: list[Any] = [SimpleNamespace(pk=number) for number in range(1, len(states) + 1)]
    found = onward([Turn(row, known[state]) for row, state in zip(rows, states, strict=True)], here)
    assert (found.row.pk if found else None) == expected
