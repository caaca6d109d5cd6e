"""The process that makes large papers comes and goes by itself; whatever is killed, what was ordered is made."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.conf import settings
from django.utils import timezone

from benchmarks.server import Client, serving_pages, workers_of
from documents.large import Wanted
from documents.model import Document, Title, para
from printing.actions import ask_paper
from printing.models import SILENT, Order, State
from tests.killing import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client as Browser

    from tests.conftest import Cast

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server's processes in /proc"),
]
Found = TypeVar("Found")
PATIENCE = 120  # seconds: whoever makes papers lets everybody else on the machine go first


def paper(number: int, length: int) -> Document:
    words = (para(f"Nêu gương {number}. " * 50) for _ in range(length))
    return Document(f"dai-{number}", "Văn bản dài", date(2026, 12, 5), (Title("BÁO CÁO"), *words))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    yield one
    one.stop()


@pytest.fixture
def order(cast: Cast) -> Callable[..., Order]:
    """Lan has asked for a paper of many pages."""

    def asked(number: int = 1, length: int = 300) -> Order:
        wanted = Wanted(paper(number, length), None, "pdf", download=False)
        return ask_paper(wanted, "/", by=cast.account(cast.lan), at=timezone.now())

    return asked


def until(found: Callable[[], Found]) -> Found:
    end = time.monotonic() + PATIENCE
    while not (one := found()):
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.05)
    return one


def maker(server: Server) -> int:
    """The process that makes large papers."""
    assert server.process is not None
    pid = server.process.pid
    (one,) = until(lambda: {*workers_of(pid)} - {*serving_pages(pid)} if len(workers_of(pid)) == 3 else set())
    return one


def sleeping(server: Server) -> int:
    """The same, once it has looked and its place is taken by one that waits to be woken."""
    while True:
        one = maker(server)
        time.sleep(1)
        if maker(server) == one:
            return one


def is_there(pid: int) -> bool:
    with suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return False


def children(pid: int) -> list[int]:
    with suppress(OSError):
        return workers_of(pid)
    return []


def state(of: Order) -> str:
    return Order.objects.values_list("state", flat=True).get(pk=of.pk)


def is_running(of: Order) -> bool:
    """And some pages are laid out."""
    return Order.objects.filter(pk=of.pk, state=State.RUNNING, laid__gt=0).exists()


def made(of: Order) -> bytes:
    until(lambda: state(of) == State.DONE)
    return Order.objects.get(pk=of.pk).result[:8].encode()


PDF = b"JVBERi0x"  # "%PDF-1" in base64


def silent(of: Order) -> None:
    """As if whoever worked on it had said nothing for long."""
    Order.objects.filter(pk=of.pk).update(beat_at=timezone.now() - SILENT - timedelta(seconds=1))


def test_it_makes_what_was_asked_for_and_ends_and_its_memory_goes_with_it(
    server: Server, order: Callable[..., Order], cast: Cast, as_user: Callable[..., Browser]
) -> None:
    server.start()
    first = sleeping(server)
    page = Client(server.port, as_user(cast.lan).cookies[settings.SESSION_COOKIE_NAME].value)
    one, other = order(1), order(2, 1)
    assert server.process is not None
    pages = serving_pages(server.process.pid)
    assert page.get(f"/printing/{one.pk}/").status == 200  # wakes it
    (child,) = until(lambda: children(first))
    assert os.getpriority(os.PRIO_PROCESS, first) == os.getpriority(os.PRIO_PROCESS, child) == 10
    assert (made(one), made(other), Order.objects.get(pk=one.pk).tries) == (PDF, PDF, 1)
    until(lambda: not is_there(first))
    assert (maker(server) != first, serving_pages(server.process.pid)) == (True, pages)


def test_a_worker_that_is_killed_takes_nothing_with_it(server: Server, order: Callable[..., Order]) -> None:
    one = order()
    server.start()  # which finds it
    until(lambda: is_running(one))
    first = maker(server)
    server.kill_a_worker()
    assert (made(one), Order.objects.get(pk=one.pk).tries) == (PDF, 1)
    until(lambda: not is_there(first))


def test_a_paper_goes_on_after_the_process_that_made_it_was_killed(
    server: Server, order: Callable[..., Order], cast: Cast, as_user: Callable[..., Browser]
) -> None:
    one = order()
    server.start()
    until(lambda: is_running(one))
    first = maker(server)
    (child,) = until(lambda: children(first))
    os.kill(first, signal.SIGKILL)
    until(lambda: not is_there(first))
    silent(one)
    page = Client(server.port, as_user(cast.lan).cookies[settings.SESSION_COOKIE_NAME].value)
    assert page.get(f"/printing/{one.pk}/").status == 200
    assert (made(one), Order.objects.get(pk=one.pk).tries) == (PDF, 2)
    until(lambda: not is_there(child))


@pytest.mark.in_turn
def test_nobody_has_to_ask_for_it_again(server: Server, order: Callable[..., Order]) -> None:
    one = order()
    server.start()
    until(lambda: is_running(one))
    first = maker(server)
    os.kill(first, signal.SIGKILL)
    assert (made(one), Order.objects.get(pk=one.pk).tries) == (PDF, 2)


@pytest.mark.parametrize("how", ["told to", "by Ctrl-C"])
def test_a_server_that_stops_lays_it_aside_and_the_next_goes_on_at_once(
    server: Server, order: Callable[..., Order], how: str
) -> None:
    one = order()
    server.start()
    until(lambda: is_running(one))
    first = maker(server)
    (child,) = until(lambda: children(first))
    began = time.monotonic()
    if how == "by Ctrl-C" and server.process is not None:
        os.killpg(server.process.pid, signal.SIGINT)  # to all of them at once
        server.process.wait(30)
    server.stop()
    assert time.monotonic() - began < 10
    row = Order.objects.get(pk=one.pk)
    assert (row.state, row.slot, row.runner, row.tries) == (State.WAITING, None, "", 0)
    assert [is_there(pid) for pid in (first, child)] == [False, False]
    server.start()
    assert (made(one), Order.objects.get(pk=one.pk).tries) == (PDF, 1)


@pytest.mark.parametrize("stroke", ["everything", "the master alone"])
def test_after_a_power_cut_the_next_server_goes_on(server: Server, order: Callable[..., Order], stroke: str) -> None:
    one = order()
    server.start()
    until(lambda: is_running(one))
    first = maker(server)
    (child,) = until(lambda: children(first))
    if stroke == "everything":
        server.kill_everything()
    else:
        assert server.process is not None
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
    until(lambda: not is_there(first) and not is_there(child))
    if state(one) == State.RUNNING:
        silent(one)
    server.start()
    assert made(one) == PDF


def test_servers_beside_one_database_make_a_paper_once_and_reloaded_ones_as_well(
    server: Server, order: Callable[..., Order], tmp_path: Path
) -> None:
    beside, one, other = Server(tmp_path), order(1), order(2)
    try:
        for each in (server, beside):
            each.start()
        assert server.process is not None
        until(lambda: is_running(one))
        assert Order.objects.filter(state=State.RUNNING).count() == 1
        before = workers_of(server.process.pid)
        os.kill(server.process.pid, signal.SIGHUP)
        until(lambda: not {*before} & {*workers_of(server.process.pid)} if server.process else True)
        fresh = maker(server)
        assert [made(each) for each in (one, other)] == [PDF, PDF]
        assert {row.tries for row in Order.objects.all()} == {1}
        until(lambda: maker(server) == fresh or not is_there(fresh))
        assert len(serving_pages(server.process.pid)) == 2
    finally:
        beside.stop()
