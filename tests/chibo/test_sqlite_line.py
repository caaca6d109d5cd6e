"""SQLite has one writer; whoever writes stands in line on a file beside the database."""

from __future__ import annotations

import fcntl
import gc
import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, connection, transaction

from members.models import Organisation

if TYPE_CHECKING:
    from tests.conftest import Cast

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many writers"),
]


def line() -> Path:
    return Path(f"{connection.settings_dict['NAME']}-line")


def is_free() -> bool:
    """Whether anybody else could write now."""
    place = os.open(line(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(place)
    return True


def test_a_transaction_has_the_line_from_its_beginning_to_its_end(cast: Cast) -> None:
    with transaction.atomic():
        assert not is_free()
        with transaction.atomic():
            Organisation.objects.update(place_name="Huế")
        assert not is_free()
    assert is_free()


def test_what_is_taken_back_lets_the_next_one_in(cast: Cast) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        raise ZeroDivisionError
    assert is_free()


def test_a_page_that_only_reads_stands_in_no_line(cast: Cast) -> None:
    with transaction.atomic():
        seen = threading.Thread(target=_read)
        seen.start()
        seen.join(5)
        assert not seen.is_alive()


def _read() -> None:
    Organisation.objects.count()
    connection.close()


def test_a_connection_that_is_closed_has_no_place_any_more(cast: Cast) -> None:
    """The end of whoever wrote is the end of the turn, whatever was going on."""
    with transaction.atomic():
        assert not is_free()
        connection.close()
        assert is_free()


def test_where_another_program_writes_the_line_is_not_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stands in no line of ours; who cannot begin lets the next one try."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.01)
    connection.close()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        pass
    assert is_free()
    other.close()
    connection.close()


def test_who_waits_comes_next_and_sees_what_was_written(cast: Cast) -> None:
    found: list[str] = []

    def write() -> None:
        with transaction.atomic():
            found.append(Organisation.objects.values_list("place_name", flat=True).get(pk=cast.cell.pk))
        connection.close()

    later = threading.Thread(target=write)
    with transaction.atomic():
        later.start()
        later.join(0.2)
        assert (later.is_alive(), found) == (True, [])
        Organisation.objects.update(place_name="Vinh")
    later.join(10)
    assert found == ["Vinh"]


def test_the_file_belongs_to_whom_the_database_belongs_to(cast: Cast) -> None:
    """A command that was run once as root beside the server's own database shuts nobody out."""
    place = Path(connection.settings_dict["NAME"])
    connection.close()
    line().unlink(missing_ok=True)
    place.chmod(0o600)
    with suppress(PermissionError):  # who is not root runs everything as the same owner
        os.chown(place, 65534, 65534)
    with transaction.atomic():
        pass
    beside, owner = line().stat(), place.stat()
    assert (beside.st_mode, beside.st_uid, beside.st_gid) == (owner.st_mode, owner.st_uid, owner.st_gid)


def test_where_there_is_no_place_for_it_people_write_all_the_same(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setattr("chibo.sqlite.base._line_of", lambda database: Path("/nowhere/at/all"))
    with transaction.atomic():
        Organisation.objects.update(place_name="Vinh")
    assert Organisation.objects.filter(place_name="Vinh").exists()
    connection.close()


def test_a_statement_that_writes_outside_a_transaction_stands_in_line_for_itself(cast: Cast) -> None:
    held = os.open(line(), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(held, fcntl.LOCK_EX)
    later = threading.Thread(target=_written)
    later.start()
    later.join(0.3)
    assert later.is_alive()
    os.close(held)
    later.join(10)
    assert Organisation.objects.filter(place_name="Đà Lạt").exists()
    assert is_free()


def _written() -> None:
    Organisation.objects.update(place_name="Đà Lạt")
    connection.close()


def test_a_thread_that_ends_within_a_transaction_lets_the_next_one_in(cast: Cast) -> None:
    def begin() -> None:
        transaction.atomic().__enter__()

    left = threading.Thread(target=begin)
    left.start()
    left.join(10)
    gc.collect()
    assert is_free()


def test_a_connection_outlives_a_request_but_not_the_file_that_it_was_made_to(cast: Cast, tmp_path: Path) -> None:
    """To open the file is to read the whole schema; a backup that was put in its place is found all the same."""
    assert connection.settings_dict["CONN_MAX_AGE"]
    Organisation.objects.count()
    kept = connection.connection
    request_finished.send(None)
    request_started.send(None)
    Organisation.objects.count()
    assert connection.connection is kept
    place = Path(connection.settings_dict["NAME"])
    (tmp_path / "copy").write_bytes(place.read_bytes())
    (tmp_path / "copy").replace(place)
    request_started.send(None)
    Organisation.objects.count()
    assert connection.connection is not kept


def test_the_file_beside_a_database_of_tests_goes_with_it(tmp_path: Path) -> None:
    database, line = tmp_path / "a.sqlite3", tmp_path / "a.sqlite3-line"
    for file in (database, line):
        file.touch()
    connection.creation._destroy_test_db(str(database), 0)  # type: ignore[attr-defined]
    assert [file for file in (database, line) if file.exists()] == []
