"""What members have agreed to, as a question: who may get mail, and does this person write on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from privacy.models import Consent, Purpose

if TYPE_CHECKING:
    from members.models import Member


def who_agreed_to_mail(members: Iterable[int]) -> set[int]:
    """The last word of each counts. One query."""
    return {member for member, given in _last_words(members, Purpose.EMAIL).items() if given}


def who_declined_screen(members: Iterable[int]) -> set[int]:
    """Who has taken back the wish to write on the screen. One query."""
    return {member for member, given in _last_words(members, Purpose.BROWSER).items() if not given}


def _last_words(members: Iterable[int], purpose: Purpose) -> dict[int, bool]:
    return dict(Consent.objects.filter(member__in=list(members), purpose=purpose).values_list("member_id", "given"))


def standing(member: Member) -> dict[Purpose, str]:
    """What holds today: purpose → the version of the notice under which it was agreed to. One query."""
    found: dict[Purpose, str] = {}
    for row in Consent.objects.filter(member=member):
        found[Purpose(row.purpose)] = row.notice if row.given else ""
    return {purpose: version for purpose, version in found.items() if version}
