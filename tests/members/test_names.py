"""User names that people can read out on the telephone; finding a name, and the order of names with figures."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from members.names import is_found, proposed_username, sort_key, title_key, told_apart


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


@pytest.mark.parametrize(
    ("asked", "found"),
    [("đỗ", True), ("DO VAN", True), ("ÐỖ", True), ("  đỗ   v", True), ("Sơn", True), ("ơn", False), ("sơn đỗ", False)],
)
def test_a_name_is_found_by_its_words_however_they_are_typed(asked: str, found: bool) -> None:
    for form in ("NFC", "NFD"):
        assert is_found(unicodedata.normalize(form, asked), "Đỗ Văn Sơn") == found


def test_what_is_called_by_a_figure_stands_in_the_order_of_figures() -> None:
    names = ["Tổ 5", "Tổ 5A", "Tổ 10", "Tổ dân phố 2"]
    assert sorted(["Tổ dân phố 2", "Tổ 10", "Tổ 5A", "Tổ 5"], key=title_key) == names
    assert sorted(["Tổ B", "Tổ Đ", "Tổ D", "Tổ Ă", "Tổ A"], key=title_key) == ["Tổ A", "Tổ Ă", "Tổ B", "Tổ D", "Tổ Đ"]
