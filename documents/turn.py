"""Whose turn it is to have a paper written: one at a time, few in the line, and nobody stands in it for long.

Each that waits holds one of the server's few threads, and with it everybody else's pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

PATIENCE = 8  # seconds in the line
MOST_WAITING = 3  # of the eight threads of a process; one more writes


class Busy(Exception):
    """Others are being served: to be asked for again in some seconds."""


#: Who asks in this thread, where somebody does; asked only when there is a line.
ASKING: ContextVar[Callable[[], object] | None] = ContextVar("asking", default=None)

_WORKS = Lock()  # two at once take twice the memory, and no less time
_GUARD = Lock()
_WAITING: list[object] = []


@contextmanager
def turn() -> Iterator[None]:
    """Raises Busy where the line is full, too slow, or the same account stands in it already."""
    if not _WORKS.acquire(blocking=False):
        _wait()
    try:
        yield
    finally:
        _WORKS.release()


def _wait() -> None:
    asking = ASKING.get()
    who = asking() if asking is not None else None
    with _GUARD:
        if len(_WAITING) >= MOST_WAITING or (who is not None and who in _WAITING):
            raise Busy
        _WAITING.append(who)
    try:
        if not _WORKS.acquire(timeout=PATIENCE):
            raise Busy
    finally:
        with _GUARD:
            _WAITING.remove(who)
