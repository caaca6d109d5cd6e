"""The bars: how much each figure may be. A figure above its bar, or not measured at all, makes the run fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

TIMES, MILLISECONDS, SECONDS, MEBIBYTES, KILOBYTES, A_SECOND, COUNT = "x", "ms", "s", "MiB", "kB", "/s", ""


@dataclass(frozen=True, slots=True)
class Bar:
    """`beside`: how many times the bare thing of the same run the figure may be (or, where it is the least, must be).

    What is asked in milliseconds or by the second is asked of a machine that has nothing else to do. On a busy one it
    holds as well where it keeps this distance from the bare thing, which then was as slow.
    """

    limit: float
    unit: str = TIMES
    least: bool = False  # the figure must reach the limit instead of staying below it
    only: str = ""  # the database that it is asked of; empty: of both
    beside: float | None = None

    def holds(self, figure: float, times: float | None = None) -> bool:
        enough = self._reaches(figure, self.limit)
        return enough or (times is not None and self.beside is not None and self._reaches(times, self.beside))

    def _reaches(self, figure: float, limit: float) -> bool:
        return figure >= limit if self.least else figure <= limit

    def __str__(self) -> str:
        most = "at least" if self.least else "at most"
        also = "" if self.beside is None else f", or {self.beside:g} x the bare one"
        return f"{most} {self.limit:g} {self.unit}".rstrip() + also


#: Times are multiples of the processor time of the bare page of the same bytes, database included. Where the bar is
#: above the goal, the goal stands beside it and docs/decisions/0019 says what the rest would cost.
BARS: dict[str, Bar] = {
    # what a page costs
    "frame": Bar(1.6),
    "account": Bar(2.5),
    "home": Bar(5.0),  # goal 2.5: thirteen queries for leaders
    "list": Bar(2.6),  # goal 2.5
    "called meeting": Bar(5.0),  # goal 2.5: ten queries, thirty small forms
    "desk item": Bar(4.5),  # goal 2.5: nine queries
    "sealed minutes": Bar(4.0),  # goal 2.5: two questions to the book (docs/decisions/0024)
    "tasks": Bar(4.0),  # goal 2.5: seven queries
    "cycle": Bar(3.4),  # goal 2.5
    "autosave": Bar(2.3),  # goal 2.0
    "autosaves a second, 8 clients": Bar(250, A_SECOND, least=True, only="postgresql", beside=0.6),
    "desk, 300 remarks beside 10": Bar(3.0),
    "roll, 300 members beside 10": Bar(3.0),
    "member list, 300 beside 10": Bar(3.0),
    "tasks, 1,000 meetings beside 10": Bar(3.0),
    "superior's list, 2,000 cells beside 2": Bar(3.0),
    "sealed PDF, again": Bar(10, MILLISECONDS, beside=3.8),
    # what papers cost
    "Word file of five pages": Bar(150, MILLISECONDS),
    "minutes as PDF": Bar(1.2),
    # Made behind everybody else, whose pages are asked for all the while.
    "year's book, nothing printed before": Bar(8, SECONDS, beside=3),
    "year's book of 200 pages": Bar(8, SECONDS),
    "other pages meanwhile, the slowest of 20": Bar(1.5),
    "memory while a year's book is made": Bar(400, MEBIBYTES),
    "search, 100,000 passages": Bar(100, MILLISECONDS, beside=40),
    # a committee with two hundred cells below it (docs/decisions/0050)
    "200 cells: home of a committee": Bar(90, MILLISECONDS, only="postgresql"),
    "200 cells: list scores": Bar(45, MILLISECONDS, only="postgresql"),
    "200 cells: inspections": Bar(65, MILLISECONDS, only="postgresql"),
    "200 cells: roll-up of a month": Bar(65, MILLISECONDS, only="postgresql"),
    "200 cells: roll-up of a year": Bar(200, MILLISECONDS, only="postgresql"),
    # what the server holds
    "memory after 300 PDFs": Bar(200, MEBIBYTES),
    "memory, growth over the last 100": Bar(10, MEBIBYTES),
    "memory after all this": Bar(300, MEBIBYTES),
    "40 silent connections": Bar(1000, MILLISECONDS),
    "first request of a fresh server": Bar(500, MILLISECONDS),
    # what travels
    "requests of a first load": Bar(8, COUNT),
    "first load of the pocket": Bar(100, KILOBYTES),
    "pocket at 400 kbit/s": Bar(5, SECONDS),
    "a change of the pocket": Bar(5, KILOBYTES),
    "desk with 400 remarks, weight": Bar(100, KILOBYTES),
    "desk with 400 remarks, time": Bar(100, MILLISECONDS, beside=20),
    # the evening
    "adding a speaker": Bar(12, MILLISECONDS, beside=2.2),
    "asking for the floor": Bar(12, MILLISECONDS, beside=2.4),
    "giving the floor": Bar(20, MILLISECONDS, beside=2.6),
    "speakers added a second, 8 desks": Bar(150, A_SECOND, least=True, only="postgresql", beside=0.5),
    "32 people at once": Bar(300, MILLISECONDS, beside=2.4),
    "32 people at once, lost": Bar(0, COUNT),
    "32 people at once, gaps among the events": Bar(0, COUNT),
    "click to the last of 200 screens": Bar(120, MILLISECONDS, beside=15),
    "memory of each of 200 screens": Bar(40, KILOBYTES),
    "click to the last of 1,000 screens": Bar(400, MILLISECONDS, beside=11),
    "memory of each of 1,000 screens": Bar(40, KILOBYTES),
    "1,000 idle screens, queries": Bar(0, COUNT),
    "1,000 idle screens, a second": Bar(20, MILLISECONDS),
    "screens woken by typing": Bar(0, COUNT),
}


def broken(
    figures: Mapping[str, float], database: str, times: Mapping[str, float] | None = None, names: Iterable[str] = BARS
) -> list[str]:
    """One sentence for each of these bars that does not hold. `times`: how often the bare thing went into a figure."""
    found, beside = [], times or {}
    for name in names:
        bar = BARS[name]
        if bar.only not in ("", database):
            continue
        if name not in figures:
            found.append(f"{name}: not measured")
        elif not bar.holds(figures[name], beside.get(name)):
            found.append(f"{name}: {figures[name]:.2f} {bar.unit}".rstrip() + f", the bar is {bar}")
    return found
