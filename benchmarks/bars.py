"""The bars: how much each figure may be. A figure above its bar, or not measured at all, makes the run fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TIMES, EACH_SECOND, MILLISECONDS, MEBIBYTES, COUNT = "x", "/s", "ms", "MiB", ""


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


#: Times of a page are multiples of the bare page of the same bytes.
BARS: dict[str, Bar] = {
    "frame": Bar(1.6),
    "home": Bar(2.5),
    "list": Bar(2.5),
    "called meeting": Bar(2.5),
    "desk item": Bar(2.5),
    "sealed minutes": Bar(2.5),
    "tasks": Bar(2.5),
    "cycle": Bar(2.5),
    "autosave": Bar(2.0),
    "autosaves, 8 clients": Bar(250, EACH_SECOND, least=True, only="postgresql"),
    "desk, 300 remarks beside 10": Bar(3.0),
    "roll, 300 members beside 10": Bar(3.0),
    "member list, 300 beside 10": Bar(3.0),
    "tasks, 1,000 meetings beside 10": Bar(3.0),
    "superior's list, 2,000 cells beside 2": Bar(3.0),
    "sealed PDF, again": Bar(10, MILLISECONDS),
    "memory after 300 PDFs": Bar(200, MEBIBYTES),
    "memory, growth over the last 100": Bar(10, MEBIBYTES),
    "40 silent connections": Bar(1000, MILLISECONDS),
    "first request of a fresh server": Bar(500, MILLISECONDS),
    "requests of a first load": Bar(8, COUNT),
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
