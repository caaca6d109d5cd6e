"""How the server waits for people: neither a silent connection nor a screen that listens costs a thread."""

from __future__ import annotations

import ctypes
import gc
import logging
import resource
import selectors
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

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
LIVE = "/live/"
NOTHING = b"HTTP/1.1 %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_LIBC = ctypes.CDLL(None)
log = logging.getLogger(__name__)


class Worker(ThreadWorker):
    """Gunicorn's threads, each given to a connection only when that has said something.

    By itself gunicorn lets every new connection hold a thread for five seconds: forty silent ones stop the server.
    """

    def enqueue_req(self, conn: TConn) -> None:
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def init_process(self) -> None:
        from meetings.live.hub import HUB

        HUB.is_served, HUB.pages = True, self.cfg.worker_connections
        sys.setswitchinterval(SWITCH)
        super().init_process()

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
        if getattr(conn, "given_away", False):
            self.nr_conns -= 1
        else:
            super().finish_request(conn, fs)


def give_away(req: Request, conn: TConn) -> bytes:
    """The socket of whoever comes with a ticket goes to the hub; for anybody else the answer."""
    from meetings.live import tickets
    from meetings.live.hub import HUB

    ticket = tickets.read(req.path.removeprefix(LIVE)) if req.method == "GET" else None
    cookies = "; ".join(value for name, value in req.headers if name == "COOKIE")
    if ticket is None or not ticket.is_of(cookies):
        return b"403 Forbidden"
    seen = next((value for name, value in req.headers if name == "LAST-EVENT-ID"), "")
    version = seen or parse_qs(req.query).get("v", [""])[0]
    return b"" if HUB.take(conn.sock, ticket, version) else b"503 Service Unavailable"


def warm_up() -> None:
    """Before the workers start: what each of them would otherwise read by itself, while somebody waits."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import get_resolver

    from documents.pdf import font_problem

    share_heaps()
    many_files()
    assert get_resolver().url_patterns  # noqa: S101 (reading them imports every view)
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
