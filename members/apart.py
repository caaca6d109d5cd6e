"""What stands after the name of people who share it, wherever they come together: in the cell that keeps their file,
and in every cell where they have a standing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from django.db.models import Q

from members.models import STANDINGS, Member, Tenure, TenureKind
from members.names import is_same_name, one_way, told_apart

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from members.models import TenureQuerySet


def places_of(member: Member, day: date) -> set[int]:
    """The keys of the cells that this person belongs to, on that day or from a later one."""
    standings = _standing(day).filter(member=member)
    return {member.organisation_id, *standings.values_list("organisation_id", flat=True)}


def told_anew(cells: Collection[int], day: date) -> list[Member]:
    """Of those who belong to these cells, whoever has to bear another word than until now; with that word, not saved.

    Somebody from another cell is told apart from the namesakes of both.
    """
    near = _belonging(cells, day)
    wider = _belonging(set(cells).union(*near.values()), day)
    named: dict[str, list[Member]] = defaultdict(list)
    for one in Member.objects.filter(pk__in=wider):
        named[one_way(one.full_name)].append(one)
    changed = []
    for group in named.values():
        for one in group:
            meets = [other for other in group if wider[other.pk] & wider[one.pk]]
            word = told_apart((other.pk, other.full_name, other.born_on, other.told_by) for other in meets)[one.pk]
            if one.pk in near and one.apart != word:
                changed.append(one)
                one.apart = word
    return changed


def word_is_taken(member: Member, name: str, word: str, day: date) -> bool:
    """Somebody of this name, in a cell that the member belongs to, bears this chosen word already."""
    people = _belonging(places_of(member, day), day)
    others = Member.objects.filter(pk__in=people).exclude(told_by="").exclude(pk=member.pk)
    return any(is_same_name(one.full_name, name) and one.told_by.casefold() == word.casefold() for one in others)


def _standing(day: date) -> TenureQuerySet:
    """What begins later counts now: nothing tells anybody apart on the day itself."""
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Tenure.objects.filter(lasting, kind__in=STANDINGS).exclude(kind=TenureKind.LEFT)


def _belonging(cells: Collection[int], day: date) -> dict[int, set[int]]:
    """By the key of each person who belongs to one of these cells: all the cells that they belong to."""
    here = _standing(day).filter(organisation__in=cells)
    kept = Member.objects.filter(Q(organisation__in=cells) | Q(pk__in=here.values("member")))
    places = {key: {home} for key, home in kept.values_list("pk", "organisation_id")}
    for key, cell in _standing(day).filter(member__in=kept.values("pk")).values_list("member_id", "organisation_id"):
        places[key].add(cell)
    return places
