"""Accounts and first slips for many members in one go, by the rule of the single slip: only where nobody came in yet.

A slip for an account that was used needs a second person, and is issued on its member's own page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from members.access import require
from members.changes import claim_all, claim_held, hold
from members.entry.actions.news import tell_owners
from members.entry.actions.slips import SLIP_LIFE, was_used
from members.entry.codes import fresh_code, hash_of
from members.models import Organisation, SignInSlip, Tenure, TenureKind, User
from members.names import proposed_username
from members.refusal import Refused
from members.roles import LEADERS
from members.roster import people_today

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from datetime import datetime

    from members.models import Member
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
    found = [one for one in people_today(cell) if one.organisation_id == cell.pk]
    for one in found:
        one.organisation = cell
    return _new(found, by, at)


def first_candidates(committee: Organisation, by: User, at: datetime) -> list[Candidate]:
    """The secretaries of the cells below into which nobody who leads has ever come: nobody there can hand them a slip.

    Ever, not today: else whoever appoints a secretary anew would come into a led cell in that person's name. In the
    order of the tree. Four queries.
    """
    leading = Tenure.objects.filter(organisation__path__startswith=committee.path, kind__in=LEADERS)
    led = leading.filter(member__account__last_login__isnull=False).values("organisation")
    today = leading.on(timezone.localdate(at)).filter(kind=TenureKind.SECRETARY)
    posts = today.filter(member__organisation=F("organisation")).exclude(organisation__in=led)
    posts = posts.select_related("member__account", "member__organisation").order_by("pk")
    below = Organisation.objects.filter(path__startswith=committee.path).in_tree_order()
    place = {one.pk: number for number, one in enumerate(below)}
    return _new([post.member for post in sorted(posts, key=lambda post: place[post.organisation_id])], by, at)


def _new(people: Sequence[Member], by: User, at: datetime) -> list[Candidate]:
    """Those of them whom nobody has come in as."""
    out = SignInSlip.objects.unused(at).filter(user__member__in=people)
    holding = set(out.values_list("user__member_id", flat=True))
    found = [(one, getattr(one, "account", None)) for one in people]
    return [
        Candidate(one, account, one.pk in holding)
        for one, account in found
        if account is None or (account.is_active and account.pk != by.pk and not was_used(account))
    ]


@transaction.atomic
def issue_all(
    cell: Organisation, chosen: Collection[int], *, by: User, at: datetime, key: Press | None = None
) -> list[tuple[User, str]]:
    """An account for each of these members who has none, and for each a code that is shown once, to be printed. As many
    queries for a hundred as for one.

    Raises AlreadyDone for the same press again, so that the slips that were printed from it stay good.
    """
    require(by, "slip.issue", cell)
    require(by, "member.manage", cell)
    return _hand_out(cell, chosen, candidates, by, at, key)


@transaction.atomic
def issue_first(
    committee: Organisation, chosen: Collection[int], *, by: User, at: datetime, key: Press | None = None
) -> list[tuple[User, str]]:
    """The same for secretaries, by the committee above: as long as nobody leads their cell here."""
    require(by, "slip.first", committee)
    return _hand_out(committee, chosen, first_candidates, by, at, key)


def _hand_out(
    place: Organisation,
    chosen: Collection[int],
    who: Callable[[Organisation, User, datetime], list[Candidate]],
    by: User,
    at: datetime,
    key: Press | None,
) -> list[tuple[User, str]]:
    hold(place, key=key)
    if not chosen:
        raise Refused("Đồng chí chưa chọn ai.")
    if len(chosen) > AT_ONCE:
        raise Refused(f"Mỗi lần in nhiều nhất {AT_ONCE} phiếu. Xin chọn bớt, rồi in tiếp lần sau.")
    people = [one for one in who(place, by, at) if one.member.pk in chosen]
    if len(people) != len(chosen):
        raise Refused(MOVED)
    made = _open([one.member for one in people if one.account is None], by, at)
    accounts = [one.account or made[one.member.pk] for one in people]
    claim_held(place, None, "issue_slips", by=by, at=at, key=key, members=[one.member.pk for one in people])
    return _issue([one.member for one in people], accounts, by, at)


def _open(people: Sequence[Member], by: User, at: datetime) -> dict[int, User]:
    """`open_account` for many, by the member's key."""
    claim_all(people, "open_account", by=by, at=at)
    made = []
    for one, username in zip(people, _names([one.full_name for one in people]), strict=True):
        account = User(username=username, member=one)
        account.set_unusable_password()
        made.append(account)
    try:
        with transaction.atomic():
            User.objects.bulk_create(made)
    except IntegrityError:  # another cell took one of the names in the same second
        raise Refused(MOVED) from None
    return {one.pk: account for one, account in zip(people, made, strict=True)}


def _issue(people: Sequence[Member], accounts: Sequence[User], by: User, at: datetime) -> list[tuple[User, str]]:
    """`issue_slip` for many whom nobody has come in as: no second person is asked for."""
    claim_all(people, "issue_slip", by=by, at=at, each=[{"second": False, "drops_factor": False}] * len(people))
    SignInSlip.objects.unused(at).filter(user__in=accounts).update(expires_at=at)
    codes = [fresh_code() for _ in accounts]
    slip = {"issued_by": by, "issued_at": at, "expires_at": at + SLIP_LIFE}
    SignInSlip.objects.bulk_create(
        SignInSlip(user=account, code_hash=hash_of(code), **slip) for account, code in zip(accounts, codes, strict=True)
    )
    tell_owners(accounts, "issue_slip", by, at)
    return list(zip(accounts, codes, strict=True))


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
