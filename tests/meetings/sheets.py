"""Short steps at a score sheet: one line given, the vote, the rows that the minutes have of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from documents.model import Table
from meetings.actions import scoring
from meetings.papers import build_minutes
from tests.meetings.steps import DURING, fresh

if TYPE_CHECKING:
    from meetings.models import Meeting, ScoreSheet, Vote
    from tests.conftest import Cast


def give(cast: Cast, sheet: ScoreSheet, code: str, points: str | None, reason: str = "", **other: object) -> None:
    """One line changed, the others as they stand."""
    lines = {code: (None if points is None else Decimal(points), reason)}
    fields = {"weak_points": "", "follower": None, "base": sheet.rev, **other}
    scoring.give_points(sheet, lines=lines, by=cast.account(cast.lan), at=DURING, **fields)  # type: ignore[arg-type]


def vote(cast: Cast, sheet: ScoreSheet, in_favour: int = 3) -> Vote:
    return scoring.vote(
        sheet, in_favour=in_favour, against=3 - in_favour, other=0, by=cast.account(cast.lan), at=DURING
    )


def section(meeting: Meeting) -> tuple[tuple[str, ...], ...]:
    """The rows of the table of criteria in the minutes."""
    return next(
        block.rows
        for block in build_minutes(fresh(meeting)).blocks
        if isinstance(block, Table) and block.columns[1].title == "Tiêu chí"
    )
