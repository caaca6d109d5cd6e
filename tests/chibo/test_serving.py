"""Slow and silent clients cost a connection, not a thread."""

from __future__ import annotations

import selectors
import socket
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING

import pytest
from gunicorn.config import Config

from chibo.serving import (
    LEAVES_IN,
    LONGEST_BODY,
    LONGEST_HEAD,
    Heard,
    Worker,
    give_up_on,
    share_out,
    share_out_anew,
)
from tests.killing import Server
from tests.sample import only_long

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %d\r\n\r\n"
PAGE = b"GET /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        (PAGE, True),
        (PAGE[:-1], None),
        (PAGE + PAGE[:9], True),
        (HEAD % 3 + b"a=", None),
        (HEAD % 3 + b"a=b", True),
        (HEAD % (LONGEST_BODY + 1) + b"a=b", False),
        (b"GET / HTTP/1.1\r\nX: " + b"x" * LONGEST_HEAD, False),
        (HEAD.replace(b"Content-Length: %d", b"Transfer-Encoding: chunked"), False),
        (HEAD.replace(b"%d", b"3\r\nExpect: 100-continue"), False),
        (HEAD.replace(b"%d", b"three"), True),
        (HEAD.replace(b"%d", b"9" * 16), False),
        (HEAD.replace(b"%d", b"0" * 20 + b"3"), False),
        (HEAD.replace(b"%d", b"9" * 5000), False),
    ],
)
def test_a_thread_is_given_to_what_is_whole_or_cannot_be_waited_for(said: bytes, whole: bool | None) -> None:
    assert Heard().hear(said) is whole
    one, found = Heard(), None
    for at in range(0, len(said), 4099):  # the end of the head in two pieces as well
        found = one.hear(said[at : at + 4099])
        if found is not None:
            break
    assert found is whole


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    one.start()
    yield one
    one.stop()


def connect(server: Server, said: bytes) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
    line.sendall(said)
    return line


def status_of(line: socket.socket) -> bytes:
    """An answer to its end, its first line; the connection is kept."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += line.recv(65536) or b"(closed)\r\n\r\n"
    head, _, body = received.partition(b"\r\n\r\n")
    known = dict(one.lower().split(b": ", 1) for one in head.split(b"\r\n")[1:])
    missing = int(known.get(b"content-length", b"0")) - len(body)
    while missing > 0:
        missing -= len(line.recv(missing))
    return head.split(b"\r\n")[0]


@only_long
@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_five_hundred_who_say_nothing_half_or_too_much_keep_nobody_waiting(server: Server) -> None:
    kept = connect(server, PAGE)
    assert status_of(kept).endswith(b"200 OK")
    kept.sendall(PAGE[:-2])  # and its next request is half said
    begun = [b"", PAGE[:20], PAGE[:-2], HEAD % 100 + b"a=", HEAD % (50 * LONGEST_BODY) + b"a="]
    crowd = [connect(server, begun[number % 5]) for number in range(500)]
    time.sleep(1)
    began, answers, longest = time.monotonic(), set(), 0.0
    for _ in range(20):
        asked = time.monotonic()
        with connect(server, PAGE) as line:
            answers.add(status_of(line))
        longest = max(longest, time.monotonic() - asked)
    print(
        f"\n500 slow connections: 20 pages in {time.monotonic() - began:.1f} s, the slowest in {longest * 1000:.0f} ms"
    )
    assert answers == {b"HTTP/1.1 200 OK"}
    assert longest < 5  # each of them alone would hold a thread for minutes
    for line, rest in ((kept, PAGE[-2:]), (crowd[0], PAGE), (crowd[1], PAGE[20:]), (crowd[2], PAGE[-2:])):
        line.sendall(rest)
        assert status_of(line).endswith(b"200 OK")
    crowd[3].sendall(b"b" * 98)
    assert status_of(crowd[3]).endswith(b"403 Forbidden")  # it came from no page of ours
    for line in (kept, *crowd):
        line.close()


def test_an_answer_that_nobody_reads_is_given_up() -> None:
    one, other = socket.socketpair()
    with one, other:
        give_up_on(one, after=0.05)
        one.setblocking(True)
        began = time.monotonic()
        with pytest.raises(BlockingIOError):
            one.sendall(b"x" * 4 * LONGEST_BODY)
        assert time.monotonic() - began < 5


class Leaving:
    """A connection whose last answer was written, with the other end of its line."""

    def __init__(self) -> None:
        self.sock, self.other = socket.socketpair()

    def close(self) -> None:
        self.sock.close()


def answered(worker: Worker) -> Leaving:
    conn, done = Leaving(), Future[bool]()
    done.set_result(False)
    worker.nr_conns += 1
    conn.sock.sendall(b"answer")
    worker.finish_request(conn, done)
    return conn


def test_whoever_was_answered_and_does_not_close_keeps_nobody_waiting() -> None:
    worker = Worker(0, 0, [], None, 0, Config(), None)
    worker.poller = selectors.DefaultSelector()
    began = time.monotonic()
    silent, polite, talking = (answered(worker) for _ in range(3))
    assert time.monotonic() - began < LEAVES_IN / 2  # gunicorn waits so long for each of them
    polite.other.close()
    talking.other.sendall(b"more")
    for key, _ in worker.poller.select(0):
        key.data(key.fileobj)
    assert (set(worker.leaving), worker.nr_conns) == ({silent, talking}, 2)
    assert silent.other.recv(9) == b"answer"
    worker.murder_pending()
    assert worker.nr_conns == 2
    worker.leaving = dict.fromkeys(worker.leaving, 0.0)
    worker.murder_pending()
    assert (worker.leaving, worker.nr_conns, dict(worker.poller.get_map())) == ({}, 0, {})
    worker.poller.close()
    for one in (silent, talking):
        one.other.close()


class Master:
    """Gunicorn's, as far as it hands out work."""

    def __init__(self) -> None:
        self.WORKERS: dict[int, Worker] = {}
        self.age = 0

    def start(self, many: int) -> list[bool]:
        """Whether each of them makes large papers."""
        begun = []
        for _ in range(many):
            self.age += 1
            worker = Worker(self.age, 0, [], None, 0, Config(), None)
            share_out(self, worker)
            self.WORKERS[self.age] = worker
            begun.append(worker.makes)
        return begun

    def end_the_oldest(self, many: int) -> list[int]:
        gone = sorted(self.WORKERS, key=lambda pid: self.WORKERS[pid].age)[:many]
        for pid in gone:
            del self.WORKERS[pid]
        return gone


def test_one_worker_makes_large_papers_and_the_others_serve_pages_whoever_is_killed() -> None:
    master = Master()
    assert master.start(3) == [False, True, False]
    for gone, come in (([1], [False]), ([2], [True]), ([3, 5], [True, False]), ([4, 6, 7], [False, True, False])):
        for pid in gone:
            del master.WORKERS[pid]
        assert master.start(len(come)) == come
    assert master.end_the_oldest(1) == [8]  # one less is to serve
    assert [worker.makes for worker in master.WORKERS.values()] == [True, False]


def test_a_reload_begins_with_one_of_each_kind_and_ends_the_old_ones() -> None:
    master = Master()
    master.start(3)
    for first in (4, 7):
        share_out_anew(master)
        assert master.start(3) == [True, False, False]
        assert master.end_the_oldest(3) == [first - 3, first - 2, first - 1]


def test_alone_it_serves_pages() -> None:
    assert Master().start(1) == [False]
