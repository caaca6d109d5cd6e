"""The passages are kept in the transaction that changes a row, whichever way it is written; or all made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save

from members.conditions import value_at
from members.scoping import FOLLOWED, FORGOTTEN, CellScoped
from search.kinds import SEARCHED, shape
from search.models import Passage, Shape

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.db.models import Model

    from search.kinds import Searched

AT_ONCE = 500  # rows
_KEY, _KEPT = ["kind", "thing_pk"], ["cell", "day", "words"]

#: What hangs on rows of a model: the kind, the path from its row to such a row ("" for its own), and the columns.
_HANGS: dict[type[Model], dict[tuple[str, str], set[str]]] = {}


def join(*kinds: Searched) -> None:
    """Find these as well, and follow every column that they look at."""
    for kind in kinds:
        SEARCHED[kind.name] = kind
        for path in kind.looked_at:
            _hang(kind, path)


def _hang(kind: Searched, path: str) -> None:
    model, way = kind.table, list[str]()
    for name in path.split("__"):
        ways = _HANGS.setdefault(model, {})
        ways.setdefault((kind.name, "__".join(way)), set()).add(name)
        FOLLOWED[model] = (frozenset().union(*ways.values()), _written)
        FORGOTTEN[model] = _gone
        post_save.connect(_saved, sender=model, dispatch_uid=f"search {model._meta.label}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"search {model._meta.label}")
        way.append(name)
        model = model._meta.get_field(name).related_model or model


def _saved(
    sender: type[Model], instance: Any, *, created: bool, update_fields: Collection[str] | None, **kwargs: Any
) -> None:
    _follow(sender, [instance.pk], None if update_fields is None else {*update_fields}, new=created, row=instance)


def _written(model: type[Model], keys: Collection[int], columns: Collection[str] | None) -> None:
    """`columns` None: the rows are new."""
    _follow(model, keys, columns, new=columns is None)


def _deleted(sender: type[Model], instance: Any, origin: Any = None, **kwargs: Any) -> None:
    """Of one row; of many at once `_gone` hears from whoever deletes them."""
    if not (isinstance(origin, CellScoped) and origin.model is sender):
        _gone(sender, [instance.pk])


def _gone(model: type[Model], keys: Collection[int]) -> None:
    own = [kind for kind, way in _HANGS[model] if not way]
    for some in _some(keys) if own else ():
        Passage.objects.filter(kind__in=own, thing_pk__in=some).delete()


def _follow(
    model: type[Model], keys: Collection[int], columns: Collection[str] | None, *, new: bool, row: Model | None = None
) -> None:
    """Nothing hangs yet on a row that is new. `columns` None: it is not known which were written. `row`: the one that
    was saved.
    """
    hanging = [
        (SEARCHED[name], way)
        for (name, way), looked_at in _HANGS[model].items()
        if not (columns is not None and looked_at.isdisjoint(columns)) and not (new and way)
    ]
    for some in _some(keys) if hanging else ():
        come = _Come(model, some, row)
        for kind, way in hanging:
            if of := come.for_(kind, way):
                keep(kind, kind.rows().filter(**{f"{way}__in" if way else "pk__in": of}), new=new)


class _Come:
    """Of these rows those for which what a kind awaits has come: until then nothing hangs on them, and none is read."""

    def __init__(self, model: type[Model], keys: list[int], row: Model | None) -> None:
        self.model, self.keys, self.row = model, keys, row
        self.asked: dict[tuple[str, str], list[int]] = {}

    def for_(self, kind: Searched, way: str) -> list[int]:
        path, value = kind.awaits or ("", "")
        if not path or not path.startswith(f"{way}__" if way else ""):
            return self.keys
        column = path.removeprefix(f"{way}__")
        if (column, value) not in self.asked:
            self.asked[column, value] = self._those_with(column, value)
        return self.asked[column, value]

    def _those_with(self, column: str, value: str) -> list[int]:
        """The database is asked, but not of a row with the meeting that it belongs to beside it: whoever writes has
        held that meeting, and so has read its state.
        """
        owner, _, rest = column.partition("__")
        if self.row is not None and rest and owner in self.row._state.fields_cache:
            return self.keys if value_at(self.row, column) == value else []
        rows = self.model._base_manager.filter(pk__in=self.keys, **{column: value})
        return list(rows.values_list("pk", flat=True))


def keep(kind: Searched, rows: Iterable[Any], *, new: bool = False) -> list[int]:
    """Make the passages of these rows as they stand; gives the rows that have one."""
    made = [Passage(**kind.made_of(row)) for row in rows]
    empty = [one.thing_pk for one in made if not one.words]
    full = [one for one in made if one.words]
    if empty and not new:
        Passage.objects.filter(kind=kind.name, thing_pk__in=empty).delete()
    if full:
        Passage.objects.bulk_create(full, update_conflicts=True, unique_fields=_KEY, update_fields=_KEPT)
    return [one.thing_pk for one in full]


def rebuild() -> int:
    """All of them anew, a few hundred rows in one transaction, so that an evening goes on meanwhile."""
    total = 0
    for kind in SEARCHED.values():
        last, here = 0, list[int]()
        while True:
            with transaction.atomic():
                rows = list(kind.rows().select_for_update(of=("self",)).filter(pk__gt=last).order_by("pk")[:AT_ONCE])
                here += keep(kind, rows)
            if not rows:
                break
            last = rows[-1].pk
        _forget_others(kind.name, {*here})
        total += len(here)
    Passage.objects.exclude(kind__in=[*SEARCHED]).delete()
    Shape.objects.update_or_create(pk=1, defaults={"digest": shape()})
    return total


def _forget_others(kind: str, here: set[int]) -> None:
    """Passages whose row is gone; whoever wrote one meanwhile is asked for once more."""
    kept = Passage.objects.filter(kind=kind)
    gone = {*kept.values_list("thing_pk", flat=True)} - here
    for keys in _some({*gone}):
        there = SEARCHED[kind].rows().filter(pk__in=keys)
        kept.filter(thing_pk__in=keys).delete()
        keep(SEARCHED[kind], there)


def _some(keys: Collection[int]) -> Iterable[list[int]]:
    ordered = sorted(keys)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def is_of_this_shape() -> bool:
    """False where the table of kinds has changed since the passages were made: then they are made anew."""
    return Shape.objects.filter(digest=shape()).exists()
