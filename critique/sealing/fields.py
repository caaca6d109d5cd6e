"""The column of an encrypted value: sealed when a row is written, opened when somebody asks the row for it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from critique.sealing.crypto import Sealed, keyring


class _Opening(DeferredAttribute):
    """Opens the value the first time that it is asked for: a list of rows holds no word of anybody."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        held = super().__get__(instance, cls)
        if isinstance(held, Sealed):
            held = keyring().open(held, self.field.place(instance))  # type: ignore[attr-defined]
            instance.__dict__[self.field.attname] = held
        return held

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedJSON(models.TextField):
    """Anything that JSON can hold, readable only with a key of CHIBO_CRITIQUE_KEYS.

    The model names in `BOUND_TO` the columns that say whose value it is: read under another row it does not open.
    Where None in one of them is an answer and no gap, the model says so in `MAY_BE_NOBODY`.
    Only an instance writes it; `update()`, `filter()` and fixtures never see or take the words themselves.
    """

    descriptor_class = _Opening
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def place(self, row: models.Model) -> str:
        known = {name: getattr(row, name) for name in row.BOUND_TO}  # type: ignore[attr-defined]
        bonds = [f"{name}={value}" for name, value in known.items()]
        nobody = getattr(row, "MAY_BE_NOBODY", ())
        if any(value is None and name not in nobody for name, value in known.items()):
            raise ValueError(f"{row._meta.label} cannot be sealed before it is known whose it is.")
        return "|".join([row._meta.db_table, self.attname, *bonds])

    def held_by(self, row: models.Model) -> Sealed:
        """What the column holds or will hold."""
        held = row.__dict__[self.attname]
        return held if isinstance(held, Sealed) else keyring().seal(held, self.place(row))

    def from_db_value(self, value: str, expression: Any, connection: Any) -> Sealed:
        return Sealed(value)

    def to_python(self, value: Any) -> Any:
        """Only fixtures come this way, and they hold what the column holds."""
        return Sealed(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:
        return self.held_by(model_instance)

    def value_from_object(self, obj: models.Model) -> Any:
        return self.held_by(obj)

    def get_prep_value(self, value: Any) -> Any:
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} takes no open text from a query.")
        return str(value)


class EncryptedText(EncryptedJSON):
    """A text; the same lock."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str
