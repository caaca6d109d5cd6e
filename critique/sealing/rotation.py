"""Giving every sealed value a new lock: what the oldest keys still hold is sealed again with the first one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps

from critique.sealing.bound import Bound
from critique.sealing.crypto import Sealed, keyring
from critique.sealing.fields import EncryptedJSON


@dataclass(slots=True)
class Rotated:
    again: int = 0
    current: int = 0
    unopened: int = 0  # left as they are


def sealed_columns() -> Iterator[tuple[type[Bound], EncryptedJSON]]:
    for model in apps.get_models():
        if issubclass(model, Bound):
            for field in model.sealed_fields():
                yield model, field


def rotate() -> Rotated:
    """A row that somebody saves meanwhile is sealed with the first key by that. A signed copy has up to 18 MB: few rows
    are read at a time.
    """
    found = Rotated()
    for model, field in sealed_columns():
        owners = {name.rpartition(".")[0].replace(".", "__") for name in field.bonds(model) if "." in name}
        rows = model._base_manager.select_related(*owners) if owners else model._base_manager.all()
        for row in rows.order_by("pk").iterator(chunk_size=20):
            old = row.__dict__[field.attname]
            if keyring().is_current(old):
                found.current += 1
                continue
            value = getattr(row, field.attname)
            if getattr(value, "unopened", False):
                found.unopened += 1
                continue
            same = model._base_manager.filter(pk=row.pk, **{field.attname: Sealed(old)})
            found.again += same.update(**{field.attname: keyring().seal(value, field.place(row))})
    return found
