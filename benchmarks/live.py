"""From the desk's click to the last of many screens that listen; what each of them costs while it waits."""

from __future__ import annotations

import json
import selectors
import socket
import time
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

from django.conf import settings

from benchmarks.server import Client, launch, memory_of, new_key, processor_time, workers_of
from meetings.live.hub import MOST_OF_ONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.world import World

PATIENCE = 30  # seconds
FIRST = 20
BETWEEN = 0.25  # seconds between two clicks: longer than what is told together


class Crowd:
    """So many screens on one selector, so that listening costs the machine little."""

    def __init__(self, port: int, addresses: Callable[[], str], many: int, session: str = "") -> None:
        found = [addresses() for _ in range(-(-many // MOST_OF_ONE))]
        self.lines = [self._line(port, found[count // MOST_OF_ONE], session) for count in range(many)]
        self.selector = selectors.DefaultSelector()
        for line in self.lines:
            self.selector.register(line, selectors.EVENT_READ)
        self.hear(b"event: beat")

    def _line(self, port: int, address: str, session: str) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        cookie = f"{settings.SESSION_COOKIE_NAME}={session}"
        line.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
        line.setblocking(False)
        return line

    def hear(self, words: bytes) -> None:
        """Until the last of them has heard these words."""
        missing, heard, end = set(self.lines), dict.fromkeys(self.lines, b""), time.monotonic() + PATIENCE
        while missing:
            if time.monotonic() > end:
                raise TimeoutError(f"{len(missing)} of {len(self.lines)} screens have heard nothing")
            for key, _ in self.selector.select(1):
                line: socket.socket = key.fileobj  # type: ignore[assignment]
                heard[line] += line.recv(1 << 16)
                if words in heard[line]:
                    missing.discard(line)

    def close(self) -> None:
        for line in self.lines:
            line.close()


def until_the_last(crowd: Crowd, press: Callable[[], object], runs: int) -> float:
    """Milliseconds from a click until the last screen has its event; of twenty clicks nineteen are quicker."""
    taken = []
    for _ in range(runs):
        time.sleep(BETWEEN)
        start = time.perf_counter()
        press()
        crowd.hear(b"event: screen")
        taken.append((time.perf_counter() - start) * 1000)
    return quantiles(taken, n=20, method="inclusive")[-1]


class Desk:
    """The secretary's, at the large meeting; each click gives the floor to the next one."""

    def __init__(self, port: int, world: World) -> None:
        self.client = Client(port, world.live.session)
        self.world, self.turn = world.live, 0
        self.client.post(f"/items/{self.world.item}/start/", {"key": new_key()})

    def press(self) -> None:
        self.turn += 1
        speaker = self.world.rows[self.turn % len(self.world.rows)]
        answer = self.client.post(f"/items/{self.world.item}/remarks/", {"speaker": speaker, "key": new_key()})
        if answer.status != 302:
            raise ValueError(f"the desk's click answers {answer.status}")

    def stream(self) -> str:
        door = json.loads(self.client.get(f"/meetings/{self.world.meeting}/live/pocket/").body)
        return f"/live/{door['ticket']}?v={door['v']}"


@contextmanager
def bare(database_url: str, port: int) -> Iterator[int]:
    """One process of gunicorn's own ASGI worker that does nothing but hand out events."""
    options = ("--config", "python:benchmarks.bare_stream", "--bind", f"127.0.0.1:{port}", "benchmarks.bare_stream:app")
    process = launch(port, database_url, *options)
    try:
        yield port
    finally:
        process.terminate()
        process.wait(30)


@dataclass(slots=True)
class Figures:
    last: float  # milliseconds to the last screen
    work: float  # of the server's processors for one click and what follows from it
    weight: float  # kilobytes that each screen takes
    idle: float  # milliseconds of processor a second while nothing happens


def screens(port: int, pid: int, world: World, many: int, runs: int) -> Figures:
    desk, workers = Desk(port, world), workers_of(pid)
    first = Crowd(port, desk.stream, FIRST, world.live.session)  # what a worker reads once is not theirs
    until_the_last(first, desk.press, 2)
    first.close()
    before = memory_of(workers)
    crowd = Crowd(port, desk.stream, many, world.live.session)
    try:
        weight = (memory_of(workers) - before) * 1024 / many
        start, began = processor_time(workers), time.perf_counter()
        time.sleep(3)
        idle = (processor_time(workers) - start) * 1000 / (time.perf_counter() - began)
        start = processor_time(workers)
        last = until_the_last(crowd, desk.press, runs)
        return Figures(last, (processor_time(workers) - start) * 1000 / runs, weight, idle)
    finally:
        crowd.close()


def bare_screens(port: int, many: int, runs: int) -> float:
    crowd = Crowd(port, lambda: "/live/", many)
    client = Client(port)
    try:
        return until_the_last(crowd, lambda: client.post("/tell/", {}), runs)
    finally:
        crowd.close()
