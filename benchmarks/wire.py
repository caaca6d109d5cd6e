"""What travels: first loads, a slow line, a long evening at the desk."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from django.conf import settings

from benchmarks import measure
from benchmarks.chromium import chromium
from benchmarks.server import Client

if TYPE_CHECKING:
    from benchmarks.bench import Bench

LINE = 400_000 / 8  # bytes a second
DELAY = 400  # milliseconds


def first_load(port: int, session: str, address: str) -> tuple[int, int]:
    """Requests of somebody's first visit to this page, and the bytes that travel compressed as a browser asks.

    Not among them: what scripts ask for once the page stands (the stream of a live screen, the service worker).
    """
    client = Client(port, session)
    client.head += "Accept-Encoding: br, gzip\r\n"
    html = measure.good(client, address)
    names = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html.decode()))
    sizes = [len(measure.good(client, name)) for name in names]
    client.close()
    return 1 + len(names), len(html) + sum(sizes)


def first_loads(bench: Bench) -> None:
    """Of every kind of page: those that are measured, a live screen, a desk, the papers."""
    world, port = bench.world, bench.port
    pages = {**world.pages, "pocket": world.live.pocket, "desk of an evening": world.live.desk, "wall": world.live.wall}
    of = dict.fromkeys(("pocket", "desk of an evening", "wall"), world.live.session)
    loads = {name: first_load(port, of.get(name, world.session), page) for name, page in pages.items()}
    loads["sign-in"] = first_load(port, "", "/sign-in/")
    most = max(loads, key=lambda name: loads[name])
    heaviest = max(loads, key=lambda name: loads[name][1])
    words = f"{most}; the heaviest is {heaviest} with {loads[heaviest][1] / 1000:.1f} kB"
    bench.tell("requests of a first load", loads[most][0], words)
    bench.tell("first load of the pocket", loads["pocket"][1] / 1000, f"in {loads['pocket'][0]} requests")


def slow_line(bench: Bench) -> None:
    """In a browser, on a line of 400 kbit/s with 400 ms of delay: until the pocket listens to its meeting."""
    with ThreadPoolExecutor(1) as apart:  # Playwright keeps an event loop in its thread, which Django dislikes
        seconds, asked = apart.submit(_listens, bench.port, bench.world.live.session, bench.world.live.pocket).result()
    bench.tell("pocket at 400 kbit/s", seconds, f"until it listens, {asked} requests in all")


def _listens(port: int, session: str, address: str) -> tuple[float, int]:
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise FileNotFoundError("No Chromium is installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN")
        root = f"http://127.0.0.1:{port}"
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": root}])
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        speed = {"downloadThroughput": LINE, "uploadThroughput": LINE}
        line.send("Network.emulateNetworkConditions", {"offline": False, "latency": DELAY, **speed})
        began = time.perf_counter()
        with page.expect_response(lambda answer: "/live/" in answer.url and "/meetings/" not in answer.url):
            page.goto(root + address, wait_until="commit")
        seconds = time.perf_counter() - began
        browser.close()
    return seconds, len(asked)


def long_desk(bench: Bench) -> None:
    """An item on which 400 remarks of a page each were written down."""
    session, address = bench.world.long_desk
    client = Client(bench.port, session)
    size = len(measure.good(client, address))
    bare = f"/bare/page/{size}/"
    measure.good(client, bare)
    works = {"ours": lambda: client.get(address), "bare": lambda: client.get(bare)}
    taken = measure.in_turn(bench.runs(15), works, measure.processors(bench.pid))
    bench.tell("desk with 400 remarks, weight", size / 1000, "before it is compressed")
    words = f"beside {taken['bare']:.2f} ms."
    bench.tell("desk with 400 remarks, time", taken["ours"], words, times=taken["ours"] / taken["bare"])
