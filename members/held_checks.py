"""System check: every column with a person, or with words that may be about one, is declared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

from members.declare import DECLARED, Declared, Ends, Shown, Whose, With
from members.models import Member, User

SENTENCE = 300  # letters


def _is_personal(column: Any) -> bool:
    """A relation to a person, or words that may be about one: any text, and a line long enough for a sentence."""
    if column.related_model in (Member, User):
        return True
    long = isinstance(column, models.CharField) and not column.choices and (column.max_length or 0) >= SENTENCE
    return long or isinstance(column, models.TextField | models.JSONField)


@register
def every_column_with_a_person_is_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Nothing about anybody is kept without saying how it is shown to them, how long it stays, and who ends it.

    Asked of every table, also of those that other packages bring along.
    """
    errors = list[CheckMessage]()
    for model in apps.get_models():
        if model._meta.proxy:  # another one's table
            continue
        columns = [*model._meta.concrete_fields, *model._meta.many_to_many]
        needed = {column.name for column in columns if _is_personal(column)}
        found = DECLARED.get(model)
        known = set(found.columns) if found else set()
        errors += [_error(model, f"{name} is not declared in personal.py.", "members.E006") for name in needed - known]
        if found is not None:
            errors += [_error(model, said, "members.E007") for said in _flaws(found)]
    return errors


def _flaws(found: Declared) -> Iterator[str]:
    """What a declaration promises and cannot keep."""
    fields = {column.name for column in found.model._meta.get_fields()}
    begins = {path.split("__")[0] for chapter in found.chapters for path in chapter.whose}
    if not found.kept:
        yield "does not say how long it is kept."
    for name, column in found.columns.items():
        if name not in fields and not (isinstance(column, Shown) and column.say):
            yield f"declares {name}, which is no column, and does not say what is shown."
        if isinstance(column, Whose) and name not in begins:
            yield f"{name} says whose the row is, and no chapter begins with it."
        if getattr(column, "ends", False) and not any(isinstance(one, Ends | With) for one in found.kept):
            yield f"{name} ends, and nothing says with what."
    if found.ends is not None and "destroyed_on" not in fields:
        yield "ends by itself and has no column destroyed_on."


def _error(model: type[models.Model], said: str, code: str) -> CheckMessage:
    return Error(f"{model._meta.label}: {said}", obj=model, id=code)
