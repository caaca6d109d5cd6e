"""`python -m benchmarks [--quick] [a bar …]`: a database and a server of its own, a table, an error for a broken bar.

With the beginning of the names of some bars (`frame "click to"`), only what these need is measured.
"""

from __future__ import annotations

import os
import sys
import time


def main(arguments: list[str]) -> int:
    os.environ.setdefault("CHIBO_DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
    import django
    from django.test.utils import get_runner, setup_test_environment, teardown_test_environment

    from benchmarks.bars import BARS

    words = tuple(word for word in arguments if not word.startswith("-"))
    if unknown := [word for word in words if not any(name.startswith(word) for name in BARS)]:
        print(f"No bar begins with {unknown[0]!r}. There are:", *BARS, sep="\n  ")
        return 2
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
        return report(url, connection.vendor, words, quick="--quick" in arguments)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


def report(url: str, database: str, words: tuple[str, ...], *, quick: bool) -> int:
    """Print each figure as it comes, then what is broken; 1 when something is."""
    from benchmarks import bars, world
    from benchmarks.bench import Bench
    from benchmarks.parts import measure_all
    from benchmarks.server import serving

    began = time.perf_counter()
    print(f"Chibo on {database}: what is in ms is processor time of the server, where nothing else is said\n")
    made = world.prepare()
    with serving(url) as (port, pid):
        bench = Bench(url, database, port, pid, made, words, quick)
        measure_all(bench)
    found = bars.broken(bench.figures, database, bench.times, filter(bench.wants, bars.BARS))
    print(f"\n{time.perf_counter() - began:.0f} seconds.", *found or ["Every bar holds."], sep="\n  ")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
