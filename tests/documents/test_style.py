"""The paper's format: which guideline holds on which day, and what it asks."""

from dataclasses import fields
from datetime import date

import pytest

from documents.style import HD05, HD36, STYLES, PaperStyle, in_force


@pytest.mark.parametrize(
    ("day", "style"),
    [
        (date(1900, 1, 1), HD36),
        (date(2018, 4, 3), HD36),
        (date(2026, 5, 26), HD36),
        (date(2026, 5, 27), HD05),
        (date(2030, 1, 1), HD05),
    ],
)
def test_a_paper_takes_the_style_in_force_on_its_day(day: date, style: PaperStyle) -> None:
    assert in_force(day) == style


def test_text_is_165_mm_wide_between_the_margins() -> None:
    assert [style.text_width_mm for style in STYLES] == [165, 165]


def test_both_columns_of_the_head_fit_the_text() -> None:
    assert [style.left_block_mm + style.right_block_mm <= style.text_width_mm for style in STYLES] == [
        True,
        True,
    ]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.key)
def test_every_figure_says_where_it_comes_from(style: PaperStyle) -> None:
    about = {"key", "guideline", "issued", "in_force_from", "sources"}
    figures = {field.name for field in fields(PaperStyle)} - about
    assert set(style.sources) == figures


def test_recipients_are_parted_by_commas_in_2018_and_by_semicolons_in_2026() -> None:
    items = ("Đảng ủy cơ quan", "Các đồng chí đảng viên")
    assert HD36.recipient_lines(items, "Lưu chi bộ") == (
        "- Đảng ủy cơ quan,",
        "- Các đồng chí đảng viên,",
        "- Lưu chi bộ.",
    )
    assert HD05.recipient_lines(items, "Lưu chi bộ") == (
        "- Đảng ủy cơ quan;",
        "- Các đồng chí đảng viên;",
        "- Lưu chi bộ.",
    )


def test_punctuation_that_was_typed_by_hand_is_not_doubled() -> None:
    assert HD05.recipient_lines(("Đảng ủy;", " ", "Như trên, "), "Lưu.") == (
        "- Đảng ủy;",
        "- Như trên;",
        "- Lưu.",
    )


def test_nobody_to_send_to_leaves_no_line() -> None:
    assert HD05.recipient_lines((), "") == ()
