"""What a self-review rests on: last year's text of the same person, what it promised, and soft words for its author."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from critique.cycle.models import Participant
from critique.official_forms import advice, carry
from critique.official_forms import body as words
from critique.official_forms.evidence import conditions
from critique.official_forms.forms import FORMS
from critique.official_forms.model import Field, FormKind, Level
from critique.official_forms.rubric import rows_to_fill
from critique.sealing.unopened import UnopenedBody
from critique.writing.content import form_of, texts_of, wrap
from critique.writing.fixed import rubric_for
from critique.writing.models import SelfReview

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from critique.official_forms.advice import Advice
    from critique.official_forms.body import Body
    from critique.official_forms.evidence import LevelCheck


def last_texts(row: Participant) -> Body | None:
    """What this person submitted for the latest earlier year, in whatever cell; or this cell's collective."""
    rows = SelfReview.objects.filter(participant__member=row.member, participant__cycle__year__lt=row.cycle.year)
    if row.of_collective:
        rows = rows.filter(participant__cycle__cell=row.cycle.cell_id)
    last = rows.filter(submitted_at__isnull=False).select_related("participant").order_by("-participant__cycle__year")
    found: SelfReview | None = last.first()
    return texts_of(found) if found and not isinstance(found.body, UnopenedBody) else None


def carried_into(row: Participant) -> dict[str, Any]:
    """The body of a form that is handed out: last year's shortcomings and promises stand in section III."""
    empty = with_rubric(words.empty(FORMS[FormKind(row.form)]), row.cycle, row.form)
    return wrap(carry.fill(empty, carry.carried(last_texts(row))))


def with_rubric(body: Body, cycle: Cycle, form: str) -> Body:
    """The criteria that the committee above has fixed stand on the form, to be filled in."""
    found = rubric_for(cycle.cell, form, cycle.meets_on)
    return {**body, "B.I.D": list(rows_to_fill(found))} if found else body


def soft_words(review: SelfReview) -> tuple[Advice, ...]:
    """For the author alone; refuses nothing."""
    last = last_texts(review.participant)
    return advice.advice(form_of(review), texts_of(review), last, carry.carried(last))


def level_check(review: SelfReview, level: Level | None = None) -> LevelCheck | None:
    """What Điều 11 asks for a level, beside what is written; without one for the level that was chosen, if any."""
    texts = texts_of(review)
    asked = level or words.text_of(texts, "B.II")
    return conditions(Level(asked), form_of(review).kind, texts) if asked else None


def still_empty(review: SelfReview) -> tuple[Field, ...]:
    return words.missing(form_of(review), texts_of(review))
