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
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECONDS = 10  # of a processor
WAITS = 20  # seconds by the clock: where others are at work as well
MEGABYTES = 300  # beyond what the process holds already
_PAGE = resource.getpagesize()


class TooMuch(Exception):
    """It took more time or memory than one piece of work may."""


def apart(work: Callable[..., bytes], *given: Any, seconds: int | None = None) -> bytes:
    """What `work` returns, done in a child. Raises TooMuch, or RuntimeError with what went wrong there.

    `seconds` of a processor, where it may take less than a paper may.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _in_the_child(work, given, writing, seconds or SECONDS)  # never comes back
    os.close(writing)
    try:
        said = _hear(reading)
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


def _hear(reading: int) -> bytes:
    """Everything the child says; nothing where it ends too early or takes too long."""
    until, found = time.monotonic() + WAITS, bytearray()
    waiting = select.poll()
    waiting.register(reading, select.POLLIN | select.POLLHUP)
    while (left := until - time.monotonic()) > 0:
        if not waiting.poll(left * 1000):
            break
        piece = os.read(reading, 1 << 16)
        if not piece:
            return bytes(found)
        found += piece
    return b""


def _in_the_child(work: Callable[..., bytes], given: tuple[Any, ...], writing: int, seconds: int) -> None:
    """Says what came of it and ends. Nothing said is too much: the memory is gone, or the time."""
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGABRT, signal.SIGQUIT):
            signal.signal(number, signal.SIG_DFL)
        gc.disable()  # a collection would copy what is shared
        _close_all_but(writing)
        _limit(seconds)
        try:
            said = pickle.dumps((True, work(*given)))
        except MemoryError:
            os._exit(1)
        except Exception:
            said = pickle.dumps((False, traceback.format_exc()))
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(said)
    finally:
        os._exit(0)  # whatever happens, this copy of the server serves nobody


def _close_all_but(writing: int) -> None:
    """Connections of people and databases are the parent's."""
    os.closerange(3, writing)
    os.closerange(writing + 1, 4096)


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        held = int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE
        most = held + MEGABYTES * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
