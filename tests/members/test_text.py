"""Text on its way in: pasted, half typed, from any machine; no word is lost, nothing invisible stays."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from members.text import clean_text, thousands
from tests.sample import tries


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hợp tác\u00adxã", "Hợp tácxã"),
        ("Đảng\u200b viên", "Đảng viên"),
        ("Dòng một\x0bDòng hai", "Dòng một\nDòng hai"),
        ("\uf0b7\tMột ý", "-\tMột ý"),
        ("\uf0b7 Đọc trước tài liệu", "- Đọc trước tài liệu"),
        ("khuyết\u00ad điểm\u200b", "khuyết điểm"),
        ("Ba\u0301o ca\u0301o", "Báo cáo"),
        ("dòng 1\r\ndòng 2\rdòng 3\u2028dòng 4", "dòng 1\ndòng 2\ndòng 3\ndòng 4"),
        ("một\n\nhai   ", "một\n\nhai"),
        ("nửa chữ \ud83d!", "nửa chữ !"),
        ("\x00\x07tiếng\xa0chuông", "tiếng chuông"),
        ("\u27a2\tViệc một\n \u2714 Việc hai", "-\tViệc một\n - Việc hai"),
        ("\uf0fe Đã xong, 12\u201142-HD", "- Đã xong, 12-42-HD"),
        ("\u202eđảo ngược\ufeff", "đảo ngược"),
    ],
)
def test_what_word_puts_in_between(typed: str, kept: str) -> None:
    assert clean_text(typed, lines=True) == kept


@pytest.mark.parametrize(
    "written",
    [
        "Tỉ lệ chậm < 5%, nhanh > 10%",
        "việc của <tên đơn vị> & <phòng>",
        "<b>Chậm</b> báo cáo\nlần thứ hai",
        "1 &lt; 2",
        "Đồng ý 👍, ✔ 20 m² → 30 m²",
    ],
)
def test_signs_that_are_words_stay(written: str) -> None:
    assert clean_text(written, lines=True) == written


@settings(max_examples=tries(150), deadline=None)
@given(st.text())
def test_every_letter_stays_and_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text, lines=True)
    assert clean_text(once, lines=True) == once
    seen = [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]
    assert [c for c in once if c.isalnum()] == seen


@settings(max_examples=tries(150), deadline=None)
@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert len(clean_text(text, lines=False).splitlines()) < 2


@pytest.mark.parametrize("hostile", ["\r\r\n", "\u00ad\u0301", "\xa0", "a\u0301\u0300", "<p "])
def test_no_paste_makes_the_server_wait(hostile: str) -> None:
    started = time.process_time()
    clean_text(hostile * (400_000 // len(hostile)), lines=True)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(("number", "words"), [(999, "999"), (60_001, "60.001"), (1_234_567, "1.234.567")])
def test_thousands_are_parted_by_full_stops(number: int, words: str) -> None:
    assert thousands(number) == words
