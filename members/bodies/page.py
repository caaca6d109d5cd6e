"""What the page of a body shows beside its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from members.bodies.actions import may_name, may_place
from members.bodies.left import what_is_left
from members.models import Organisation, OrganisationKind, Tenure, TenureKind
from members.names import by_title, is_found
from members.policy import may

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True, slots=True)
class Beside:
    """`above`: from the top, each with whether its own page is open to the reader."""

    above: list[tuple[Organisation, bool]]
    below: list[Organisation]
    people: int
    names: bool
    places: bool
    founds: bool
    gives: bool

    @classmethod
    def of(cls, body: Organisation, user: User) -> Beside:
        """Some four queries, whatever stands below."""
        rows = Organisation.objects.in_bulk(body.above_ids)
        known = user.superior_paths
        chain = [rows[pk] for pk in body.above_ids if pk in rows]
        return cls(
            [(one, user.is_superuser or any(one.path.startswith(path) for path in known)) for one in chain],
            directly_below(body),
            people_of(body),
            may_name(user, body),
            may_place(user, body),
            body.kind == OrganisationKind.COMMITTEE and (user.is_superuser or may(user, "body.found", body)),
            user.is_superuser or may(user, "post.give", body),
        )


def directly_below(body: Organisation) -> list[Organisation]:
    """Committees first, then cells, each by name; those that have ended last."""
    named = by_title(Organisation.objects.filter(parent=body))
    return sorted(named, key=lambda one: (one.closed_on is not None, one.kind == "cell"))


def people_of(body: Organisation) -> int:
    """Who has a standing there today."""
    held = Tenure.objects.standings().on(timezone.localdate()).filter(organisation=body)
    return held.exclude(kind=TenureKind.LEFT).values("member").distinct().count()


def named_as_superior(body: Organisation) -> int:
    """Bodies directly below whose papers name this one as it is named now."""
    return Organisation.objects.filter(parent=body, superior_line=body.paper_name).running().count()


def left_today(body: Organisation) -> list[str]:
    return what_is_left(body, timezone.localdate())


def found_bodies(asked: str) -> list[Organisation]:
    """Of the whole server, in the order of the tree, by a part of the name however it is typed. One query."""
    rows = Organisation.objects.select_related("parent").in_tree_order()
    return [one for one in rows if is_found(asked, one.name)] if asked else rows
