"""How a process hears of a changed meeting and of somebody who signed out: without a question while nothing happens."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.sessions.models import Session
from django.db import connection, transaction

from meetings.live.tickets import mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    Sessions = Callable[[], set[str]]

CHANNEL = "chibo_live"
OUT = "out "  # and the mark of a session: said on the channel instead of a meeting


class Watch(Protocol):
    """`patience`: seconds after which it wants to look again; None where the database speaks by itself."""

    patience: float | None

    def start(self) -> Any:
        """What a selector waits for, or None."""

    def look(self, meetings: Collection[int]) -> Collection[int]:
        """Those of these meetings that may have changed since it looked last."""

    def ended(self, sessions: Sessions) -> Collection[str]:
        """Those of these sessions, by their keys, that are known to be over since it was asked last."""


class Counting:
    """SQLite counts what other connections commit; asking for that number reads no table.

    Whether somebody has signed out is asked after a commit, once a second at most.
    """

    patience: float | None = 0.025
    something = False  # has been committed since
    next_time = 0.0

    def start(self) -> None:
        connection.ensure_connection()
        self.seen = self._number()

    def look(self, meetings: Collection[int]) -> Collection[int]:
        now = self._number()
        if now == self.seen:
            return ()
        self.seen, self.something = now, True
        return meetings

    def ended(self, sessions: Sessions) -> Collection[str]:
        if not self.something or time.monotonic() < self.next_time:
            return ()
        self.something, self.next_time = False, time.monotonic() + 1
        return no_more(sessions())

    def _number(self) -> int:
        return int(connection.connection.execute("PRAGMA data_version").fetchone()[0])


class Listening:
    """PostgreSQL says it by itself, on the connection of the thread that listens."""

    patience: float | None = None
    out: Collection[str] = ()

    def start(self) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        return connection.connection

    def look(self, meetings: Collection[int]) -> Collection[int]:
        raw = connection.connection
        raw.poll()
        told = {one.payload for one in raw.notifies}
        raw.notifies.clear()
        self.out = {one.removeprefix(OUT) for one in told if one.startswith(OUT)}
        return {int(one) for one in told if not one.startswith(OUT)}.intersection(meetings)

    def ended(self, sessions: Sessions) -> Collection[str]:
        return [key for key in sessions() if mark_of(key) in self.out] if self.out else ()


def watch() -> Watch:
    return Listening() if connection.vendor == "postgresql" else Counting()


def no_more(sessions: set[str]) -> set[str]:
    """Those that are over."""
    if not sessions:
        return set()
    return sessions - set(Session.objects.filter(pk__in=sessions).values_list("pk", flat=True))


def tell(meeting: int) -> None:
    """Once a change is stored: the other processes. SQLite's count has told them already."""
    _say(str(meeting))


def tell_the_end(instance: Session, **_: Any) -> None:
    """A session was deleted: its owner has signed out, or somebody has ended it. To every process, this one too."""
    mark = mark_of(instance.pk)
    transaction.on_commit(lambda: _say(f"{OUT}{mark}"))


def _say(words: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, words])
