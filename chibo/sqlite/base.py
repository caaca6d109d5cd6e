"""Whoever writes stands in line: whose turn it is wakes up, instead of napping and asking again.

SQLite has one writer. Who finds it busy naps, for a tenth of a second in the end, and whoever comes at the right moment
passes: of 32 people at once the slowest waited a second while the database was idle (docs/decisions/0059).
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3 import base, creation

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO

_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class DatabaseCreation(creation.DatabaseCreation):
    """The file beside a database of tests goes with it."""

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]
        _line_of(test_database_name).unlink(missing_ok=True)


def _line_of(database: str) -> Path:
    return Path(f"{database}-line")


class Cursor(base.SQLiteCursorWrapper):
    """A statement that writes outside a transaction is one by itself, and stands in line as well."""

    database: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.database.in_turn(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.database.in_turn(query):
            return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """A lock on a file beside the database, of the operating system: it is gone with whoever held it.

    It is held from the beginning of a transaction to its end, by each connection on its own open file. SQLite's own
    locks stay as they are: another program that stands in no line is still kept out by them.
    """

    creation_class = DatabaseCreation
    _place: FileIO | None = None  # this connection's open file, once it has written

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.database = self
        return cursor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        opened = super().get_new_connection(conn_params)
        self._file = self._which_file()
        return opened

    def is_usable(self) -> bool:
        """Asked once a request: a file that was put in the place of this one is opened anew."""
        return bool(super().is_usable()) and self._file == self._which_file()

    def _which_file(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.settings_dict["NAME"])
        except OSError:  # in memory, or gone
            return None
        return found.st_dev, found.st_ino

    @contextmanager
    def in_turn(self, query: str) -> Iterator[None]:
        """For one statement."""
        if self.in_atomic_block or not query.startswith(_WRITES):
            yield
            return
        self._stand_in_line()
        try:
            yield
        finally:
            self._let_next()

    def _start_transaction_under_autocommit(self) -> None:
        self._stand_in_line()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._let_next()
            raise

    def _commit(self) -> Any:
        done = super()._commit()  # type: ignore[misc]
        self._let_next()  # where it failed, the transaction goes on until it is rolled back
        return done

    def _rollback(self) -> Any:
        try:
            return super()._rollback()  # type: ignore[misc]
        finally:
            self._let_next()

    def _close(self) -> Any:
        try:
            return super()._close()  # type: ignore[misc]
        finally:
            if self._place is not None:
                self._place.close()
                self._place = None

    def _stand_in_line(self) -> None:
        if self._place is None:
            with suppress(OSError):  # where there is no place for it, SQLite says by itself whether one may write
                self._place = self._take_place()
        if self._place is not None:
            fcntl.flock(self._place, fcntl.LOCK_EX)

    def _take_place(self) -> FileIO | None:
        """The file belongs to whom the database belongs to, whoever makes it: as SQLite does it with its journal."""
        if self.is_in_memory_db():
            return None
        owner, line = os.stat(self.settings_dict["NAME"]), _line_of(self.settings_dict["NAME"])
        place = line.open("ab", buffering=0)
        if line.stat().st_uid != owner.st_uid or line.stat().st_mode != owner.st_mode:
            with suppress(OSError):  # made by somebody else
                os.fchown(place.fileno(), owner.st_uid, owner.st_gid)
                os.fchmod(place.fileno(), owner.st_mode & 0o777)
        return place

    def _let_next(self) -> None:
        if self._place is not None:
            fcntl.flock(self._place, fcntl.LOCK_UN)
