"""What committees may fix about the forms: how the 30 + 70 points of each are split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from critique.cycle.models import FORM_CHOICES
from critique.official_forms import rubric
from critique.official_forms.model import FormKind
from rulings.in_force import in_force
from rulings.kinds import PointSheet
from rulings.subjects import Group, Usual

if TYPE_CHECKING:
    from datetime import date

    from critique.official_forms.rubric import RubricVersion
    from members.models import Organisation
    from rulings.models import Ruling


def rubric_key(form: str) -> str:
    return f"rubric-{form}"


def version(row: Ruling) -> RubricVersion:
    """Raises BreakdownError with a sentence where the lines are no rubric."""
    kind = FormKind(row.subject.removeprefix("rubric-"))
    return rubric.parse(row.value["lines"], kind, str(row.organisation), row.clause)


class Rubric(PointSheet):
    """One form's criteria with their points."""

    group = Group.CRITIQUE
    hint = (
        f"Ô này bắt đầu từ {rubric.EXAMPLE_MARK}; sửa theo đúng văn bản của cấp uỷ. Hai bản cho một mẫu không cùng áp "
        "dụng một ngày."
    )
    rows = 10
    help_text = "Mã bắt đầu bằng 1 thuộc nhóm chung (30 điểm), bằng 2 thuộc nhóm kết quả nhiệm vụ (70 điểm)."

    def __init__(self, form: str, words: str) -> None:
        self.kind = FormKind(form)
        super().__init__(rubric_key(form), f"Biểu điểm của {words[:1].lower()}{words[1:]}")

    def example(self) -> str:
        return rubric.as_text(rubric.EXAMPLES[self.kind])

    def parsed(self, ruling: Ruling) -> RubricVersion:
        return version(ruling)

    def lines(self, ruling: Ruling) -> list[tuple[str, int]]:
        found = version(ruling)
        return [
            ("Nhóm tiêu chí chung", rubric.COMMON),
            *((f"{one.code}. {one.text}", one.max_points) for one in found.common),
            ("Nhóm tiêu chí kết quả thực hiện nhiệm vụ", rubric.TASKS),
            *((f"{one.code}. {one.text}", one.max_points) for one in found.tasks),
        ]

    def usual(self, organisation: Organisation, day: date) -> Usual:
        return Usual("mẫu chỉ hỏi hai tổng điểm, 30 + 70", "43-HD/BTCTW, mục 7.12")


RUBRICS = tuple(Rubric(form, words) for form, words in FORM_CHOICES)


def rubric_for(cell: Organisation, form: str, day: date) -> RubricVersion | None:
    """One query. None where no committee has fixed one: then the form asks for the two sums alone."""
    row = in_force(cell, rubric_key(form), day)
    return version(row) if row else None
