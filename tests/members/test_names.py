"""User names that people can read out on the telephone."""

from __future__ import annotations

import unicodedata

import pytest

from members.names import proposed_username


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
