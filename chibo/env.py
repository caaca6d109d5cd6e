"""Reads settings from the environment: typed, and refusing to start on a value that makes no sense."""

import base64
import os
import secrets
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}

# Earlier versions can corrupt a write-ahead log when it is reset while another connection writes.
WAL_IS_SAFE_SINCE = (3, 51, 3)


def load_dotenv(path: Path) -> None:
    """Take NAME=value lines from a file; what the environment already says wins."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.strip().partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name.strip(), value.strip().strip("\"'"))


def env_str(name: str, default: str = "") -> str:
    """An empty value counts as not set, so that a line of .env may be left blank."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    value = env_str(name).lower()
    if not value:
        return default
    if value not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")
    return value in TRUE


def env_int(name: str, default: int, *, least: int = 0) -> int:
    value = env_str(name)
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) < least:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number, {least} or more.")
    return int(value)


def env_choice(name: str, default: str, known: tuple[str, ...]) -> str:
    value = env_str(name, default).lower()
    if value not in known:
        raise ImproperlyConfigured(f"{name}={value!r}: write one of {', '.join(known)}.")
    return value


def env_list(name: str, default: list[str]) -> list[str]:
    """Values separated by commas."""
    return [part.strip() for part in env_str(name).split(",") if part.strip()] or default


def private_folder(path: Path) -> None:
    """There, and for the account that runs the program alone."""
    path.mkdir(mode=0o700, exist_ok=True)
    if path.stat().st_mode & 0o077 and path.stat().st_uid == os.geteuid():
        path.chmod(0o700)


def private_file(path: Path) -> None:
    """An embedded database is a file that any account of the machine could read; SQLite's journals follow its mode."""
    if not path.exists() and path.parent.is_dir():
        path.touch(mode=0o600)
    elif path.is_file() and path.stat().st_mode & 0o077 and path.stat().st_uid == os.geteuid():
        path.chmod(0o600)


def secret_key(*, debug: bool, kept_in: Path) -> str:
    """The secret of the installation: given from outside, except in debug where one is made and kept."""
    value = env_str("CHIBO_SECRET_KEY")
    if value:
        if not debug and (len(value) < 50 or len(set(value)) < 5):
            raise ImproperlyConfigured("CHIBO_SECRET_KEY is too easy to guess: give 50 random characters or more.")
        return value
    if not debug:
        raise ImproperlyConfigured(
            "CHIBO_SECRET_KEY is not set. Give 50 random characters, or CHIBO_DEBUG=1 to try the program."
        )
    return _made_once(kept_in, secrets.token_urlsafe(64))


def content_keys(*, debug: bool, kept_in: Path) -> list[str]:
    """The keys that free text of self-criticism is encrypted with, the current one first; 32 bytes each."""
    keys = env_list("CHIBO_CRITIQUE_KEYS", [])
    if not keys and not debug:
        raise ImproperlyConfigured(
            "CHIBO_CRITIQUE_KEYS is not set. Give 32 random bytes as URL-safe base64: "
            "python -c 'import secrets; print(secrets.token_urlsafe(32))'. Keep them apart from the database's backups."
        )
    keys = keys or [_made_once(kept_in, secrets.token_urlsafe(32))]
    for number, key in enumerate(keys, start=1):
        if not _is_key(key):
            raise ImproperlyConfigured(f"CHIBO_CRITIQUE_KEYS: number {number} is not 32 random bytes in base64.")
    if len(set(keys)) < len(keys):
        raise ImproperlyConfigured("CHIBO_CRITIQUE_KEYS names the same key twice.")
    return keys


def _is_key(text: str) -> bool:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return False
    return len(key) == 32 and len(set(key)) >= 8


def _made_once(kept_in: Path, value: str) -> str:
    """The first process writes it, the others read what it wrote."""
    made = kept_in.with_name(f"{kept_in.name}.{secrets.token_hex(8)}")
    if not kept_in.exists():
        made.write_text(value, encoding="ascii")
        made.chmod(0o600)
        try:
            os.link(made, kept_in)
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return kept_in.read_text(encoding="ascii").strip()


#: What is asked for often lies in memory or on a disk without a head to move; many people ask short questions at once,
#: so that one of them gets no second process and none is compiled first (docs/decisions/0050).
PLANNED = "-c random_page_cost=1.1 -c max_parallel_workers_per_gather=0 -c jit=off"


def database(url: str, *, test_file: Path) -> dict[str, Any]:
    """Django's settings for sqlite:///relative/or//absolute/path or postgres://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")), test_file)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "OPTIONS": {"options": PLANNED, **_told(parts.query)},
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"DATABASE_URL begins with {parts.scheme!r}: write sqlite:///… or postgres://…")


def _told(query: str) -> dict[str, str]:
    """What is left empty counts as not said, but `options=` leaves planning to the database: a pooler before it takes
    no settings when somebody signs in."""
    told = parse_qsl(query, keep_blank_values=True)
    return {name: value for name, value in told if value or name == "options"}


def _sqlite(path: str, test_file: Path) -> dict[str, Any]:
    if path != ":memory:":
        private_file(Path(path))
    journal = "WAL" if sqlite3.sqlite_version_info >= WAL_IS_SAFE_SINCE else "DELETE"
    return {
        "ENGINE": "chibo.sqlite",
        "NAME": path,
        "OPTIONS": {
            # Take the write lock when a transaction begins: waiting in line instead of failing halfway.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was acknowledged survives a power cut. Recursive: for triggers REPLACE is a DELETE too.
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON",
        },
        # Whoever opens the file reads the whole schema first: three milliseconds.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        # A file, because browser tests read from another thread.
        "TEST": {"NAME": str(test_file)},
    }
