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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from threading import Barrier
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils import timezone

from benchmarks.server import Client, database_of, processor_time, serving, workers_of

if TYPE_CHECKING:
    from benchmarks.bench import Bench
    from chibo.scale.build import Made

RUNS = 40
CELLS = 200  # of the part of `make bench`
EVERY = 5  # seconds between two savings of a desk
MOST_DESKS = 1000
#: What `make bench` looks at, with a bar each: "200 cells: …".
DEAREST = ("home of a committee", "list scores", "inspections", "roll-up of a month", "roll-up of a year")


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
    workers = workers_of(pid)
    taken: dict[str, list[tuple[float, float, float]]] = {name: [] for name in wanted}
    for _ in range(runs):
        database = database_of()  # a connection lives for a minute
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


def part(bench: Bench) -> None:
    """A province of two hundred cells in the bench's own database, and the dearest page of each sort."""
    from chibo.scale.build import build, know_sizes

    few = bench.runs(CELLS, 2)
    made = build(cells=few, members=bench.runs(20, 3), years=bench.runs(3, 1), now=timezone.now(), tell=lambda _: None)
    know_sizes()
    wanted = {name: page for name, page in pages(made).items() if name in DEAREST}
    found = measure(bench.port, bench.pid, made, wanted, bench.runs(15))
    for name, cost in found.items():
        words = f"{cost.server:.1f} and {cost.database:.1f} of the database, {cost.queries} queries"
        bench.tell(f"200 cells: {name}", cost.processors, words)


def save_from_desks(port: int, desks: int, seconds: float) -> list[float]:
    """Milliseconds of every saving: each desk at a remark of its own in a meeting that is on, every five seconds, with
    the revision that the last answer has named. They begin once all of them are there.
    """
    from benchmarks.measure import save
    from meetings.lifecycle import State
    from meetings.models import Remark

    rows = Remark.objects.filter(meeting__state=State.OPEN).order_by("pk")
    chosen = [(row.pk, row.entered_by_id) for row in rows[: min(desks, MOST_DESKS)]]
    if len(chosen) < desks:
        raise ValueError(f"only {len(chosen)} remarks are being written")
    keys = sessions({who for _, who in chosen})
    taken, started = list[float](), list[float]()
    all_there = Barrier(desks, action=lambda: started.append(time.perf_counter() + 1))

    def sit(number: int) -> None:
        remark, who = chosen[number]
        client = Client(port, keys[who])
        rev = save(client, remark, "…", -1)
        all_there.wait(60)
        due = started[0] + EVERY * number / desks
        while due < started[0] + seconds:
            time.sleep(max(0.0, due - time.perf_counter()))
            began = time.perf_counter()
            rev = save(client, remark, f"Chi bộ thống nhất, lần {due:.2f}", rev)
            taken.append((time.perf_counter() - began) * 1000)
            due += EVERY

    with ThreadPoolExecutor(desks) as pool:
        list(pool.map(sit, range(desks)))
    return taken


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


def desks(url: str, many: int, seconds: float) -> int:
    with serving(url) as (port, pid):
        Client(port).get("/sign-in/")  # from here on the workers are there
        workers = workers_of(pid)
        before = processor_time(workers)
        taken = save_from_desks(port, many, seconds)
        spent = (processor_time(workers) - before) * 1000 / len(taken)
    middle, most = median(taken), quantiles(taken, n=20)[-1]
    print(
        f"{many} desks, {len(taken)} savings in {seconds:.0f} s: median {middle:.0f}, p95 {most:.0f} ms by the clock,"
    )
    print(f"{spent:.1f} ms on processors of the server each")
    return 0


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
    parser.add_argument("--desks", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args(arguments)
    if given.desks:
        return desks(os.environ["DATABASE_URL"], given.desks, given.seconds)
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
