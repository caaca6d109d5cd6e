"""THE ONE WAY TO CHANGE A ROW: hold it, look whether it may change, do the work, leave one event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Max

from members.access import require
from members.held import put_in, row_of, table, written
from members.models import Changing, Event
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from django.db.models import Model, QuerySet

    from members.held import Statement
    from members.lifecycle import Transition
    from members.models import Organisation, User
    from members.press import Press

#: Who is told, once it is stored, that a row of this model has changed: its name → what is called with the row's key.
TOLD: dict[str, Callable[[int], None]] = {}

#: The greatest number and the latest moment (a clock may have been set back between two), the digest of the event that
#: has this key, and how often somebody has done one thing since a moment.
_END_OF_EVENTS = (
    "SELECT MAX(number), MAX(happened_at), MAX(CASE WHEN key = %s THEN digest END), "
    "COUNT(CASE WHEN what = %s AND actor_id = %s AND happened_at > %s THEN 1 END) "
    "FROM members_event WHERE thing = %s AND thing_pk = %s"
)
_BATCH = 500  # rows in one statement

OTHER_CONTENT = (
    "Lần gửi trước của biểu mẫu này đã được ghi với nội dung khác, nên lần này chưa ghi gì. "
    "Xin mở lại trang để xem điều đã ghi, rồi sửa ở đó nếu cần."
)


@dataclass(frozen=True, slots=True)
class Often:
    """What is counted where a row is held: how often this account has done this to it since then."""

    what: str
    by: User
    since: datetime


def hold(
    row: Changing, states: Collection[str] | None = None, *, key: Press | None = None, often: Often | None = None
) -> None:
    """Hold the row and look at it as it is now, without an event. Call inside a transaction.

    For what has to be read before it is told, and for what nobody keeps a diary of. `states` None: in any state.
    `often`: is counted, as `done_lately` of the row. Raises Refused when the row is not in one of the states,
    AlreadyDone when the same press came before.
    """
    if key is None and often is None:
        _read_held(row)
        row.last_number, row.last_moment, row.done_lately = 0, None, None  # of a row that was not held
    else:
        _judge(_read_held_with_events(row, key, often), key)
    _refuse_unless_in(row, states)


def hold_anyhow(row: Changing, states: Collection[str], *, key: Press | None, often: Often | None = None) -> bool:
    """The same, and whether this press was taken before, whatever was sent with it: what becomes of it then is said by
    whoever calls.
    """
    digest = _read_held_with_events(row, key, often)
    _refuse_unless_in(row, states)
    return key is not None and digest is not None


def _refuse_unless_in(row: Changing, states: Collection[str] | None) -> None:
    if states is not None and row.state not in states:  # type: ignore[attr-defined]
        raise wrong_state(row)


def stay(row: Changing, states: Collection[str]) -> None:
    """Keep the row as it is until this transaction ends, for what is written beside it: nobody changes its state
    meanwhile, and others write beside it at the same time. Whoever holds or claims it waits. Call inside a transaction.

    Never followed by `hold` or `claim` of the same row: two who stay would wait for each other.
    """
    if connection.vendor != "postgresql":  # SQLite has one writer in any case
        hold(row, states)
        return
    _refuse_outside()
    look = f"SELECT state FROM {table(type(row))} WHERE id = %s FOR SHARE"  # noqa: S608 (a table of ours)
    (row.state,) = row_of((look, [row.pk]))  # type: ignore[attr-defined]
    _refuse_unless_in(row, states)


def claim(
    row: Changing,
    states: Collection[str] | None,
    what: str,
    /,
    *,
    by: User | None,
    at: datetime,
    key: Press | None = None,
    **data: Any,
) -> Event:
    """Hold the row, count its version up and write the event, which never changes. Call inside a transaction.

    `data` is what is needed to understand it; about people it holds keys of rows and choices, never a word that
    somebody wrote. Raises what `hold` raises.
    """
    _judge(_read_held_with_events(row, key), key)
    return claim_held(row, states, what, by=by, at=at, key=key, **data)


def claim_held(
    row: Changing,
    states: Collection[str] | None,
    what: str,
    /,
    *beside: Statement,
    by: User | None,
    at: datetime,
    key: Press | None = None,
    **data: Any,
) -> Event:
    """The same where `hold` has looked at this very row in this transaction: nobody can have come between, so that what
    it found is not asked again. `beside`: what is written with it, all in one way to the database.
    """
    _refuse_outside()
    _refuse_unless_in(row, states)
    if row.last_moment is None:
        _end_of_events(row, None)
    row.version = row.next_version
    return _write(row, _event(row, what, by, at, key, data), *beside, written(row, "version"))


def refuse_second(model: type[Changing], cell: Organisation, key: Press | None) -> None:
    """Hold the cell, and raise what `hold` raises when this press has made a row of this model before."""
    hold(cell)
    if key is not None:
        made = Event.objects.filter(cell=cell, thing=model._meta.model_name, number=1, key=key.key)
        _judge(made.values_list("digest", flat=True).first(), key)


def insert(
    row: Changing, what: str, /, *, by: User | None, at: datetime, key: Press | None = None, **data: Any
) -> Event:
    """Put a new row into the database, with its first event; `refuse_second` has looked at the press."""
    row.version = 1
    row.save(force_insert=True)
    if last := _last_numbers(type(row), [row.pk]):  # of a table that was taken down and put up again
        row.version = last[row.pk] + 1
        type(row)._base_manager.filter(pk=row.pk).update(version=row.version)
    return _write(row, _event(row, what, by, at, key, data))


def insert_all(
    rows: Sequence[Changing],
    what: str,
    /,
    *,
    by: User | None,
    at: datetime,
    each: Sequence[Mapping[str, Any]],
    cell: Organisation | None = None,
) -> None:
    """Put many new rows of one model in at once, each with its first event: `insert` for a list. `each`: its data.

    `cell`: whose deed it is, where that is another body than the row's own.
    """
    if not rows:
        return
    model = type(rows[0])
    for row in rows:
        row.version = 1
    model._default_manager.bulk_create(rows, batch_size=_BATCH)  # what follows a row for the search hears of them
    last = _last_numbers(model, [row.pk for row in rows])
    late = [row for row in rows if row.pk in last]  # of a table that was taken down and put up again
    for row in late:
        row.version = last[row.pk] + 1
    model._base_manager.bulk_update(late, ["version"])
    _write_all([_event(row, what, by, at, None, data, cell) for row, data in zip(rows, each, strict=True)])


def claim_all(
    rows: Sequence[Changing],
    what: str,
    /,
    *,
    by: User | None,
    at: datetime,
    each: Sequence[Mapping[str, Any]] | None = None,
    cell: Organisation | None = None,
) -> None:
    """`claim` for many rows of one model, which nothing is asked of but that they are there: four queries for all.

    They are held in the order of their keys, so that two who hold many do not wait for each other. `each`, `cell`: as
    in `insert_all`.
    """
    if not rows:
        return
    model = type(rows[0])
    keys = [row.pk for row in rows]
    held: QuerySet[Any] = model._base_manager.select_for_update(no_key=True)
    versions = dict(held.filter(pk__in=keys).order_by("pk").values_list("pk", "version"))
    last = _last_numbers(model, keys)
    for row in rows:
        row.version = max(versions[row.pk], last.get(row.pk, 0)) + 1
    model._base_manager.bulk_update(rows, ["version"], batch_size=_BATCH)
    _write_all([_event(row, what, by, at, None, each[n] if each else {}, cell) for n, row in enumerate(rows)])


def _last_numbers(model: type[Changing], keys: Collection[int]) -> dict[int, int]:
    rows = Event.objects.of_kind(model).filter(thing_pk__in=keys).order_by()
    return dict(rows.values_list("thing_pk").annotate(Max("number")))


def _write_all(events: Sequence[Event]) -> None:
    Event.objects.bulk_create(events, batch_size=_BATCH)
    for event in events:
        _tell(event)


@transaction.atomic
def move(
    table: Mapping[str, Transition],
    guards: Mapping[str, Callable[[Any], None]],
    row: Changing,
    name: str,
    /,
    *,
    by: User,
    at: datetime,
    key: Press | None = None,
    changes: Mapping[str, Any] | None = None,
    **data: Any,
) -> Event:
    """Take one transition of the table: rights, claim, guards, then the state and the named columns."""
    step = table[name]
    require(by, step.needs, row)
    event = claim(row, step.source, name, by=by, at=at, key=key, **data)
    for column, value in (changes or {}).items():
        setattr(row, column, value)
    for guard in step.guards:
        guards[guard](row)
    row.state = step.target  # type: ignore[attr-defined]
    row.save(update_fields=["state", *(changes or {})])  # type: ignore[misc]
    return event


def reload(kept: Model, *names: str) -> None:
    """These columns as they stand now, in one query and without what belongs to the row; sealed ones stay sealed.

    From here on the row is this transaction's: of two who save the same text the second sees what the first has saved.
    """
    rows: QuerySet[Any] = type(kept)._base_manager.select_for_update(no_key=True)
    found = rows.filter(pk=kept.pk).values(*names).first()
    if found is None:
        raise Refused("Chỗ ghi này vừa được bỏ nên chưa lưu. Xin chép lại những gì đã viết.")
    for name, value in found.items():
        setattr(kept, name, value)
    if hasattr(kept, "remember_beside"):
        kept.remember_beside()


def wrong_state(row: Changing) -> Refused:
    step = row.get_state_display()  # type: ignore[attr-defined]
    return Refused(f"{row.NAMED} đang ở bước “{step}” nên không làm được việc này.")


def _read_held(row: Changing) -> None:
    """As it stands now, and held. What has nothing but its state is read as values, by a statement that is short."""
    _refuse_outside()
    names = _anew(row)
    if row.ANEW:
        rows: QuerySet[Any] = type(row)._base_manager.select_for_update(no_key=True)
        row.refresh_from_db(from_queryset=rows, fields=names)
        return
    _take(row, row_of((f"SELECT {', '.join(names)} FROM {table(type(row))} WHERE id = %s {_held()}", [row.pk])))  # noqa: S608 (names of ours)


def _read_held_with_events(row: Changing, key: Press | None, often: Often | None = None) -> str | None:
    """The same, with what `_end_of_events` finds: in one way to the database, where nothing else has to be read."""
    if row.ANEW:
        _read_held(row)
        return _end_of_events(row, key, often)
    _refuse_outside()
    of_row, events = f"FROM {table(type(row))} WHERE id = %s", _asked_of_events(row, key, often)
    names = _anew(row)
    held = [(f"SELECT 1 {of_row} {_held()}", [row.pk])] if _held() else []
    look = f"SELECT {', '.join(names)}, ended.* FROM ({events[0]}) AS ended, {table(type(row))} WHERE id = %s"  # noqa: S608 (names of ours)
    found = row_of(*held, (look, [*events[1], row.pk]))
    _take(row, found)
    return _remember(row, found[len(names) :], often)


def _refuse_outside() -> None:
    """What is held is let go with the transaction: without one, at once."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A row is held inside a transaction.")


def _held() -> str:
    """Nothing on SQLite, where whoever writes has the whole database."""
    return "FOR NO KEY UPDATE" if connection.features.has_select_for_no_key_update else ""


def _take(row: Changing, found: Sequence[Any] | None) -> None:
    if found is None:
        raise type(row).DoesNotExist
    for name, value in zip(_anew(row), found, strict=False):
        setattr(row, name, value)


def _anew(row: Model) -> list[str]:
    state = ["state"] if hasattr(row, "state") else []
    return ["version", *state, *row.ANEW]  # type: ignore[attr-defined]


def _end_of_events(row: Changing, key: Press | None, often: Often | None = None) -> str | None:
    return _remember(row, row_of(_asked_of_events(row, key, often)), often)


def _asked_of_events(row: Changing, key: Press | None, often: Often | None) -> Statement:
    counted = [often.what, often.by.pk, connection.ops.adapt_datetimefield_value(often.since)] if often else [None] * 3
    return _END_OF_EVENTS, [key and key.key.hex, *counted, row._meta.model_name, row.pk]


def _remember(row: Changing, found: Sequence[Any], often: Often | None) -> str | None:
    """What the events of a row come to, until it is let go; the digest of the one that has the key, or None."""
    number, moment, digest, times = found
    if isinstance(moment, str):  # SQLite's
        moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    row.last_number, row.last_moment, row.done_lately = number or 0, moment, times if often else None
    known: str | None = digest
    return known


def _judge(digest: str | None, key: Press | None) -> None:
    """The same press again is done already; the same key with other content is told, never swallowed.

    `digest`: of the event that has this key; None where there is none.
    """
    if digest is None or key is None:
        return
    if digest == key.digest:
        raise AlreadyDone
    raise Refused(OTHER_CONTENT)


def _write(row: Changing, event: Event, *beside: Statement) -> Event:
    put_in(event, *beside)
    row.last_number = row.version
    if row.last_moment is not None:
        row.last_moment = max(event.happened_at, row.last_moment)
    _tell(event)
    return event


def _tell(event: Event) -> None:
    if (tell := TOLD.get(event.thing)) is not None:
        transaction.on_commit(partial(tell, event.thing_pk), robust=True)


def _event(
    row: Changing,
    what: str,
    by: User | None,
    at: datetime,
    key: Press | None,
    data: Mapping[str, Any],
    cell: Organisation | None = None,
) -> Event:
    return Event(
        cell=cell or row.cell,  # type: ignore[attr-defined]
        thing=str(row._meta.model_name),
        thing_pk=row.pk,
        number=row.version,
        what=what,
        actor=by,
        happened_at=at,
        key=key.key if key else None,
        digest=key.digest if key else "",
        data=dict(data),
    )
