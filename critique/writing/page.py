"""One step of a form as a page shows it: fields with their inputs, what stands in them, and soft words beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from critique.official_forms.body import input_name, rows_of
from critique.official_forms.model import Column, ColumnKind, Field, FieldKind, Level
from critique.writing.content import STEPS, FormPage, flat, form_of, texts_of

if TYPE_CHECKING:
    from critique.official_forms.advice import Advice
    from critique.official_forms.body import Body
    from critique.writing.models import SelfReview

_LEVELS = [(level.value, level.label) for level in Level]
_TALL = {FieldKind.TEXT: 7}


@dataclass(frozen=True, slots=True)
class Input:
    name: str
    label: str
    kind: str  # text, line, day, score, choice
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    rows: int = 2


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    inputs: tuple[Input, ...]
    advice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One field: either one input or rows of them."""

    code: str
    name: str
    label: str
    prompt: str
    clause: str
    one: Input | None = None
    rows: tuple[Row, ...] = ()
    advice: tuple[str, ...] = ()


@dataclass(slots=True)
class Page:
    step: FormPage
    questions: list[Question] = field(default_factory=list)


def build(
    review: SelfReview,
    step: str,
    *,
    blank_rows: int = 1,
    posted: Mapping[str, str] | None = None,
    advice: Iterable[Advice] = (),
) -> Page:
    """`posted`: what came back unsaved stands in the inputs instead of what is kept."""
    texts, words = texts_of(review), list(advice)
    page = Page(STEPS[step])
    values = dict(posted) if posted is not None else flat(review, page.step, texts)
    for one in (one for section in page.step.of(form_of(review)) for one in section.fields):
        if not one.laid_out or rows_of(texts, one.code):
            page.questions.append(_question(one, texts, values, 0 if one.laid_out else blank_rows, words))
    return page


def _question(one: Field, texts: Body, values: Mapping[str, str], blank_rows: int, advice: list[Advice]) -> Question:
    about = [word for word in advice if word.field == one.code]
    alone = tuple(word.sentence for word in about if word.row is None)
    name = f"{one.name} (0 đến {one.maximum} điểm)" if one.kind is FieldKind.SCORE else one.name
    told = (one.code, name, one.label if one.short else "", one.prompt, one.clause.label())
    if one.kind is not FieldKind.ROWS:
        return Question(*told, one=_input(one, values), advice=alone)
    count = 1 + max([*_numbers(one, values), len(rows_of(texts, one.code)) - 1], default=-1)
    rows = tuple(
        Row(
            number + 1,
            tuple(_cell(one, number, column, values) for column in one.columns),
            tuple(word.sentence for word in about if word.row == number),
        )
        for number in range(min(count + blank_rows, one.max_rows))
    )
    return Question(*told, rows=rows, advice=alone)


def _numbers(one: Field, values: Mapping[str, str]) -> Iterable[int]:
    start = f"{one.code}."
    parts = (name[len(start) :].split(".") for name in values if name.startswith(start))
    return [int(part[0]) for part in parts if len(part) == 2 and part[0].isdecimal() and len(part[0]) < 4]


def _input(one: Field, values: Mapping[str, str]) -> Input:
    kinds = {FieldKind.LINE: "line", FieldKind.SCORE: "score", FieldKind.LEVEL: "choice"}
    choices = tuple(_LEVELS) if one.kind is FieldKind.LEVEL else ()
    name = input_name(one)
    kind = kinds.get(one.kind, "text")
    return Input(name, one.label, kind, values.get(name, ""), choices, _TALL.get(one.kind, 2))


def _cell(one: Field, number: int, column: Column, values: Mapping[str, str]) -> Input:
    name = input_name(one, number, column)
    kind = {ColumnKind.LINE: "line", ColumnKind.DAY: "day", ColumnKind.CHOICE: "choice"}.get(column.kind, "text")
    return Input(name, column.label, kind, values.get(name, ""), column.choices)
