"""A year's review in Lan's cell, as in the tests of self-criticism."""

from tests.critique.conftest import cycle, planned_cycle, submitted  # noqa: F401
