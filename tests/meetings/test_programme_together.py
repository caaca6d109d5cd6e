"""Two planners at the same moment, on real connections: one saves, the other is told; nothing is doubled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from errands import actions as errands
from errands.models import Charge
from meetings.actions import programme as actions
from meetings.actions.programme import Overtaken, Typed
from meetings.models import Meeting, Programme, ProgrammeLine
from members.refusal import AlreadyDone, Refused
from tests.factories import NOW, press
from tests.meetings.test_concurrency import together
from tests.meetings.test_programme import USUAL, lay_out, line_of
from tests.world_shelf import keep_topic

if TYPE_CHECKING:
    from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_year_laid_out_twice_at_once_is_laid_out_once(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    answers = together(*[lambda: actions.lay_out(cast.cell, year=2027, by=lan, at=NOW, **USUAL)] * 3)
    kinds = sorted(type(answer).__name__ for answer in answers)
    assert (kinds, Programme.objects.count(), ProgrammeLine.objects.count()) == (
        ["AlreadyDone", "AlreadyDone", "Programme"],
        1,
        16,
    )


def test_of_two_who_save_at_once_one_is_told_of_the_other(cast: Cast) -> None:
    programme, lan = lay_out(cast), cast.account(cast.lan)
    pk = line_of(programme, 3).pk
    typed = [Typed(base=1, rows={pk: {"topic": words}}) for words in ("Lan viết", "Máy kia viết")]
    first, second = together(
        *(lambda one=one: actions.save(programme, one, by=lan, at=NOW, key=press()) for one in typed)
    )
    told = [answer for answer in (first, second) if answer is not None]
    assert [(type(one), one.who, one.was) for one in told] == [(Overtaken, "Trần Thị Lan", {(pk, "topic"): ""})]
    assert line_of(programme, 3).topic == ("Lan viết" if first is None else "Máy kia viết")


def test_a_line_planned_twice_at_once_becomes_one_meeting(cast: Cast) -> None:
    line, lan, key = line_of(lay_out(cast), 3), cast.account(cast.lan), press()
    same = together(*[lambda: actions.plan_line(line, Typed(), by=lan, at=NOW, key=key)] * 2)
    other = together(*[lambda: actions.plan_line(line, Typed(), by=lan, at=NOW, key=press())] * 2)
    assert sorted(type(answer) for answer in same if not isinstance(answer, Meeting)) == [AlreadyDone]
    assert ([type(answer) for answer in other], Meeting.objects.count()) == ([Refused, Refused], 1)


def test_what_is_asked_for_is_put_into_two_months_at_once_and_lands_in_one(cast: Cast) -> None:
    lay_out(cast)
    lan = cast.account(cast.lan)
    given = keep_topic(cast.ward, cast.phuc, NOW, text="Nêu gương").charges.get(cell=cast.cell)
    answers = together(
        *(
            lambda m=m: errands.place(Charge.objects.get(pk=given.pk), month=m, by=lan, at=NOW, key=press())
            for m in (3, 4)
        )
    )
    assert [type(answer) for answer in answers if answer is not None] == [AlreadyDone]
    assert ProgrammeLine.objects.filter(charges=given).count() == 1
