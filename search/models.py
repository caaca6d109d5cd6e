"""The passages: of each row that can be found its words once more, folded, and whose row it is."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from members.models import Organisation
from members.roles import Role
from members.scoping import CellScoped
from search.kinds import UNDATED, kinds_of
from search.matching import Matching

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import User
    from search.asking import Sought


REACHING = (Role.SUPERIOR, Role.BELOW)  # who reads rows of cells that are not their own


class PassageQuerySet(CellScoped["Passage"]):
    def open_to(self, user: User, group: str = "") -> Self:
        """Those whose own row this account may open at this moment; the passage itself decides nothing."""
        kinds = kinds_of(group)
        found = [Q(kind=kind.name) & Exists(kind.open_to(user).filter(pk=OuterRef("thing_pk"))) for kind in kinds]
        return self.likely(user, group).filter(reduce(or_, found, Q(pk__in=[])))

    def near(self, user: User) -> Self:
        """Of the account's own cells, what is above them, and what it follows from above: no other row can be open."""
        branches = (Q(cell__path__startswith=branch) for branch in user.superior_paths)
        return self.filter(reduce(or_, branches, Q(cell__in={*user.cell_ids} | user.above_ids)))

    def likely(self, user: User, group: str = "") -> Self:
        """The same, of cells that are not its own the kinds alone that are known there at all. Most of these are open,
        and to ask for them is cheap."""
        kinds = kinds_of(group)
        below, above = (Q(kind__in=[one.name for one in kinds if role in one.readers(user)]) for role in REACHING)
        found = Q(cell__in=user.cell_ids) & (Q(kind__in=[one.name for one in kinds]) if group else Q())
        found |= Q(cell__in=user.above_ids) & above
        return self.filter(reduce(or_, (Q(cell__path__startswith=path) & below for path in user.superior_paths), found))

    def first_day(self) -> date | None:
        return self.exclude(day=UNDATED).order_by("day", "pk").values_list("day", flat=True).first()

    def matching(self, asked: Sought, *, begun: bool = False) -> Self:
        """`begun`: the last word need not be written to its end."""
        return self.filter(Matching(F("words"), asked=asked, begun=begun))

    def in_cells(self, cells: Collection[int]) -> Self:
        return self.filter(cell__in=cells)

    def in_year(self, year: int) -> Self:
        return self.filter(day__year=year)

    def newest_first(self) -> Self:
        return self.order_by("-day", "-pk")

    def with_cells(self) -> Self:
        return self.select_related("cell").defer("words")

    def newest(self, most: int) -> list[tuple[int, str, int]]:
        """Of at most so many the key, the kind, and the key of the row.

        Few are put in order here; where there are many, they are soon found along the index of days.
        """
        columns = ("day", "pk", "kind", "thing_pk")
        found = list(self.order_by().values_list(*columns)[:most])
        many = self.newest_first().values_list(*columns)[:most] if len(found) == most else sorted(found, reverse=True)
        return [(pk, kind, thing) for _, pk, kind, thing in many]

    def with_keys(self, keys: Collection[int]) -> Self:
        return self.filter(pk__in=keys)


class Passage(models.Model):
    """What stands in one row, folded. Kept in the transaction that changes the row; shown to nobody.

    PostgreSQL has a column `found` beside it, SQLite a table `search_index`: the database makes both from `words`.
    """

    kind = models.CharField(max_length=20)  # a key of SEARCHED
    thing_pk = models.BigIntegerField()
    cell = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    day = models.DateField()
    words = models.TextField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(name="one_passage_of_a_row", fields=["kind", "thing_pk"]),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-day", "-id"], name="passage_newest_first"),  # newest_first()
            models.Index(fields=["cell", "-day", "-id"], name="passage_by_cell"),  # open_to() whoever reads one cell
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing_pk}"


class Shape(models.Model):
    """From which table of kinds the passages were made; one row."""

    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.digest
