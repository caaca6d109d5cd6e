"""A server of its own for the measuring, started as the project starts it, and a client that costs next to nothing."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Path(__file__).resolve().parent.parent
FIRST_PORT = 8150
_SEEN: dict[int, float] = {}
_SCHEDULED = 2  # of Linux's clocks of a process the one that counts in nanoseconds
CSRF = "a" * 32


@dataclass(slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


class Client:
    """One connection that stays open, for one account. `said`: what else stands at the head of each request."""

    def __init__(self, port: int, session: str = "", said: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}"
        self.head = f"Host: 127.0.0.1\r\nCookie: {cookies}\r\nX-CSRFToken: {CSRF}\r\nAccept: application/json\r\n{said}"

    def get(self, address: str) -> Answer:
        return self._send(f"GET {address} HTTP/1.1\r\n{self.head}\r\n".encode())

    def post(self, address: str, fields: dict[str, object]) -> Answer:
        return self._post(address, "application/x-www-form-urlencoded", urlencode(fields).encode())

    def upload(self, address: str, fields: dict[str, object]) -> Answer:
        """With a file among the fields."""
        return self._post(address, MULTIPART_CONTENT, encode_multipart(BOUNDARY, fields))

    def _post(self, address: str, kind: str, body: bytes) -> Answer:
        head = f"{self.head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        return self._send(f"POST {address} HTTP/1.1\r\n{head}".encode() + body)

    def _send(self, request: bytes) -> Answer:
        self.socket.sendall(request)
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        parts, missing = [body], int(headers.get("content-length", 0)) - len(body)
        while missing > 0:
            parts.append(self._more())
            missing -= len(parts[-1])
        return Answer(int(first.split()[1]), headers, b"".join(parts))

    def _more(self) -> bytes:
        received = self.socket.recv(1 << 18)
        if not received:
            raise ConnectionError("the server has closed the connection")
        return received

    def close(self) -> None:
        self.socket.close()


@contextmanager
def serving(database_url: str) -> Iterator[tuple[int, int]]:
    """Port and process of a fresh server on this database, with the settings of a server that people use."""
    port = next(port for port in range(FIRST_PORT, FIRST_PORT + 50) if _free(port))
    process = launch(port, database_url, "benchmarks.served:application")
    try:
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(30)


def launch(
    port: int, database_url: str, *arguments: str, within: Sequence[str] = (), **environment: str
) -> subprocess.Popen[str]:
    """The program as `make run` starts it, in a group of processes of its own; it answers when this returns.

    `within`: a command that runs it somewhere else.
    """
    given = {
        "CHIBO_DEBUG": "0",
        "CHIBO_HTTPS": "0",
        "CHIBO_ALLOWED_HOSTS": "127.0.0.1",
        "CHIBO_SECRET_KEY": settings.SECRET_KEY,
        "CHIBO_CRITIQUE_KEYS": ",".join(settings.CRITIQUE_KEYS),
        "CHIBO_BIND": "",
        "DATABASE_URL": database_url,
        "PORT": str(port),
    }
    process = subprocess.Popen(
        [*within, sys.executable, "-m", "gunicorn", *arguments],
        cwd=HERE,
        env={**os.environ, **given, **environment},
        stdout=subprocess.PIPE,
        text=True,
        process_group=0,
    )
    if process.stdout is None or not any("http://" in line for line in process.stdout):
        process.kill()
        raise ConnectionError("the server did not start")
    return process


def _free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def workers_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def serving_pages(pid: int) -> list[int]:
    """Those of its workers that do: the one that makes large papers lets everybody else go first."""
    return [one for one in workers_of(pid) if os.getpriority(os.PRIO_PROCESS, one) == 0]


def processor_time(pids: list[int]) -> float:
    """Seconds that these processes have been on a processor, with their threads, also those that have ended: what
    neighbours do changes little in it. A process that has ended stands at what it last had.
    """
    for pid in pids:
        with suppress(OSError):
            _SEEN[pid] = time.clock_gettime((~pid << 3) | _SCHEDULED)
    return sum(_SEEN.get(pid, 0.0) for pid in pids)


def database_of() -> list[int]:
    """The processes that serve the workers' connections, where the database is a server on this machine."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid, pg_backend_pid() FROM pg_stat_activity WHERE datname = current_database()")
        found = [one for one, own in cursor.fetchall() if one != own]
    return [one for one in found if Path(f"/proc/{one}/task").exists()]


def memory_of(pids: list[int]) -> float:
    """MiB that these processes hold together; what they share counts once."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def new_key() -> str:
    return secrets.token_hex(16)
