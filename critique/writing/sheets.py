"""The papers of a review from its rows: a person's own form, a reader's copy, an empty one to write on by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.official_forms import body as words
from critique.official_forms.forms import FORMS
from critique.official_forms.model import FORM_YEAR, FormKind
from critique.writing.carried import with_rubric
from critique.writing.content import form_of, texts_of
from critique.writing.earlier import build_earlier
from critique.writing.papers import Person, build_form
from meetings.papers.parts import signer
from members.house import COMMITTEE, in_house_style, own

if TYPE_CHECKING:
    from collections.abc import Callable

    from critique.cycle.models import Cycle, Participant
    from critique.writing.models import SelfReview
    from documents.model import Block, Document
    from members.models import Member


@in_house_style
def sheet(
    review: SelfReview, reader: str = "", after: Callable[[Participant], tuple[Block, ...]] | None = None
) -> Document:
    """On the form of its year. `reader` names whose copy it is, `after` writes what others say below the signature.

    It is called while the paper is written, so that it is worded as the house words.
    """
    below = after(review.participant) if after else ()
    day = timezone.localdate(review.submitted_at) if review.submitted_at else None
    person = _person(review.cycle, review.author, form_of(review).kind)
    if form_of(review).kind is FormKind.COLLECTIVE:
        person = replace(person, signer=signer(review.cycle.cell, day or review.cycle.meets_on, COMMITTEE))
    build = build_earlier if review.cycle.year < FORM_YEAR else build_form
    year = review.cycle.year
    return build(form_of(review), texts_of(review), person, year=year, day=day, reader=reader, after=below)


@in_house_style
def blank(cycle: Cycle, form: str, after: Callable[[Cycle, str], tuple[Block, ...]] | None = None) -> Document:
    below = after(cycle, form) if after else ()
    chosen = FORMS[FormKind(form)]
    body = with_rubric(words.empty(chosen), cycle, form)
    build = build_earlier if cycle.year < FORM_YEAR else build_form
    return build(chosen, body, _person(cycle, None, chosen.kind), year=cycle.year, lines=True, after=below)


def _person(cycle: Cycle, member: Member | None, kind: FormKind) -> Person:
    cell = cycle.cell
    collective = f"{own('Chi uỷ')} {cell.name}" if kind is FormKind.COLLECTIVE else ""
    return Person(
        name=member.full_name if member else collective,
        issuer=cell.paper_name,
        superior=cell.superior_line,
        place=cell.place_name,
        cell=cell.name,
        born_on=member.born_on if member else None,
    )
