"""`python -m benchmarks [--quick]`: builds a database of its own, measures, prints a table."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("CHIBO_DEBUG", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
    import django
    from django.test.utils import get_runner, override_settings, setup_test_environment, teardown_test_environment

    django.setup()
    from django.conf import settings

    setup_test_environment(debug=False)
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    try:
        with override_settings(ROOT_URLCONF="benchmarks.bare", STORAGES=plain):
            report(quick="--quick" in sys.argv)
    finally:
        runner.teardown_databases(databases)
        teardown_test_environment()


def report(*, quick: bool) -> list[tuple[str, str, str]]:
    """Print each figure as it comes; returns the rows."""
    from benchmarks import measure, world

    runs = 3 if quick else 25
    user, addresses = world.prepare()
    rows = measure.pages(user, addresses, runs, (10, 50) if quick else (10, 1000))
    rows += [
        measure.paper(1 if quick else 7),
        measure.first_page(),
        measure.sign_in(1 if quick else 10),
        measure.saving(user, runs),
    ]
    for name, figures, verdict in rows:
        print(f"{name:<40} {figures}{'   [' + verdict + ']' if verdict else ''}")
    return rows


if __name__ == "__main__":
    main()
