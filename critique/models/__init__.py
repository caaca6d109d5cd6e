"""The tables: cycle.py the year, review.py what is written, remedy.py what follows; one subject in each file."""

from critique.models.cycle import FORM_CHOICES, Cycle, CycleEvent, OfCycle, Participant
from critique.models.dossier import DossierEntry
from critique.models.proceedings import Proceedings
from critique.models.remedy import Remedy, RemedyCheck, RemedyEvent, RemedyNote
from critique.models.review import ReadingLog, ReviewCopy, SelfReview
from critique.models.rubric import Rubric

__all__ = [
    "FORM_CHOICES",
    "Cycle",
    "CycleEvent",
    "DossierEntry",
    "OfCycle",
    "Participant",
    "Proceedings",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyEvent",
    "RemedyNote",
    "ReviewCopy",
    "Rubric",
    "SelfReview",
]
