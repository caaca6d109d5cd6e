"""How a process hears that another one has changed a meeting: without a question while nothing happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection

CHANNEL = "chibo_live"


class Watch(Protocol):
    """`patience`: seconds after which it wants to look again; None where the database speaks by itself."""

    patience: float | None

    def start(self) -> Any:
        """What a selector waits for, or None."""

    def look(self, meetings: Collection[int]) -> Collection[int]:
        """Those of these meetings that may have changed since it looked last."""


class Counting:
    """SQLite counts what other connections commit; asking for that number reads no table."""

    patience: float | None = 0.025

    def start(self) -> None:
        connection.ensure_connection()
        self.seen = self._number()

    def look(self, meetings: Collection[int]) -> Collection[int]:
        now = self._number()
        if now == self.seen:
            return ()
        self.seen = now
        return meetings

    def _number(self) -> int:
        return int(connection.connection.execute("PRAGMA data_version").fetchone()[0])


class Listening:
    """PostgreSQL says it by itself, on the connection of the thread that listens."""

    patience: float | None = None

    def start(self) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        return connection.connection

    def look(self, meetings: Collection[int]) -> Collection[int]:
        raw = connection.connection
        raw.poll()
        told = {int(one.payload) for one in raw.notifies}
        raw.notifies.clear()
        return told.intersection(meetings)


def watch() -> Watch:
    return Listening() if connection.vendor == "postgresql" else Counting()


def tell(meeting: int) -> None:
    """Once a change is stored: the other processes. SQLite's count has told them already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(meeting)])
