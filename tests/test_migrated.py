"""What every test works on: tables laid down the quick way are those that the migrations make."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tests.sample import only_long

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"


@only_long
@pytest.mark.long
def test_the_quick_way_makes_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    found = []
    for name, command in (("quick", ["-m", "tests.migrated", str(tmp_path)]), ("whole", ["manage.py", "migrate"])):
        place = tmp_path / name
        env = {**os.environ, "CHIBO_DEBUG": "1", "DATABASE_URL": f"sqlite:///{place}"}
        subprocess.run([sys.executable, *command], env=env, cwd=settings.BASE_DIR, check=True, capture_output=True)
        with closing(sqlite3.connect(place)) as database:
            found.append([_in_any_order(*row) for row in database.execute(SCHEMA)])
    assert (found[0] == found[1], len(found[0]) > 100) == (True, True)


def _in_any_order(kind: str, name: str, table: str, sql: str) -> tuple[str, str, str, list[str]]:
    """Columns stand in the order in which they came, which is another one where a table was not made anew."""
    head, _, inside = sql.partition("(")
    return kind, name, table, [head, *sorted(inside.removesuffix(")").split(", "))]
