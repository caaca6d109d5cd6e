"""Soft words for the author, and last year's promises coming back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from critique.official_forms.advice import Advice, advice, same_words
from critique.official_forms.body import Body, Row, clean, rows_of
from critique.official_forms.carry import carried, essence, fill, not_there, promises
from critique.official_forms.forms import STAFF_FORM
from tests.sample import tries

LATE = "Báo cáo quý I gửi chậm ba ngày, chi uỷ phải họp lại."


def body(**fields: object) -> Body:
    """`A_II=...` stands for the field A.II."""
    return clean(STAFF_FORM, {code.replace("_", "."): value for code, value in fields.items()})


def whole_row(**changes: str) -> Row:
    return {
        "shortcoming": LATE,
        "cause": "Để dồn việc cuối tháng",
        "measure": "Lập lịch tuần",
        "due": "2027-03-31",
        "helper": "đồng chí Lan",
    } | changes


# --- Advice ---------------------------------------------------------------------------------


def test_a_shortcoming_with_cause_measure_and_day_needs_no_word() -> None:
    assert advice(STAFF_FORM, body(A_II=[whole_row()])) == ()


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ({"cause": ""}, "Hạn chế này chưa có nguyên nhân."),
        ({"measure": ""}, "Hạn chế này chưa có biện pháp khắc phục."),
        ({"measure": "", "due": ""}, "Hạn chế này chưa có biện pháp khắc phục và thời hạn."),
        (
            {"cause": "", "measure": "", "due": ""},
            "Hạn chế này chưa có nguyên nhân, biện pháp khắc phục và thời hạn.",
        ),
        ({"due": "quý I"}, "“quý I” chưa phải một ngày; ghi ngày thì đến hạn mới nhắc được."),
        ({"shortcoming": ""}, "Dòng này chưa nói hạn chế, khuyết điểm là gì."),
    ],
)
def test_hoa_is_told_what_her_shortcoming_lacks(lacking: dict[str, str], words: str) -> None:
    written = body(A_II=[whole_row(), whole_row(shortcoming="Ngại góp ý") | lacking])
    assert advice(STAFF_FORM, written) == (Advice("A.II", 1, words),)


def test_a_shortcoming_in_last_years_words_is_noticed_whatever_the_marks() -> None:
    last = body(A_II=[whole_row(shortcoming="báo cáo  quý I gửi chậm ba ngày; chi uỷ phải họp lại")])
    assert advice(STAFF_FORM, body(A_II=[whole_row()]), last) == (
        Advice(
            "A.II",
            0,
            "Hạn chế này đã nêu năm trước với đúng những lời ấy. Nếu còn thật, hãy nói vì sao chưa sửa được.",
        ),
    )


def test_a_text_with_only_the_year_changed_is_last_years_text() -> None:
    last = body(A_I_1="Trong năm 2025, bản thân luôn giữ vững lập trường.")
    assert advice(STAFF_FORM, body(A_I_1="Trong năm 2026 bản thân luôn giữ vững lập trường!"), last) == (
        Advice(
            "A.I.1",
            None,
            "Phần này giống hệt năm trước. Năm nay có việc gì khác, kết quả gì khác thì ghi thêm.",
        ),
    )


def test_short_texts_are_equal_by_chance_and_other_texts_are_not_equal() -> None:
    last = body(A_I_1="Không có.", A_I_2="Hoàn thành năm nhiệm vụ được giao trong năm.")
    written = body(A_I_1="Không có.", A_I_2="Hoàn thành bốn nhiệm vụ được giao trong năm.")
    assert advice(STAFF_FORM, written, last) == ()


def test_each_state_of_remedy_has_its_question() -> None:
    rows = [
        {"shortcoming": "một"},
        {"shortcoming": "hai", "state": "doing"},
        {"shortcoming": "ba", "state": "not_yet"},
        {"shortcoming": "bốn", "state": "done"},
        {"shortcoming": "năm", "state": "doing", "extent": "một nửa"},
        {"shortcoming": "sáu", "state": "not_yet", "obstacle": "trùng ca trực"},
    ]
    assert advice(STAFF_FORM, body(A_III=rows)) == (
        Advice("A.III", 0, "Chưa nói đã khắc phục, đang khắc phục hay chưa khắc phục."),
        Advice("A.III", 1, "Đang khắc phục thì nên nói đến mức nào."),
        Advice("A.III", 2, "Chưa khắc phục thì nên nói vướng ở đâu, trách nhiệm thế nào."),
    )


def test_a_carried_row_that_was_taken_out_is_mentioned() -> None:
    rows = carried(body(A_II=[whole_row()]))
    assert advice(STAFF_FORM, body(), None, rows) == (
        Advice("A.III", None, f"Năm trước có nêu “{LATE}”, mục này không còn."),
    )


@settings(max_examples=tries(150), deadline=None)
@given(st.text(), st.text())
def test_sameness_has_no_side(one: str, other: str) -> None:
    assert same_words(one, other) == same_words(other, one)


def test_words_come_in_the_order_of_the_form() -> None:
    last = body(A_V="Phần việc tập thể giao cho tôi còn chậm so với kế hoạch.")
    written = body(
        A_II=[{"cause": "x"}],
        A_III=[{"shortcoming": "y"}],
        A_V="Phần việc tập thể giao cho tôi còn chậm so với kế hoạch.",
        A_VI=[{"measure": "z", "due": "sớm"}],
    )
    assert [one.field for one in advice(STAFF_FORM, written, last)] == ["A.II", "A.III", "A.V", "A.VI"]


# --- Last year's promises -----------------------------------------------------------------------


LAST = body(
    A_II=[whole_row(), whole_row(shortcoming="Ngại góp ý", measure="", due="", helper="")],
    A_III=[
        {"shortcoming": "Chưa học xong tin học", "promised": "Học lớp cơ bản", "state": "doing", "extent": "một nửa"},
        {"shortcoming": "Đóng đảng phí chậm", "state": "done"},
        {"shortcoming": "NGẠI GÓP Ý.", "promised": "Mỗi buổi một ý kiến", "state": "not_yet"},
    ],
    A_VI=[{"measure": "Đọc trước tài liệu", "due": "30/06/2027"}],
)


def test_last_years_shortcomings_promises_and_open_matters_come_back_once() -> None:
    assert [(row["shortcoming"], row["promised"], row["state"]) for row in carried(LAST)] == [
        (LATE, "Lập lịch tuần; hạn 31/3/2027; người giúp: đồng chí Lan", ""),
        ("Ngại góp ý", "Mỗi buổi một ý kiến", ""),
        ("Đọc trước tài liệu", "hạn 30/6/2027", ""),
        ("Chưa học xong tin học", "Học lớp cơ bản", ""),
    ]


def test_what_the_chair_concluded_comes_first() -> None:
    rows = carried(LAST, ["Chưa gương mẫu trong giờ giấc"])
    assert [row["shortcoming"] for row in rows][:2] == ["Chưa gương mẫu trong giờ giấc", LATE]


def test_in_the_first_year_nothing_comes_back() -> None:
    assert carried(None) == []


def test_two_quarters_are_two_shortcomings() -> None:
    last = body(A_II=[{"shortcoming": "Chậm báo cáo quý 1"}, {"shortcoming": "Chậm báo cáo quý 2"}])
    assert [row["shortcoming"] for row in carried(last)] == ["Chậm báo cáo quý 1", "Chậm báo cáo quý 2"]


def test_filling_in_keeps_what_the_author_wrote_and_happens_once() -> None:
    own = {"shortcoming": "ngại góp ý", "state": "done", "extent": "Đã nêu tám ý kiến"}
    filled = fill(body(A_III=[own]), carried(LAST))
    again = fill(filled, carried(LAST))
    assert [(row["shortcoming"], row["state"]) for row in rows_of(filled, "A.III")] == [
        ("ngại góp ý", "done"),
        (LATE, ""),
        ("Đọc trước tài liệu", ""),
        ("Chưa học xong tin học", ""),
    ]
    assert (again, not_there(again, carried(LAST)), clean(STAFF_FORM, filled)) == (filled, [], filled)


ROW = st.fixed_dictionaries({name: st.text(max_size=8) for name in ("shortcoming", "cause", "measure", "helper")})


@settings(max_examples=tries(150), deadline=None)
@given(st.lists(ROW, max_size=6), st.lists(ROW, max_size=6))
def test_no_promise_disappears(own: list[Row], further: list[Row]) -> None:
    last = body(A_II=own, A_VI=further)
    back = {essence(row["shortcoming"], figures=True) or row["shortcoming"] for row in carried(last)}
    said = [row["shortcoming"] or row["measure"] or row["cause"] for row in promises(last)]
    assert [one for one in said if one and (essence(one, figures=True) or one) not in back] == []


def test_the_promises_of_a_review_are_the_seeds_of_the_plan() -> None:
    assert promises(LAST) == [
        whole_row(),
        whole_row(shortcoming="Ngại góp ý", measure="", due="", helper=""),
        {"shortcoming": "", "cause": "", "measure": "Đọc trước tài liệu", "due": "2027-06-30", "helper": ""},
    ]
