"""The first start: from an empty database to somebody who is signed in and can go on, in one step or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.utils import timezone

from members import actions
from members.changes import claim
from members.entry import limits, start
from members.models import OrganisationKind, TenureKind
from members.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from members.models import Organisation, User

_LOCK = (0x57A7, 0)  # of PostgreSQL: one start at a time
WRONG_CODE = "Mã khởi đầu không đúng. Mã in ở màn hình máy chủ khi cài; in lại bằng lệnh manage.py start_code."
STARTED = (
    "Máy chủ này vừa được bắt đầu từ nơi khác, nên những gì ghi ở đây chưa được lưu. Nếu không phải người của đơn vị "
    "làm việc ấy, xin báo ngay người quản trị máy chủ."
)


class AlreadyStarted(Exception):
    """Somebody else was first: nothing that is typed here can put that right."""


@dataclass(frozen=True, slots=True)
class First:
    """`organisation`: its columns, `kind` among them. `superior`: the name of the body above, "" where there is none.

    `standing_from`: since when the secretary belongs to the cell; of somebody who answers for a committee None.
    """

    organisation: Mapping[str, Any]
    superior: str
    person: Mapping[str, Any]
    standing_from: date | None
    post_from: date
    username: str
    password: str


def limited_start(first: First, *, code: str, place: str) -> User:
    """The same from a page: whoever guesses the code is slowed down."""
    at = timezone.now()
    limits.START.begin(place, at)
    user = start_here(first, code=code, at=at)
    limits.START.forget(place)
    return user


@transaction.atomic
def start_here(first: First, *, code: str, at: datetime) -> User:
    """Found the organisation and what stands above it, enter the first person with post and account.

    The account is a member's like any other and no administrator's. Refused: a wrong code, a second start.
    """
    _one_at_a_time()
    if not start.is_to_come():
        raise AlreadyStarted(STARTED)
    if start.asks_code() and not start.is_start_code(code):
        raise Refused(WRONG_CODE, field="code")
    nobody: dict[str, Any] = {"by": None, "at": at}  # nobody has an account who could be named
    organisation = _found(first, nobody)
    post = {"starts_on": first.post_from, **nobody}
    if first.standing_from is None:
        member = actions.add_member(organisation, person=first.person, standing=TenureKind.SUPERIOR, **post)
    else:
        standing = {"standing": TenureKind.FULL, "starts_on": first.standing_from, **nobody}
        member = actions.add_member(organisation, person=first.person, **standing)
        actions.appoint(member, organisation, kind=TenureKind.SECRETARY, **post)
    user = actions.open_account(member, username=first.username, **nobody)
    actions.write_password(user, first.password)
    claim(organisation, None, "first_start", by=user, at=at)
    return user


def _found(first: First, nobody: Mapping[str, Any]) -> Organisation:
    above = None
    if first.superior:
        named: dict[str, Any] = {"name": first.superior, "paper_name": first.superior.upper()}
        above = actions.found_organisation(parent=None, kind=OrganisationKind.COMMITTEE, **named, **nobody)
    return actions.found_organisation(parent=above, **first.organisation, **nobody)


def _one_at_a_time() -> None:
    """Until the transaction ends. SQLite has let nobody else write since it began."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", _LOCK)
