"""Giving every sealed value a new lock: what the oldest keys still hold is sealed again with the first one."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from critique.sealing.crypto import Sealed, keyring
from critique.sealing.fields import EncryptedJSON


def sealed_columns() -> Iterator[tuple[type[models.Model], EncryptedJSON]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, EncryptedJSON):
                yield model, field


def rotate() -> tuple[int, int]:
    """(sealed again, already current). A row that somebody saves meanwhile is sealed with the first key by that."""
    again = current = 0
    for model, field in sealed_columns():
        names = ["pk", field.attname, *model.BOUND_TO]  # type: ignore[attr-defined]
        rows = model._base_manager.only(*names).order_by("pk")
        for row in rows.iterator(chunk_size=200):
            old = row.__dict__[field.attname]
            if keyring().is_current(old):
                current += 1
                continue
            new = keyring().seal(getattr(row, field.attname), field.place(row))
            same = model._base_manager.filter(pk=row.pk, **{field.attname: Sealed(old)})
            again += same.update(**{field.attname: new})
    return again, current
