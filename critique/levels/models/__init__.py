"""Ballots from paper and the steps of a level."""

from critique.levels.models.ballot import Ballot, BallotLine
from critique.levels.models.rating import RatingStep

__all__ = ["Ballot", "BallotLine", "RatingStep"]
