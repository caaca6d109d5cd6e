"""The tables: cycle.py the year, review.py what is written, hearing.py what is said, rating.py levels, remedy.py.

written.py letters, rights.py requests and consents, keeping.py destruction.
"""

from critique.cycle.models import FORM_CHOICES, PERSON_FORMS, Cycle, OfCycle, Participant
from critique.dossier.models import DossierEntry
from critique.hearing.models.hearing import Hearing, HearingOpinion
from critique.hearing.models.note import PrepNote
from critique.hearing.models.proceedings import Proceedings
from critique.levels.models.ballot import Ballot, BallotLine
from critique.levels.models.rating import RatingStep
from critique.models.keeping import Destroyed, Destruction
from critique.models.rights import Consent, DataRequest
from critique.models.written import Criticism, CriticismDelay
from critique.remedies.models import Remedy, RemedyCheck, RemedyNote
from critique.writing.draft import SealedDraft
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
    "Destroyed",
    "Destruction",
    "DossierEntry",
    "Hearing",
    "HearingOpinion",
    "OfCycle",
    "Participant",
    "PrepNote",
    "Proceedings",
    "RatingStep",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyNote",
    "ReviewCopy",
    "SealedDraft",
    "SelfReview",
]
