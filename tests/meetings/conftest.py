"""A score sheet of the open meeting, with open lines and settled; and a vote that is open in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.actions import scoring
from tests.meetings.polling import open_one
from tests.meetings.steps import DURING, fill_in

if TYPE_CHECKING:
    from meetings.models import Meeting, Poll, ScoreSheet
    from tests.conftest import Cast


@pytest.fixture
def poll(cast: Cast, opened: Meeting) -> Poll:
    """Open: Lan, Hoa and Sơn may vote; Sơn has no phone, Tuấn is on probation."""
    return open_one(cast, opened)


@pytest.fixture
def sheet(cast: Cast, opened: Meeting) -> ScoreSheet:
    return scoring.draw_up(opened, by=cast.account(cast.lan), at=DURING)


@pytest.fixture
def settled(cast: Cast, sheet: ScoreSheet) -> ScoreSheet:
    """Every line has its points: 95.5 in all."""
    return fill_in(sheet, by=cast.account(cast.lan), _4_2="20.5")
