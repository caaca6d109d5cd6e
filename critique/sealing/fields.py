"""The column of an encrypted value: sealed when a row is written, opened when somebody asks the row for it."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from critique.sealing.crypto import Sealed, Unreadable, keyring
from critique.sealing.unopened import Unopened, UnopenedBody, unopened


class _Opening(DeferredAttribute):
    """Opens the value the first time that it is asked for: a list of rows holds no word of anybody."""

    field: EncryptedJSON

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        if self.field.attname not in instance.__dict__:
            instance.take_sealed([self.field.attname])
        held = instance.__dict__[self.field.attname]
        if isinstance(held, Sealed):
            held = self.field.opened(held, instance)
            instance.__dict__[self.field.attname] = held
        return held

    def __set__(self, instance: Any, value: Any) -> None:
        held = instance.__dict__.get(self.field.attname)
        if isinstance(held, Unopened) and value == held:
            return  # a form has sent our sentence back: nobody's words, so the sealed value stays
        instance.__dict__[self.field.attname] = value


class EncryptedJSON(models.TextField):
    """Anything that JSON can hold, readable only with a key of CHIBO_CRITIQUE_KEYS.

    The model is `Bound`: it names in `BOUND_TO` what says whose its values are, and in `BOUND_WITH` what else stands
    beside one of them. Only an instance writes it; `update()`, `filter()` and fixtures never see or take the words.
    """

    descriptor_class = _Opening
    unopened: Any = UnopenedBody
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def bonds(self, model: Any) -> tuple[str, ...]:
        """Columns of the row, and with a dot those of what it belongs to."""
        return (*model.BOUND_TO, *model.BOUND_WITH.get(self.attname, ()))

    def own_bonds(self, model: Any) -> list[str]:
        return [name for name in self.bonds(model) if "." not in name]

    def place(self, row: models.Model, beside: dict[str, Any] | None = None) -> str:
        """`beside`: what stood in the row when the value was read, where the row has been changed since."""
        known = [(name, _said(row, name, beside or {})) for name in self.bonds(row)]
        return json.dumps([row._meta.db_table, self.attname, known], ensure_ascii=False)

    def opened(self, held: Sealed, row: models.Model) -> Any:
        """The value, or where it does not open a sentence instead of it: a page shows that and goes on."""
        try:
            return keyring().open(held, self.place(row, held.beside))
        except Unreadable as problem:
            return unopened(self.unopened, held, row, self.attname, problem)

    def held_by(self, row: models.Model) -> Sealed:
        """What the column holds or will hold."""
        held = row.__dict__[self.attname]
        if isinstance(held, Sealed):
            if held.beside is None or all(row.__dict__.get(name) == value for name, value in held.beside.items()):
                return held
            held = row.__dict__[self.attname] = self.opened(held, row)
        if isinstance(held, (Unopened, UnopenedBody)):
            return held.sealed
        return keyring().seal(held, self.place(row))

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

    unopened = Unopened
    _pyi_private_set_type: str
    _pyi_private_get_type: str


def _said(row: models.Model, path: str, beside: dict[str, Any]) -> str | None:
    """Raises ValueError where it is not known yet whose the value is."""
    if path in beside:
        value = beside[path]
        return None if value is None else str(value)
    thing: Any = row
    *owners, name = path.split(".")
    for owner in owners:
        thing = getattr(thing, owner)
    value = getattr(thing, name)
    if value is None and not thing._meta.get_field(name).null:
        raise ValueError(f"{row._meta.label} cannot be sealed before it is known whose it is ({path}).")
    return None if value is None else str(value)
