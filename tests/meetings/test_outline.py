"""A pasted text becomes headings, paragraphs and list lines that opinions can point at."""

from __future__ import annotations

import pytest

from meetings.outline import Block, blocks


def test_a_draft_pasted_from_word_falls_into_its_parts() -> None:
    draft = (
        "I. Nhận thức chung\r\n\r\nTự phê bình là việc thường ngày.\r\n"
        "II. Nhiệm vụ\n- Tuyên truyền;\n– Nêu gương.\n• Giám sát.\n\n  \nXin cảm ơn."
    )
    assert blocks(draft) == [
        Block("heading", "I. Nhận thức chung"),
        Block("paragraph", "Tự phê bình là việc thường ngày."),
        Block("heading", "II. Nhiệm vụ"),
        Block("bullet", "Tuyên truyền;"),
        Block("bullet", "Nêu gương."),
        Block("bullet", "Giám sát."),
        Block("paragraph", "Xin cảm ơn."),
    ]


@pytest.mark.parametrize(
    "line",
    ["I- Đặt vấn đề", "XIV. Phụ lục", "A. Kết quả", "Đ) Hạn chế", "1. Ưu điểm", "2.1. Nguyên nhân", "3) Kiến nghị"],
)
def test_a_short_numbered_line_is_a_heading(line: str) -> None:
    assert blocks(line) == [Block("heading", line)]


def test_the_hashes_of_a_heading_are_not_shown() -> None:
    assert blocks("## Nhận thức") == [Block("heading", "Nhận thức")]


@pytest.mark.parametrize(
    "line",
    [
        "1. Chi bộ đã họp đủ mười hai kỳ trong năm.",
        "2. Thu đủ đảng phí;",
        "1. " + "rất dài " * 20,
        "Năm 2026 chi bộ có chín đảng viên",
        "#khẩu hiệu",
        "ABC. Không phải số La Mã",
    ],
)
def test_a_sentence_is_a_paragraph_even_when_it_is_numbered(line: str) -> None:
    assert blocks(line) == [Block("paragraph", line.strip())]


def test_a_dash_inside_a_line_is_no_list() -> None:
    assert blocks("Khu vực Đông - Tây") == [Block("paragraph", "Khu vực Đông - Tây")]
    assert blocks("-5 độ") == [Block("paragraph", "-5 độ")]


def test_nothing_has_no_parts() -> None:
    assert blocks(" \n\t\n") == []
