"""The tables: cycle.py the yearly review, review.py what is written and who read it, remedy.py what is put right."""

from critique.models.cycle import FORM_CHOICES, Cycle, CycleEvent, OfCycle, Participant
from critique.models.remedy import Remedy, RemedyCheck, RemedyEvent, RemedyNote
from critique.models.review import ReadingLog, ReviewCopy, SelfReview

__all__ = [
    "FORM_CHOICES",
    "Cycle",
    "CycleEvent",
    "OfCycle",
    "Participant",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyEvent",
    "RemedyNote",
    "ReviewCopy",
    "SelfReview",
]
