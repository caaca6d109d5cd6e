"""At the same moment, on real connections: figures, confirmations, decisions, handing up and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from critique.levels.actions import ballot as ballots
from critique.levels.actions import entries
from critique.levels.models import LevelEntry
from documents.model import fingerprint
from members.refusal import AlreadyDone, Refused
from tests.critique.conftest import fresh, row_of
from tests.critique.levels_cast import DECISION, FULL, above, again, counted, held, opened, sent, standing, votes, who
from tests.meetings.test_concurrency import together

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(answers: list[object]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_four_who_enter_figures_at_once_leave_one_whole_set(cast: Cast, cycle: Cycle) -> None:
    ballot = opened(cast, cycle)
    told = {"figures": FULL, "lines": votes(ballot), "base": 0, **who(cast)}
    rows = [again(ballot) for _ in range(4)]
    answers = together(*(lambda one=row: ballots.count(one, **told) for row in rows))
    assert (kinds(answers), again(ballot).rev) == (["NoneType", "Refused", "Refused", "Refused"], 1)


def test_both_seats_confirmed_at_once_make_each_proposal_once(cast: Cast, cycle: Cycle) -> None:
    ballot = counted(cast, opened(cast, cycle))
    seen = fingerprint(ballots.paper_of(ballot))
    rows = {seat: again(ballot) for seat in (ballots.HEAD, ballots.CHAIR)}
    answers = together(
        *(
            lambda one=row, seat=seat: ballots.confirm(one, seat=seat, seen=seen, **who(cast))
            for seat, row in rows.items()
        )
    )
    assert sorted(answers) == [False, True]  # type: ignore[type-var]
    assert (again(ballot).confirmed_at is not None, LevelEntry.objects.count()) == (True, 4)


def test_two_decisions_at_once_are_one(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    rows = [row_of(cycle, cast.hoa) for _ in range(3)]
    answers = together(*(lambda one=row: entries.decide(one, **DECISION, **above(cast)) for row in rows))
    assert (kinds(answers), len(standing(cycle, cast.hoa).steps)) == (["NoneType", "Refused", "Refused"], 1)


def test_handing_up_twice_at_once_is_once_and_a_decision_beside_taking_back_loses_nothing(
    cast: Cast, cycle: Cycle
) -> None:
    rows = [held(cast, cycle) for _ in range(3)]
    answers = together(*(lambda one=row: entries.hand_up(one, **who(cast)) for row in rows))
    assert kinds(answers) == ["AlreadyDone", "AlreadyDone", "NoneType"]
    row = row_of(cycle, cast.hoa)
    answers = together(
        lambda: entries.take_back(fresh(cycle), **who(cast)), lambda: entries.decide(row, **DECISION, **above(cast))
    )
    refused = [answer for answer in answers if isinstance(answer, Refused | AlreadyDone)]
    assert len(refused) == 1
    assert (fresh(cycle).handed_up_at is None) == (standing(cycle, cast.hoa).decision is None)
