"""System check: the table of who may know names every model with a path to a cell, and only columns that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldDoesNotExist

from members.knowing import Person, Told
from members.known import KNOWN, known
from members.models import Organisation
from members.scoping import CellScoped, readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model

    from members.knowing import Known


@register
def every_cell_model_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A model of ours that points at an organisation, or at a model with a line, must have a line itself."""
    ours = {label.split(".")[0] for label in KNOWN}
    models = [model for model in apps.get_models() if model._meta.app_label in ours and not model._meta.proxy]
    named = {model for model in models if model._meta.label in KNOWN}
    errors: list[CheckMessage] = []
    for model in models:
        targets = {f.related_model for f in model._meta.get_fields() if f.many_to_one or f.one_to_one}
        points_at_cell = bool(targets & (named | {Organisation})) and model._meta.model_name != "user"
        if points_at_cell and model not in named:
            errors.append(_error(model, "E001", "leads to a cell but has no line in members/known.py."))
        elif model in named and not isinstance(model._default_manager.get_queryset(), CellScoped):
            errors.append(_error(model, "E002", "has a line in members/known.py but no scoped manager."))
    return errors


@register
def every_line_of_the_table_can_be_asked(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What a line says of columns is true, and a secret is decided by columns alone: the database must know it."""
    errors: list[CheckMessage] = []
    models = {model._meta.label: model for model in apps.get_models()}
    for label in KNOWN:
        if (model := models.get(label)) is None:
            errors.append(Error(f"members/known.py names {label}, which is no model.", id="members.E003"))
            continue
        line = known(label)
        errors += [_error(model, "E004", f"has no “{told}”, which its line names.") for told in _wrong(model, line)]
        untold = {one.role for one in line.gives if _no_column(one.who)}
        if line.secret and untold & {*readers(line), *line.also}:
            errors.append(_error(model, "E005", "is a secret, but the database cannot tell who may know of it."))
    return errors


def _no_column(who: Any) -> bool:
    return isinstance(who, Told) or (isinstance(who, Person) and who.people)


def _wrong(model: type[Model], line: Known) -> Iterator[str]:
    """Every path of the line that leads nowhere, and every value that its column never has."""
    asked = [(path, values) for condition in line.conditions() for path, values in condition.paths()]
    asked += [(path, ()) for one in line.gives for path in one.who.paths()]
    if line.cell and getattr(_column(model, line.cell), "related_model", None) is not Organisation:
        yield line.cell
    for path, values in asked:
        column = _column(model, path)
        if column is None:
            yield path
        else:
            choices = {value for value, _ in column.choices or ()} if values else set()
            yield from (f"{path} = {value}" for value in values if value not in choices)


def _column(model: type[Model], path: str) -> Any:
    column: Any = None
    for name in path.split("__"):
        try:
            column = model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        model = column.related_model
    return column


def _error(model: type[Model], number: str, what: str) -> Error:
    return Error(f"{model._meta.label} {what}", obj=model, id=f"members.{number}")
