"""Soft words for the author alone: what a shortcoming still lacks, what was written last year. Refuses nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from critique.official_forms.body import Body, Row, rows_of, score_of, text_of
from critique.official_forms.carry import essence, not_there
from critique.official_forms.model import FieldKind, Form, day_of
from critique.official_forms.sections import DOING, NOT_YET

#: Shorter texts ("Không có.") are equal by chance.
_WORTH_COMPARING = 25


@dataclass(frozen=True, slots=True)
class Advice:
    """One sentence beside one field; `row` counts from 0, None is the whole field."""

    field: str
    row: int | None
    sentence: str


def advice(form: Form, body: Body, last: Body | None = None, carried: Iterable[Row] = ()) -> tuple[Advice, ...]:
    """In the order of the form; `last` is last year's body, `carried` the rows that were filled into section III."""
    found = [
        *_repeated_texts(form, body, last),
        *_shortcomings(body, last),
        *_remedied(body, carried),
        *_further(body),
        *_scores(body),
    ]
    order = [field.code for field in form.fields]
    return tuple(sorted(found, key=lambda one: order.index(one.field)))


def same_words(text: str, other: str) -> bool:
    """Whether two texts worth comparing say the same but for figures, capitals and marks."""
    words = essence(text)
    return len(words) >= _WORTH_COMPARING and words == essence(other)


def _repeated_texts(form: Form, body: Body, last: Body | None) -> Iterable[Advice]:
    for field in form.fields:
        if last and field.kind is FieldKind.TEXT and same_words(text_of(body, field.code), text_of(last, field.code)):
            yield Advice(
                field.code,
                None,
                "Phần này giống hệt năm trước. Năm nay có việc gì khác, kết quả gì khác thì ghi thêm.",
            )


def _shortcomings(body: Body, last: Body | None) -> Iterable[Advice]:
    before = [row.get("shortcoming", "") for row in rows_of(last, "A.II")] if last else []
    for number, row in enumerate(rows_of(body, "A.II")):
        if not row.get("shortcoming", ""):
            yield Advice("A.II", number, "Dòng này chưa nói hạn chế, khuyết điểm là gì.")
            continue
        lacking = _lacking(row, ("cause", "nguyên nhân"), ("measure", "biện pháp khắc phục"), ("due", "thời hạn"))
        if lacking:
            yield Advice("A.II", number, f"Hạn chế này chưa có {lacking}.")
        yield from _vague_day("A.II", number, row)
        if any(same_words(row.get("shortcoming", ""), old) for old in before):
            yield Advice(
                "A.II",
                number,
                "Hạn chế này đã nêu năm trước với đúng những lời ấy. Nếu còn thật, hãy nói vì sao chưa sửa được.",
            )


def _remedied(body: Body, carried: Iterable[Row]) -> Iterable[Advice]:
    for number, row in enumerate(rows_of(body, "A.III")):
        if not row.get("state", ""):
            yield Advice("A.III", number, "Chưa nói đã khắc phục, đang khắc phục hay chưa khắc phục.")
        elif row.get("state", "") == DOING and not row.get("extent", ""):
            yield Advice("A.III", number, "Đang khắc phục thì nên nói đến mức nào.")
        elif row.get("state", "") == NOT_YET and not (row.get("obstacle", "") or row.get("responsibility", "")):
            yield Advice("A.III", number, "Chưa khắc phục thì nên nói vướng ở đâu, trách nhiệm thế nào.")
    for row in not_there(body, carried):
        yield Advice("A.III", None, f"Năm trước có nêu “{_brief(row['shortcoming'])}”, mục này không còn.")


def _further(body: Body) -> Iterable[Advice]:
    for number, row in enumerate(rows_of(body, "A.VI")):
        yield from _vague_day("A.VI", number, row)


def _scores(body: Body) -> Iterable[Advice]:
    """The two sums beside the points of the single criteria, where every one has its points."""
    for group, code in (("1", "B.I.1"), ("2", "B.I.2")):
        rows = [row for row in rows_of(body, "B.I.D") if row.get("criterion", "").startswith(f"{group}.")]
        points = [_number(row.get("points", "")) for row in rows]
        known = [one for one in points if one is not None]
        written = score_of(body, code)
        if rows and len(known) == len(rows) and written is not None and sum(known) != written:
            added = f"{sum(known):f}".replace(".", ",")
            yield Advice(code, None, f"Điểm từng tiêu chí của nhóm này cộng lại là {added}, khác số ghi ở đây.")


def _number(text: str) -> Decimal | None:
    return Decimal(text.replace(",", ".")) if re.fullmatch(r"\d{1,3}([.,]\d{1,2})?", text.strip(), re.ASCII) else None


def _vague_day(code: str, number: int, row: Row) -> Iterable[Advice]:
    if row.get("due", "") and day_of(row.get("due", "")) is None:
        yield Advice(code, number, f"“{_brief(row['due'])}” chưa phải một ngày; ghi ngày thì đến hạn mới nhắc được.")


def _lacking(row: Row, *asked: tuple[str, str]) -> str:
    names = [name for code, name in asked if not row.get(code)]
    return ", ".join(names[:-1]) + " và " + names[-1] if len(names) > 1 else "".join(names)


def _brief(text: str, letters: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= letters else line[:letters].rsplit(" ", 1)[0] + " …"
