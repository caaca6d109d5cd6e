"""The tables: cycle.py the yearly review, review.py what is written and who read it, remedy.py what is put right.

written.py letters, rights.py requests and consents, keeping.py settings and destruction, guarded.py what these share.
"""

from critique.models.cycle import FORM_CHOICES, Cycle, CycleEvent, OfCycle, Participant
from critique.models.guarded import GuardEvent
from critique.models.keeping import DayOff, Destroyed, Destruction, Setting
from critique.models.remedy import Remedy, RemedyCheck, RemedyEvent, RemedyNote
from critique.models.review import ReadingLog, ReviewCopy, SelfReview
from critique.models.rights import Consent, DataRequest
from critique.models.written import Criticism, CriticismDelay

__all__ = [
    "FORM_CHOICES",
    "Consent",
    "Criticism",
    "CriticismDelay",
    "Cycle",
    "CycleEvent",
    "DataRequest",
    "DayOff",
    "Destroyed",
    "Destruction",
    "GuardEvent",
    "OfCycle",
    "Participant",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyEvent",
    "RemedyNote",
    "ReviewCopy",
    "SelfReview",
    "Setting",
]
