"""How the program is served: a few threads in two processes, and one that makes large papers; connections outlive a
pause in typing.
"""

import os
from typing import Any

port = os.environ.get("PORT", "") or "8000"

bind = os.environ.get("CHIBO_BIND", "") or f"127.0.0.1:{port}"
wsgi_app = "chibo.wsgi:application"
worker_class = "chibo.serving.Worker"
workers = int(os.environ.get("WEB_CONCURRENCY", "") or 2) + 1  # the last one makes large papers
threads = 8
# Longer than a proxy keeps its side open: otherwise a request can meet a connection that is just closing.
keepalive = 75
timeout = 60
graceful_timeout = 15
# The program is read once and shared by the workers.
preload_app = True
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    from chibo.serving import warm_up

    warm_up()
    print(f"\n  Chibo: http://{bind}   (Ctrl-C stops it)\n", flush=True)


def pre_fork(server: Any, worker: Any) -> None:
    from chibo.serving import share_out

    share_out(server, worker)


def on_reload(server: Any) -> None:
    from chibo.serving import share_out_anew

    share_out_anew(server)


def post_request(worker: Any, req: Any, environ: Any, resp: Any) -> None:
    from chibo.serving import give_back

    if req.path.endswith(".pdf"):
        give_back()
