"""How the server waits for people: a silent connection costs no thread, and nothing is left for the first visitor."""

from __future__ import annotations

import ctypes
import gc
import selectors
import time
from functools import partial
from pathlib import Path

from gunicorn.workers.gthread import TConn, ThreadWorker

ARENA_MAX = -8  # M_ARENA_MAX of mallopt
ARENAS = 2
_LIBC = ctypes.CDLL(None)


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


def warm_up() -> None:
    """Before the workers start: what each of them would otherwise read by itself, while somebody waits."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import get_resolver

    from documents.pdf import font_problem

    share_heaps()
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


def give_back() -> None:
    """After a PDF: what it took goes back to the machine. Quick, for what the workers share was frozen."""
    gc.collect()
    if hasattr(_LIBC, "malloc_trim"):
        _LIBC.malloc_trim(0)
