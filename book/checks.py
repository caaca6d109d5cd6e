"""System check: whatever holds a sealed paper stands in the table of what the book proves."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from book.kinds import KINDS


@register
def every_sealed_model_is_in_the_book(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A model with a fingerprint keeps something that must not change any more; a line names columns that exist."""
    named = {kind.table for kind in KINDS.values()}
    errors: list[CheckMessage] = [
        Error(
            f"{model._meta.label} has a fingerprint but no kind in the book (book/kinds.py).", obj=model, id="book.E001"
        )
        for model in apps.get_models()
        if any(field.name == "fingerprint" for field in model._meta.concrete_fields) and model not in named
    ]
    for kind in KINDS.values():
        columns = {field.name for field in kind.table._meta.concrete_fields}
        errors += [
            Error(f"The book's kind “{kind.name}” names {name}, which {kind.model} has not.", id="book.E002")
            for name in (*kind.columns, *filter(None, [kind.text]))
            if name not in columns
        ]
    return errors
