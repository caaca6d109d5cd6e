"""What can be done to what, in words: each app joins its own things; the page and “Thay đổi về đồng chí” read them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import Changing, Event, User


class Kind(models.TextChoices):
    """By these the page is sifted."""

    WORK = "work", "Chuẩn bị, ghi biên bản"
    SEAL = "seal", "Ký, đính chính, xem xét"
    REVIEW = "review", "Kiểm điểm, góp ý, khắc phục"
    LEVEL = "level", "Xếp loại"
    PLAN = "plan", "Chương trình, quy định"
    LETTER = "letter", "Ý kiến, đề nghị bằng văn bản"
    PEOPLE = "people", "Hồ sơ, chức vụ"
    ACCOUNT = "account", "Tài khoản, phiếu đăng nhập"
    READING = "reading", "Mở đọc"
    EXPORT = "export", "Tải về, in ra"


@dataclass(frozen=True, slots=True)
class Act:
    """`own`: told to whoever did it and to whoever's file it was done to, and to nobody else, whatever their post."""

    words: str
    kind: Kind
    own: bool = False


@dataclass(frozen=True)
class Thing:
    """What is done to the rows of one model. `concerning`: which of its events are about this person."""

    model: type[Changing]
    said: str  # where no row is named
    acts: Mapping[str, Act]
    people: tuple[str, ...] = ()  # what its name needs
    name: Callable[[Any], str] = str
    concerning: Callable[[User], Q] | None = None
    own_pages: bool = False  # a row leads to its own page


THINGS: dict[str, Thing] = {}


def join(*things: Thing) -> None:
    THINGS.update({str(one.model._meta.model_name): one for one in things})


def acts(kind: Kind, words: Mapping[str, str], own: tuple[str, ...] = ()) -> dict[str, Act]:
    return {what: Act(said, kind, what in own) for what, said in words.items()}


def act_of(event: Event) -> Act:
    """An act that nobody has given words is told by its own name, so that nothing is missing from a log."""
    thing = THINGS.get(event.thing)
    found = thing.acts.get(event.what) if thing else None
    return found or Act(event.what, Kind.WORK)


def own_acts() -> Q:
    """The events that are told to their doer, and to whoever's file it was done to, alone."""
    found = Q(pk__in=[])
    for name, thing in THINGS.items():
        if own := [what for what, act in thing.acts.items() if act.own]:
            found |= Q(thing=name, what__in=own)
    return found


def doer(by: User | None) -> str:
    """Who did it: a comrade by name; whoever runs the server; nobody who was signed in."""
    if by is None:
        return "người chưa đăng nhập, hoặc máy chủ"
    return f"đồng chí {by.member}" if by.member else "người quản trị máy chủ"
