"""One run: the server that is measured, what is wanted of it, and the figures so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.bars import BARS

if TYPE_CHECKING:
    from benchmarks.world import World


@dataclass(slots=True)
class Bench:
    url: str  # of the database
    database: str  # sqlite or postgresql
    port: int
    pid: int
    world: World
    words: tuple[str, ...] = ()  # the wanted bars begin so; none: all of them
    quick: bool = False
    figures: dict[str, float] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)

    def wants(self, name: str) -> bool:
        return not self.words or name.startswith(self.words)

    def runs(self, many: int, few: int = 3) -> int:
        return few if self.quick else many

    def tell(self, name: str, value: float, words: str = "", *, times: float | None = None) -> None:
        """`times`: the figure as a multiple of the bare thing, where its bar asks for it in another unit."""
        if not self.wants(name):
            return
        bar, self.figures[name] = BARS[name], value
        beside = ""
        if times is not None:
            self.times[name] = times
            beside = f" {times:.2f} x the bare one."
        verdict = f"   bar: {bar}{'' if bar.holds(value, times) else '   BROKEN'}"
        print(f"{name:<40} {value:8.2f} {bar.unit:<4} {words}{beside}{verdict}", flush=True)
