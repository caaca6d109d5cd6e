"""The tables: cycle.py the year, proceedings.py its sealed minutes, review.py what is written, remedy.py what follows."""

from critique.models.cycle import FORM_CHOICES, Cycle, CycleEvent, OfCycle, Participant
from critique.models.proceedings import Proceedings
from critique.models.remedy import Remedy, RemedyCheck, RemedyEvent, RemedyNote
from critique.models.review import ReadingLog, ReviewCopy, SelfReview

__all__ = [
    "FORM_CHOICES",
    "Cycle",
    "CycleEvent",
    "OfCycle",
    "Participant",
    "Proceedings",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyEvent",
    "RemedyNote",
    "ReviewCopy",
    "SelfReview",
]
