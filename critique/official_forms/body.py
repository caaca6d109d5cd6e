"""What somebody wrote on a form: plain values that go to and from JSON, brought into one shape on the way in."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from critique.official_forms.model import MAX_LETTERS, Column, ColumnKind, Field, FieldKind, Form, Level, day_of
from members.refusal import Refused
from members.text import clean_text, thousands

Row = dict[str, str]
Value = str | list[Row]

#: Code of a field → its text, or its rows; every field of the form is there, empty ones too.
Body = dict[str, Value]

_POINTS = re.compile(r"\d{1,3}([.,]\d{1,2})?", re.ASCII)
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def empty(form: Form) -> Body:
    return {field.code: [] if field.kind is FieldKind.ROWS else "" for field in form.fields}


def clean(form: Form, raw: Mapping[str, object]) -> Body:
    """One shape for whatever arrived; Refused with a sentence, `field` the field's code, where it cannot be kept."""
    return empty(form) | clean_part(form, raw)


def clean_part(form: Form, raw: Mapping[str, object]) -> Body:
    """Only the fields that arrived, for a page that sends one at a time: `body | clean_part(form, raw)`."""
    return {field.code: _value(field, raw[field.code]) for field in form.fields if field.code in raw}


def text_of(body: Body, code: str) -> str:
    value = body.get(code, "")
    return value if isinstance(value, str) else ""


def rows_of(body: Body, code: str) -> list[Row]:
    value = body.get(code, [])
    return value if isinstance(value, list) else []


def missing(form: Form, body: Body) -> tuple[Field, ...]:
    """What the form asks of everybody and is still empty; told, never a reason to refuse."""
    return tuple(field for field in form.fields if field.needed and not body.get(field.code))


def is_empty(body: Body) -> bool:
    return not any(body.values())


def elsewhere(form: Form, body: Body) -> dict[str, Value]:
    """What would be lost if this body became that form: filled fields that the form does not have."""
    return {code: value for code, value in body.items() if value and form.field(code) is None}


def total(body: Body) -> Decimal | None:
    """The sum of both groups of points; None until both are there."""
    first, second = score_of(body, "B.I.1"), score_of(body, "B.I.2")
    return None if first is None or second is None else first + second


def score_of(body: Body, code: str) -> Decimal | None:
    text = text_of(body, code)
    return Decimal(text) if text else None


def shown_score(points: Decimal | None) -> str:
    """ "27,5": the Vietnamese mark for decimals is a comma."""
    return "" if points is None else f"{points.normalize():f}".replace(".", ",")


# --- Names of inputs on a page --------------------------------------------------------------


def input_name(field: Field, row: int | None = None, column: Column | None = None) -> str:
    return field.code if row is None or column is None else f"{field.code}.{row}.{column.code}"


def gather(form: Form, posted: Mapping[str, str]) -> dict[str, object]:
    """A page's flat inputs as `raw`, fields that were not on the page left out; rows in the order of their numbers.

    A table whose rows were all taken away is on the page by an empty input with the code of its field.
    """
    found: dict[str, object] = {}
    for field in form.fields:
        if field.kind is not FieldKind.ROWS:
            if field.code in posted:
                found[field.code] = posted[field.code]
        elif (rows := _gather_rows(field, posted)) or field.code in posted:
            found[field.code] = rows
    return found


def _gather_rows(field: Field, posted: Mapping[str, str]) -> list[Row]:
    rows: dict[int, Row] = {}
    named = re.compile(re.escape(field.code) + r"\.(\d{1,6})\.(\w+)", re.ASCII)
    for name, value in posted.items():
        if found := named.fullmatch(name):
            rows.setdefault(int(found[1]), {})[found[2]] = value
    return [rows[number] for number in sorted(rows)]


# --- One value ------------------------------------------------------------------------------


def _value(field: Field, raw: object) -> Value:
    if field.kind is FieldKind.ROWS:
        return _rows(field, raw)
    text = _text(field, field.name, raw, lines=field.kind is FieldKind.TEXT)
    if field.kind is FieldKind.SCORE:
        return _score(field, text)
    if field.kind is FieldKind.LEVEL and text and text not in set(Level):
        raise Refused("Chọn một trong bốn mức.", field=field.code)
    return text


def _text(field: Field, name: str, raw: object, *, lines: bool) -> str:
    if raw is None:
        return ""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str):
        raise Refused(f"Không đọc được mục “{name}”.", field=field.code)
    text = clean_text(raw, lines=lines)
    if len(text) > MAX_LETTERS:
        raise Refused(
            f"Mục “{name}” có {thousands(len(text))} ký tự, nhiều nhất {thousands(MAX_LETTERS)}. Hãy viết ngắn lại "
            "hoặc chuyển phần chi tiết sang phụ lục.",
            field=field.code,
        )
    return text


def _rows(field: Field, raw: object) -> list[Row]:
    if raw is None or raw == "":
        return []
    if not isinstance(raw, Iterable) or isinstance(raw, str | bytes | Mapping):
        raise Refused(f"Không đọc được mục “{field.name}”.", field=field.code)
    rows = [row for row in (_row(field, one) for one in raw) if any(row.values())]
    if len(rows) > field.max_rows:
        raise Refused(
            f"Mục “{field.name}” có {len(rows)} dòng, nhiều nhất {field.max_rows}. Hãy gộp các dòng cùng loại.",
            field=field.code,
        )
    return rows


def _row(field: Field, raw: object) -> Row:
    if not isinstance(raw, Mapping):
        raise Refused(f"Không đọc được một dòng của mục “{field.name}”.", field=field.code)
    return {column.code: _cell(field, column, raw.get(column.code)) for column in field.columns}


def _cell(field: Field, column: Column, raw: object) -> str:
    name = f"{field.name}: {column.label}"
    text = _text(field, name, raw, lines=column.kind is ColumnKind.TEXT)
    if column.kind is ColumnKind.DAY:
        return kept_day(text)
    if column.kind is ColumnKind.CHOICE and text and text not in dict(column.choices):
        raise Refused(f"Không đọc được “{column.label}” của mục “{field.name}”.", field=field.code)
    return text


def kept_day(text: str) -> str:
    """A day as people write it becomes 2027-03-31; anything else stays, so that no word is lost."""
    if found := _DAY.fullmatch(text):
        day, month, year = found.groups()
        written = f"{year}-{month:0>2}-{day:0>2}"
        return written if day_of(written) else text
    return text


def _score(field: Field, text: str) -> str:
    if not text:
        return ""
    if not _POINTS.fullmatch(text) or Decimal(text.replace(",", ".")) > field.maximum:
        raise Refused(f"Điểm “{field.name}” là một số từ 0 đến {field.maximum}, ví dụ 27,5.", field=field.code)
    points = Decimal(text.replace(",", "."))
    return f"{points.normalize() + 0:f}"
