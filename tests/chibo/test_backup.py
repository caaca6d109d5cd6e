"""The drill: a server with a sealed year is backed up while it runs, and stands again on an empty one, all of it."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from book.models import Link
from chibo.backup import crypt
from chibo.backup.archive import put_back, unpack
from chibo.backup.crypt import Locked, NotOpened, Opened
from chibo.backup.tables import FILES_SINCE, migrations
from chibo.files.places import Database
from meetings.lifecycle import State
from members.entry.models import Visit
from tests.conftest import make_cast
from tests.factories import PASSWORD
from tests.world import make_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper as Settings

WORDS = "bốn từ không liên quan"


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[str]:
    """The address of another database beside the one of the tests."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'restored.sqlite3'}"
        return
    name, params = f"{connection.settings_dict['NAME']}_restored", connection.get_connection_params()
    with closing(connection.Database.connect(**{**params, "dbname": "postgres"})) as raw:
        raw.autocommit = True
        raw.cursor().execute(f'CREATE DATABASE "{name}"')
        host = f"{params['host']}:{params.get('port') or 5432}"
        yield f"postgres://{params['user']}:{params.get('password', '')}@{host}/{name}"
        raw.cursor().execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(database: str, media: Path, *what: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {
        **os.environ,
        "CHIBO_DEBUG": "1",
        "DATABASE_URL": database,
        "CHIBO_MEDIA_ROOT": str(media),
        "CHIBO_CRITIQUE_KEYS": ",".join(settings.CRITIQUE_KEYS),
        "CHIBO_BACKUP_PASSPHRASE": WORDS,
        **more,
    }
    command = [sys.executable, "manage.py", *what]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)


def kept_in(database: str) -> dict[str, bytes]:
    """The files that another database holds."""
    at = database.removeprefix("sqlite:///")
    raw = sqlite3.connect(at) if at != database else connection.Database.connect(database)
    with closing(raw), closing(raw.cursor()) as cursor:
        cursor.execute("SELECT name, data FROM chibo_keptfile")
        return {name: bytes(data) for name, data in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_a_server_stands_again_from_one_file(
    tmp_path: Path, empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIBO_BACKUP_PASSPHRASE", WORDS)
    world = make_world(make_cast(), State.SEALED)
    assert Client().post("/sign-in/", {"username": "lan", "password": PASSWORD}).status_code == 302
    assert Visit.objects.exists()
    kept, media = tmp_path / "chibo.backup", tmp_path / "media"
    (Path(settings.MEDIA_ROOT) / "papers").mkdir(parents=True, exist_ok=True)
    (Path(settings.MEDIA_ROOT) / "papers" / "chuyên đề.pdf").write_bytes(b"%PDF-1.7 abc")
    for stray in (b"..\\of nobody", b"\xff"):  # lies there, and is no name that we would give
        (Path(settings.MEDIA_ROOT) / "papers" / os.fsdecode(stray)).write_bytes(b"")
    Database().save("papers/7.pdf", ContentFile(b"%PDF-1.7 kept as a row"))
    Database().save("papers/chuyên đề.pdf", ContentFile(b"not the one in use"))
    call_command("backup", str(kept))
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["chibo.backup"]

    began = time.monotonic()
    restored = manage(empty_database, media, "restore", str(kept), CHIBO_FILES="database")
    assert (restored.returncode, "sổ biên bản còn nguyên" in restored.stdout) == (0, True), restored.stderr
    print(f"\nrestored and compared in {time.monotonic() - began:.1f} s: {kept.stat().st_size} bytes")
    assert not media.exists()  # whatever the first server kept them in, the second one keeps them as it was told
    there = kept_in(empty_database)
    assert there["papers/chuyên đề.pdf"] == b"%PDF-1.7 abc"
    assert there["papers/7.pdf"] == b"%PDF-1.7 kept as a row"
    head = Link.objects.head_of(world.cast.cell)
    assert head is not None
    with pytest.raises(CommandError, match="không trống"):
        call_command("restore", str(kept))
    with pytest.raises(CommandError, match="đã có"):
        call_command("backup", str(kept))

    opened = tmp_path / "opened"
    opened.mkdir()
    manifest = unpack(kept.open("rb"), WORDS, opened)
    assert b"kept as a row" not in b"".join(path.read_bytes() for path in opened.glob("database.sqlite3"))  # once
    everything = b"".join(path.read_bytes() for path in opened.rglob("*") if path.is_file())
    secrets = [*settings.CRITIQUE_KEYS, settings.SECRET_KEY, Session.objects.get().session_key]
    assert [secret for secret in secrets if secret.encode() in everything] == []
    assert manifest["heads"][str(world.cast.cell.pk)] == head.hash
    assert (manifest["counts"]["book_link"], "django_session" in manifest["counts"]) == (Link.objects.count(), False)


def test_a_file_that_was_changed_cut_off_or_is_opened_with_another_passphrase_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypt, "COST", 4)
    monkeypatch.setattr(crypt, "PIECE", 64)
    plain = os.urandom(64 * 3 + 10)
    for text in (plain, plain[:128], b""):  # the last piece may be full, or the only one
        out = io.BytesIO()
        with closing(Locked(out, WORDS)) as locked:
            locked.write(text)
        kept = out.getvalue()
        assert Opened(io.BytesIO(kept), WORDS).readall() == text
        step = 64 + crypt.TAG
        pieces = [kept[at : at + step] for at in range(crypt.HEAD, len(kept), step)]
        head = kept[: crypt.HEAD]
        broken = [kept[:at] + bytes([kept[at] ^ 1]) + kept[at + 1 :] for at in range(0, len(kept), 7) if at != 15]
        broken += [kept[:at] for at in (5, len(kept) - 1, len(kept) - step)] + [kept + b"x"]
        broken += [head + b"".join(pieces[:-1])] * (len(pieces) > 1) + [head + b"".join(reversed(pieces))] * (
            len(pieces) > 1
        )
        for other, words in [(one, WORDS) for one in broken] + [(kept, WORDS + " ")]:
            with pytest.raises(NotOpened):
                Opened(io.BytesIO(other), words).readall()
    (tmp_path / "no.backup").write_bytes(b"something else")
    with pytest.raises(NotOpened):
        unpack((tmp_path / "no.backup").open("rb"), WORDS, tmp_path)


def test_a_backup_of_a_newer_program_is_refused_in_words_and_nothing_is_written(
    db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT, read = tmp_path / "media", []
    monkeypatch.setattr("chibo.backup.tables.read_in", lambda *given: read.append(given) or "")
    connection.ensure_connection()
    here = migrations(connection.connection)
    manifest = {"database": connection.vendor, "sha256": {}, "migrations": here}
    assert (put_back(tmp_path, manifest), len(read)) == ("", 1)
    if connection.vendor == "sqlite":
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": "chibo.files.places.Database"}}
        earlier = {**manifest, "migrations": [one for one in here if one != FILES_SINCE]}
        assert ("cũ hơn" in put_back(tmp_path, earlier), len(read)) == (True, 1)
    for name in ("..\\passwd", "papers/../../1.pdf", "x" * 256, "papers/\udcff.pdf"):
        strange = {**manifest, "sha256": {f"media/{name}": ""}}
        assert ("mang tên không nhận được" in put_back(tmp_path, strange), len(read)) == (True, 1)
    later = {**manifest, "migrations": [*here, ["meetings", "9999_of_a_later_version"]]}
    assert ("mới hơn" in put_back(tmp_path, later), len(read)) == (True, 1)
