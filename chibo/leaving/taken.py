"""Which rows leave with a cell: what is its own, and of others what its own rows name."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

from chibo.leaving.rows import SHARED, lines, links
from chibo.leaving.travels import going, own_rows
from members.models import Member, Organisation, User

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import Model, QuerySet

    Keys = dict[type[Model], set[int]]


class Taken:
    """`keys`: of each table, whole numbers only; rows are read one after another by `lines_of`."""

    def __init__(self, cell: Organisation) -> None:
        self.cell = cell
        self.keys: Keys = {model: set() for model in going().values()}
        named: Keys = {model: set() for model in SHARED}
        for label, model in _parents_first():
            self._take_own(label, model, named)
        self._take_beside(named)

    def lines_of(self, model: type[Model]) -> Iterator[tuple[int, bytes]]:
        """In the order of the keys. Asked in parts, for no database takes a hundred thousand keys in one question."""
        wanted = sorted(self.keys[model])
        known: Any = {target: self.keys.get(target, set()) for target in links(model).values()}
        for start in range(0, len(wanted), 500):
            rows: QuerySet[Any] = model._base_manager.filter(pk__in=wanted[start : start + 500]).order_by("pk")
            yield from lines(rows, known, self.cell.pk)

    def _take_own(self, label: str, model: type[Model], named: Keys) -> None:
        """A row that cannot stand without another one stays where that one stays."""
        pointing = {name: target for name, target in links(model).items() if target in self.keys or target in named}
        needed = [name for name in pointing if pointing[name] not in SHARED and not _may_be_empty(model, name)]
        for row in own_rows(label, model, self.cell).values("pk", *pointing).iterator(chunk_size=500):
            if any(row[name] not in self.keys[pointing[name]] for name in needed):
                continue
            self.keys[model].add(row["pk"])
            for name, target in pointing.items():
                if target in named and row[name] is not None:
                    named[target].add(row[name])

    def _take_beside(self, named: Keys) -> None:
        """Accounts that have done something here and those of the cell's own people, whose they are, where they are."""
        own = Member.objects.filter(organisation=self.cell)
        members = named[Member] | {*own.values_list("pk", flat=True)}
        accounts = named[User] | {*User.objects.filter(member__organisation=self.cell).values_list("pk", flat=True)}
        for some in _parts(accounts):
            found = User.objects.filter(pk__in=some, member__isnull=False)
            members |= {*found.values_list("member_id", flat=True)}
        bodies = named[Organisation] | {self.cell.pk}
        for some in _parts(members):
            bodies |= {*Member.objects.filter(pk__in=some).values_list("organisation_id", flat=True)}
        for body in list(Organisation.objects.filter(pk__in=bodies)):
            bodies |= {*body.above_ids}
        self.keys |= {User: accounts, Member: members, Organisation: bodies}


def _parts(keys: set[int]) -> Iterator[list[int]]:
    found = sorted(keys)
    for start in range(0, len(found), 500):
        yield found[start : start + 500]


def _may_be_empty(model: type[Model], attname: str) -> bool:
    return any(field.attname == attname and field.null for field in model._meta.concrete_fields)


def _parents_first() -> list[tuple[str, type[Model]]]:
    labels = {model: label for label, model in going().items() if model not in SHARED}
    order: TopologicalSorter[type[Model]] = TopologicalSorter()
    for model in labels:
        targets = [
            target
            for name, target in links(model).items()
            if target in labels and target is not model and not _may_be_empty(model, name)
        ]
        order.add(model, *targets)
    return [(labels[model], model) for model in order.static_order()]
