"""Where deeds are found: the events of this app, and the readings that other apps join."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from members.deeds.words import THINGS, Kind, act_of, doer, own_acts
from members.models import Event

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

    from members.models import Changing, Organisation, User


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the page."""

    at: datetime
    who: str
    words: str
    kind: Kind
    about: str = ""
    url: str = ""


@dataclass(frozen=True)
class Scope:
    """Whose deeds the page is about: of a whole cell, of some rows of it, or what concerns whoever reads it."""

    user: User
    cell: Organisation | None = None  # None: what concerns the reader
    rows: tuple[Changing, ...] = ()  # none of them: the whole cell


@dataclass(frozen=True)
class Source:
    at: str  # the column that says when
    rows: Callable[[Scope], QuerySet[Any]]
    tell: Callable[[Iterable[Any], Scope], Iterator[Deed]]


SOURCES: list[Source] = []


def events_of(scope: Scope) -> QuerySet[Event]:
    """Of a cell only what was done to rows that the reader may read, and no act that is its doer's own.

    What concerns the reader is asked past the cell: whoever has left it still sees who has issued a slip for them.
    """
    rows = Event.objects.select_related("actor__member").defer("key", "digest")
    user = scope.user
    if scope.cell is None:
        return rows.filter(_concerning(user))
    if scope.rows:
        rows = rows.filter(thing__in=[one._meta.model_name for one in scope.rows])
    found = rows.for_user(user).in_cell(scope.cell).filter(_readable(user, scope.rows))
    return found.exclude(own_acts() & ~Q(actor=user) & ~_own_file(user))


def _own_file(user: User) -> Q:
    return Q(thing="member", thing_pk=user.member_id) if user.member_id else Q(pk__in=[])


def _concerning(user: User) -> Q:
    """From the reader's account, to their file, and to what is about them where they may read it."""
    about = Q(pk__in=[])
    for name, thing in THINGS.items():
        if thing.concerning is not None:
            about |= Q(thing=name) & thing.concerning(user)
    return Q(actor=user) | _own_file(user) | (about & ~own_acts())


def _readable(user: User, rows: tuple[Changing, ...]) -> Q:
    if rows:  # the page itself was let in to these
        names = ((str(one._meta.model_name), one.pk) for one in rows)
        return _any(Q(thing=name, thing_pk=pk) for name, pk in names)
    told = {name: thing.model._default_manager.read_by(user) for name, thing in THINGS.items()}  # type: ignore[attr-defined]
    return _any(Q(thing=name, thing_pk__in=found.order_by().values("pk")) for name, found in told.items())


def _any(parts: Iterable[Q]) -> Q:
    found = Q(pk__in=[])
    for part in parts:
        found |= part
    return found


def tell_events(events: Iterable[Event], scope: Scope) -> Iterator[Deed]:
    events = list(events)
    named = {name: _named(name, {e.thing_pk for e in events if e.thing == name}, scope.user) for name in THINGS}
    for event in events:
        act, thing = act_of(event), THINGS.get(event.thing)
        row: Any = named.get(event.thing, {}).get(event.thing_pk)
        about = thing.name(row) if row is not None and thing else (thing.said if thing else "")
        url = row.get_absolute_url() if row is not None and thing and thing.own_pages else ""
        yield Deed(event.happened_at, doer(event.actor), act.words, act.kind, about, url)


def _named(name: str, keys: set[int], user: User) -> dict[int, Model]:
    """The rows that the reader may know of today; any other one stays without a name."""
    if not keys:
        return {}
    thing = THINGS[name]
    rows = thing.model._default_manager.for_user(user).select_related(*thing.people)  # type: ignore[attr-defined]
    found: dict[int, Model] = rows.in_bulk(keys)
    return found


EVENTS = Source("happened_at", events_of, tell_events)
SOURCES.append(EVENTS)
