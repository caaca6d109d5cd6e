"""From the desk's click to the last of many screens that listen; what each of them costs while it waits."""

from __future__ import annotations

import json
import selectors
import socket
import time
from contextlib import contextmanager
from statistics import quantiles
from typing import TYPE_CHECKING

from django.conf import settings

from benchmarks import floor, measure
from benchmarks.server import Client, launch, memory_of, new_key, processor_time, workers_of
from meetings.live.hub import MOST_OF_ONE
from meetings.models import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.bench import Bench
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
        self.heard = 0  # bytes of whoever was told most
        while missing:
            if time.monotonic() > end:
                raise TimeoutError(f"{len(missing)} of {len(self.lines)} screens have heard nothing")
            for key, _ in self.selector.select(1):
                line: socket.socket = key.fileobj  # type: ignore[assignment]
                heard[line] += line.recv(1 << 16)
                if words in heard[line]:
                    missing.discard(line)
                    self.heard = max(self.heard, len(heard[line]))

    def woken(self, seconds: float) -> int:
        """How many are told something new meanwhile."""
        found, end = set(), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            for key, _ in self.selector.select(left):
                line: socket.socket = key.fileobj  # type: ignore[assignment]
                if b"event: screen" in line.recv(1 << 16):
                    found.add(line)
        return len(found)

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
        self.client, self.world = Client(port, world.live.session), world.live
        self.client.post(f"/items/{self.world.item}/start/", {"key": new_key()})

    def press(self) -> None:
        self.world.turn += 1
        floor.gives(self.client, self.world.item, self.world.rows[self.world.turn % len(self.world.rows)])

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


@contextmanager
def screens(bench: Bench, many: int) -> Iterator[tuple[Crowd, Desk, float]]:
    """So many of them, whose desk, and the kilobytes that each takes in the server."""
    desk, workers = Desk(bench.port, bench.world), workers_of(bench.pid)
    floor.clear(desk.world.item)  # whoever waits has a line of their own in what everybody is sent
    first = Crowd(bench.port, desk.stream, FIRST, desk.world.session)  # what a worker reads once is not theirs
    until_the_last(first, desk.press, 2)
    first.close()
    before = memory_of(workers)
    crowd = Crowd(bench.port, desk.stream, many, desk.world.session)
    try:
        yield crowd, desk, (memory_of(workers) - before) * 1024 / many
    finally:
        crowd.close()


def hundreds(bench: Bench) -> None:
    with screens(bench, 200) as (crowd, desk, weight):
        _clicks(bench, "click to the last of 200 screens", crowd, desk)
        bench.tell("memory of each of 200 screens", weight)
        bench.tell("a change of the pocket", crowd.heard / 1000, "the longest")


def thousand(bench: Bench) -> None:
    with screens(bench, 1000) as (crowd, desk, weight):
        _idle(bench)
        _typing(bench, crowd)
        _clicks(bench, "click to the last of 1,000 screens", crowd, desk)
        bench.tell("memory of each of 1,000 screens", weight)


def _clicks(bench: Bench, name: str, crowd: Crowd, desk: Desk) -> None:
    runs, workers = bench.runs(20), workers_of(bench.pid)
    start = processor_time(workers)
    last = until_the_last(crowd, desk.press, runs)
    work = (processor_time(workers) - start) * 1000 / runs
    with bare(bench.url, bench.port + 100) as port:
        least = bare_screens(port, len(crowd.lines), runs)
    bench.tell(name, last, f"by the clock, {work:.0f} of a processor; {least:.0f} bare.", times=last / least)


def _idle(bench: Bench) -> None:
    workers = workers_of(bench.pid)
    asked, start, began = measure.queries(bench.port), processor_time(workers), time.perf_counter()
    time.sleep(3)
    taken = (processor_time(workers) - start) * 1000 / (time.perf_counter() - began)
    bench.tell("1,000 idle screens, queries", measure.queries(bench.port) - asked, "in three seconds")
    bench.tell("1,000 idle screens, a second", taken)


def _typing(bench: Bench, crowd: Crowd) -> None:
    """What is typed at the desk is saved, and no screen hears of it."""
    live = bench.world.live
    remark = Remark.objects.filter(item=live.item).last()
    if remark is None:
        raise ValueError("nobody has spoken")
    client = Client(bench.port, live.session)
    rev = measure.save(client, remark.pk, "…", -1)
    for number in range(3):
        rev = measure.save(client, remark.pk, f"bản {number}", rev)
    bench.tell("screens woken by typing", crowd.woken(1.0))


def bare_screens(port: int, many: int, runs: int) -> float:
    crowd = Crowd(port, lambda: "/live/", many)
    client = Client(port)
    try:
        return until_the_last(crowd, lambda: client.post("/tell/", {}), runs)
    finally:
        crowd.close()
