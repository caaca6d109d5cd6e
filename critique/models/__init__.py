"""The tables: cycle.py the yearly review, review.py what is written, remedy.py, ballot.py, rating.py levels."""

from critique.models.ballot import Ballot, BallotLine, RatingRule
from critique.models.cycle import FORM_CHOICES, Cycle, CycleEvent, OfCycle, Participant
from critique.models.rating import RatingStep
from critique.models.remedy import Remedy, RemedyCheck, RemedyEvent, RemedyNote
from critique.models.review import ReadingLog, ReviewCopy, SelfReview

__all__ = [
    "FORM_CHOICES",
    "Ballot",
    "BallotLine",
    "Cycle",
    "CycleEvent",
    "OfCycle",
    "Participant",
    "RatingRule",
    "RatingStep",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyEvent",
    "RemedyNote",
    "ReviewCopy",
    "SelfReview",
]
