"""The papers of a review from its rows: a person's own form, a reader's copy, an empty one to write on by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.official_forms import body as words
from critique.official_forms.forms import FORMS
from critique.official_forms.model import FormKind
from critique.writing.carried import with_rubric
from critique.writing.content import form_of, texts_of
from critique.writing.papers import Person, build_form
from meetings.papers.parts import signer
from members.house import COMMITTEE, in_house_style, own

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from critique.writing.models import SelfReview
    from documents.model import Document
    from members.models import Member


@in_house_style
def sheet(review: SelfReview, reader: str = "") -> Document:
    """`reader` names whose copy it is."""
    day = timezone.localdate(review.submitted_at) if review.submitted_at else None
    person = _person(review.cycle, review.author, form_of(review).kind)
    if form_of(review).kind is FormKind.COLLECTIVE:
        person = replace(person, signer=signer(review.cycle.cell, day or review.cycle.meets_on, COMMITTEE))
    return build_form(form_of(review), texts_of(review), person, year=review.cycle.year, day=day, reader=reader)


@in_house_style
def blank(cycle: Cycle, form: str) -> Document:
    chosen = FORMS[FormKind(form)]
    body = with_rubric(words.empty(chosen), cycle, form)
    return build_form(chosen, body, _person(cycle, None, chosen.kind), year=cycle.year, lines=True)


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
