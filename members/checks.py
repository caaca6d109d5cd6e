"""System check: no model with a path to a cell may have a manager that forgets whose row it is."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from members.models import Organisation
from members.scoping import CellScoped

OURS = ("members", "rulings", "meetings", "critique")


@register
def every_cell_model_is_scoped(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A model of ours that points at an organisation, or at a scoped model, must be scoped itself."""
    models = [model for model in apps.get_models() if model._meta.app_label in OURS]
    scoped = {model for model in models if hasattr(model, "CELL")}
    errors: list[CheckMessage] = []
    for model in models:
        targets = {f.related_model for f in model._meta.get_fields() if f.many_to_one or f.one_to_one}
        points_at_cell = bool(targets & (scoped | {Organisation})) and model._meta.model_name != "user"
        if points_at_cell and model not in scoped:
            errors.append(Error(f"{model._meta.label} leads to a cell but has no CELL.", obj=model, id="members.E001"))
        elif model in scoped and not isinstance(model._default_manager.get_queryset(), CellScoped):
            errors.append(Error(f"{model._meta.label} has CELL but no scoped manager.", obj=model, id="members.E002"))
    return errors
