"""Work that may take too much is done in a child of this process, with a limit of time and memory, and ends with it.

The child is a copy of what is loaded and warm here, so it costs some milliseconds and writes the same bytes. It
touches no database and no connection, and whatever becomes of it, who waits gets an answer.
"""

from __future__ import annotations

import gc
import os
import pickle
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

_PAGE = resource.getpagesize()
_LENGTH = 8  # bytes that say how long what follows is


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one piece of work may take."""

    seconds: int = 10  # of a processor
    waits: int = 20  # seconds by the clock: where others are at work as well
    megabytes: int = 300  # beyond what the process holds already


#: Of what somebody waits for with a page open.
QUICK = Bounds()

#: Told how far the work is, at least once a second also without news (None); what it raises ends the work.
Watch = Callable[[int | None], None]

_SAYS: list[Callable[[int], None]] = []  # in a child: to whom it tells how far it is


class TooMuch(Exception):
    """It took more time or memory than one piece of work may."""


def say(number: int) -> None:
    """In the work: how far it is. Heard by whoever watches it."""
    for tell in _SAYS:
        tell(number)


def apart(work: Callable[..., bytes], *given: Any, bounds: Bounds | None = None, watch: Watch | None = None) -> bytes:
    """What `work` returns, done in a child. Raises TooMuch, or RuntimeError with what went wrong there."""
    bounds = bounds or QUICK
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _in_the_child(work, given, writing, bounds)  # never comes back
    os.close(writing)
    try:
        said = _hear(reading, bounds.waits, watch)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if not said:
        raise TooMuch
    done, result = pickle.loads(said)  # noqa: S301 (written by our own child)
    if done:
        return bytes(result)
    raise RuntimeError(result)


def _hear(reading: int, waits: int, watch: Watch | None) -> bytes:
    """The last that the child says; nothing where it ends too early or takes too long."""
    until, found = time.monotonic() + waits, bytearray()
    waiting = select.poll()
    waiting.register(reading, select.POLLIN | select.POLLHUP)
    while (left := until - time.monotonic()) > 0:
        if not waiting.poll((left if watch is None else min(left, 1)) * 1000):
            if watch is not None:
                watch(None)
            continue
        piece = os.read(reading, 1 << 16)
        if not piece:
            return b""
        found += piece
        for said in _whole(found):
            number = pickle.loads(said)  # noqa: S301 (written by our own child)
            if not isinstance(number, int):
                return said
            if watch is not None:
                watch(number)
    return b""


def _whole(found: bytearray) -> Iterator[bytes]:
    """What has been said to its end; it is taken away."""
    while len(found) >= _LENGTH:
        end = _LENGTH + int.from_bytes(found[:_LENGTH], "big")
        if len(found) < end:
            return
        said = bytes(found[_LENGTH:end])
        del found[:end]
        yield said


def _in_the_child(work: Callable[..., bytes], given: tuple[Any, ...], writing: int, bounds: Bounds) -> None:
    """Says what came of it and ends. Nothing said is too much: the memory is gone, or the time."""
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGABRT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        gc.disable()  # a collection would copy what is shared
        _close_all_but(writing)
        _limit(bounds)
        pipe = os.fdopen(writing, "wb")
        _SAYS.append(lambda number: _tell(pipe, pickle.dumps(number)))
        try:
            said = pickle.dumps((True, work(*given)))
        except MemoryError:
            os._exit(1)
        except Exception:
            said = pickle.dumps((False, traceback.format_exc()))
        _tell(pipe, said)
    finally:
        os._exit(0)  # whatever happens, this copy of the server serves nobody


def _tell(pipe: IO[bytes], said: bytes) -> None:
    pipe.write(len(said).to_bytes(_LENGTH, "big"))
    pipe.write(said)
    pipe.flush()


def _close_all_but(writing: int) -> None:
    """Connections of people and databases are the parent's."""
    os.closerange(3, writing)
    os.closerange(writing + 1, 4096)


def _limit(bounds: Bounds) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        held = int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
        most = held + bounds.megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
