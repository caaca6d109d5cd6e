"""In which order a conference considers: the collective first, then who leads, then everybody by given name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from critique.lifecycle import Considering
from guideline.model import Clause, Evidence
from members.models import TenureKind
from members.names import sort_key
from members.roles import ON_COMMITTEE

if TYPE_CHECKING:
    from critique.cycle.models import Participant

CLAUSE = Clause("QĐ 366-QĐ/TW", date(2025, 8, 30), "Điều 7", Evidence.SEEN)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is considered; the collective has no posts."""

    key: int
    name: str
    collective: bool = False
    posts: tuple[TenureKind, ...] = ()

    @property
    def rank(self) -> int:
        if self.collective:
            return 0
        ranks = (rank for rank, post in enumerate(ON_COMMITTEE, 1) if post.value in self.posts)
        return min(ranks, default=len(ON_COMMITTEE) + 1)


def in_order(subjects: Iterable[Subject]) -> list[Subject]:
    return sorted(subjects, key=lambda one: (one.rank, sort_key(one.name)))


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of the chair's aid: how far the hearing is, and a hint about it, never about a person."""

    row: Participant
    state: Considering
    next: bool = False
    silent: bool = False  # it is going and nothing is recorded yet
    sent: bool = False  # somebody has sent an opinion that waits to be recorded


def turns(
    rows: Iterable[Participant],
    posts: Mapping[int, tuple[TenureKind, ...]],
    spoken: Iterable[int],
    sent: Iterable[int],
) -> list[Turn]:
    """`posts` by member; `spoken`, `sent`: hearings with an opinion recorded, and with one that waits."""
    known = {row.pk: row for row in rows if row.writes or hasattr(row, "hearing")}
    subjects = [
        Subject(row.pk, row.name, row.of_collective, posts.get(row.member_id or 0, ())) for row in known.values()
    ]
    heard, waits, found = set(spoken), set(sent), []
    following = False
    for subject in in_order(subjects):
        row = known[subject.key]
        hearing = getattr(row, "hearing", None)
        state = Considering(hearing.state) if hearing else Considering.WAITING
        key = hearing.pk if hearing else 0
        is_next = state == Considering.WAITING and not following
        following = following or is_next
        silent = state == Considering.GOING and key not in heard
        found.append(Turn(row, state, is_next, silent, key in waits))
    return found


def onward(turns: Sequence[Turn], here: int = 0) -> Turn | None:
    """To whom one goes on from this participant: the next that nobody has begun, then whoever was passed over, then
    who is still being considered. None when everybody else was heard.
    """
    place = next((number for number, turn in enumerate(turns) if turn.row.pk == here), -1)
    others = [*turns[place + 1 :], *turns[: max(place, 0)]]
    waiting = (turn for turn in others if turn.state == Considering.WAITING)
    going = (turn for turn in others if turn.state == Considering.GOING)
    return next(waiting, None) or next(going, None)
