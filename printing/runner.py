"""Who makes what was asked for: a process of each server that does nothing else, one order at a time in all of them.

It sleeps until it is woken (printing/bell.py): by whoever asks, and by the page that waits where nobody is at it. The
database is asked by the clock only while another server is at work: what that had begun when it was cut off is taken up
again.
"""

from __future__ import annotations

import logging
import time
from base64 import b64encode
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import Error, IntegrityError, connection, transaction
from django.utils import timezone

from book.volume import Changed
from documents.apart import TooMuch
from documents.large import Endless
from printing.bell import BELL
from printing.making import make
from printing.models import Order, Why

if TYPE_CHECKING:
    from collections.abc import Callable

    #: Told at least once a second that all is well. What it raises, a SystemExit, ends it all.
    Sign = Callable[[], None]

TRIES = 3  # what ends its server each time is not begun for ever
BETWEEN = 0.9  # seconds between two signs of life
AGAIN = 5  # seconds until it looks again while another server is at work
log = logging.getLogger(__name__)


class GivenUp(Exception):
    """Whoever asked no longer wants it, or another process has taken it up."""


def make_all(sign: Sign) -> None:
    """What that process does: it sleeps until it is woken, makes all there is, and comes back."""
    while not BELL.is_rung(within=1):
        sign()
    said = False
    while True:
        try:
            work(sign)
            BELL.hush()
            if not Order.objects.unfinished().exists():
                return
        except Exception:  # the database is away: to end would be to begin again at once
            if not said:
                log.exception("Large papers are not being made at the moment")
            said = True
        finally:
            connection.close()
        BELL.ring()
        for _ in range(AGAIN):
            sign()
            time.sleep(1)


def work(sign: Sign = lambda: None) -> None:
    """Make what waits, until nothing does or another server is at it."""
    while (pk := take(runner := uuid4().hex)) is not None:
        work_on(pk, runner, sign)


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


def work_on(pk: int, runner: str, sign: Sign = lambda: None) -> None:
    """Whatever becomes of it is written down; nothing is where it was given up meanwhile."""
    try:
        order = Order.objects.light().get(pk=pk)
        if order.tries > TRIES:
            _end(pk, runner, Why.BROKEN)
            return
        keep(order, runner, make(order.kind, order.asked, _signs(pk, runner, sign)))
    except (GivenUp, Order.DoesNotExist):
        return
    except (TooMuch, Endless, MemoryError):
        _end(pk, runner, Why.TOO_MUCH)
    except Changed:
        _end(pk, runner, Why.CHANGED)
    except SystemExit:
        Order.objects.put_back(pk, runner)
        raise
    except Error:
        raise
    except Exception:
        log.exception("A large paper could not be made")
        _end(pk, runner, Why.BROKEN)


def keep(order: Order, runner: str, made: bytes) -> None:
    """The finished file. Raises GivenUp where it is no longer this runner's."""
    order.result = b64encode(made).decode()
    order.seal("result")  # before the database is held: some megabytes, at leisure
    with transaction.atomic():
        if not Order.objects.done(order.pk, runner, timezone.now()):
            raise GivenUp
        order.save(update_fields=["result"])


def _end(pk: int, runner: str, why: Why) -> None:
    Order.objects.end(pk, runner, timezone.now(), why)


def _signs(pk: int, runner: str, sign: Sign) -> Callable[[int, int], None]:
    last = [0.0, -1]

    def tick(laid: int, total: int) -> None:
        now = time.monotonic()
        if now - last[0] < BETWEEN and last[1] >= 0:
            return
        last[:] = [now, laid]
        sign()
        if not Order.objects.beat(pk, runner, timezone.now(), laid, total):
            raise GivenUp

    return tick
