"""The measuring: pages through the whole stack in turn with the bare ones, papers, the first page, sign-in, saving."""

from __future__ import annotations

import gzip
import re
import time
from statistics import median
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from benchmarks import bare, world
from documents.html import to_html
from documents.pdf import to_pdf
from meetings.actions.minutes import paper_of
from meetings.models import Meeting, Remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import User

Row = tuple[str, str, str]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="members.accounts.Backend")
    return client


def in_turn(runs: int, *works: Callable[[], object]) -> list[float]:
    """Median milliseconds of each, taken A B C A B C … so that a noisy moment touches all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(runs):
        for work, taken in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            taken.append((time.perf_counter() - start) * 1000)
    return [median(taken) for taken in times]


def judged(value: float, limit: float) -> str:
    return "ok" if value <= limit else f"ABOVE {limit:g}"


def page(client: Client, address: str, runs: int) -> tuple[int, int, list[float]]:
    """Queries, bytes, and the milliseconds of our page, of the bare one, and of the bare one with our queries."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        answer = client.get(address)
    if answer.status_code != 200:
        raise ValueError(f"{address} answers {answer.status_code}")
    sent = [query["sql"] for query in caught.captured_queries]
    bare.size = len(answer.content) - 60
    # The first two are session and account, which the bare page sends by itself.
    bare.statements = [sql for sql in sent[2:] if sql.startswith("SELECT")]
    work = (lambda: client.get(address), lambda: client.get("/bare/text/"), lambda: client.get("/bare/queries/"))
    return len(sent), len(answer.content), in_turn(runs, *work)


def pages(user: User, addresses: dict[str, str], runs: int, shelves: tuple[int, int]) -> list[Row]:
    """Each page with a short and a long shelf of meetings."""
    client, rows = signed_in(user), []
    short: dict[str, float] = {}
    for meetings in shelves:
        world.fill(meetings)
        for name, address in addresses.items():
            queries, size, (ours, text, same) = page(client, address, runs)
            flat = f", {ours / short[name]:.2f} x the short shelf" if name in short else ""
            short.setdefault(name, ours)
            figures = (
                f"{queries} queries, {size / 1000:.1f} kB, {ours:.1f} ms{flat}; bare {text:.1f} ms (ratio "
                f"{ours / text:.1f}), bare with our queries {same:.1f} ms (ratio {ours / same:.1f})"
            )
            verdict = f"queries {judged(queries, 8)}; ratio {judged(ours / text, 1.5)}"
            rows.append((f"{name}, {meetings} meetings", figures, verdict))
    return rows


def paper(runs: int) -> Row:
    """The sample minutes beside WeasyPrint alone on the same HTML."""
    meeting = Meeting.objects.with_people().get(kind="thematic")
    document = paper_of(meeting)
    html = to_html(document)
    ours, alone = in_turn(
        runs,
        lambda: to_pdf(document),
        lambda: HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=())).write_pdf(pdf_variant="pdf/ua-1"),
    )
    figures = f"{ours:.0f} ms; WeasyPrint alone {alone:.0f} ms (ratio {ours / alone:.2f})"
    return ("minutes as PDF", figures, judged(ours / alone, 1.2))


def first_page() -> Row:
    """The sign-in page with everything it asks for, each file compressed as it travels."""
    html = Client().get("/sign-in/").content.decode()
    total = len(html.encode())
    for name in re.findall(r'(?:href|src)="/static/([^"]+)"', html):
        found = finders.find(name)
        if not isinstance(found, str):
            raise ValueError(f"{name} is not a static file")
        with open(found, "rb") as file:
            total += len(gzip.compress(file.read(), 9))
    return ("first page, everything included", f"{total / 1000:.1f} kB (gzip)", judged(total, 100_000))


def sign_in(runs: int) -> Row:
    (taken,) = in_turn(runs, lambda: make_password("bốn từ tiếng Việt"))
    return ("one password hash", f"{taken:.1f} ms, {2000 / taken:.0f} a second on two cores", "")


def saving(user: User, runs: int) -> Row:
    """One autosave of a remark through the whole stack, each a change with its own event."""
    client, remark = signed_in(user), Remark.objects.filter(meeting__kind="thematic").first()
    if remark is None:
        raise ValueError("no remark to save")
    number = iter(range(10**6))

    def save() -> None:
        remark.refresh_from_db(fields=["rev"])
        data = {"awareness": f"bản {next(number)}", "base": remark.rev}
        answer = client.post(f"/write/remark/{remark.pk}/", data, headers={"Accept": "application/json"})
        if answer.status_code != 200:
            raise ValueError(f"saving answers {answer.status_code}")

    (taken,) = in_turn(runs, save)
    return ("one autosave", f"{taken:.1f} ms", "")
