"""Hand-made rows for tests: a tree, people and a meeting, each through the action that people use."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db.models.functions import Coalesce

from meetings.models import Meeting
from members import actions as people
from members.models import Member, Organisation, OrganisationKind, Tenure, TenureKind, User
from members.press import Press
from privacy.actions import consent

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
LONG_AGO = date(2015, 1, 1)
PASSWORD = "bốn từ tiếng Việt"


def at(text: str) -> datetime:
    """ "2026-12-03 19:00" in Vietnamese time."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=HANOI)


NOW = at("2026-11-20 08:00")


def make_committee(name: str = "Đảng uỷ phường Hoa Sen", parent: Organisation | None = None) -> Organisation:
    return people.found_organisation(
        parent=parent, by=None, at=NOW, kind=OrganisationKind.COMMITTEE, name=name, paper_name=name.upper()
    )


def make_cell(parent: Organisation | None, name: str = "Chi bộ Văn phòng", **fields: Any) -> Organisation:
    defaults = {
        "paper_name": name.upper(),
        "superior_line": "ĐẢNG BỘ PHƯỜNG HOA SEN",
        "place_name": "Hoa Sen",
        "term_started_on": date(2025, 1, 1),
    }
    return people.found_organisation(
        parent=parent, by=None, at=NOW, kind=OrganisationKind.CELL, name=name, **{**defaults, **fields}
    )


def make_member(
    cell: Organisation,
    name: str,
    *,
    standing: TenureKind = TenureKind.FULL,
    since: date = LONG_AGO,
    post: TenureKind | None = None,
    username: str = "",
    **person: Any,
) -> Member:
    member = people.add_member(
        cell,
        person={"full_name": name, "born_on": date(1980, 5, 19), **person},
        standing=standing,
        starts_on=since,
        by=None,
        at=NOW,
    )
    if post:
        people.appoint(member, cell, kind=post, starts_on=since, by=None, at=NOW)
    if username:
        make_account(member, username)
    return member


def make_account(member: Member, username: str) -> User:
    user = people.open_account(member, username=username, by=None, at=NOW)
    people.set_password(user, password=PASSWORD, by=None, at=NOW)
    return user


def agree_to_mail(member: Member) -> None:
    """Without this nobody is written to, whatever address there is."""
    consent.agree(["email"], by=User.objects.select_related("member").get(member=member), at=NOW)


def make_superior(committee: Organisation, name: str = "Võ Hồng Phúc", username: str = "phuc") -> User:
    """A person of the superior committee who follows the cells below it and belongs to none of them."""
    member = Member.objects.create(organisation=committee, full_name=name)
    Tenure.objects.create(member=member, organisation=committee, kind=TenureKind.SUPERIOR, starts_on=LONG_AGO)
    return make_account(member, username)


def plan_fields(**changes: Any) -> dict[str, Any]:
    return {
        "starts_at": at("2026-12-03 19:00"),
        "place": "Hội trường cơ quan",
        "topic": "Nâng cao chất lượng tự phê bình và phê bình",
        "chair": None,
        "minute_taker": None,
        "author": None,
        "purpose": "",
        **changes,
    }


def put_into(state: str, **which: Any) -> None:
    """These meetings as if they stood there, with the times without which nothing has taken place."""
    opened = Coalesce("opened_at", "starts_at")
    times = {"open": {"opened_at": opened}}
    over = {"opened_at": opened, "closed_at": Coalesce("closed_at", opened + timedelta(minutes=100))}
    Meeting.objects.filter(**which).update(state=state, **{**times, "closed": over, "sealed": over}.get(state, {}))


def minutes_later(moment: datetime, minutes: float) -> datetime:
    return moment + timedelta(minutes=minutes)


def new_key() -> str:
    return str(uuid4())


def press(digest: str = "") -> Press:
    """A click as an action gets it."""
    return Press(uuid4(), digest)
