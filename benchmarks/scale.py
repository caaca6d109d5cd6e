"""What a committee's pages cost with hundreds and thousands of cells below it, and while hundreds of desks save.

    DATABASE_URL=postgres://… manage.py seed_scale --cells 200
    DATABASE_URL=postgres://… python -m benchmarks.scale --keep build/200.json
    DATABASE_URL=postgres://… python -m benchmarks.scale --beside build/200.json       on one of 2,000 cells
    DATABASE_URL=postgres://… python -m benchmarks.scale --desks 300                   desks that save meanwhile

The server is started here and asked on 127.0.0.1 alone.
"""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils import timezone

from benchmarks.server import Client, database_of, processor_time, serving, workers_of

if TYPE_CHECKING:
    from chibo.scale.build import Made

RUNS = 40


@dataclass(slots=True)
class Cost:
    """Milliseconds: by the clock, of which 95 of 100 are faster; on processors of the server and of its database."""

    queries: int
    p95: float
    server: float
    database: float
    size: int

    @property
    def processors(self) -> float:
        return self.server + self.database


def pages(made: Made, asked: str = "nông thôn mới") -> dict[str, tuple[int, str]]:
    """By name: the account that opens it, and the address."""
    from meetings.needs import NEEDS

    now = timezone.localtime()
    return {
        "home of a committee": (made.follower, "/"),
        **{f"list {key}": (made.follower, f"/needs/{key}/") for key in NEEDS},
        "list no-meeting, by name": (made.follower, "/needs/no-meeting/?cell=x%C3%A3+s%E1%BB%91+3"),
        "list short, oldest first": (made.follower, "/needs/short/?sort=old"),
        "inspections": (made.follower, "/inspections/"),
        "inspections, by name": (made.follower, "/inspections/?cell=th%C3%B4n+7"),
        "roll-up of a month": (made.follower, f"/committees/{made.top}/roll-up/{now.year}/{now.month}/"),
        "roll-up of a year": (made.follower, f"/committees/{made.top}/roll-up/{now.year}/"),
        "search": (made.follower, f"/search/?q={quote(asked)}"),
        "home of a body of 50": (made.of_body, "/"),
        "roll-up of a year, body of 50": (made.of_body, f"/committees/{made.body}/roll-up/{now.year}/"),
        "home of a cell": (made.secretary, "/"),
        "members of a cell": (made.secretary, f"/cells/{made.cell}/members/"),
        "posts of a cell": (made.secretary, f"/cells/{made.cell}/posts/"),
        "meetings of a cell": (made.secretary, f"/cells/{made.cell}/meetings/"),
        "cell as seen from above": (made.secretary, f"/cells/{made.cell}/needs/"),
    }


def sessions(accounts: set[int]) -> dict[int, str]:
    from benchmarks.world import sign_in
    from members.models import User

    return {user.pk: sign_in(user) for user in User.objects.filter(pk__in=accounts)}


def measure(port: int, pid: int, made: Made, wanted: dict[str, tuple[int, str]], runs: int) -> dict[str, Cost]:
    """All pages in turn, so that a busy moment of the machine touches each."""
    from benchmarks.measure import good, queries

    clients = {pk: Client(port, key) for pk, key in sessions({pk for pk, _ in wanted.values()}).items()}
    sizes, asked = {}, {}
    for name, (who, address) in wanted.items():
        for _ in range(4):  # every thread of both processes has its connection, and has seen each page
            good(clients[who], address)
        before = queries(port)
        sizes[name] = len(good(clients[who], address))
        asked[name] = queries(port) - before
    workers, database = workers_of(pid), database_of()
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in wanted}
    for _ in range(runs):
        for name, (who, address) in wanted.items():
            start = time.perf_counter(), processor_time(workers), processor_time(database)
            clients[who].get(address)
            end = time.perf_counter(), processor_time(workers), processor_time(database)
            taken[name].append(tuple((b - a) * 1000 for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
    found = {}
    for name, rows in taken.items():
        clock, server, data = zip(*rows, strict=True)
        p95 = quantiles(clock, n=20)[-1] if len(clock) > 1 else clock[0]
        found[name] = Cost(asked[name], p95, median(server), median(data), sizes[name])
    return found


def made_before() -> Made:
    """What seed_scale has made in this database."""
    from chibo.scale.build import Made
    from members.models import Organisation, OrganisationKind, Tenure, TenureKind, User

    top = Organisation.objects.filter(name="Đảng bộ tỉnh (số liệu đo)").order_by("pk")[0]
    body = Organisation.objects.filter(parent=top).order_by("pk")[0]
    led = Tenure.objects.filter(kind=TenureKind.SECRETARY, organisation__parent=body).order_by("pk")[0]
    kind = OrganisationKind.CELL
    if led.organisation.kind != kind:
        raise ValueError("no cell with a secretary")
    account = lambda member: User.objects.get(member=member).pk  # noqa: E731
    follows = lambda body: account(Tenure.objects.get(organisation=body, kind=TenureKind.SUPERIOR).member_id)  # noqa: E731
    return Made(top.pk, body.pk, led.organisation_id, follows(top), follows(body), account(led.member_id))


def table(found: dict[str, Cost], beside: dict[str, Cost]) -> str:
    lines = [f"{'page':<34} {'queries':>7} {'p95 ms':>7} {'server':>7} {'database':>8} {'both':>6} {'kB':>5}  beside"]
    for name, cost in found.items():
        few = beside.get(name)
        more = f"{cost.processors / few.processors:5.2f} x, {few.queries} queries" if few else ""
        figures = (
            f"{cost.queries:>7} {cost.p95:>7.0f} {cost.server:>7.1f} {cost.database:>8.1f} {cost.processors:>6.1f}"
        )
        lines.append(f"{name:<34} {figures} {cost.size / 1000:>5.0f}  {more}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    import os

    import django

    os.environ.setdefault("CHIBO_DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
    django.setup()
    parser = ArgumentParser(prog="python -m benchmarks.scale")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", default="")
    given = parser.parse_args(arguments)
    made = made_before()
    wanted = {name: page for name, page in pages(made).items() if name.startswith(given.only)}
    with serving(os.environ["DATABASE_URL"]) as (port, pid):
        found = measure(port, pid, made, wanted, given.runs)
    if given.keep:
        given.keep.write_text(json.dumps({name: asdict(cost) for name, cost in found.items()}), encoding="utf-8")
    few = json.loads(given.beside.read_text(encoding="utf-8")) if given.beside else {}
    print(table(found, {name: Cost(**cost) for name, cost in few.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
