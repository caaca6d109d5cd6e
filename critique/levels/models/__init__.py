"""Ballots from paper and the steps of a level."""

from critique.levels.models.ballot import Ballot, BallotLine
from critique.levels.models.entry import LevelEntry

__all__ = ["Ballot", "BallotLine", "LevelEntry"]
