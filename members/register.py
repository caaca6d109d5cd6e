"""Who follows the register of a cell: what an upper app does when somebody is entered, renamed, or changes standing."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from members.models import Member, Organisation, User


@dataclass(frozen=True, slots=True)
class Follower:
    """`hold` holds what will have to follow, before the register itself is held: one order for everybody who locks.

    `follow` does it, within the same transaction, for these members as they are now; it may refuse.
    """

    hold: Callable[[Organisation], None]
    follow: Callable[[Organisation, Collection[Member], User | None, datetime], None]


FOLLOWERS: dict[str, Follower] = {}  # name of the app → its part


def hold_followers(cell: Organisation) -> None:
    for follower in FOLLOWERS.values():
        follower.hold(cell)


def tell_followers(cell: Organisation, people: Collection[Member], by: User | None, at: datetime) -> None:
    for follower in FOLLOWERS.values():
        follower.follow(cell, people, by, at)
