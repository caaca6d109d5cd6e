"""What is said about somebody, what a person prepares for themselves, and the sealed minutes of a conference."""

from critique.hearing.models.hearing import Hearing, HearingCopy, HearingOpinion
from critique.hearing.models.note import PrepNote
from critique.hearing.models.proceedings import Proceedings

__all__ = ["Hearing", "HearingCopy", "HearingOpinion", "PrepNote", "Proceedings"]
