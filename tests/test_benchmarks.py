"""The benchmarks run and hold the promises that do not depend on the machine."""

import pytest
from django.test import override_settings

from benchmarks.__main__ import report


@pytest.mark.django_db
def test_every_figure_is_measured_and_pages_stay_within_eight_queries() -> None:
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        rows = report(quick=True)
    assert [name for name, _, _ in rows][-4:] == [
        "minutes as PDF",
        "first page, everything included",
        "one password hash",
        "one autosave",
    ]
    pages = [verdict for name, _, verdict in rows if name.endswith("meetings")]
    assert len(pages) == 10
    assert [verdict for verdict in pages if "queries ok" not in verdict] == []
    assert {name: verdict for name, _, verdict in rows}["first page, everything included"] == "ok"
