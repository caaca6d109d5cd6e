"""Which self-reviews have had their time: beyond the latest ones of each person, in reviews that are over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from critique.fixed import Fixed, kept_of
from critique.lifecycle import Destroying, State
from critique.writing.models import SelfReview
from members.names import sort_key

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    reviews: tuple[SelfReview, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Without a rule that a document has fixed this is a proposal, and nothing may be destroyed."""

    rule: Fixed
    years: tuple[Year, ...]

    @property
    def reviews(self) -> tuple[SelfReview, ...]:
        return tuple(review for year in self.years for review in year.reviews)


def destroyed_on(review: SelfReview) -> date | None:
    """The day on which the text of this self-review was destroyed. One query."""
    rows = review.destroyed.filter(destruction__state=Destroying.DONE)
    at = rows.values_list("destruction__ended_at", flat=True).first()
    return timezone.localdate(at) if at else None


def due_in(cell: Organisation, day: date) -> Due:
    """Oldest year first. Two queries; no text is opened."""
    rule = kept_of(cell, day)
    rows = SelfReview.objects.with_people().filter(participant__cycle__cell=cell, submitted_at__isnull=False)
    rows = rows.filter(participant__cycle__state=State.CLOSED).exclude(
        destroyed__destruction__state__in=[Destroying.PROPOSED, Destroying.DONE]
    )
    beyond = _beyond(rows.order_by("-participant__cycle__year"), rule.figures[0])
    years = sorted({review.cycle.year for review in beyond})
    by_name = sorted(beyond, key=lambda review: sort_key(review.participant.name))
    return Due(rule, tuple(Year(year, tuple(one for one in by_name if one.cycle.year == year)) for year in years))


COLLECTIVE = 0  # in place of a member's key


def _beyond(rows: Iterable[SelfReview], kept: int) -> list[SelfReview]:
    """Newest first per person and for the collective; what is destroyed or proposed is older than what stays."""
    seen: dict[int, int] = {}
    found = []
    for review in rows:
        member = review.participant.member_id or COLLECTIVE
        seen[member] = seen.get(member, 0) + 1
        if seen[member] > kept:
            found.append(review)
    return found
