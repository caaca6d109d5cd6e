"""What every table of states is made of: a step from some states to another, who may take it, what may refuse it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

State = TypeVar("State", bound=str)


@dataclass(frozen=True, slots=True)
class Transition:
    source: frozenset[str]
    target: str
    needs: str  # a line of members.policy.ALLOWED
    guards: tuple[str, ...] = ()  # names in the app's table of guards, each may refuse


def any_of(*states: State) -> frozenset[State]:
    return frozenset(states)
