"""Two machines with a network of their own each, a proxy in front and one PostgreSQL behind, on one machine.

Each is a network namespace with a cable to here; the proxy runs with the configuration that we ship. Nothing is shared
but the database: no folder, no loopback.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from tests.killing import Server, database_url, free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOY = Path(settings.BASE_DIR) / "deploy"
PORT = 8000
TOOLS = ("ip", "nginx", "socat")


def can() -> bool:
    """Whether this machine can make others."""
    return os.geteuid() == 0 and all(map(shutil.which, TOOLS))


def run(words: str) -> None:
    subprocess.run(words.split(), check=True, capture_output=True)


@dataclass
class Machine:
    """`here` and `address`: the two ends of its cable."""

    number: int
    server: Server

    @property
    def name(self) -> str:
        return f"chibo{os.getpid() % 100_000}-{self.number}"

    @property
    def cable(self) -> str:
        return f"ch{os.getpid() % 100_000}-{self.number}"

    @property
    def here(self) -> str:
        return f"10.{200 + self.number}.{os.getpid() % 250}.1"

    @property
    def address(self) -> str:
        return self.here.removesuffix("1") + "2"

    @property
    def network(self) -> str:
        return self.here.removesuffix("1") + "0/30"

    def pull_the_cable(self) -> None:
        """At its own end: from here everything is as before, and nothing answers any more."""
        run(f"ip -n {self.name} link set eth0 down")


@contextmanager
def machine(number: int, folder: Path) -> Iterator[Machine]:
    """With its server running; the database is reached through the cable."""
    one = Machine(number, Server(folder, port=PORT))
    run(f"ip netns add {one.name}")
    run(f"ip route add blackhole {one.network} metric 9000")  # nothing for it ever goes elsewhere
    relay = None
    try:
        run(f"ip link add {one.cable} type veth peer name eth0 netns {one.name}")
        run(f"ip address add {one.here}/30 dev {one.cable}")
        run(f"ip link set {one.cable} up")
        for words in ("link set lo up", f"address add {one.address}/30 dev eth0", "link set eth0 up"):
            run(f"ip -n {one.name} {words}")
        words = ["socat", f"TCP-LISTEN:5432,bind={one.here},fork,reuseaddr", "TCP:127.0.0.1:5432"]
        relay = subprocess.Popen(words, process_group=0)
        one.server.within = ("ip", "netns", "exec", one.name)
        one.server.more = {
            "CHIBO_BIND": f"{one.address}:{PORT}",
            "CHIBO_TRUSTED_PROXY": "1",
            "CHIBO_FILES": "database",
            "DATABASE_URL": re.sub(r"@[^/]+/", f"@{one.here}:5432/", database_url()),
        }
        one.server.start()
        yield one
    finally:
        with suppress(ProcessLookupError):
            one.server.kill_everything()
        if relay is not None:
            os.killpg(relay.pid, signal.SIGKILL)  # with the one that it has made for each connection
            relay.wait()
        run(f"ip link delete {one.cable}")  # the other end goes with it, whatever still waits there for an answer
        run(f"ip netns delete {one.name}")
        run(f"ip route delete blackhole {one.network} metric 9000")


@contextmanager
def proxy(machines: list[Machine], folder: Path) -> Iterator[str]:
    """Our nginx.conf with two servers in it, without TLS; says in a header who has answered. Gives its address."""
    port = free_port()
    text = configuration([one.address for one in machines], port, folder)
    file = folder / "nginx.conf"
    file.write_text(text)
    process = subprocess.Popen(["nginx", "-p", str(folder), "-e", "stderr", "-c", str(file), "-g", "daemon off;"])
    try:
        for _ in range(100):
            if (folder / "nginx.pid").exists():
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def configuration(addresses: list[str], port: int, folder: Path) -> str:
    """What is shipped, with what only a real machine has taken out. Fails where the shipped one has changed so."""
    pair = (DEPLOY / "upstream-two-servers.conf").read_text()
    for shipped, address in zip(("10.0.0.11", "10.0.0.12"), addresses, strict=True):
        assert shipped in pair
        pair = pair.replace(shipped, address)
    heard = f"        listen 127.0.0.1:{port};\n        add_header X-Served-By $upstream_addr always;\n"
    kept = "".join(f"{kind}_temp_path {folder};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    changes = (
        (r"    upstream chibo \{.*?\n    \}\n", pair),
        (r"    server \{\n        listen 80;.*?\n    \}\n\n(?=    server \{)", ""),
        (r"        listen 443 ssl http2;\n", heard),
        (r"        listen \[::\]:443.*?\n", ""),
        (r"        ssl_.*?;\n", ""),
        (r"user www-data;", "user root;"),
        (r"pid .*?;", f"pid {folder}/nginx.pid;"),
        (r"include /etc/nginx/mime.types;", kept),
        (r"Host \$host;", "Host $http_host;"),
        (r"/opt/chibo/current/deploy/pages", str(DEPLOY / "pages")),
    )  # fmt: skip
    text = (DEPLOY / "nginx.conf").read_text()
    for pattern, new in changes:
        text, many = re.subn(pattern, lambda _, new=new: new, text, flags=re.DOTALL)
        assert many, pattern
    return text
