"""What large papers cost: a book of 200 pages beside people at work, and single papers beside the bare thing."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import quantiles
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from django.core.cache import caches
from django.utils import timezone
from weasyprint import HTML

from benchmarks.measure import good, in_turn
from benchmarks.server import Client, memory_of, workers_of
from benchmarks.world import fill_year
from documents.apart import apart
from documents.docx import write
from documents.fit import Fit
from documents.fit import pages as reckon
from documents.html import to_html
from documents.joined import page_count
from documents.model import Document, Paragraph, from_json, para
from documents.pdf import _pages
from meetings.models import Minutes
from printing.models import Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.bench import Bench

T = TypeVar("T")
PAPERS, PAGES = 40, 5  # of each
BETWEEN = 0.03  # seconds between two pages that somebody opens meanwhile
ASKS = 0.2  # seconds until somebody looks how far it is


def year_book(bench: Bench) -> None:
    """First of papers that nobody has printed: each is laid out. Then of the same, as a cell has them by January. Then
    again as at first, for the memory alone: to look at a process's memory stops it for some milliseconds, and with it
    the pages that it is writing.
    """
    mark = timezone.now().isoformat()
    papers = [long_minutes(PAGES, f"{mark} {number}") for number in range(bench.runs(PAPERS, 3))]
    address = fill_year(papers)
    bare = len(papers) * in_turn(1, {"bare": lambda: _bare(to_html(papers[0]))})["bare"] / 1000
    before = _opened(bench, 4 if not bench.quick else 1)
    taken, during = _beside(bench, address, _until)
    words = f"by the clock; {bare:.1f} of WeasyPrint alone."
    bench.tell("year's book, nothing printed before", taken, words, times=taken / bare)
    Order.objects.all().delete()
    start = time.perf_counter()
    data = _made(bench, address)
    words = f"{page_count(data)} pages, {len(data) / 1e6:.1f} MB, by the clock"
    bench.tell("year's book of 200 pages", time.perf_counter() - start, words)
    ratio = _p95(during) / _p95(before)
    words = f"{_p95(during):6.1f} beside {_p95(before):5.1f} ms, {len(during)} pages"
    bench.tell("other pages meanwhile, the slowest of 20", ratio, words)
    Order.objects.all().delete()
    caches["papers"].clear()
    _, most = _beside(bench, address, _memory)
    bench.tell("memory while a year's book is made", most, "of all its processes")


def _beside(bench: Bench, address: str, look: Callable[[Bench, Event], T]) -> tuple[float, T]:
    """The seconds that the book takes, and what was seen meanwhile."""
    over = Event()
    with ThreadPoolExecutor(1) as pool:
        seen = pool.submit(look, bench, over)
        start = time.perf_counter()
        try:
            _made(bench, address)
        finally:
            over.set()
        return time.perf_counter() - start, seen.result()


def _made(bench: Bench, address: str) -> bytes:
    """As a browser does it."""
    client = Client(bench.port, bench.world.session)
    answer = client.post(address, {})
    while answer.status == 302:
        waiting = answer.headers["location"]
        if waiting.endswith("/book/"):
            raise ValueError("the book of the cell is not whole")
        while b"/give-up/" in (page := good(client, waiting)):
            time.sleep(ASKS)
        if b".pdf" not in page:
            raise ValueError("the year's book was not made")
        answer = client.get(address)
    if answer.status != 200:
        raise ValueError(f"the year's book answers {answer.status}")
    return answer.body


def _opened(bench: Bench, seconds: float) -> list[float]:
    """Milliseconds of pages that somebody opens."""
    over = Event()
    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(_until, bench, over)
        time.sleep(seconds)
        over.set()
    return taken.result()


def _until(bench: Bench, over: Event) -> list[float]:
    client, taken = Client(bench.port, bench.world.session), []
    pages = [bench.world.pages[name] for name in ("home", "list", "called meeting", "tasks")]
    for page in pages:
        good(client, page)
    while not over.is_set():
        for page in pages:
            start = time.perf_counter()
            good(client, page)
            taken.append((time.perf_counter() - start) * 1000)
            time.sleep(BETWEEN)
    return taken


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def _memory(bench: Bench, over: Event) -> float:
    """MiB of the server, its workers and their children, at most."""
    most = 0.0
    while not over.wait(0.1):
        workers = workers_of(bench.pid)
        try:
            most = max(most, memory_of([bench.pid, *workers, *(child for one in workers for child in _children(one))]))
        except (FileNotFoundError, ProcessLookupError):  # a child has ended meanwhile
            continue
    return most


def _children(pid: int) -> list[int]:
    """Each thread has its own."""
    found = [path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for some in found for child in some]


def papers(bench: Bench) -> None:
    """Five pages, in this process: nothing of the server is in it but the child."""
    document = long_minutes(PAGES, timezone.now().isoformat())
    page = to_html(document)
    _pages(document, None)
    taken = in_turn(
        bench.runs(9),
        {
            "docx": lambda: write(document),
            "ours": lambda: apart(_pages, document, None),
            "bare": lambda: _bare(page),
        },
    )
    bench.tell("Word file of five pages", taken["docx"], "by the clock")
    words = f"{taken['ours']:6.1f} beside {taken['bare']:5.1f} ms of WeasyPrint alone"
    bench.tell("minutes as PDF", taken["ours"] / taken["bare"], words)


def _bare(page: str) -> bytes:
    written: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/a-2a")
    return written


def long_minutes(pages: int, mark: str) -> Document:
    """The demonstration's minutes, with what is said in them often enough for so many pages."""
    given = from_json(Minutes.objects.exclude(document="").order_by("pk")[0].document)
    *start, end = given.blocks
    said = [block for block in start if isinstance(block, Paragraph)][:8]
    made = given
    while reckon(made, Fit(made.style()))[0] < pages:
        start += said
        made = replace(given, blocks=(*start, para(mark), end))
    return made
