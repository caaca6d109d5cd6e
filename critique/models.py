"""Where Django looks for the tables: each package keeps its own, here they are named together."""

from critique.cycle.models import FORM_CHOICES, PERSON_FORMS, Cycle, OfCycle, Participant
from critique.dossier.models import DossierEntry
from critique.hearing.models.hearing import Hearing, HearingOpinion
from critique.hearing.models.note import PrepNote
from critique.hearing.models.opening import Opening
from critique.hearing.models.proceedings import Proceedings
from critique.hearing.models.signed import ProceedingsCopy
from critique.letters.models import Criticism, CriticismDelay
from critique.levels.models.ballot import Ballot, BallotLine
from critique.levels.models.entry import LevelEntry
from critique.remedies.models import Remedy, RemedyCheck, RemedyNote
from critique.writing.draft import SealedDraft
from critique.writing.models import ReadingLog, ReviewCopy, SelfReview

__all__ = [
    "FORM_CHOICES",
    "PERSON_FORMS",
    "Ballot",
    "BallotLine",
    "Criticism",
    "CriticismDelay",
    "Cycle",
    "DossierEntry",
    "Hearing",
    "HearingOpinion",
    "LevelEntry",
    "OfCycle",
    "Opening",
    "Participant",
    "PrepNote",
    "Proceedings",
    "ProceedingsCopy",
    "ReadingLog",
    "Remedy",
    "RemedyCheck",
    "RemedyNote",
    "ReviewCopy",
    "SealedDraft",
    "SelfReview",
]
