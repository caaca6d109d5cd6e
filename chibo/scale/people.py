"""Who is there: a province, bodies of fifty cells each below it, and in each cell people under ordinary names."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from chibo.demo.content import NEIGHBOURS, PEOPLE
from chibo.scale.fill import Table
from members.models import Event, Member, Organisation, OrganisationKind, Tenure, TenureKind, User

if TYPE_CHECKING:
    from random import Random

IN_A_BODY = 50  # cells
WITHOUT_SECRETARY = 0.02
_PARTS = [person.name.split() for person in (*PEOPLE, *NEIGHBOURS)]
#: Family, middle and given names of the demonstration's people, put together anew.
NAMES = [
    " ".join(parts)
    for parts in product(*(sorted({name[place] for name in _PARTS if len(name) == 3}) for place in range(3)))
]


@dataclass(slots=True)
class Person:
    pk: int
    name: str
    standing: TenureKind


@dataclass(slots=True)
class Cell:
    """`secretary` leads, or in a cell without one its first member does; `by`: that person's account."""

    pk: int
    path: str
    people: list[Person]
    by: int
    follower: int  # the account that follows it from the body above


@dataclass(slots=True)
class Register:
    """The tables of this file, in the order in which they are stored."""

    seed: Random
    now: datetime
    size: int
    organisations: Table = field(init=False)
    members: Table = field(init=False)
    tenures: Table = field(init=False)
    accounts: Table = field(init=False)
    events: Table = field(init=False)

    def __post_init__(self) -> None:
        named = ("parent_id", "kind", "name", "paper_name", "superior_line", "place_name", "term_started_on", "path")
        self.organisations = Table(Organisation, *named, "version")
        self.members = Table(
            Member, "organisation_id", "full_name", "born_on", "admitted_on", "official_on", "has_device", "version"
        )
        self.tenures = Table(Tenure, "member_id", "organisation_id", "kind", "starts_on")
        self.accounts = Table(User, "username", "password", "member_id")
        of_event = ("cell_id", "thing", "thing_pk", "number", "what", "actor_id", "happened_at")
        self.events = Table(Event, *of_event)

    @property
    def tables(self) -> tuple[Table, ...]:
        return self.organisations, self.members, self.tenures, self.accounts, self.events

    def body(self, above: tuple[int | None, str], name: str, line: str) -> tuple[int, str, int]:
        """A committee with somebody who follows its cells; its key, its path, that account."""
        pk, path = self._found(above, OrganisationKind.COMMITTEE, name, line)
        who = self._enter(pk, self.seed.choice(NAMES), TenureKind.SUPERIOR, date(self.now.year - 6, 1, 1))
        return pk, path, self._account(f"theodoi{pk}", who.pk)

    def cell(self, above: tuple[int, str], name: str, line: str, follower: int) -> Cell:
        pk, path = self._found(above, OrganisationKind.CELL, name, line)
        people = [
            self._enter(pk, name, self._standing(number), date(self.now.year - self.seed.randint(5, 30), 5, 19))
            for number, name in enumerate(self.seed.sample(NAMES, self.size))
        ]
        lead, since = people[0], date(self.now.year - 5, 3, 1)
        if self.seed.random() >= WITHOUT_SECRETARY:
            self.tenures.add(lead.pk, pk, TenureKind.SECRETARY, since)
        for deputy in people[1:2]:
            self.tenures.add(deputy.pk, pk, TenureKind.DEPUTY, since)
        return Cell(pk, path, people, self._account(f"chibo{pk}", lead.pk), follower)

    def _standing(self, number: int) -> TenureKind:
        """The first three, who run the meetings, are full members."""
        drawn = self.seed.random()
        if number < 3 or drawn < 0.9:
            return TenureKind.FULL
        return TenureKind.PROBATIONARY if drawn < 0.95 else TenureKind.EXEMPT

    def _found(self, above: tuple[int | None, str], kind: OrganisationKind, name: str, line: str) -> tuple[int, str]:
        path = f"{above[1] or '/'}{self.organisations.next}/"
        term = date(self.now.year - 5, 3, 1) if kind == OrganisationKind.CELL else None
        pk = self.organisations.add(above[0], kind, name, name.upper(), line, "Tỉnh lỵ", term, path, 1)
        self.events.add(pk, "organisation", pk, 1, "found_organisation", None, self.now - timedelta(days=365 * 4))
        return pk, path

    def _enter(self, organisation: int, name: str, standing: TenureKind, since: date) -> Person:
        probation = standing == TenureKind.PROBATIONARY
        since = self.now.date() - timedelta(days=self.seed.randint(30, 330)) if probation else since
        born = date(since.year - self.seed.randint(22, 40), self.seed.randint(1, 12), self.seed.randint(1, 28))
        official = None if probation else since
        admitted = since if probation else since - timedelta(days=365)
        has_device = self.seed.random() < 0.8
        pk = self.members.add(organisation, name, born, admitted, official, has_device, 1)
        self.tenures.add(pk, organisation, standing, since)
        self.events.add(organisation, "member", pk, 1, "add_member", None, self.now - timedelta(days=365 * 4))
        return Person(pk, name, standing)

    def _account(self, username: str, member: int) -> int:
        """Nobody can enter it yet."""
        return self.accounts.add(username, make_password(None), member)
