"""`scripts/tracked`: no database, dump, key or PDF goes into the history, whatever it is called."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="no git on this machine")


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def looked_at(folder: Path) -> tuple[int, list[str]]:
    done = subprocess.run([ROOT / "scripts" / "tracked", str(folder)], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / "pages.py").write_text('BEGINS = "%PDF-1.7"\n', encoding="utf-8")
    shutil.copy(ROOT / ".gitignore", tmp_path)
    git(tmp_path, "add", ".")
    return tmp_path


def test_what_holds_data_or_secrets_is_named_by_its_name_or_by_how_it_begins(folder: Path) -> None:
    assert looked_at(folder) == (0, [])
    with closing(sqlite3.connect(folder / "bench-17")) as database:
        database.execute("CREATE TABLE people (name)")
    written = {
        "old.sqlite3-wal": b"", "data.sql.gz": b"\x1f\x8b", "var/secret-key": b"x", "deploy/own.pem": b"x",
        "notes.txt": b"-----BEGIN RSA PRIVATE KEY-----\n", "minutes": b"%PDF-1.7\n\0", "all": b"PGDMP\0\x01",
    }  # fmt: skip
    for name, data in written.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    git(folder, "add", "-f", ".")
    assert looked_at(folder) == (1, sorted(["bench-17", *written]))


def test_a_stray_database_is_not_even_offered(folder: Path) -> None:
    for name in ("bench.sqlite3", "docs/bench.sqlite3", "bench.sqlite3-journal", "bench.sqlite3-shm", "all.dump"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"x")
    git(folder, "add", ".")
    assert looked_at(folder) == (0, [])
