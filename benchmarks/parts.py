"""The parts of a run, in their order: which bars each one measures. Those that let the database grow come last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import floor, live, measure, scale, search, volume, wire
from benchmarks.bars import BARS
from benchmarks.server import Client, memory_of, workers_of
from benchmarks.world import fill_shelf, grow_tree, know_sizes

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.bench import Bench


def begin(bench: Bench) -> None:
    client = lambda: Client(bench.port, bench.world.session)  # noqa: E731
    started = measure.in_turn(1, {"first": lambda: client().get(bench.world.pages["home"])})
    bench.tell("first request of a fresh server", started["first"], "by the clock")


def pages(bench: Bench) -> None:
    wanted = {name: address for name, address in bench.world.pages.items() if bench.wants(name)}
    found = measure.pages(bench.port, bench.pid, bench.world, wanted, bench.runs(60, 5))
    for name, (ours, bare, size, queries) in found.items():
        bench.tell(name, ours / bare, f"{ours:6.2f} beside {bare:5.2f} ms, {size / 1000:.1f} kB, {queries} queries")


def saving(bench: Bench) -> None:
    ours, bare = measure.saving(bench.port, bench.pid, bench.world, bench.runs(60, 5))
    bench.tell("autosave", ours / bare, f"{ours:6.2f} beside {bare:5.2f} ms")


def saving_together(bench: Bench) -> None:
    ours, bare = measure.saving_together(bench.port, bench.world, 0.5 if bench.quick else 4)
    bench.tell("autosaves a second, 8 clients", ours, f"beside {bare:.0f}.", times=ours / bare)


def sealed(bench: Bench) -> None:
    again, bare = measure.again(bench.port, bench.pid, bench.world, bench.runs(60, 5))
    bench.tell("sealed PDF, again", again, f"beside {bare:5.2f} ms.", times=again / bare)


def sizes(bench: Bench) -> None:
    for name, (small, large) in bench.world.sizes.items():
        if bench.wants(name):
            few, many = measure.two_sizes(bench.port, bench.pid, small, large, bench.runs(15))
            bench.tell(name, many / few, f"{many:6.2f} beside {few:5.2f} ms")


def silence(bench: Bench) -> None:
    bench.tell("40 silent connections", measure.beside_silence(bench.port, bench.world), "by the clock")


def memory(bench: Bench) -> None:
    rest, *after = measure.memory(bench.port, bench.pid, bench.world, bench.runs(300, 12))
    words = f"{rest:.0f} at rest, then {', '.join(f'{one:.0f}' for one in after)}"
    bench.tell("memory after 300 PDFs", after[-1], words)
    bench.tell("memory, growth over the last 100", after[-1] - after[-2])


def in_the_end(bench: Bench) -> None:
    """With the marks that a thousand screens and a year's book have left in the heaps of the workers."""
    bench.tell("memory after all this", memory_of([bench.pid, *workers_of(bench.pid)]))


def shelf(bench: Bench) -> None:
    _growing(
        bench,
        "tasks, 1,000 meetings beside 10",
        (bench.world.session, bench.world.pages["tasks"]),
        lambda: fill_shelf(bench.runs(1000, 20)),
    )


def tree(bench: Bench) -> None:
    _growing(
        bench,
        "superior's list, 2,000 cells beside 2",
        (bench.world.reviewer, "/inspections/"),
        lambda: grow_tree(bench.runs(2000), bench.runs(36, 2)),
    )


def _growing(bench: Bench, name: str, where: tuple[str, str], grow: Callable[[], object]) -> None:
    """The same page before the database has grown, and after."""
    session, address = where
    client = Client(bench.port, session)
    measure.good(client, address)
    clock = measure.processors(bench.pid)
    works: dict[str, Callable[[], object]] = {"page": lambda: measure.good(client, address)}
    few = measure.in_turn(bench.runs(15), works, clock)["page"]
    grow()
    know_sizes()
    many = measure.in_turn(bench.runs(15), works, clock)["page"]
    bench.tell(name, many / few, f"{many:6.2f} beside {few:5.2f} ms")


#: What measures which bars. Each part is left out where none of its bars is wanted.
PARTS: tuple[tuple[Callable[[Bench], None], tuple[str, ...]], ...] = (
    (begin, ("first request of a fresh server",)),
    (wire.first_loads, ("requests of a first load", "first load of the pocket")),
    (wire.slow_line, ("pocket at 400 kbit/s",)),
    (
        pages,
        ("frame", "account", "home", "list", "called meeting", "desk item", "sealed minutes", "tasks", "cycle"),
    ),
    (memory, ("memory after 300 PDFs", "memory, growth over the last 100")),
    (saving, ("autosave",)),
    (saving_together, ("autosaves a second, 8 clients",)),
    (sealed, ("sealed PDF, again",)),
    (sizes, ("desk, 300 remarks beside 10", "roll, 300 members beside 10", "member list, 300 beside 10")),
    (wire.long_desk, ("desk with 400 remarks, weight", "desk with 400 remarks, time")),
    (silence, ("40 silent connections",)),
    (floor.one, ("adding a speaker", "asking for the floor", "giving the floor")),
    (floor.several, ("speakers added a second, 8 desks",)),
    (
        floor.everybody,
        ("32 people at once", "32 people at once, lost", "32 people at once, gaps among the events"),
    ),
    (
        live.hundreds,
        ("click to the last of 200 screens", "memory of each of 200 screens", "a change of the pocket"),
    ),
    (
        live.thousand,
        (
            "click to the last of 1,000 screens",
            "memory of each of 1,000 screens",
            "1,000 idle screens, queries",
            "1,000 idle screens, a second",
            "screens woken by typing",
        ),
    ),
    (volume.papers, ("Word file of five pages", "minutes as PDF")),
    (
        volume.year_book,
        (
            "year's book, nothing printed before",
            "year's book of 200 pages",
            "other pages meanwhile, the slowest of 20",
            "memory while a year's book is made",
        ),
    ),
    (shelf, ("tasks, 1,000 meetings beside 10",)),
    (tree, ("superior's list, 2,000 cells beside 2",)),
    (search.passages, ("search, 100,000 passages",)),
    (scale.part, tuple(f"200 cells: {name}" for name in scale.DEAREST)),
    (in_the_end, ("memory after all this",)),
)


def measure_all(bench: Bench) -> None:
    for part, names in PARTS:
        wanted = [name for name in names if bench.wants(name) and BARS[name].only in ("", bench.database)]
        if wanted:
            part(bench)
