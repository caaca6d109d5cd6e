"""User names that people can read out on the telephone."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from members.names import proposed_username, sort_key, told_apart


@pytest.mark.parametrize(
    ("full_name", "username"),
    [
        ("Nguyễn Thị Hoa", "hoa.nt"),
        ("Đỗ Văn Đạt", "dat.dv"),
        ("Hương", "huong"),
        ("  Lê   Anh Tuấn ", "tuan.la"),
        ("H'Hen Niê", "nie.h"),
        ("<script>", "script"),
        ("…", ""),
    ],
)
def test_the_given_name_comes_first_without_marks(full_name: str, username: str) -> None:
    assert proposed_username(full_name) == username
    assert proposed_username(unicodedata.normalize("NFD", full_name)) == username


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([("Lê Văn Hùng", date(1950, 1, 1), ""), ("Lê Văn Hậu", date(1950, 1, 1), "")], ["", ""]),
        ([("Lê Văn Hùng", date(1950, 1, 1), ""), ("lê  văn hùng", date(1990, 1, 1), "")], ["sinh 1950", "sinh 1990"]),
        (
            [("Lê Văn Hùng", date(1950, 1, 1), ""), ("Lê Văn Hùng", date(1950, 2, 1), "")],
            ["sinh 01/01/1950", "sinh 01/02/1950"],
        ),
        ([("Lê Văn Hùng", None, ""), ("Lê Văn Hùng", date(1950, 2, 1), "B")], ["chưa ghi năm sinh", "B"]),
    ],
    ids=["no namesakes", "years", "days", "as the secretary says"],
)  # fmt: skip
def test_namesakes_are_told_apart_and_nobody_else(people: list[tuple[str, date | None, str]], words: list[str]) -> None:
    told = told_apart((key, *person) for key, person in enumerate(people))
    assert list(told.values()) == words


def test_what_tells_namesakes_apart_does_not_sort() -> None:
    assert sorted(["Lê Văn Hùng (sinh 1990)", "Lê Văn An (sinh 1950)"], key=sort_key)[0].startswith("Lê Văn An")
