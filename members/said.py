"""How a value of a row is said to a person on “Những gì lưu về tôi”."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import Model


def day_of(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def moment_of(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""


def value_of(row: Model, name: str) -> str:
    """A choice by its label, an account by its owner, a day as on paper."""
    value: Any = getattr(row, name)
    if value is None or value == "":
        return ""
    if getattr(row._meta.get_field(name), "choices", None):
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, datetime):
        return moment_of(value)
    if isinstance(value, date):
        return day_of(value)
    name_of = getattr(value, "get_full_name", None)
    return str(name_of() if name_of else value)
