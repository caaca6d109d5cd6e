"""How a committee splits the points: 30 and 70, with its document, or plainly an example."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from critique.official_forms.model import FormKind
from critique.official_forms.rubric import EXAMPLES, Criterion, RubricVersion
from guideline.model import Clause, Evidence

WARD = Clause("HD 02-HD/ĐU", date(2026, 11, 2), "Phụ lục 1", Evidence.LOCAL)
OWN = replace(EXAMPLES[FormKind.STAFF], owner="Đảng uỷ phường Sao Mai", clause=WARD)


def test_every_example_adds_up_and_is_marked_as_an_example() -> None:
    assert {kind: (rubric.total, rubric.clause, rubric.label) for kind, rubric in EXAMPLES.items()} == dict.fromkeys(
        FormKind, (100, None, "ví dụ – chưa phải quy định")
    )


def test_a_committees_own_names_its_document() -> None:
    assert OWN.label == "Đảng uỷ phường Sao Mai: HD 02-HD/ĐU (02/11/2026), Phụ lục 1 (cấp uỷ quy định)"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda r: replace(r, common=r.common[1:]), "the common criteria add up to 10 and not to 30"),
        (lambda r: replace(r, tasks=()), "the task criteria add up to 0 and not to 70"),
        (lambda r: replace(r, tasks=(*r.tasks, Criterion("2.2", "thêm", 0))), "a criterion has no points"),
        (lambda r: replace(r, tasks=(replace(r.tasks[0], code="1.1"),)), "a criterion stands twice"),
        (lambda r: replace(r, tasks=(replace(r.tasks[0], text=" "),)), "a criterion has no code or no text"),
        (lambda r: replace(r, owner=""), "a rubric that is no example names the committee that fixed it"),
        (
            lambda r: replace(r, clause=replace(WARD, evidence=Evidence.SEEN)),
            "a rubric that is no example names the committee that fixed it",
        ),
    ],
)
def test_a_rubric_that_cannot_be_right_does_not_load(
    change: Callable[[RubricVersion], RubricVersion], problem: str
) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011 (the words are compared)
        change(OWN)
    assert str(error.value) == f"02B: {problem}"
