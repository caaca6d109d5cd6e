"""The four forms as data: what each asks, in which order, and what we have not seen."""

from dataclasses import replace

import pytest

from critique.official_forms.forms import COLLECTIVE_FORM, FORMS, LEADER_FORM, OUTSIDE_FORM, STAFF_FORM
from critique.official_forms.model import Column, ColumnKind, Field, FieldKind, Form, FormKind, Part, Section, hd43
from guideline.model import Evidence

REVIEW = ["A.I.1", "A.I.2", "A.I.3", "A.II", "A.III", "A.IV", "A.V", "A.VI", "B.I.1", "B.I.2", "B.I.D", "B.II", "PL"]


def codes(form: Form) -> list[str]:
    return [field.code for field in form.fields]


def test_every_kind_has_its_form() -> None:
    assert {kind: form.code for kind, form in FORMS.items()} == {
        FormKind.COLLECTIVE: "Mẫu 01-HD KĐ.ĐG 2025",
        FormKind.LEADER: "Mẫu 02A-HD KĐ.ĐG 2025",
        FormKind.STAFF: "Mẫu 02B-HD KĐ.ĐG 2025",
        FormKind.OUTSIDE: "Mẫu 02C-HD KĐ.ĐG 2025",
    }


def test_a_member_without_a_post_fills_02b_in_the_order_of_the_form() -> None:
    assert codes(STAFF_FORM) == ["P.unit", *REVIEW]


def test_a_pensioner_fills_the_same_fields_with_other_words_for_duties() -> None:
    duties = OUTSIDE_FORM.field("A.I.2")
    assert (codes(OUTSIDE_FORM), duties.label if duties else "") == (
        codes(STAFF_FORM),
        "Việc thực hiện quyền và nghĩa vụ của đảng viên theo các nhiệm vụ chính trị được cấp uỷ, chi bộ phân công.",
    )


def test_a_leader_also_answers_for_leading_and_the_order_is_marked_as_not_seen() -> None:
    leading = [field for field in LEADER_FORM.fields if field.code in ("A.I.4", "A.I.5", "A.I.6")]
    assert [field.code for field in LEADER_FORM.fields if STAFF_FORM.field(field.code) is None] == [
        "P.post",
        "A.I.4",
        "A.I.5",
        "A.I.6",
    ]
    assert {field.clause.evidence for field in leading} == {Evidence.UNCONFIRMED}


def test_a_collective_reports_four_results_and_has_no_lines_for_a_person() -> None:
    assert codes(COLLECTIVE_FORM) == ["A.I.1", "A.I.2", "A.I.3", "A.I.4", *REVIEW[3:]]


def test_each_form_is_rated_by_its_own_annex() -> None:
    assert {kind.value: (form.frame.place, form.frame.evidence) for kind, form in FORMS.items()} == {
        "01": ("Phụ lục 1", Evidence.SEEN),
        "02A": ("Phụ lục 3", Evidence.SEEN),
        "02B": ("Phụ lục 4", Evidence.SEEN),
        "02C": ("Phụ lục 5", Evidence.UNCONFIRMED),
    }


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_what_was_not_seen_is_said(form: Form) -> None:
    assert (bool(form.doubts), "chữ ký" in form.doubts[-1]) == (True, True)


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_every_field_has_a_name_for_the_screen_and_a_word_for_its_author(form: Form) -> None:
    assert [field.code for field in form.fields if not field.prompt or len(field.name) > 70] == []


def field(**changes: object) -> Field:
    return replace(Field("x", "X", FieldKind.TEXT, hd43("Mẫu 02B")), **changes)  # type: ignore[arg-type]


def form_of(*fields: Field) -> Form:
    scores = (
        Field("s", "S", FieldKind.SCORE, hd43("Mẫu 02B"), maximum=30),
        Field("t", "T", FieldKind.SCORE, hd43("Mẫu 02B"), maximum=70),
    )
    return replace(STAFF_FORM, parts=(Part("A", "A", (Section("A", "A", (*fields, *scores)),)),))


CELL = Column("c", "C", 10)


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ((field(), field()), "the field x stands twice"),
        ((field(clause=hd43("")),), "the field x has no source"),
        ((field(kind=FieldKind.ROWS),), "the field x and its columns do not belong together"),
        ((field(columns=(CELL,)),), "the field x and its columns do not belong together"),
        ((field(maximum=5),), "the field x and its maximum do not belong together"),
        ((field(kind=FieldKind.ROWS, columns=(CELL, CELL)),), "the field x has the column c twice"),
        (
            (field(kind=FieldKind.ROWS, columns=(replace(CELL, kind=ColumnKind.CHOICE),)),),
            "the column x.c and its choices do not belong together",
        ),
        ((field(kind=FieldKind.SCORE, maximum=1),), "the scores do not add up to 100"),
    ],
)
def test_a_form_that_cannot_be_right_does_not_load(wrong: tuple[Field, ...], problem: str) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the words are compared)
        form_of(*wrong)
    assert str(error.value) == f"02B: {problem}"
