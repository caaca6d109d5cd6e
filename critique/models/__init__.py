"""The tables: cycle.py the yearly review, review.py what is written, hearing.py and note.py what is said, remedy.py."""

from critique.models.cycle import FORM_CHOICES, PERSON_FORMS, Cycle, CycleEvent, OfCycle, Participant
from critique.models.hearing import Hearing, HearingCopy, HearingEvent, HearingOpinion
from critique.models.note import PrepNote
from critique.models.remedy import Remedy, RemedyCheck, RemedyEvent, RemedyNote
from critique.models.review import ReadingLog, ReviewCopy, SelfReview

__all__ = [
    "FORM_CHOICES",
    "PERSON_FORMS",
    "Cycle",
    "CycleEvent",
    "Hearing",
    "HearingCopy",
    "HearingEvent",
    "HearingOpinion",
    "OfCycle",
    "Participant",
    "PrepNote",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyEvent",
    "RemedyNote",
    "ReviewCopy",
    "SelfReview",
]
