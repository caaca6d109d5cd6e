"""At the same moment, on real connections: two who answer one opinion, who begin one hearing, who write and close."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from critique.hearing.actions import hearing as actions
from critique.hearing.models import Hearing
from critique.lifecycle import Considering
from members.models import Event
from members.refusal import Refused
from members.saving.actions import Conflict, save_text
from tests.critique.conftest import row_of
from tests.critique.hearings import ROOM, again, begin, conclude, save, say, see, who
from tests.meetings.test_concurrency import together

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_answer_the_same_opinion_at_once_lose_no_word(cast: Cast, cycle: Cycle) -> None:
    opinion = say(cast, begin(cast, cycle, cast.hoa), cast.tuan)
    rows, users = [again(opinion) for _ in range(4)], [cast.account(cast.hoa), cast.account(cast.lan)] * 2
    texts = [f"Lời số {number}" for number in range(4)]
    answers = together(
        *(
            lambda row=row, by=by, text=text: save_text(
                "opinion-reply", row, {"stance": "accepts", "reply": text}, base=0, by=by, at=ROOM
            )
            for row, by, text in zip(rows, users, texts, strict=True)
        )
    )
    kinds = sorted(type(answer).__name__ for answer in answers)
    kept = [answer.mine["reply"] for answer in answers if isinstance(answer, Conflict)]
    assert kinds == ["Conflict", "Conflict", "Conflict", "Saved"]
    assert sorted([again(opinion).reply, *kept]) == texts


def test_two_who_begin_at_once_begin_one_hearing(cast: Cast, cycle: Cycle) -> None:
    rows, lan = [row_of(cycle, cast.hoa) for _ in range(3)], cast.account(cast.lan)
    together(*(lambda row=row: actions.begin(row, by=lan, at=ROOM) for row in rows))
    assert (Hearing.objects.count(), Event.objects.filter(thing="hearing").count()) == (1, 1)


@pytest.mark.parametrize("turn", range(3))
def test_closing_and_a_last_opinion_at_once_never_close_what_was_not_seen(cast: Cast, cycle: Cycle, turn: int) -> None:
    hearing = begin(cast, cycle, cast.hoa)
    conclude(cast, hearing, cast.lan)
    save(cast, hearing, "response", cast.hoa, response="Tôi tiếp thu")
    see(cast, hearing, cast.hoa)
    first, second = again(hearing), again(hearing)
    closed, said = together(
        lambda: actions.close(first, **who(cast, cast.lan)),
        lambda: actions.add_opinion(second, speaker=cast.tuan, words="Thêm một ý", **who(cast, cast.lan)),
    )
    found = again(hearing)
    if found.state == Considering.CLOSED:
        assert (isinstance(said, Refused), found.opinions.count()) == (True, 0)
    else:
        assert (isinstance(closed, Refused), found.seen_at) == (True, None)
