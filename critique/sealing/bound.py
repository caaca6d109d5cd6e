"""A row with sealed values: they are sealed again whenever something changes that they are bound to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, ClassVar, Self

from django.db import models

from critique.sealing.crypto import Sealed
from critique.sealing.fields import EncryptedJSON


class Bound(models.Model):
    """`BOUND_TO` says whose every sealed value of the row is; `BOUND_WITH` what stands beside one of them.

    A value is opened with what its row said when both were read, and sealed with what the row says now.
    """

    BOUND_TO: ClassVar[tuple[str, ...]] = ()
    BOUND_WITH: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if (names := options.get("update_fields")) is not None:
            options["update_fields"] = {*names, *self._to_seal_again({*names})}
        super().save(**options)

    @classmethod
    def sealed_fields(cls) -> list[EncryptedJSON]:
        return [field for field in cls._meta.concrete_fields if isinstance(field, EncryptedJSON)]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **options: Any) -> Self:
        row: Self = super().from_db(db, field_names, values, **options)
        row.remember_beside()
        return row

    def seal(self, column: str) -> None:
        """Now instead of when the row is saved."""
        field = next(field for field in self.sealed_fields() if field.attname == column)
        self.__dict__[column] = field.held_by(self)

    def remember_beside(self) -> None:
        """Said once the row was read: what its sealed values stood beside in the database."""
        for field in self.sealed_fields():
            held = self.__dict__.get(field.attname)
            if isinstance(held, Sealed) and held.beside is None:
                names = field.own_bonds(type(self))
                held.beside = {name: self.__dict__[name] for name in names if name in self.__dict__}

    def take_sealed(self, columns: Iterable[str]) -> None:
        """These columns as they stand now with what stands beside them, in one query; no other column is touched."""
        fields = [field for field in self.sealed_fields() if field.attname in columns]
        beside = {name for field in fields for name in field.own_bonds(type(self))}
        found = type(self)._base_manager.values(*{field.attname for field in fields} | beside).get(pk=self.pk)
        for field in fields:
            held = Sealed(found[field.attname])
            held.beside = {name: found[name] for name in field.own_bonds(type(self))}
            self.__dict__[field.attname] = held

    def refresh_from_db(self, using: str | None = None, fields: Any = None, from_queryset: Any = None) -> None:
        sealed = {field.attname for field in self.sealed_fields()}
        if fields is None or not sealed & set(fields):
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
            return
        if rest := [name for name in fields if name not in sealed]:
            super().refresh_from_db(using=using, fields=rest, from_queryset=from_queryset)
        self.take_sealed(sealed & set(fields))

    def _to_seal_again(self, written: set[str]) -> list[str]:
        """What is bound to a column that is written."""
        attnames = {self._meta.get_field(name).attname for name in written}  # type: ignore[union-attr]
        found = [f.attname for f in self.sealed_fields() if attnames & {*f.own_bonds(type(self))}]
        if missing := [name for name in found if name not in self.__dict__]:
            self.take_sealed(missing)
        return found
