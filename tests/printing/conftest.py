"""The suite has nobody to give way to but itself."""

import pytest

from documents import apart


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "NICE", 0)
