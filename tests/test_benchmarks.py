"""The bench measures every bar it knows, and a broken or forgotten bar makes it fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from benchmarks import bars
from benchmarks.bench import Bench
from benchmarks.parts import PARTS
from tests.sample import only_long

HOLDS = {name: bar.limit for name, bar in bars.BARS.items()}


def test_figures_at_their_bars_break_none() -> None:
    assert bars.broken(HOLDS, "postgresql") == []


def test_a_figure_beyond_its_bar_is_named_in_either_direction() -> None:
    figures = {**HOLDS, "home": 99.0, "autosaves a second, 8 clients": 0.1}
    broken = [sentence.partition(":")[0] for sentence in bars.broken(figures, "postgresql")]
    assert broken == ["home", "autosaves a second, 8 clients"]
    assert [sentence.partition(":")[0] for sentence in bars.broken(figures, "sqlite")] == ["home"]


def test_on_a_slow_machine_the_distance_from_the_bare_thing_is_enough() -> None:
    """Both ways of saying it are asked of a figure that is beyond its bar in its own unit."""
    figures = {**HOLDS, "click to the last of 200 screens": 500.0, "speakers added a second, 8 desks": 40.0}
    near = {"click to the last of 200 screens": 14.0, "speakers added a second, 8 desks": 0.6}
    far = {"click to the last of 200 screens": 16.0, "speakers added a second, 8 desks": 0.2}
    assert bars.broken(figures, "postgresql", near) == []
    assert len(bars.broken(figures, "postgresql", far)) == len(bars.broken(figures, "postgresql")) == 2


def test_every_bar_is_measured_by_one_part() -> None:
    assert sorted(name for _, names in PARTS for name in names) == sorted(bars.BARS)


def test_a_part_is_wanted_by_the_beginning_of_a_bar() -> None:
    bench = Bench("", "sqlite", 0, 0, None, ("click to", "home"))
    assert [name for name in bars.BARS if bench.wants(name)] == [
        "home",
        "click to the last of 200 screens",
        "click to the last of 1,000 screens",
    ]
    bench.tell("frame", 1.0)
    assert bench.figures == {}


def test_what_was_not_measured_is_broken() -> None:
    del (figures := dict(HOLDS))["sealed minutes"]
    assert bars.broken(figures, "sqlite") == ["sealed minutes: not measured"]


@pytest.mark.long
@only_long
def test_a_quick_run_measures_every_bar_and_fails_when_one_is_broken() -> None:
    impossible = "from benchmarks import bars; bars.BARS['home'] = bars.Bar(0.0)"
    run = "import sys; from benchmarks.__main__ import main; sys.exit(main(sys.argv[1:]))"
    ran = subprocess.run(
        [sys.executable, "-c", f"{impossible}; {run}", "--quick"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "CHIBO_DEBUG": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    asked = [name for name, bar in bars.BARS.items() if bar.only in ("", connection.vendor)]
    named = [name for name in asked if re.search(rf"^{re.escape(name)} ", ran.stdout, re.MULTILINE)]
    assert named == asked, ran.stderr
    assert (ran.returncode, "not measured" in ran.stdout) == (1, False)
    assert re.search(r"^  home: [0-9.]+ x, the bar is at most 0 x$", ran.stdout, re.MULTILINE)
