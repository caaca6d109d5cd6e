"""The measuring: ours and the bare page in turn on one connection, so that a noisy moment touches both."""

from __future__ import annotations

import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.server import Client, database_of, memory_of, new_key, processor_time, workers_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.world import World

    Clock = Callable[[], float]

SILENT = 40
PATIENCE = 12  # times that a reader asks for a paper


def in_turn(runs: int, works: dict[str, Callable[[], object]], clock: Clock = time.perf_counter) -> dict[str, float]:
    """Median milliseconds of each, taken A B C A B C …"""
    times: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(runs):
        for name, work in works.items():
            start = clock()
            work()
            times[name].append((clock() - start) * 1000)
    return {name: median(taken) for name, taken in times.items()}


def processors(pid: int) -> Clock:
    """A clock that goes only while the server or its database is at work: it knows nothing of a busy machine."""
    pids = [*workers_of(pid), *database_of()]
    return lambda: processor_time(pids)


def good(client: Client, address: str) -> bytes:
    answer = client.get(address)
    if answer.status != 200:
        raise ValueError(f"{address} answers {answer.status}")
    return answer.body


def queries(port: int) -> int:
    """How many questions the server has asked its database so far."""
    client = Client(port)
    try:
        return int(client.get("/bare/queries/").body)
    finally:
        client.close()


def pages(
    port: int, pid: int, world: World, addresses: dict[str, str], runs: int
) -> dict[str, tuple[float, float, int, int]]:
    """(ours, bare, bytes, queries) of each page."""
    client = Client(port, world.session)
    works: dict[str, Callable[[], object]] = {}
    sizes, asked = {}, {}
    for name, address in addresses.items():
        good(client, address)
        before = queries(port)
        sizes[name] = len(good(client, address))
        asked[name] = queries(port) - before
        bare = f"/bare/page/{sizes[name]}/"
        if len(good(client, bare)) != sizes[name]:
            raise ValueError("the bare page is not of the same size")
        works[name] = lambda address=address: client.get(address)
        works[f"bare {name}"] = lambda bare=bare: client.get(bare)
    taken = in_turn(runs, works, processors(pid))
    return {name: (taken[name], taken[f"bare {name}"], sizes[name], asked[name]) for name in addresses}


def two_sizes(port: int, pid: int, small: tuple[str, str], large: tuple[str, str], runs: int) -> tuple[float, float]:
    """Milliseconds of a small page and of a large one of its kind."""
    (one, here), (two, there) = small, large
    first, second = Client(port, one), Client(port, two)
    good(first, here), good(second, there)
    works: dict[str, Callable[[], object]] = {"small": lambda: first.get(here), "large": lambda: second.get(there)}
    taken = in_turn(runs, works, processors(pid))
    return taken["small"], taken["large"]


def save(client: Client, remark: int, text: str, base: int) -> int:
    answer = client.post(f"/write/remark/{remark}/", {"awareness": text, "base": base, "key": new_key()})
    if answer.status not in (200, 409):
        raise ValueError(f"saving answers {answer.status}")
    rev = re.search(rb'"rev": ?(\d+)', answer.body)
    return int(rev.group(1)) if rev else 0


def saving(port: int, pid: int, world: World, runs: int) -> tuple[float, float]:
    """Milliseconds of one autosave, and of the least that saving can be."""
    client, remark = Client(port, world.session), world.remarks[0]
    state = {"rev": save(client, remark, "…", -1), "number": 0}

    def ours() -> None:
        state["number"] += 1
        state["rev"] = save(client, remark, f"bản {state['number']}", state["rev"])

    def bare() -> None:
        state["number"] += 1
        answer = client.post(f"/bare/save/{world.remarks[1]}/", {"awareness": f"bản {state['number']}"})
        if answer.status != 200:
            raise ValueError(f"the bare saving answers {answer.status}")

    taken = in_turn(runs, {"ours": ours, "bare": bare}, processors(pid))
    return taken["ours"], taken["bare"]


def saving_together(port: int, world: World, seconds: float) -> tuple[float, float]:
    """Autosaves a second when several people write at once, each in a remark of their own; and bare ones."""

    def rate(write: Callable[[int, float], int]) -> float:
        start = time.perf_counter()
        with ThreadPoolExecutor(len(world.remarks)) as pool:
            total = sum(pool.map(lambda remark: write(remark, start + seconds), world.remarks))
        return total / (time.perf_counter() - start)

    def ours(remark: int, end: float) -> int:
        client, done = Client(port, world.session), 0
        rev = save(client, remark, "…", -1)
        while time.perf_counter() < end:
            done += 1
            rev = save(client, remark, f"bản {remark} {done}", rev)
        return done

    def bare(remark: int, end: float) -> int:
        client, done = Client(port, world.session), 0
        while time.perf_counter() < end:
            done += client.post(f"/bare/save/{remark}/", {"awareness": f"bản {done}"}).status == 200
        return done

    return rate(ours), rate(bare)


def again(port: int, pid: int, world: World, runs: int) -> tuple[float, float]:
    """Milliseconds of a download of sealed minutes after the first, and of the bare page."""
    client = Client(port, world.session)
    good(client, world.sealed)
    works: dict[str, Callable[[], object]] = {
        "again": lambda: client.get(world.sealed),
        "bare": lambda: client.get("/bare/page/5000/"),
    }
    taken = in_turn(runs, works, processors(pid))
    return taken["again"], taken["bare"]


def memory(port: int, pid: int, world: World, papers: int) -> list[float]:
    """MiB of the server and its workers at rest, and after each third of so many papers, asked for by several."""
    good(Client(port, world.session), world.pages["frame"])  # a server that has just started has no workers yet
    pids = [pid, *workers_of(pid)]
    found = [memory_of(pids)]

    def fetch(reader: tuple[str, list[str]]) -> None:
        session, addresses = reader
        for number in range(papers // 3 // len(world.readers) + 1):
            _paper(port, session, addresses[number % len(addresses)])

    for _ in range(3):
        with ThreadPoolExecutor(len(world.readers)) as pool:
            list(pool.map(fetch, world.readers))
        found.append(memory_of(pids))
    return found


def _paper(port: int, session: str, address: str) -> None:
    """As people do: whoever is told that others are being served asks again after so many seconds."""
    for _ in range(PATIENCE):
        client = Client(port, session)
        answer = client.get(address)
        client.close()
        if answer.status == 200:
            return
        if answer.status != 503:
            break
        time.sleep(int(answer.headers["retry-after"]))
    raise ValueError(f"{address} answers {answer.status}")


def beside_silence(port: int, world: World) -> float:
    """Milliseconds of a page while so many connections are open and say nothing."""
    silent = [socket.create_connection(("127.0.0.1", port)) for _ in range(SILENT)]
    time.sleep(0.2)
    try:
        return in_turn(1, {"page": lambda: good(Client(port, world.session), world.pages["frame"])})["page"]
    finally:
        for one in silent:
            one.close()
