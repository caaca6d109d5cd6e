"""A server that is killed again and again while people write and seal, and what each of them was told meanwhile."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection, connections
from django.utils.http import urlencode

from benchmarks.server import Client, launch, serving_pages
from meetings.models import Meeting, Seat
from tests.factories import new_key
from tests.meetings.steps import on_screen

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from threading import Event

    from benchmarks.server import Answer

FIELDS = ("text", "awareness", "relation", "proposal")
FILLING = " Chi bộ thống nhất với ý kiến này." * 60  # some 3 kB in each of the four fields


class Told(AssertionError):
    """An answer that nobody should get: of a server that has lost or doubled something."""


def free_port() -> int:
    """Any that nobody else has: several suites may run on one machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """Started as `make run` starts it, and started anew on the same port after it was killed."""

    media: Path
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)  # settings of its own
    within: tuple[str, ...] = ()  # the command that puts it elsewhere
    process: subprocess.Popen[str] | None = None
    kills: int = 0

    def start(self) -> None:
        given = {"CHIBO_MEDIA_ROOT": str(self.media), "DATABASE_URL": database_url(), **self.more}
        self.process = launch(self.port, given.pop("DATABASE_URL"), within=self.within, **given)

    def kill_a_worker(self) -> None:
        """Its master starts another one."""
        assert self.process is not None
        os.kill(serving_pages(self.process.pid)[self.kills % 2], signal.SIGKILL)
        self.kills += 1

    def kill_everything(self) -> None:
        """Master and workers in one stroke, as a power cut would."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills += 1

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


def database_url() -> str:
    """Of the suite's own database, as a server of its own is told it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    who = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
    more = f"?{urlencode(known['OPTIONS'])}" if known["OPTIONS"] else ""
    return f"postgres://{who}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}{more}"


@dataclass
class Person:
    """Asks until there is an answer: what was sent when the line broke is sent again, the same.

    So is what found the server too busy (SQLite lets somebody wait in vain for 20 seconds where eight never pause),
    as the desk does it.
    """

    server: Server
    session: str
    over: Event
    client: Client | None = None
    broken: int = 0
    busy: int = 0

    def post(self, address: str, fields: dict[str, object]) -> Answer | None:
        """None when it is over before anybody answered."""
        while not self.over.is_set():
            try:
                self.client = self.client or Client(self.server.port, self.session)
                answer = self.client.post(address, fields)
                if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                    return answer
                self.busy += 1
                self.over.wait(2)
            except OSError:
                self.broken += 1
                self.hang_up()
                time.sleep(0.2)
        return None

    def hang_up(self) -> None:
        if self.client is not None:
            with suppress(OSError):
                self.client.close()
        self.client = None


@dataclass
class Writer(Person):
    """Writes one remark in four fields, the number of the edit in each, until it is over or `most` are stored."""

    remark: int = 0
    most: int = 10**9
    acknowledged: int = 0

    def work(self) -> None:
        while self.acknowledged < self.most:
            edit = self.acknowledged + 1
            typed = {name: f"{edit} {name}{FILLING}" for name in FIELDS}
            answer = self.post(f"/write/remark/{self.remark}/", {**typed, "base": self.acknowledged})
            if answer is None:
                break
            if answer.status != 200 or json.loads(answer.body)["rev"] != edit:
                raise Told(f"remark {self.remark}, edit {edit}: {answer.status} {answer.body[:200]!r}")
            self.acknowledged = edit
        self.hang_up()


@dataclass
class Sealer(Person):
    """Confirms closed minutes for both seats, one meeting after the other, and adds to them."""

    closed: list[Meeting] = field(default_factory=list)
    other: str = ""  # the session of who holds the second seat
    pause: float = 0.2
    sealed: list[int] = field(default_factory=list)
    addenda: int = 0

    def work(self) -> None:
        try:
            while self.closed:
                meeting = self.closed[0]
                if not (self._sign(meeting, Seat.MINUTE_TAKER) and self._sign(meeting, Seat.CHAIR)):
                    return
                self.sealed.append(meeting.pk)
                del self.closed[0]
            while self.sealed and self._correct(self.sealed[self.addenda % len(self.sealed)]):
                self.addenda += 1
                self.over.wait(self.pause)
        finally:
            self.hang_up()
            connections.close_all()

    def _sign(self, meeting: Meeting, seat: str) -> bool:
        self.hang_up()
        self.session, self.other = self.other, self.session
        sent = {"seat": seat, "seen": on_screen(meeting), "key": new_key()}
        return self._taken(f"/meetings/{meeting.pk}/sign/", sent)

    def _correct(self, meeting: int) -> bool:
        sent = {"text": "Đính chính họ tên.", "reason": "Ghi nhầm", "key": new_key()}
        return self._taken(f"/meetings/{meeting}/addenda/", sent)

    def _taken(self, address: str, sent: dict[str, object]) -> bool:
        answer = self.post(address, sent)
        if answer is not None and answer.status != 302:
            raise Told(f"{address}: {answer.status} {answer.body[:2000].decode(errors='replace')}")
        return answer is not None


def kills(server: Server, many: int, get_on: Callable[[], object]) -> Iterator[None]:
    """A worker, then everything, by turns; after each kill of everything the caller looks, and then it starts anew.

    `get_on` comes back when there is something new to lose: how fast that is depends on the machine.
    """
    for number in range(many):
        get_on()
        if number % 2 == 0:
            server.kill_a_worker()
        else:
            server.kill_everything()
            yield
            server.start()
    get_on()
