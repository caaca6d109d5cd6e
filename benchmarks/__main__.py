"""`python -m benchmarks [--quick]`: a database and a server of its own, a table, and an error when a bar is broken."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.world import World


def main() -> int:
    os.environ.setdefault("CHIBO_DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
    import django
    from django.test.utils import get_runner, setup_test_environment, teardown_test_environment

    django.setup()
    from django.conf import settings
    from django.db import connection

    setup_test_environment(debug=False)
    ours = settings.DATABASES["default"]
    name = ours["NAME"] if connection.vendor == "postgresql" else ""
    test = f"bench_{name}_{os.getpid()}" if name else str(settings.BUILD / f"bench-{os.getpid()}.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = test
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{test}" if name else f"sqlite:///{test}"
    try:
        return report(url, connection.vendor, quick="--quick" in sys.argv)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


def report(url: str, database: str, *, quick: bool) -> int:
    """Print each figure as it comes, then what is broken; 1 when something is."""
    from benchmarks import bars, world

    began = time.perf_counter()
    print(
        f"Chibo on {database}: milliseconds of processor time for one client, median; the bare page has as many bytes\n"
    )
    figures = measured(url, world.prepare(), quick=quick)
    found = bars.broken(figures, database)
    print(f"\n{time.perf_counter() - began:.0f} seconds.", *found or ["Every bar holds."], sep="\n  ")
    return 1 if found else 0


def measured(url: str, world: World, *, quick: bool) -> dict[str, float]:
    from benchmarks import live, measure
    from benchmarks.server import Client, serving
    from benchmarks.world import fill_shelf, grow_tree, know_sizes

    runs, figures = (5, {}) if quick else (60, {})

    def tell(name: str, value: float, words: str = "") -> None:
        from benchmarks.bars import BARS

        bar = BARS.get(name)
        figures[name] = value
        verdict = "" if bar is None else f"   bar: {bar}{'' if bar.holds(value) else '   BROKEN'}"
        print(f"{name:<40} {value:8.2f} {bar.unit if bar else '':<4} {words}{verdict}", flush=True)

    with serving(url) as (port, pid):
        started = measure.in_turn(1, {"first": lambda: Client(port, world.session).get(world.pages["home"])})
        tell("first request of a fresh server", started["first"])
        loads = {name: measure.first_load(port, world.session, page) for name, page in world.pages.items()}
        most = max(loads, key=lambda name: loads[name])
        tell("requests of a first load", loads[most][0], f"{most}, {loads[most][1] / 1000:.1f} kB")
        for name, (ours, bare, size) in measure.pages(port, pid, world, runs).items():
            tell(name, ours / bare, f"{ours:6.2f} beside {bare:5.2f} ms, {size / 1000:.1f} kB")
        ours, bare = measure.saving(port, pid, world, runs)
        tell("autosave", ours / bare, f"{ours:6.2f} beside {bare:5.2f} ms")
        ours, bare = measure.saving_together(port, world, 0.5 if quick else 4)
        tell("autosaves beside bare ones, 8 clients", ours / bare, f"{ours:.0f} beside {bare:.0f} a second")
        again, bare = measure.again(port, pid, world, runs)
        tell("sealed PDF, again", again / bare, f"{again:6.2f} beside {bare:5.2f} ms")
        for name, (small, large) in world.sizes.items():
            few, many = measure.two_sizes(port, pid, small, large, max(3, runs // 4))
            tell(name, many / few, f"{many:6.2f} beside {few:5.2f} ms")
        tell("40 silent connections", measure.beside_silence(port, world))
        address = f"/meetings/{world.live.meeting}/pocket/"
        tell("first load of the pocket", measure.first_load(port, world.live.session, address)[1] / 1000)
        for many in (200, 1000):
            found = live.screens(port, pid, world, many, 3 if quick else 20)
            with live.bare(url, port + 100) as beside:
                least = live.bare_screens(beside, many, 3 if quick else 20)
            words = f"{found.work:.0f} ms of processor; {found.last / least:.1f} times a bare ASGI stream"
            tell(f"click to the last of {many:,} screens", found.last, words)
            tell(f"memory of each of {many:,} screens", found.weight)
        tell("1,000 idle screens, a second", found.idle)
        rest, *after = measure.memory(port, pid, world, 12 if quick else 300)
        tell("memory after 300 PDFs", after[-1], f"{rest:.0f} at rest, then {', '.join(f'{one:.0f}' for one in after)}")
        tell("memory, growth over the last 100", after[-1] - after[-2])
        growing = {
            "tasks, 1,000 meetings beside 10": (lambda: fill_shelf(20 if quick else 1000), world.session, "tasks"),
            "superior's list, 2,000 cells beside 2": (
                lambda: grow_tree(*((3, 2) if quick else (2000, 36))),
                world.reviewer,
                "",
            ),
        }
        for name, (grow, session, page) in growing.items():
            client, address = Client(port, session), world.pages.get(page, "/inspections/")
            measure.good(client, address)
            clock = measure.processors(pid)
            works = {"page": lambda client=client, address=address: measure.good(client, address)}
            few = measure.in_turn(max(3, runs // 4), works, clock)["page"]
            grow()
            know_sizes()
            many = measure.in_turn(max(3, runs // 4), works, clock)["page"]
            tell(name, many / few, f"{many:6.2f} beside {few:5.2f} ms")
    return figures


if __name__ == "__main__":
    sys.exit(main())
