"""Who signs for a body of the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from documents.model import Signature
from members import roster
from members.house import house
from members.models import TenureKind

if TYPE_CHECKING:
    from datetime import date

    from members.models import Member, Organisation


def signed_by(cell: Organisation, member: Member | None, day: date, body: str = "") -> Signature | None:
    """On behalf of the body, usually the cell, by this leader, under the own post of that day; None for whoever leads
    nothing then."""
    for entry in roster.on_day(cell, day):
        if member is not None and entry.member.pk == member.pk and entry.leads:
            return Signature((body or house().behalf, str(entry.posts[0].label).upper()), entry.member.full_name)
    return None


def signer(cell: Organisation, day: date, body: str = "") -> Signature:
    """On behalf of the body: the secretary on that day, whoever chairs; the deputy where there is no secretary."""
    entries = roster.on_day(cell, day)
    for post in (TenureKind.SECRETARY, TenureKind.DEPUTY):
        for entry in entries:
            if post in entry.posts:
                return Signature((body or house().behalf, str(post.label).upper()), entry.member.full_name)
    return Signature((body or house().behalf,), "")
