"""What somebody wrote, on its way in: pasted, half typed, forged, too long; no word is lost silently."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from critique.official_forms.body import (
    clean,
    clean_part,
    elsewhere,
    empty,
    gather,
    input_name,
    is_empty,
    missing,
    score_of,
    shown_score,
    text_of,
    total,
)
from critique.official_forms.forms import FORMS, LEADER_FORM, STAFF_FORM
from critique.official_forms.model import Field, Form
from members.refusal import Refused
from tests.sample import tries


def a_field(code: str) -> Field:
    found = STAFF_FORM.field(code)
    assert found is not None
    return found


def refused(raw: dict[str, object]) -> tuple[str, str | None]:
    with pytest.raises(Refused) as error:
        clean(STAFF_FORM, raw)
    return error.value.sentence, error.value.field


# --- Pasted text ----------------------------------------------------------------------------


def test_what_is_pasted_is_cleaned_like_any_other_text() -> None:
    body = clean(STAFF_FORM, {"A.I.1": "\uf0b7 khuyết\u00ad điểm\x0bhai ", "A.II": [{"shortcoming": "Ba\u0301o\x00"}]})
    assert (body["A.I.1"], body["A.II"][0]["shortcoming"]) == ("- khuyết điểm\nhai", "Báo")  # type: ignore[index]


# --- One shape ------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_an_empty_form_is_clean_and_goes_through_json(form: Form) -> None:
    body = empty(form)
    assert (clean(form, {}), clean(form, body), json.loads(json.dumps(body)), is_empty(body)) == (
        body,
        body,
        body,
        True,
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=tries(150), deadline=None)
@given(st.dictionaries(st.sampled_from([field.code for field in STAFF_FORM.fields]), JSON))
def test_whatever_is_sent_is_kept_in_one_shape_or_refused_with_a_sentence(raw: dict[str, object]) -> None:
    refusal = None
    try:
        body = clean(STAFF_FORM, raw)
    except Refused as said:
        refusal, body = said, empty(STAFF_FORM)
    assert refusal is None or (bool(refusal.sentence), refusal.field in raw) == (True, True)
    assert clean(STAFF_FORM, json.loads(json.dumps(body))) == body


def test_rows_without_a_word_are_left_out() -> None:
    body = clean(STAFF_FORM, {"A.II": [{"shortcoming": " "}, {"cause": "Để dồn việc"}, {}]})
    assert body["A.II"] == [{"shortcoming": "", "cause": "Để dồn việc", "measure": "", "due": "", "helper": ""}]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("31/3/2027", "2027-03-31"),
        ("31-03-2027", "2027-03-31"),
        ("2027-03-31", "2027-03-31"),
        ("31/02/2027", "31/02/2027"),
        ("trong quý I/2027", "trong quý I/2027"),
        ("", ""),
    ],
)
def test_a_day_is_kept_as_a_day_and_other_words_as_typed(typed: str, kept: str) -> None:
    body = clean(STAFF_FORM, {"A.VI": [{"measure": "Học tin học", "due": typed}]})
    assert body["A.VI"] == [{"measure": "Học tin học", "due": kept, "helper": ""}]


@pytest.mark.parametrize(("typed", "kept"), [("27,5", "27.5"), ("30", "30"), ("0", "0"), ("07,50", "7.5"), (20, "20")])
def test_points_are_kept_with_a_full_stop(typed: object, kept: str) -> None:
    assert clean(STAFF_FORM, {"B.I.1": typed})["B.I.1"] == kept


@pytest.mark.parametrize("typed", ["30,5", "-1", "ba mươi", "1e1", "NaN", "27,555", "٢٧", 1e400])
def test_points_beyond_their_group_are_refused_beside_their_field(typed: object) -> None:
    assert refused({"B.I.1": typed}) == ("Điểm “Nhóm tiêu chí chung” là một số từ 0 đến 30, ví dụ 27,5.", "B.I.1")


def test_the_total_is_there_when_both_groups_are() -> None:
    half = clean(STAFF_FORM, {"B.I.1": "27,5"})
    full = clean(STAFF_FORM, {"B.I.1": "27,5", "B.I.2": "62"})
    assert (total(half), total(full), shown_score(total(full)), score_of(half, "B.I.2")) == (
        None,
        Decimal("89.5"),
        "89,5",
        None,
    )


def test_a_level_is_one_of_the_four() -> None:
    assert clean(STAFF_FORM, {"B.II": "good"})["B.II"] == "good"
    assert refused({"B.II": "best"}) == ("Chọn một trong bốn mức.", "B.II")


def test_a_choice_that_does_not_exist_is_refused() -> None:
    assert refused({"A.III": [{"shortcoming": "Chậm", "state": "almost"}]}) == (
        "Không đọc được “Tình trạng” của mục “Kết quả khắc phục hạn chế các kỳ trước”.",
        "A.III",
    )


def test_twenty_thousand_letters_are_kept_and_one_more_is_told() -> None:
    assert len(text_of(clean(STAFF_FORM, {"A.V": "đ" * 20_000}), "A.V")) == 20_000
    assert refused({"A.V": "đ" * 20_001}) == (
        (
            "Mục “Trách nhiệm đối với hạn chế của tập thể” có 20.001 ký tự, nhiều nhất 20.000. Hãy viết ngắn lại "
            "hoặc chuyển phần chi tiết sang phụ lục."
        ),
        "A.V",
    )


def test_forty_rows_are_kept_and_one_more_is_told() -> None:
    assert len(clean(STAFF_FORM, {"A.IV": [{"issue": str(n)} for n in range(40)]})["A.IV"]) == 40
    assert refused({"A.IV": [{"issue": str(n)} for n in range(41)]}) == (
        "Mục “Giải trình vấn đề được gợi ý” có 41 dòng, nhiều nhất 40. Hãy gộp các dòng cùng loại.",
        "A.IV",
    )


@pytest.mark.parametrize("forged", [5, True, "văn bản", {"0": {}}, [["x"]], ["x"]])
def test_rows_of_another_shape_are_refused(forged: object) -> None:
    sentence, field = refused({"A.II": forged})
    assert (sentence.startswith("Không đọc được"), field) == (True, "A.II")


# --- What is missing, what would be lost --------------------------------------------------------


def test_what_the_form_asks_and_is_still_empty_is_told() -> None:
    body = clean(STAFF_FORM, {"A.I.1": "Đã rà soát.", "A.II": [{"shortcoming": "Chậm"}], "B.I.1": "0"})
    assert [field.code for field in missing(STAFF_FORM, body)] == ["A.I.2", "A.I.3", "B.I.2", "B.II"]


def test_what_a_leader_wrote_about_leading_is_named_before_the_form_becomes_02b() -> None:
    body = clean(LEADER_FORM, {"A.I.1": "Đã rà soát.", "A.I.4": "Đoàn kết nội bộ tốt.", "P.post": "Phó phòng"})
    assert elsewhere(STAFF_FORM, body) == {"P.post": "Phó phòng", "A.I.4": "Đoàn kết nội bộ tốt."}


# --- A page's inputs ------------------------------------------------------------------------


def test_inputs_of_a_page_come_together_in_the_order_of_their_numbers() -> None:
    shortcomings = a_field("A.II")
    cause = shortcomings.column("cause")
    posted = {
        "csrfmiddlewaretoken": "x",
        "A.I.1": "Đã rà soát.",
        input_name(shortcomings, 10, cause): "sau",
        input_name(shortcomings, 2, cause): "trước",
        "A.II.x.cause": "không phải số",
        "A.II.3.unknown": "cột lạ",
        "A.III.0.shortcoming": "của mục khác",
    }
    body = clean(STAFF_FORM, gather(STAFF_FORM, posted))
    assert (
        [row["cause"] for row in body["A.II"] if isinstance(row, dict)],
        body["A.I.1"],
        len(body["A.III"]),
        input_name(a_field("A.I.1")),
    ) == (["trước", "sau"], "Đã rà soát.", 1, "A.I.1")


def test_a_page_that_sends_one_field_leaves_the_others_alone() -> None:
    written = clean(STAFF_FORM, {"A.I.1": "Đã rà soát.", "A.II": [{"shortcoming": "Chậm"}]})
    sent = gather(STAFF_FORM, {"A.I.2": "Xong năm việc."})
    assert (sent, written | clean_part(STAFF_FORM, sent)) == (
        {"A.I.2": "Xong năm việc."},
        written | {"A.I.2": "Xong năm việc."},
    )


def test_a_table_whose_last_row_was_taken_away_is_empty() -> None:
    written = clean(STAFF_FORM, {"A.II": [{"shortcoming": "Chậm"}]})
    assert is_empty(written | clean_part(STAFF_FORM, gather(STAFF_FORM, {"A.II": ""})))
