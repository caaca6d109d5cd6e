"""A row as a line of JSON and back, the same on every database; and the JSON Schema of such lines."""

from __future__ import annotations

import json
from base64 import b64encode
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models

from critique.sealing.fields import EncryptedJSON
from members.models import Member, Organisation, User

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

#: Of an account: who it is, and nothing of how one comes in with it.
CARRIED: dict[type[models.Model], tuple[str, ...]] = {User: ("id", "username", "is_active", "member_id")}
#: Of a person whose file another body keeps: what stands on the cell's own papers.
OF_A_GUEST = ("id", "organisation_id", "full_name", "told_by", "apart")
SHARED = (Organisation, Member, User)


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """In the order of their names: a column that was added later stands elsewhere in another database."""
    carried = CARRIED.get(model)
    found = [one for one in model._meta.concrete_fields if carried is None or one.attname in carried]
    return sorted(found, key=lambda one: (not one.primary_key, one.attname))


def links(model: type[models.Model]) -> dict[str, type[models.Model]]:
    """The columns that point at another table, each with that table."""
    return {one.attname: one.related_model for one in columns(model) if isinstance(one.related_model, type)}


def lines(rows: models.QuerySet[Any], keys: Any, cell: int) -> Iterator[tuple[int, bytes]]:
    """Each row with its key, in the order of the keys. `keys`: what goes along, by table; what a row names beyond that
    is left empty. `cell`: of whose members more than the name goes along.
    """
    model = rows.model
    names = [one.attname for one in columns(model)]
    pointing = {name: keys[target] for name, target in links(model).items()}
    blank = {one.attname: one.get_default() for one in columns(model) if one.attname not in OF_A_GUEST}
    for row in rows.values(*names).iterator(chunk_size=500):
        for name, known in pointing.items():
            if row[name] is not None and row[name] not in known:
                row[name] = None
        if model is Member and row["organisation_id"] != cell:
            row.update(blank)
        yield row["id"], as_line(row)


def as_line(row: dict[str, Any]) -> bytes:
    """The same bytes for the same values, with the end of the line. Raises TypeError for what no column holds."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    """Times in UTC to the microsecond, whatever clock the server goes by."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode()
    raise TypeError(f"no column of ours holds {type(value)}")


def as_row(model: type[models.Model], line: bytes) -> models.Model:
    """Raises ValueError, TypeError or ValidationError where it is no such row."""
    given = json.loads(line)
    fields = columns(model)
    if not isinstance(given, dict) or {*given} != {one.attname for one in fields}:
        raise ValueError("other columns")
    return model(**{one.attname: _value(one, given[one.attname]) for one in fields})


def _value(field: models.Field[Any, Any], given: Any) -> Any:
    if given is None:
        if not field.null and not isinstance(field, models.JSONField):
            raise ValueError(f"{field.name} is empty")
        return None
    if isinstance(field, models.CharField | models.TextField | models.FileField) and not isinstance(given, str):
        raise TypeError(f"{field.name} is no text")
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    value = target.to_python(given)
    if not isinstance(field, EncryptedJSON | models.JSONField):
        target.run_validators(value)
    if field.choices and value not in field.empty_values and value not in dict(field.flatchoices):
        raise ValueError(f"{field.name} is none of its choices")
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2**63:
        raise ValidationError(f"{field.name} is too large")
    return value


def check_links(row: models.Model, pointing: dict[str, Collection[int]]) -> bool:
    """Whether all that the row names has come along."""
    return all(getattr(row, name) is None or getattr(row, name) in known for name, known in pointing.items())


# --- What such lines look like, for whoever reads them without this program -------------------

_KINDS: tuple[tuple[type[models.Field[Any, Any]], dict[str, Any]], ...] = (
    (EncryptedJSON, {"type": "string", "pattern": r"^v2\.[0-9a-f]{8}\.", "contentEncoding": "base64url"}),
    (models.JSONField, {}),
    (models.BinaryField, {"type": "string", "contentEncoding": "base64"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.TimeField, {"type": "string", "format": "time"}),
    (models.UUIDField, {"type": "string", "format": "uuid"}),
    (models.DecimalField, {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}),
    (models.BooleanField, {"type": "boolean"}),
    (models.IntegerField, {"type": "integer"}),
)


def schema(labels: Iterable[tuple[str, type[models.Model], bool]]) -> dict[str, Any]:
    """JSON Schema: one definition for each table. `x-table`: which table's `id` a column holds."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {label: _of_table(model, closed) for label, model, closed in labels},
    }


def _of_table(model: type[models.Model], closed: bool) -> dict[str, Any]:
    fields = columns(model)
    return {
        "title": str(model._meta.verbose_name),
        "type": "object",
        "x-locked": closed,
        "properties": {one.attname: _of_column(one) for one in fields},
        "required": [one.attname for one in fields],
        "additionalProperties": False,
    }


def _of_column(field: models.Field[Any, Any]) -> dict[str, Any]:
    target: Any = field.target_field if isinstance(field, models.ForeignKey) else field
    said = dict(next((kind for one, kind in _KINDS if isinstance(target, one)), {"type": "string"}))
    if field.null and "type" in said:
        said["type"] = [said["type"], "null"]
    if str(field.verbose_name) != field.name.replace("_", " "):
        said["title"] = str(field.verbose_name)
    if field.choices:
        said["x-choices"] = {str(value): str(label) for value, label in field.flatchoices}
    if isinstance(field.related_model, type):
        said["x-table"] = field.related_model._meta.label
    return said
