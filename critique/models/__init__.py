"""The tables: cycle.py the year, review.py what is written, hearing.py what is said, rating.py levels, remedy.py.

written.py letters, rights.py requests and consents, keeping.py settings and destruction, guarded.py what these share.
"""

from critique.cycle.models import FORM_CHOICES, PERSON_FORMS, Cycle, OfCycle, Participant
from critique.dossier.models import DossierEntry
from critique.hearing.models.hearing import Hearing, HearingCopy, HearingOpinion
from critique.hearing.models.note import PrepNote
from critique.hearing.models.proceedings import Proceedings
from critique.levels.models.ballot import Ballot, BallotLine, RatingRule
from critique.levels.models.rating import RatingStep
from critique.models.keeping import DayOff, Destroyed, Destruction, Setting
from critique.models.rights import Consent, DataRequest
from critique.models.rubric import Rubric
from critique.models.written import Criticism, CriticismDelay
from critique.remedies.models import Remedy, RemedyCheck, RemedyNote
from critique.writing.models import ReadingLog, ReviewCopy, SelfReview

__all__ = [
    "FORM_CHOICES",
    "PERSON_FORMS",
    "Ballot",
    "BallotLine",
    "Consent",
    "Criticism",
    "CriticismDelay",
    "Cycle",
    "DataRequest",
    "DayOff",
    "Destroyed",
    "Destruction",
    "DossierEntry",
    "Hearing",
    "HearingCopy",
    "HearingOpinion",
    "OfCycle",
    "Participant",
    "PrepNote",
    "Proceedings",
    "RatingRule",
    "RatingStep",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyNote",
    "ReviewCopy",
    "Rubric",
    "SelfReview",
    "Setting",
]
