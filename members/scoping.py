"""Which rows an account may ask for at all: what the table of who may know says exists for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models

from members.knowing import Answering
from members.known import known_of
from members.policy import ALLOWED, allowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.knowing import Known
    from members.models import Organisation, User
    from members.roles import Role

Row = TypeVar("Row", bound=models.Model)


def readers(line: Known, user: User | None = None) -> set[Role]:
    """The roles that let somebody read it; for this account, whose private part may be shut."""
    return {role for one in line.see for role in (allowed(one, user) if user else ALLOWED[one])} & line.possible


def answering(row: Any) -> set[int]:
    """The members who answer for the cell in this matter."""
    line = known_of(row)
    asked = next(one.who for one in line.gives if isinstance(one.who, Answering))
    return asked.people(row, line.cell_of(row).pk)


class CellScoped(models.QuerySet[Row]):
    """The manager of every model that has a line in members/known.py."""

    def for_user(self, user: User | AnonymousUser) -> Self:
        if not user.is_authenticated:
            return self.none()
        line = known_of(self.model)
        return self.filter(line.q(user, readers(line, user)))

    def read_by(self, user: User) -> Self:
        """Of the account's own cells what it may read, not only know of."""
        line = known_of(self.model)
        return self.filter(line.inside(user, readers(line, user)))

    def in_cell(self, cell: int | Organisation) -> Self:
        """Of one cell, by the path that its line in the table names."""
        return self.filter(**{known_of(self.model).cell or "pk": cell})


class OfOrganisation(CellScoped[Row]):
    """Of what names its organisation itself."""

    def with_organisation(self) -> Self:
        return self.select_related("organisation")
