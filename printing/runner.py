"""Who makes what was asked for: a thread of whichever server process looks first, one order at a time in all of them.

Nothing waits for the clock: a process looks when it starts, when somebody asks, and whenever the page that waits asks
how far it is. What a process had begun that is no more is taken up again by the next that looks.
"""

from __future__ import annotations

import logging
import time
from base64 import b64encode
from threading import Lock, Thread
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from book.volume import Changed
from documents.apart import TooMuch
from documents.large import Endless
from printing.making import make
from printing.models import Order, Why

if TYPE_CHECKING:
    from collections.abc import Callable

TRIES = 3  # what ends its server each time is not begun for ever
BETWEEN = 0.9  # seconds between two signs of life
log = logging.getLogger(__name__)
_AT_WORK = Lock()


class GivenUp(Exception):
    """Whoever asked no longer wants it, or another process has taken it up."""


def go_on() -> None:
    """In the background, unless this process is at it already. The suite does the work itself."""
    if not settings.TESTING and not _AT_WORK.locked():
        Thread(target=_work, name="printing", daemon=True).start()


def _work() -> None:
    try:
        work()
    except DatabaseError:
        log.exception("Large papers are not being made at the moment")
    finally:
        connection.close()


def work() -> None:
    """Make what waits, until nothing does or another process is at it."""
    if not _AT_WORK.acquire(blocking=False):
        return
    try:
        while (pk := take(runner := uuid4().hex)) is not None:
            work_on(pk, runner)
    finally:
        _AT_WORK.release()


def take(runner: str) -> int | None:
    """The key of the order that is now this runner's."""
    now = timezone.now()
    Order.objects.let_go_silent(now)
    pk = Order.objects.next_key()
    if pk is None:
        return None
    try:
        with transaction.atomic():
            return pk if Order.objects.take(pk, runner, now) else None
    except IntegrityError:
        return None


def work_on(pk: int, runner: str) -> None:
    """Whatever becomes of it is written down; nothing is where it was given up meanwhile."""
    try:
        order = Order.objects.light().get(pk=pk)
        if order.tries > TRIES:
            _end(pk, runner, Why.BROKEN)
            return
        keep(order, runner, make(order.kind, order.asked, _signs(pk, runner)))
    except (GivenUp, Order.DoesNotExist):
        return
    except (TooMuch, Endless, MemoryError):
        _end(pk, runner, Why.TOO_MUCH)
    except Changed:
        _end(pk, runner, Why.CHANGED)
    except DatabaseError:
        raise
    except Exception:
        log.exception("A large paper could not be made")
        _end(pk, runner, Why.BROKEN)


@transaction.atomic
def keep(order: Order, runner: str, made: bytes) -> None:
    """The finished file. Raises GivenUp where it is no longer this runner's."""
    if not Order.objects.done(order.pk, runner, timezone.now()):
        raise GivenUp
    order.result = b64encode(made).decode()
    order.save(update_fields=["result"])


def _end(pk: int, runner: str, why: Why) -> None:
    Order.objects.end(pk, runner, timezone.now(), why)


def _signs(pk: int, runner: str) -> Callable[[int, int], None]:
    last = [0.0, -1]

    def tick(laid: int, total: int) -> None:
        now = time.monotonic()
        if now - last[0] < BETWEEN and last[1] >= 0:
            return
        last[:] = [now, laid]
        if not Order.objects.beat(pk, runner, timezone.now(), laid, total):
            raise GivenUp

    return tick
