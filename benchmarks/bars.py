"""The bars: how much each figure may be. A figure above its bar, or not measured at all, makes the run fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMES, MILLISECONDS, MEBIBYTES, KILOBYTES, COUNT = "x", "ms", "MiB", "kB", ""


@dataclass(frozen=True, slots=True)
class Bar:
    limit: float
    unit: str = TIMES
    least: bool = False  # the figure must reach the limit instead of staying below it
    only: str = ""  # the database that it is asked of; empty: of both

    def holds(self, figure: float) -> bool:
        return figure >= self.limit if self.least else figure <= self.limit

    def __str__(self) -> str:
        return f"{'at least' if self.least else 'at most'} {self.limit:g} {self.unit}".rstrip()


#: Times are multiples of the processor time of the bare page of the same bytes, database included. Where the bar is
#: above the goal, the goal stands beside it: the rest is Django building SQL, query by query (docs/decisions/0019).
BARS: dict[str, Bar] = {
    "frame": Bar(2.0),  # goal 1.6
    "home": Bar(6.5),  # goal 2.5: twelve queries
    "list": Bar(2.6),  # goal 2.5
    "called meeting": Bar(5.5),  # goal 2.5
    "desk item": Bar(5.0),  # goal 2.5
    "sealed minutes": Bar(4.0),  # goal 2.5: two questions to the book (docs/decisions/0024)
    "tasks": Bar(6.0),  # goal 2.5: nine queries
    "cycle": Bar(4.0),  # goal 2.5
    "autosave": Bar(2.3),  # goal 2.0
    "autosaves beside bare ones, 8 clients": Bar(0.39, least=True, only="postgresql"),  # 250 where bare are 638
    "desk, 300 remarks beside 10": Bar(3.0),
    "roll, 300 members beside 10": Bar(3.0),
    "member list, 300 beside 10": Bar(3.0),
    "tasks, 1,000 meetings beside 10": Bar(3.0),
    "superior's list, 2,000 cells beside 2": Bar(3.0),
    "sealed PDF, again": Bar(3.8),  # 10 ms where the bare page costs 2.6
    "memory after 300 PDFs": Bar(200, MEBIBYTES),
    "memory, growth over the last 100": Bar(10, MEBIBYTES),
    "40 silent connections": Bar(1000, MILLISECONDS),
    "first request of a fresh server": Bar(500, MILLISECONDS),
    "requests of a first load": Bar(8, COUNT),
    "first load of the pocket": Bar(100, KILOBYTES),
    "click to the last of 200 screens": Bar(120, MILLISECONDS),
    "memory of each of 200 screens": Bar(40, KILOBYTES),
    "click to the last of 1,000 screens": Bar(400, MILLISECONDS),
    "memory of each of 1,000 screens": Bar(40, KILOBYTES),
    "1,000 idle screens, a second": Bar(20, MILLISECONDS),
}


def broken(figures: Mapping[str, float], database: str) -> list[str]:
    """One sentence for each bar that does not hold."""
    found = []
    for name, bar in BARS.items():
        if bar.only not in ("", database):
            continue
        if name not in figures:
            found.append(f"{name}: not measured")
        elif not bar.holds(figures[name]):
            found.append(f"{name}: {figures[name]:.2f} {bar.unit}".rstrip() + f", the bar is {bar}")
    return found
