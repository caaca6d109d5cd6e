"""A committee's own sheet of points: what may be typed, and what is said about what may not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guideline import criteria
from guideline.breakdown import BreakdownError, as_text, parse
from guideline.criteria import CriteriaSet, Measure
from guideline.model import Clause, Evidence

OURS = Clause("07-QĐ/ĐU", date(2026, 2, 2), "quy định của Đảng uỷ phường", Evidence.LOCAL)
KNOWN = criteria.sets_for("hd42")


def sheet(text: str) -> CriteriaSet:
    return parse(text, KNOWN, key="local-1", title="Biểu điểm của Đảng uỷ phường", clause=OURS)


def test_lines_become_a_sheet_that_people_judge() -> None:
    found = sheet("1 | Nề nếp | 40\n1.1 | Đúng giờ | 15\n1.2 | Đông đủ | 25\n\n2 | Kết quả | 60")
    assert [(line.code, line.title, line.max_points, line.parent, line.judged) for line in found.criteria] == [
        ("1", "Nề nếp", 40, "", False),
        ("1.1", "Đúng giờ", 15, "1", True),
        ("1.2", "Đông đủ", 25, "1", True),
        ("2", "Kết quả", 60, "", True),
    ]
    assert (found.total, found.grade_of(90).name, found.clause) == (100, "Tốt", OURS)


def test_a_committee_may_ask_full_points_of_a_line_for_the_best_grade() -> None:
    found = sheet("1 | Nề nếp | 10 | Bắt buộc\n2 | Kết quả | 90")
    assert (found.required, found.grade_of(95).name) == (("1",), "Tốt")
    assert [found.grade_of(95, short).name for short in (["2"], ["1"], ["1", "2"])] == ["Tốt", "Khá", "Khá"]
    assert found.grade_of(60, ["1"]).name == "Trung bình"
    assert sheet(as_text(found)) == found


@pytest.mark.parametrize("key", ["hd42", "hd42-phuong"])
def test_a_known_sheet_typed_as_it_stands_is_read_from_the_record_as_before(key: str) -> None:
    known = criteria.get(key)
    typed = sheet(as_text(known))
    assert [(line.code, line.measure, line.bands, line.judged, line.kinds) for line in typed.leaves()] == [
        (line.code, line.measure, line.bands, line.judged, line.kinds) for line in known.leaves()
    ]


def test_a_line_whose_words_were_changed_is_for_people_to_judge() -> None:
    changed = as_text(KNOWN[0]).replace("1 | Chấp hành thời gian", "1 | Chấp hành nội quy, thời gian")
    lines = {line.code: line for line in sheet(changed).leaves()}
    assert (lines["1"].measure, lines["1"].judged, lines["6"].measure) == (None, True, Measure.TASKS_DONE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Biểu điểm còn trống."),
        ("  \n\n", "Biểu điểm còn trống."),
        ("1 | Nề nếp", "Dòng 1: cần đủ ba phần “mã | nội dung | điểm”, cách nhau bằng dấu gạch đứng."),
        ("1 | Nề nếp | 100 | khác", "Dòng 1: cần đủ ba phần “mã | nội dung | điểm”, cách nhau bằng dấu gạch đứng."),
        ("1 | | 100", "Dòng 1: cần đủ ba phần “mã | nội dung | điểm”, cách nhau bằng dấu gạch đứng."),
        ("a | Nề nếp | 100", "Dòng 1: mã “a” phải là số như 4 hoặc 4.2."),
        ("1.1.1 | Nề nếp | 100", "Dòng 1: mã “1.1.1” phải là số như 4 hoặc 4.2."),
        ("²  | Nề nếp | 100", "Dòng 1: mã “²” phải là số như 4 hoặc 4.2."),
        ("1 | Nề nếp | 100 điểm", "Dòng 1: điểm phải là số nguyên từ 1 đến 100."),
        ("1 | Nề nếp | 0", "Dòng 1: điểm phải là số nguyên từ 1 đến 100."),
        ("1 | Nề nếp | 99999999999", "Dòng 1: điểm phải là số nguyên từ 1 đến 100."),
        ("1 | Nề nếp | ٣", "Dòng 1: điểm phải là số nguyên từ 1 đến 100."),
        ("1 | Nề nếp | 50\n\n1 | Kết quả | 50", "Dòng 3: mã 1 đã có ở dòng 1."),
        ("1 | Nề nếp | 100\n2.1 | Đúng giờ | 5", "Dòng 2: mục 2.1 cần đứng sau mục 2."),
        ("1 | Nề nếp | 100\n1.1 | Đúng giờ | 5", "Các mục nhỏ của mục 1 cộng lại 5 điểm, mục 1 ghi 100 điểm."),
        ("1 | Nề nếp | 40\n2 | Kết quả | 50", "Các mục lớn cộng lại 90 điểm; phải là 100."),
        ("1 | " + "x" * 201 + " | 100", "Dòng 1: mã hoặc nội dung dài quá."),
        ("\n".join(f"{n} | Mục | 1" for n in range(1, 101)), "Biểu điểm có 100 dòng, nhiều hơn 80."),
    ],
)
def test_a_sheet_that_cannot_be_is_refused_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BreakdownError) as wrong:
        sheet(text)
    assert str(wrong.value) == said


@given(st.text(alphabet="0123456789.|đ \n-", max_size=80))
def test_whatever_is_typed_gives_a_sheet_of_100_points_or_a_reason(text: str) -> None:
    try:
        found = sheet(text)
    except BreakdownError:
        return
    assert found.total == 100
