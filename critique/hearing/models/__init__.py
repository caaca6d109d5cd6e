"""What is said about somebody, what a person prepares for themselves, and the sealed minutes of a conference."""

from critique.hearing.models.hearing import Hearing, HearingOpinion
from critique.hearing.models.note import PrepNote
from critique.hearing.models.opening import Opening
from critique.hearing.models.proceedings import Proceedings
from critique.hearing.models.signed import ProceedingsCopy

__all__ = ["Hearing", "HearingOpinion", "Opening", "PrepNote", "Proceedings", "ProceedingsCopy"]
