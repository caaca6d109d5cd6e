"""Which rows an account may ask for at all: what the table of who may know says exists for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q

from members.conditions import NOBODY
from members.knowing import Answering
from members.known import known_of
from members.policy import ALLOWED, allowed

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from django.contrib.auth.models import AnonymousUser

    from members.knowing import Known
    from members.models import Organisation, User
    from members.roles import Role

    Follow = Callable[[type[models.Model], Collection[int], Collection[str] | None], None]
    Forget = Callable[[type[models.Model], Collection[int]], None]

Row = TypeVar("Row", bound=models.Model)

#: Who follows rows of this model that are written many at once, which Django tells nobody of: which columns, and what
#: is called in the same transaction with the keys and the columns that were written, None for rows that are new. One
#: row that is saved or deleted is told by Django's own signals.
FOLLOWED: dict[type[models.Model], tuple[frozenset[str], Follow]] = {}

#: Who forgets rows of this model that are deleted many at once, by their keys: what is called in the same transaction.
FORGOTTEN: dict[type[models.Model], Forget] = {}


def readers(line: Known, user: User | None = None) -> set[Role]:
    """The roles that let somebody read it; for this account, whose private part may be shut."""
    return {role for one in line.see for role in (allowed(one, user) if user else ALLOWED[one])} & line.possible


def known_to(user: User | AnonymousUser, model: type[models.Model]) -> Q:
    """Which rows exist for this account."""
    if not user.is_authenticated:
        return NOBODY
    line = known_of(model)
    return line.q(user, readers(line, user))


def readable_by(user: User, model: type[models.Model]) -> Q:
    """Which rows of its own cells the account may read."""
    line = known_of(model)
    return line.inside(user, readers(line, user))


def answering(row: Any) -> set[int]:
    """The members who answer for the cell in this matter."""
    line = known_of(row)
    asked = next(one.who for one in line.gives if isinstance(one.who, Answering))
    return asked.people(row, line.cell_of(row).pk)


class CellScoped(models.QuerySet[Row]):
    """The manager of every model that has a line in members/known.py."""

    def for_user(self, user: User | AnonymousUser) -> Self:
        return self.filter(known_to(user, self.model))

    def at_hand(self, known: Q, pk: int) -> Self:
        """The row of this key, where it exists for an account by `known_to()`: what `load_one()` asks."""
        return self.filter(known, pk=pk)

    def read_by(self, user: User) -> Self:
        """Of the account's own cells what it may read, not only know of."""
        return self.filter(readable_by(user, self.model))

    def seen_from(self, paths: Iterable[str]) -> Self:
        """What whoever follows from these bodies knows of in the trees below them, by the line in the table; the right
        to follow from there is asked before. `paths`: of the organisations."""
        return self.in_trees(paths).filter(known_of(self.model).above.q())

    def in_trees(self, paths: Iterable[str]) -> Self:
        """In the trees below these bodies, whatever may be known of it: for what says no more than that it is there."""
        return self.filter(known_of(self.model).below_q(paths))

    def allowing(self, user: User, action: str) -> Self:
        """The rows with which the account may do this: what `may()` says of a row at hand, asked of the database."""
        return self.filter(known_of(self.model).allowing(user, allowed(action, user)))

    def update(self, **values: Any) -> int:
        columns, follow = FOLLOWED.get(self.model, (frozenset(), None))
        if follow is None or not columns & {*values}:
            return super().update(**values)
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            written = super().update(**values)
            follow(self.model, keys, {*values})
        return written

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        """Whoever follows is told once of all of them; of what goes with them, row by row, by Django's own signal."""
        if (forget := FORGOTTEN.get(self.model)) is None:
            return super().delete()
        with transaction.atomic(using=self.db):
            keys = list(self.order_by().values_list("pk", flat=True))
            gone = super().delete()
            forget(self.model, keys)
        return gone

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[Row], *args: Any, **options: Any) -> list[Row]:
        _, follow = FOLLOWED.get(self.model, (None, None))
        if follow is None:
            return super().bulk_create(objs, *args, **options)
        with transaction.atomic(using=self.db):
            made = super().bulk_create(objs, *args, **options)
            follow(self.model, [row.pk for row in made], None)
        return made

    def in_cell(self, cell: int | Organisation) -> Self:
        """Of one cell, by the path that its line in the table names."""
        return self.filter(**{known_of(self.model).cell or "pk": cell})


class OfOrganisation(CellScoped[Row]):
    """Of what names its organisation itself."""

    def with_organisation(self) -> Self:
        return self.select_related("organisation")
