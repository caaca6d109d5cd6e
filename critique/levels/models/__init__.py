"""Ballots from paper and the steps of a level."""

from critique.levels.models.ballot import Ballot, BallotLine, RatingRule
from critique.levels.models.rating import RatingStep

__all__ = ["Ballot", "BallotLine", "RatingRule", "RatingStep"]
