"""What members have agreed to, as a question: who may get mail, and does this person write on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from critique.models import Consent
from critique.models.rights import Purpose

if TYPE_CHECKING:
    from members.models import Member


def who_agreed_to_mail(members: Iterable[int]) -> set[int]:
    """The last word of each counts. One query."""
    last = dict(
        Consent.objects.filter(member__in=list(members), purpose=Purpose.EMAIL).values_list("member_id", "given")
    )
    return {member for member, given in last.items() if given}


def standing(member: Member) -> dict[Purpose, str]:
    """What holds today: purpose → the version of the notice under which it was agreed to. One query."""
    found: dict[Purpose, str] = {}
    for row in Consent.objects.filter(member=member):
        found[Purpose(row.purpose)] = row.notice if row.given else ""
    return {purpose: version for purpose, version in found.items() if version}


def has_declined(member: Member) -> bool:
    """Whether this person has taken back the wish to write on the screen."""
    words = Consent.objects.filter(member=member, purpose=Purpose.BROWSER).values_list("given", flat=True)
    return list(words)[-1:] == [False]
