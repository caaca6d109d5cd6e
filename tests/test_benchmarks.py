"""The bench measures every bar it knows, and a broken or forgotten bar makes it fail."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

from benchmarks import bars
from tests.sample import only_long

HOLDS = {name: bar.limit for name, bar in bars.BARS.items()}


def test_figures_at_their_bars_break_none() -> None:
    assert bars.broken(HOLDS, "postgresql") == []


def test_a_figure_beyond_its_bar_is_named_in_either_direction() -> None:
    figures = {**HOLDS, "home": 99.0, "autosaves beside bare ones, 8 clients": 0.1}
    broken = [sentence.partition(":")[0] for sentence in bars.broken(figures, "postgresql")]
    assert broken == ["home", "autosaves beside bare ones, 8 clients"]
    assert [sentence.partition(":")[0] for sentence in bars.broken(figures, "sqlite")] == ["home"]


def test_what_was_not_measured_is_broken() -> None:
    del (figures := dict(HOLDS))["sealed minutes"]
    assert bars.broken(figures, "sqlite") == ["sealed minutes: not measured"]


@pytest.mark.long
@only_long
def test_a_quick_run_measures_every_bar_and_fails_when_one_is_broken() -> None:
    impossible = "from benchmarks import bars; bars.BARS['home'] = bars.Bar(0.0)"
    run = "import sys; from benchmarks.__main__ import main; sys.exit(main())"
    ran = subprocess.run(
        [sys.executable, "-c", f"{impossible}; {run}", "--quick"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "CHIBO_DEBUG": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    named = [name for name in bars.BARS if re.search(rf"^{re.escape(name)} ", ran.stdout, re.MULTILINE)]
    assert named == list(bars.BARS), ran.stderr
    assert (ran.returncode, "not measured" in ran.stdout) == (1, False)
    assert re.search(r"^  home: [0-9.]+ x, the bar is at most 0 x$", ran.stdout, re.MULTILINE)
