"""The tables: cycle.py the year, review.py what is written, hearing.py what is said, rating.py levels, remedy.py."""

from critique.models.ballot import Ballot, BallotLine, RatingRule
from critique.models.cycle import FORM_CHOICES, PERSON_FORMS, Cycle, CycleEvent, OfCycle, Participant
from critique.models.dossier import DossierEntry
from critique.models.hearing import Hearing, HearingCopy, HearingEvent, HearingOpinion
from critique.models.note import PrepNote
from critique.models.proceedings import Proceedings
from critique.models.rating import RatingStep
from critique.models.remedy import Remedy, RemedyCheck, RemedyEvent, RemedyNote
from critique.models.review import ReadingLog, ReviewCopy, SelfReview
from critique.models.rubric import Rubric

__all__ = [
    "FORM_CHOICES",
    "PERSON_FORMS",
    "Ballot",
    "BallotLine",
    "Cycle",
    "CycleEvent",
    "DossierEntry",
    "Hearing",
    "HearingCopy",
    "HearingEvent",
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
    "RemedyEvent",
    "RemedyNote",
    "ReviewCopy",
    "Rubric",
    "SelfReview",
]
