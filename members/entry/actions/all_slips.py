"""Accounts and first slips for many members in one go, by the rule of the single slip: only where nobody came in yet.

A slip for an account that was used needs a second person, and is issued on its member's own page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from members.access import require
from members.actions import open_account
from members.changes import claim_held, hold
from members.entry.actions.slips import issue_slip, was_used
from members.models import SignInSlip, User
from members.names import proposed_username
from members.refusal import Refused
from members.roster import people_today

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from members.models import Member, Organisation
    from members.press import Press

AT_ONCE = 100
MOVED = (
    "Có người vừa mở tài khoản, phát phiếu hoặc đăng nhập. Chưa phát phiếu nào: xin xem lại danh sách rồi bấm lần nữa."
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be handed a first slip. `has_slip`: one is out that still works, and a new one ends it."""

    member: Member
    account: User | None
    has_slip: bool

    @property
    def proposed(self) -> bool:
        return self.member.has_device and not self.has_slip


def candidates(cell: Organisation, by: User, at: datetime) -> list[Candidate]:
    """In the order of the register. Two queries."""
    found = [(one, getattr(one, "account", None)) for one in people_today(cell) if one.organisation_id == cell.pk]
    out = SignInSlip.objects.unused(at).filter(user__member__organisation=cell)
    holding = set(out.values_list("user__member_id", flat=True))
    return [
        Candidate(one, account, one.pk in holding)
        for one, account in found
        if account is None or (account.is_active and account.pk != by.pk and not was_used(account))
    ]


@transaction.atomic
def issue_all(
    cell: Organisation, chosen: Collection[int], *, by: User, at: datetime, key: Press | None = None
) -> list[tuple[User, str]]:
    """An account for each of these members who has none, and for each a code that is shown once, to be printed.

    Raises AlreadyDone for the same press again, so that the slips that were printed from it stay good.
    """
    require(by, "slip.issue", cell)
    hold(cell, key=key)
    if not chosen:
        raise Refused("Đồng chí chưa chọn ai.")
    if len(chosen) > AT_ONCE:
        raise Refused(f"Mỗi lần in nhiều nhất {AT_ONCE} phiếu. Xin chọn bớt, rồi in tiếp lần sau.")
    people = [one for one in candidates(cell, by, at) if one.member.pk in chosen]
    if len(people) != len(chosen):
        raise Refused(MOVED)
    names = _names([one.member.full_name for one in people if one.account is None])
    accounts = [one.account or open_account(one.member, username=next(names), by=by, at=at, email="") for one in people]
    claim_held(cell, None, "issue_slips", by=by, at=at, key=key, members=[one.member.pk for one in people])
    return [(account, issue_slip(account, by=by, at=at)) for account in accounts]


def _names(people: Sequence[str]) -> Iterator[str]:
    """A name to sign in with for each, as it is proposed, with a number where it is taken."""
    wanted = [_stem(name) for name in people]
    if not wanted:
        return iter(())
    alike = reduce(or_, (Q(username__startswith=stem) for stem in {*wanted}))
    taken = set(User.objects.filter(alike).values_list("username", flat=True))
    given = []
    for stem in wanted:
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}{number}"
        taken.add(name)
        given.append(name)
    return iter(given)


def _stem(full_name: str) -> str:
    """At least three letters, as a name that is typed has."""
    stem = proposed_username(full_name)[:50] or "dang-vien"
    return stem if len(stem) > 2 else f"{stem}.dv"
