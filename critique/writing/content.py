"""What is inside the sealed body of a self-review: the words of the form, and one revision for each step.

A step is what one page shows and saves at once, so two devices that write in different steps never meet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from critique.official_forms import body as words
from critique.official_forms.forms import FORMS
from critique.official_forms.model import ColumnKind, FieldKind, Form, FormKind, Section
from critique.sealing.unopened import SENTENCE, UnopenedBody
from members.secrecy import refuse_marked

IN_WORDS = (FieldKind.TEXT, FieldKind.LINE)

if TYPE_CHECKING:
    from critique.official_forms.body import Body
    from critique.writing.models import SelfReview


@dataclass(frozen=True, slots=True)
class FormPage:
    """One page of writing: its name, and the sections of the form that it holds."""

    name: str
    title: str
    sections: tuple[str, ...]

    def of(self, form: Form) -> tuple[Section, ...]:
        return tuple(section for section in form.sections if section.code in self.sections)


STEPS: dict[str, FormPage] = {
    step.name: step
    for step in (
        FormPage("strengths", "Ưu điểm, kết quả", ("P", "A.I")),
        FormPage("shortcomings", "Hạn chế, khuyết điểm", ("A.II",)),
        FormPage("remedied", "Khắc phục việc kỳ trước", ("A.III",)),
        FormPage("explained", "Giải trình, trách nhiệm", ("A.IV", "A.V")),
        FormPage("directions", "Phương hướng khác", ("A.VI",)),
        FormPage("tasks", "Kết quả nhiệm vụ", ("PL",)),
        FormPage("rating", "Tự đánh giá, xếp loại", ("B.I", "B.II")),
    )
}
FIRST = next(iter(STEPS))


def after(name: str) -> str | None:
    """The step that follows; None after the last."""
    names = list(STEPS)
    place = names.index(name) + 1
    return names[place] if place < len(names) else None


def form_of(review: SelfReview) -> Form:
    return FORMS[FormKind(review.participant.form)]


def wrap(texts: Mapping[str, Any]) -> dict[str, Any]:
    """A body that nobody has written on yet."""
    return {"texts": dict(texts), "revs": {}}


def texts_of(review: SelfReview, body: Mapping[str, Any] | None = None) -> Body:
    """Every field of the person's form, also where nothing has been written; of a copy of it, its `body`."""
    form, kept = form_of(review), review.body if body is None else body
    if isinstance(kept, UnopenedBody):
        return {**words.empty(form), **{field.code: SENTENCE for field in form.fields if field.kind in IN_WORDS}}
    held = kept.get("texts", {})
    return {**words.empty(form), **{code: value for code, value in held.items() if form.field(code)}}


def rev_of(review: SelfReview, step: str) -> int:
    return int(review.body.get("revs", {}).get(step, 0))


def with_step(review: SelfReview, step: str, texts: Body) -> dict[str, Any]:
    """The body with these fields and the step's revision counted up; all else stays, also another form's fields."""
    revs = {**review.body.get("revs", {}), step: rev_of(review, step) + 1}
    return {"texts": {**review.body.get("texts", {}), **texts}, "revs": revs}


def cleaned(form: Form, step: FormPage, posted: Mapping[str, str]) -> Body:
    """The fields that a page sent of one step, in one shape. Refused names the field."""
    asked = {field.code for section in step.of(form) for field in section.fields}
    sent = {name: value for name, value in posted.items() if code_of(name) in asked}
    for name, value in sent.items():
        refuse_marked(value, field=code_of(name))
    return words.clean_part(form, words.gather(form, sent))


def code_of(name: str) -> str:
    """ "A.II.0.cause" is an input of the field A.II; every other input is a field itself."""
    found = re.fullmatch(r"(.+)\.\d+\.\w+", name)
    return found[1] if found else name


def flat(review: SelfReview, step: FormPage, texts: Body) -> dict[str, str]:
    """Input name → value, as the page of this step has them."""
    found: dict[str, str] = {}
    for field in (field for section in step.of(form_of(review)) for field in section.fields):
        if field.kind is not FieldKind.ROWS:
            text = words.text_of(texts, field.code)
            found[words.input_name(field)] = text.replace(".", ",") if field.kind is FieldKind.SCORE else text
            continue
        for number, row in enumerate(words.rows_of(texts, field.code)):
            for column in field.columns:
                value = row.get(column.code, "")
                shown = column.words(value) if column.kind is ColumnKind.DAY else value
                found[words.input_name(field, number, column)] = shown
    return found
