"""How the server waits for people: neither a silent connection nor a screen that listens costs a thread."""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import resource
import selectors
import socket
import struct
import sys
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn, ThreadWorker

if TYPE_CHECKING:
    from concurrent.futures import Future

    from gunicorn.http.message import Request

ARENA_MAX = -8  # M_ARENA_MAX of mallopt
ARENAS = 2
# Seconds until a thread that computes lets another one on. Whoever holds a meeting asks the database twenty times, and
# each time stands behind those who are writing pages; with Python's own five milliseconds all others wait for that.
SWITCH = 0.0005
FILES = 65536
FEW_FILES = 4096
HEARD_AT_ONCE = 65536  # bytes
LONGEST_HEAD = 65536
LONGEST_BODY = 1024 * 1024  # the longest text that a form may send has room in it; files are longer
MOST_HEARD = 64 * 1024 * 1024  # of all connections of a process together
LONG_AT_ONCE = 3  # of the eight threads
LONGEST = 300  # seconds for a file, with its answer
READS_ON = 10  # seconds in which whoever is answered has taken in something more of it
LEAVES_IN = 2  # seconds for whoever was answered for the last time to close the line
NICE = 10  # of whoever makes large papers: everybody else goes first
LIVE = "/live/"
NOTHING = b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_LIBC = ctypes.CDLL(None)
log = logging.getLogger(__name__)


class Worker(ThreadWorker):
    """Gunicorn's threads, each given to a connection only when a whole request has been heard from it.

    By itself gunicorn lets a new connection hold a thread for five seconds, and one that has begun to speak for as
    long as it likes: forty of them stop the server. Here the one thread that accepts also listens. What is too long to
    be held in memory is heard by a thread after all, by few of them at once.

    One of the workers serves nobody. It makes large papers (printing/runner.py), and lives and stops with the others.
    """

    makes = False  # large papers

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.heard: dict[TConn, Heard] = {}  # requests that are not whole
        self.held = 0  # bytes of them
        self.long: set[TConn] = set()  # that hold a thread while they speak
        self.queue: deque[TConn] = deque()  # of those
        self.leaving: dict[TConn, float] = {}  # answered for the last time; until when they may close

    def enqueue_req(self, conn: TConn) -> None:
        """New, or with the beginning of its next request already read: it waits like one that has said nothing."""
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.heard[conn] = Heard()
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))
        if conn.parser and (said := conn.parser.unreader.take_buffered()):
            self._hear(conn, said)

    def on_client_socket_readable(self, conn: TConn, client: Any) -> None:
        """The next request of a connection that was kept."""
        self.keepalived_conns.remove(conn)
        self.poller.unregister(client)
        self.enqueue_req(conn)
        self.on_pending_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: TConn, client: Any) -> None:
        """It says more."""
        try:
            said = client.recv(HEARD_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if said:
            self._hear(conn, said)
        else:
            self._let_go(conn)

    def murder_pending(self) -> None:
        """Whoever has not said it in time, and whoever says something long for too long."""
        now = time.monotonic()
        while self.pending_conns and self.pending_conns[0].timeout <= now:
            self._let_go(self.pending_conns[0])
        for conn in [one for one in self.long if one.timeout <= now]:
            with suppress(OSError):
                conn.sock.shutdown(socket.SHUT_RDWR)  # its thread finds nobody there
        for conn in [one for one, until in self.leaving.items() if until <= now]:
            self._gone(conn)

    def _hear(self, conn: TConn, said: bytes) -> None:
        """A thread for what is whole, a place among the long ones, or more patience."""
        self.held += len(said)
        whole = self.heard[conn].hear(said)
        if whole is None:
            if self.held > MOST_HEARD:
                self._let_go(max(self.heard, key=lambda one: len(self.heard[one].said)))
            return
        request = self._forget(conn)
        if conn.parser is None:
            give_up_on(conn.sock)
            conn.parser = get_parser(self.cfg, conn.sock, conn.client)
        conn.parser.unreader.unread(request)
        conn.data_ready = True
        if whole:
            super().enqueue_req(conn)
        else:
            self.queue.append(conn)
            self._next_long()

    def _next_long(self) -> None:
        while self.queue and len(self.long) < LONG_AT_ONCE:
            conn = self.queue.popleft()
            conn.timeout = time.monotonic() + LONGEST
            self.long.add(conn)
            super().enqueue_req(conn)

    def _forget(self, conn: TConn) -> bytes:
        self.poller.unregister(conn.sock)
        self.pending_conns.remove(conn)
        said = bytes(self.heard.pop(conn).said)
        self.held -= len(said)
        return said

    def _let_go(self, conn: TConn) -> None:
        self._forget(conn)
        self.nr_conns -= 1
        conn.close()

    def init_process(self) -> None:
        from meetings.live.hub import HUB

        HUB.is_served, HUB.pages = True, self.cfg.worker_connections
        sys.setswitchinterval(SWITCH)
        super().init_process()

    def run(self) -> None:
        if self.makes:
            self._make()
        else:
            super().run()

    def _make(self) -> None:
        """Until what was asked for is made. Then this process ends, and gunicorn puts a fresh one in its place."""
        from printing.runner import make_all

        for line in self.sockets:
            line.close()
        os.nice(NICE)
        make_all(self._go_on_or_end)

    def _go_on_or_end(self) -> None:
        self.notify()
        if not (self.alive and self.is_parent_alive()):
            sys.exit(0)

    def handle_request(self, req: Request, conn: TConn) -> bool:
        """A page is Django's. A stream leaves the server's care with its socket and frees the thread."""
        if not req.path.startswith(LIVE):
            return bool(super().handle_request(req, conn))
        refused = give_away(req, conn)
        if refused:
            conn.sock.sendall(NOTHING % refused)
            conn.sock.close()  # at once: gunicorn waits for the other side, in the thread that accepts
        conn.given_away = True
        return False

    def finish_request(self, conn: TConn, fs: Future[Any]) -> None:
        self.long.discard(conn)
        self._next_long()
        if getattr(conn, "given_away", False):
            self.nr_conns -= 1
        elif fs.cancelled() or fs.exception() is not None or fs.result():
            super().finish_request(conn, fs)
        else:
            self._see_off(conn)

    def _see_off(self, conn: TConn) -> None:
        """The other side closes first, so that it reads the answer to its end. Gunicorn waits for that right here, in
        the thread that accepts, two seconds for each who does not close.
        """
        self.leaving[conn] = time.monotonic() + LEAVES_IN
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_leaving_socket_readable, conn))
        except (OSError, ValueError):
            self._gone(conn)

    def on_leaving_socket_readable(self, conn: TConn, client: Any) -> None:
        """What it still says is heard and forgotten."""
        try:
            gone = not client.recv(HEARD_AT_ONCE)
        except BlockingIOError:
            return
        except OSError:
            gone = True
        if gone:
            self._gone(conn)

    def _gone(self, conn: TConn) -> None:
        self.leaving.pop(conn)
        with suppress(KeyError, ValueError):
            self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()


@dataclass(slots=True, eq=False)
class Heard:
    """The beginning of a request. `until`: bytes of the whole of it, once its head has told."""

    said: bytearray = field(default_factory=bytearray)
    until: int | None = None

    def hear(self, more: bytes) -> bool | None:
        """Whether this is all of it; None: not yet. False: no, and only a thread can hear the rest."""
        looked = max(0, len(self.said) - 3)
        self.said += more
        if self.until is None:
            end = self.said.find(b"\r\n\r\n", looked) + 4
            if end < 4:
                return None if len(self.said) < LONGEST_HEAD else False
            length = length_of(bytes(self.said[:end]))
            if length is None or length > LONGEST_BODY:
                return False
            self.until = end + length
        return True if len(self.said) >= self.until else None


def length_of(head: bytes) -> int | None:
    """Of the body, in bytes; None where the head does not tell. What is no length is left to the parser, to refuse.

    Figures without end are a length to the parser: whoever sends them is heard among the few, like any long body.
    """
    fields = [line.partition(b":") for line in head.lower().split(b"\r\n")[1:]]
    known = {name.strip(): value.strip() for name, _, value in fields}
    if b"transfer-encoding" in known or b"expect" in known:
        return None
    length = known.get(b"content-length", b"0")
    if not length.isdigit():
        return 0
    return int(length) if len(length) < 16 else None


def give_up_on(line: socket.socket, after: float = READS_ON) -> None:
    """Whoever asks and does not read holds a thread no longer than that: what cannot be written is an OSError then."""
    seconds, rest = divmod(after, 1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", int(seconds), int(rest * 1_000_000)))


def give_away(req: Request, conn: TConn) -> bytes:
    """The socket of whoever comes with a ticket goes to the hub; for anybody else the answer."""
    from meetings.live import tickets
    from meetings.live.hub import HUB

    ticket = tickets.read(req.path.removeprefix(LIVE)) if req.method == "GET" else None
    cookies = "; ".join(value for name, value in req.headers if name == "COOKIE")
    session = tickets.session_in(cookies)
    if ticket is None or not ticket.is_of(session):
        return b"403 Forbidden"
    seen = next((value for name, value in req.headers if name == "LAST-EVENT-ID"), "")
    version = seen or parse_qs(req.query).get("v", [""])[0]
    return b"" if HUB.take(conn.sock, ticket, version, session) else b"503 Service Unavailable"


def share_out(server: Any, worker: Worker) -> None:
    """Before a worker starts: pages first, and one that makes large papers where there is none."""
    worker.makes = {one.makes for one in server.WORKERS.values()} == {False}
    if worker.makes:
        worker.age = sys.maxsize  # where there are to be fewer, gunicorn ends the oldest: those with the least


def share_out_anew(server: Any) -> None:
    """All of them are about to go."""
    for worker in server.WORKERS.values():
        worker.makes, worker.age = False, 0


def warm_up() -> None:
    """Before the workers start: what each of them would otherwise read by itself, while somebody waits."""
    from django.apps import apps
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import reverse

    from documents.pdf import font_problem

    share_heaps()
    many_files()
    reverse("home")  # reads every address, and with it imports every view
    for model in apps.get_models(include_auto_created=True):
        model._meta.get_fields()  # reckons which models lead to which
    import crispy_bootstrap5

    for folder in (settings.BASE_DIR / "templates", Path(crispy_bootstrap5.__file__).parent / "templates"):
        for path in folder.rglob("*.html"):
            get_template(str(path.relative_to(folder)))
    font_problem()  # sets every Vietnamese letter once
    gc.collect()
    gc.freeze()  # what is there now stays shared: a collection in a worker would copy it


def share_heaps() -> None:
    """Otherwise each thread has a heap of its own, and keeps there what its largest PDF has once needed."""
    if hasattr(_LIBC, "mallopt"):  # glibc's
        _LIBC.mallopt(ARENA_MAX, ARENAS)


def many_files() -> None:
    """Each screen that listens is one; the machine lets a program ask for more than it is given at first."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if most == resource.RLIM_INFINITY else min(most, FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
    if wanted < FEW_FILES:
        log.warning(
            "This machine lets a process open %d files. Beyond that, screens that follow a meeting ask again and again "
            "instead of listening: raise the hard limit (LimitNOFILE of systemd, ulimit -Hn) to %d or more.",
            wanted,
            FEW_FILES,
        )


def give_back() -> None:
    """After a PDF: what it took goes back to the machine. Quick, for what the workers share was frozen."""
    gc.collect()
    if hasattr(_LIBC, "malloc_trim"):
        _LIBC.malloc_trim(0)
