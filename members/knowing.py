"""The words that the table of who may know is written in: who has a role, and what a line says of a model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Protocol

from django.db.models import Q
from django.utils import timezone

from members.conditions import ALWAYS, NEVER, NOBODY, Condition, both, through, value_at
from members.roles import LEADERS, ON_COMMITTEE, Role

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from members.models import Organisation, User


class Who(Protocol):
    """Which people have a role towards a row: `q()` asks the database, `holds()` a row that is at hand."""

    def q(self, user: User, cell: str) -> Q: ...
    def holds(self, user: User, row: Any, cell: Organisation) -> bool: ...
    def of(self, owner: str) -> Who: ...
    def paths(self) -> Iterable[str]: ...


@dataclass(frozen=True)
class Person:
    """The member in this column; `people`: the members, for the table of a link to several."""

    path: str
    people: bool = False

    def q(self, user: User, cell: str) -> Q:
        return NOBODY if user.member_id is None else Q(**{self.path: user.member_id})

    def holds(self, user: User, row: Any, cell: Organisation) -> bool:
        if user.member_id is None:
            return False
        found = value_at(row, self.path)
        return user.member_id in ({one.pk for one in found.all()} if self.people and found is not None else {found})

    def of(self, owner: str) -> Who:
        return replace(self, path=through(owner, self.path))

    def paths(self) -> Iterable[str]:
        return [self.path]


@dataclass(frozen=True)
class Account:
    """The account in this column."""

    path: str

    def q(self, user: User, cell: str) -> Q:
        return Q(**{self.path: user.pk})

    def holds(self, user: User, row: Any, cell: Organisation) -> bool:
        return value_at(row, self.path) == user.pk

    def of(self, owner: str) -> Who:
        return replace(self, path=through(owner, self.path))

    def paths(self) -> Iterable[str]:
        return [self.path]


@dataclass(frozen=True)
class Committee:
    """Whoever is on the committee of the cell today."""

    def q(self, user: User, cell: str) -> Q:
        return Q(**{f"{cell}__in": user.committee_cells})

    def holds(self, user: User, row: Any, cell: Organisation) -> bool:
        return cell.pk in user.committee_cells

    def of(self, owner: str) -> Who:
        return self

    def paths(self) -> Iterable[str]:
        return []


@dataclass(frozen=True)
class Answering:
    """Who answers for the cell in a matter of these people: secretary and deputy, and where it concerns each of them
    the others of the committee. Nobody whom it concerns."""

    parties: tuple[str, ...]

    def people(self, row: Any, cell_id: int) -> set[int]:
        """Asked once for each row."""
        found: set[int] | None = row.__dict__.get("_answering")
        if found is None:
            concerned = {value_at(row, path) for path in self.parties}
            posts = _posts_of(cell_id)
            leaders = {member for member, kind in posts if kind in LEADERS} - concerned
            found = row.__dict__["_answering"] = leaders or {member for member, _ in posts} - concerned
        return found

    def q(self, user: User, cell: str) -> Q:
        if user.member_id is None:
            return NOBODY
        matters = Q(**{f"{cell}__in": user.led_cells})
        for led in user.committee_cells - user.led_cells:
            leaders = {member for member, kind in _posts_of(led) if kind in LEADERS}
            matters |= Q(*(self._among(leader) for leader in leaders), **{cell: led})
        return matters & ~self._among(user.member_id)

    def _among(self, member: int) -> Q:
        """A column that may be empty is asked whether it is first: in SQL nothing is unequal to an empty one."""
        return reduce(or_, (Q(**{f"{path}__isnull": False, path: member}) for path in self.parties))

    def holds(self, user: User, row: Any, cell: Organisation) -> bool:
        """Who is barred from the cell answers nothing there, whatever post they still have."""
        return cell.pk in user.committee_cells and user.member_id in self.people(row, cell.pk)

    def of(self, owner: str) -> Who:
        return replace(self, parties=tuple(through(owner, path) for path in self.parties))

    def paths(self) -> Iterable[str]:
        return self.parties


@dataclass(frozen=True)
class Told:
    """Whom a method of the row names, given a member's key: for what no column says. Never decides which rows exist."""

    method: str

    def q(self, user: User, cell: str) -> Q:
        return NOBODY

    def holds(self, user: User, row: Any, cell: Organisation) -> bool:
        return user.member_id is not None and value_at(row, self.method)(user.member_id)

    def of(self, owner: str) -> Who:
        return replace(self, method=through(owner, self.method))

    def paths(self) -> Iterable[str]:
        return []


@dataclass(frozen=True)
class Gives:
    """A role that the row gives to somebody of its cell; `on_committee`: as long as they are on it."""

    role: Role
    who: Who
    when: Condition = ALWAYS
    on_committee: bool = False

    def q(self, user: User, cell: str) -> Q:
        seats = Committee().q(user, cell) if self.on_committee else Q()
        return self.who.q(user, cell) & self.when.q() & seats

    def holds(self, user: User, row: Any, cell: Organisation) -> bool:
        seated = not self.on_committee or cell.pk in user.committee_cells
        return seated and self.who.holds(user, row, cell) and self.when.holds(row)

    def of(self, owner: str, also: Condition) -> Gives:
        return replace(self, who=self.who.of(owner), when=both(self.when.of(owner), also))


@dataclass(frozen=True)
class Known:
    """One line of the table."""

    what: str  # in the words of the page for people
    cell: str  # path to the organisation, "" for the organisation itself
    see: tuple[str, ...] = ()  # the rights that let somebody read it; none where no page shows it
    gives: tuple[Gives, ...] = ()
    member: Condition = ALWAYS  # when to belong to the cell is a reason to read it
    secret: bool = False  # who may not read it does not know that it exists; otherwise everybody of the cell does
    also: tuple[Role, ...] = ()  # of a secret: who knows that it exists although no page shows it to them
    above: Condition = NEVER  # from when whoever follows from above knows of it
    below: bool = False  # known in every cell below the body that it belongs to
    told: Condition = ALWAYS  # from when its own cell knows of it, where it comes from above

    @property
    def cell_key(self) -> str:
        return f"{self.cell}_id" if self.cell else "pk"

    def cell_of(self, row: Any) -> Organisation:
        for name in self.cell.split("__") if self.cell else ():
            row = getattr(row, name)
        return row

    def role_q(self, role: Role, user: User) -> Q:
        """Where in their own cells the account has this role."""
        if role == Role.MEMBER:
            return Q(**{f"{self.cell_key}__in": user.part_cells}) & self.member.q()
        if role in ON_COMMITTEE:
            return Q(**{f"{self.cell_key}__in": user.cells_with((role,))})
        return reduce(or_, (one.q(user, self.cell_key) for one in self.gives if one.role == role), NOBODY)

    def _own(self, user: User) -> Q:
        return Q(**{f"{self.cell_key}__in": user.cell_ids}) & self.told.q()

    def inside(self, user: User, roles: Collection[Role]) -> Q:
        """The rows of the account's own cells towards which it has one of these roles."""
        given = sorted({*roles} & self.possible - {Role.SUPERIOR})
        return self._own(user) & reduce(or_, (self.role_q(role, user) for role in given), NOBODY)

    def allowing(self, user: User, roles: Collection[Role]) -> Q:
        """The rows towards which the account has one of these roles, in its own cells or from above."""
        found = self.inside(user, roles)
        if Role.SUPERIOR in roles and self.above != NEVER:
            found |= self._from_above(user)
        if Role.BELOW in roles and self.below:
            found |= self._given_down(user)
        return found

    def _given_down(self, user: User) -> Q:
        return Q(**{f"{self.cell_key}__in": user.above_ids})

    def _from_above(self, user: User) -> Q:
        return self.below_q(user.superior_paths) & self.above.q()

    def below_q(self, paths: Iterable[str]) -> Q:
        """In one of these trees, themselves included."""
        path = through(self.cell, "path") if self.cell else "path"
        return reduce(or_, (Q(**{f"{path}__startswith": branch}) for branch in paths), NOBODY)

    def q(self, user: User, readers: Collection[Role]) -> Q:
        """The rows that exist for this account; `readers` have the right to read them."""
        known = self.inside(user, {*readers, *self.also}) if self.secret else self._own(user)
        if self.above != NEVER and user.superior_paths:
            known |= self._from_above(user)
        if self.below:
            known |= self._given_down(user)
        return known

    @property
    def possible(self) -> set[Role]:
        """Every role that somebody can have towards such a row."""
        found = {*ON_COMMITTEE, *(one.role for one in self.gives)}
        found |= {Role.MEMBER} if self.member != NEVER else set()
        found |= {Role.SUPERIOR} if self.above != NEVER else set()
        return found | ({Role.BELOW} if self.below else set())

    def conditions(self) -> list[Condition]:
        return [self.member, self.above, self.told, *(one.when for one in self.gives)]


@dataclass(frozen=True)
class PartOf:
    """A line that takes everything from the line of its owner, and may only be stricter."""

    owner: str  # label of the model
    path: str  # the column that leads there
    what: str
    see: tuple[str, ...] | None = None  # None: as of the owner
    gives: tuple[Gives, ...] = ()  # beside the owner's
    secret: bool = False
    above: Condition = ALWAYS  # beside what the owner asks for
    told: Condition = ALWAYS  # likewise
    only: dict[Role, Condition] = field(default_factory=dict)  # the owner's roles, narrowed

    def under(self, owner: Known) -> Known:
        narrowed = (one.of(self.path, self.only.get(one.role, ALWAYS)) for one in owner.gives)
        return replace(
            owner,
            what=self.what,
            cell=through(self.path, owner.cell),
            see=owner.see if self.see is None else self.see,
            gives=(*narrowed, *self.gives),
            member=both(owner.member.of(self.path), self.only.get(Role.MEMBER, ALWAYS)),
            secret=owner.secret or self.secret,
            above=both(owner.above.of(self.path), self.above),
            told=both(owner.told.of(self.path), self.told),
        )


def _posts_of(cell_id: int) -> list[tuple[int, str]]:
    """Who is on this committee today, and as what; whoever is suspended or has left answers nothing, whatever post."""
    from members.models import BARRED, Tenure

    today = Tenure.objects.on(timezone.localdate()).filter(organisation_id=cell_id)
    barred = today.filter(kind__in=BARRED).values("member")
    rows = today.filter(kind__in=ON_COMMITTEE).exclude(member__in=barred)
    return list(rows.values_list("member_id", "kind"))
