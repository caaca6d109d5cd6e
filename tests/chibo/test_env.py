"""Settings from the environment: what is understood, and what stops the program from starting."""

import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from chibo.env import PLANNED, database, env_bool, env_int, env_list, env_str, load_dotenv, secret_key

LONG = "k9-Qz7_Wm2xT4vB8nR6cY1pL3sD5fG0hJ-aE_uIoPqSwXyZtV"


@pytest.mark.parametrize(("written", "read"), [("1", True), ("Yes", True), ("0", False), ("off", False), ("", True)])
def test_a_switch_is_on_off_or_left_at_its_default(monkeypatch: pytest.MonkeyPatch, written: str, read: bool) -> None:
    monkeypatch.setenv("CHIBO_SWITCH", written)
    assert env_bool("CHIBO_SWITCH", True) is read


def test_a_switch_that_is_neither_on_nor_off_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIBO_SWITCH", "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"^CHIBO_SWITCH='maybe': write 1 or 0\.$"):
        env_bool("CHIBO_SWITCH", True)


@pytest.mark.parametrize("written", ["4", "-30", "3.5", "ten", "٣٠"])
def test_a_number_that_is_too_small_or_no_number_stops_the_start(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("CHIBO_MINUTES", written)
    with pytest.raises(ImproperlyConfigured):
        env_int("CHIBO_MINUTES", 120, least=5)


def test_an_empty_line_of_the_file_leaves_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CHIBO_TEXT", "CHIBO_MINUTES", "CHIBO_NAMES"):
        monkeypatch.setenv(name, " ")
    read = env_str("CHIBO_TEXT", "x"), env_int("CHIBO_MINUTES", 120), env_list("CHIBO_NAMES", ["a"])
    assert read == ("x", 120, ["a"])


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text('# CHIBO_A=comment\nCHIBO_A=from file\nCHIBO_B="quoted=1"\n\nnonsense\n', encoding="utf-8")
    monkeypatch.setenv("CHIBO_A", "from outside")
    monkeypatch.setenv("CHIBO_B", "")
    monkeypatch.delenv("CHIBO_B")
    load_dotenv(file)
    assert (os.environ["CHIBO_A"], os.environ["CHIBO_B"]) == ("from outside", "quoted=1")


def test_outside_debug_there_is_no_secret_unless_one_is_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CHIBO_SECRET_KEY", raising=False)
    with pytest.raises(ImproperlyConfigured, match="CHIBO_SECRET_KEY is not set"):
        secret_key(debug=False, kept_in=tmp_path / "key")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("weak", ["short", "ab" * 40])
def test_outside_debug_a_secret_that_can_be_guessed_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, weak: str
) -> None:
    monkeypatch.setenv("CHIBO_SECRET_KEY", weak)
    with pytest.raises(ImproperlyConfigured, match="too easy to guess"):
        secret_key(debug=False, kept_in=tmp_path / "key")


def test_a_given_secret_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CHIBO_SECRET_KEY", LONG + "0")
    assert secret_key(debug=False, kept_in=tmp_path / "key") == LONG + "0"


def test_in_debug_one_secret_is_made_and_kept_for_its_owner_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CHIBO_SECRET_KEY", raising=False)
    key = tmp_path / "key"
    first = secret_key(debug=True, kept_in=key)
    assert secret_key(debug=True, kept_in=key) == first
    assert (key.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (0o600, [key])


def test_a_postgres_address_is_taken_apart_with_its_escapes() -> None:
    found = database("postgres://chi%40bo:p%2Fw@db.example:5433/cell%20one?sslmode=require", test_file=Path("t"))
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "cell one",
        "USER": "chi@bo",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {
            "options": "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c jit=off",
            "sslmode": "require",
        },
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("", {"options": PLANNED}),
        ("?sslmode=", {"options": PLANNED}),
        ("?options=-c%20jit%3Don", {"options": "-c jit=on"}),
        ("?options=&sslmode=require", {"options": "", "sslmode": "require"}),
    ],
)
def test_how_questions_are_planned_can_be_said_otherwise_or_left_to_the_database(
    query: str, options: dict[str, str]
) -> None:
    assert database(f"postgres://chibo@db.example/cell{query}", test_file=Path("t"))["OPTIONS"] == options


@pytest.mark.parametrize(
    ("version", "journal"),
    [((3, 40, 1), "DELETE"), ((3, 51, 2), "DELETE"), ((3, 51, 3), "WAL"), ((3, 53, 0), "WAL")],
)
def test_sqlite_writes_ahead_only_where_that_is_safe_and_always_waits_for_the_disk(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], journal: str
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    found = database("sqlite:////srv/chibo.sqlite3", test_file=Path("t"))
    assert found["NAME"] == "/srv/chibo.sqlite3"
    assert found["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON",
    }


def test_a_database_that_we_do_not_know_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_URL begins with 'mysql'"):
        database("mysql://localhost/chibo", test_file=Path("t"))
