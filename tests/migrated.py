"""The migrated database of a run: laid down once, while its workers start, and copied by each of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import psycopg2
from django.db.migrations.state import ProjectState

if TYPE_CHECKING:
    from collections.abc import Callable

PLACE = "CHIBO_TEST_MIGRATED"  # tells the workers the folder: what the copy is made of, and a note when it is there
PATIENCE = 300  # seconds


class Source:
    """The database that is copied, as the process knows it that begins the run."""

    def __init__(self) -> None:
        server = os.environ.get("DATABASE_URL", "")
        self.server = server if server.startswith("postgres") else ""
        self.folder = Path(tempfile.mkdtemp(prefix="chibo-tests-"))
        self.name = str(self.folder / "migrated.sqlite3")
        url = f"sqlite:///{self.name}"
        if self.server:
            self.name = f"test_migrated_{os.getpid()}"
            self._tell(f'CREATE DATABASE "{self.name}"')
            url = urlsplit(self.server)._replace(path=f"/{self.name}").geturl()
        (self.folder / "name").write_text(self.name)
        os.environ[PLACE] = str(self.folder)
        self.laying = subprocess.Popen(
            [sys.executable, "-m", "tests.migrated", str(self.folder)],
            env={**os.environ, "CHIBO_DEBUG": "1", "DATABASE_URL": url},
        )

    def clear_away(self) -> None:
        self.laying.kill()
        self.laying.wait()
        if self.server:
            self._tell(f'DROP DATABASE IF EXISTS "{self.name}"')
        shutil.rmtree(self.folder)

    def _tell(self, sql: str) -> None:
        with closing(psycopg2.connect(self.server)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute(sql)


def copying(connection: Any) -> Callable[..., str]:
    """In place of `create_test_db()` of this connection: a copy of what the run has laid down once."""

    def create_test_db(*_: Any, **__: Any) -> str:
        source, name = _source(Path(os.environ[PLACE])), connection.creation._get_test_db_name()
        if connection.vendor == "sqlite":
            shutil.copyfile(source, name)
        else:
            with connection.creation._nodb_cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        connection.close()
        connection.settings_dict["NAME"] = name
        return str(name)

    return create_test_db


def _source(folder: Path) -> str:
    """Waits for it, and says why it never came."""
    until = time.monotonic() + PATIENCE
    while not (folder / "ready").exists():
        assert not (folder / "failed").exists(), (folder / "failed").read_text()
        assert time.monotonic() < until, "the database of the tests has not been laid down in time"
        time.sleep(0.05)
    return (folder / "name").read_text()


def rendering_less() -> None:
    """After each step Django makes all models anew that the changed one leads to, by whatever way: here all there are,
    hundreds of times, for half a minute. A table needs its own model and those that point at it; a step in Python
    still gets all of them anew (`is_delayed`). That the same tables come of it is tried in `test_migrated.py`.
    """

    def find_reload_model(self: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        self.is_delayed = True
        return {(app_label, model_name), *self.relations[app_label, model_name]}

    ProjectState._find_reload_model = find_reload_model  # type: ignore[attr-defined]


def lay_down(folder: Path) -> None:
    from django.core.management import execute_from_command_line

    rendering_less()
    try:
        execute_from_command_line(["manage.py", "migrate", "--run-syncdb", "--verbosity=0"])
    except BaseException as problem:
        (folder / "failed").write_text(repr(problem))
        raise
    (folder / "ready").touch()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
    lay_down(Path(sys.argv[1]))
