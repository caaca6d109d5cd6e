"""What goes when the time of a self-review is over: its words, its copies, and what was written out of it.

An app or a table that copies words out of a self-review adds a function of its own to PARTS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from critique.cycle.models import Participant
from critique.dossier.models import DossierEntry
from critique.hearing.models import Hearing
from critique.hearing.models.hearing import CONCLUSION
from critique.lifecycle import Remedying
from critique.official_forms.body import text_of
from critique.remedies.models import TEXTS, Remedy, RemedyCheck, RemedyNote
from critique.writing.content import texts_of, wrap

if TYPE_CHECKING:
    from django.db.models import Model

    from critique.writing.models import SelfReview

SPOKEN = ("presented", "response", *CONCLUSION)
LEVEL = "B.II"  # the level that the person chose stays


def _body(review: SelfReview) -> None:
    review.body = wrap({LEVEL: level} if (level := text_of(texts_of(review), LEVEL)) else {})
    review.save(update_fields=["body"])
    for copy in review.copies.all():
        copy.body = wrap({})
        copy.save(update_fields=["body"])


def _note(review: SelfReview) -> None:
    """Why the committee decided otherwise for this person."""
    row = Participant.objects.get(pk=review.participant_id)
    if row.note:
        row.note = ""
        row.save(update_fields=["note"])


def _remedies(review: SelfReview) -> None:
    """Promises that were taken from it and are closed; one that is still open keeps its words until it is."""
    for remedy in Remedy.objects.filter(review=review, state=Remedying.CLOSED):
        _blank(remedy, TEXTS)
        parts: list[RemedyNote | RemedyCheck] = [*remedy.notes.all(), *remedy.checks.all()]
        for part in parts:
            _blank(part, ("words",))


def _hearing(review: SelfReview) -> None:
    """What was said of it in the room; the sealed minutes of the conference are kept by the rule for minutes."""
    for hearing in Hearing.objects.filter(participant=review.participant_id):
        _blank(hearing, SPOKEN)
        for opinion in hearing.opinions.all():
            _blank(opinion, ("words", "reply", "ruling"))


def _blank(row: Model, names: Sequence[str]) -> None:
    for name in names:
        setattr(row, name, "")
    row.save(update_fields=list(names))


def _dossier(review: SelfReview) -> None:
    """What the committee noted about papers on its shelf."""
    for entry in DossierEntry.objects.filter(participant=review.participant_id):
        _blank(entry, ("note",))


PARTS: list[Callable[[SelfReview], None]] = [_body, _note, _remedies, _hearing, _dossier]


def erase(review: SelfReview) -> None:
    """Overwrite every text of it. Who, which year, the level, when, and who has read it stay."""
    for part in PARTS:
        part(review)
