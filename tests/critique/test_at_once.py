"""At the same moment, on real connections: two devices of one author, many authors, a save and the opening window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from critique.course import actions as committee
from critique.writing import actions as writing
from critique.writing import content
from critique.writing.models import ReadingLog, SelfReview, Way
from critique.writing.opening import open_review
from members.refusal import AlreadyDone, Refused
from members.saving.actions import Conflict, Saved
from tests.critique.conftest import READING, WROTE, fresh, review_of, shortcoming, write
from tests.factories import make_member, press
from tests.meetings.test_concurrency import together

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def stands(cycle: Cycle, cast: Cast) -> str:
    (row,) = content.texts_of(review_of(cycle, cast.hoa))["A.II"]
    return row["shortcoming"]  # type: ignore[index, no-any-return]


def test_two_devices_that_save_at_once_lose_no_text(cast: Cast, cycle: Cycle) -> None:
    reviews = [review_of(cycle, cast.hoa) for _ in range(4)]
    texts = [f"Máy số {number}" for number in range(4)]
    answers = together(
        *(
            lambda review=review, text=text: write(cast, review, shortcoming(text))
            for review, text in zip(reviews, texts, strict=True)
        )
    )
    kinds = sorted(type(answer).__name__ for answer in answers)
    kept = [answer.mine["A.II.0.shortcoming"] for answer in answers if isinstance(answer, Conflict)]
    assert (kinds, sorted([stands(cycle, cast), *kept])) == (["Conflict", "Conflict", "Conflict", "Saved"], texts)
    assert {type(answer) for answer in answers} == {Saved, Conflict}


def test_one_device_whose_save_arrives_four_times_saves_once(cast: Cast, cycle: Cycle) -> None:
    reviews = [review_of(cycle, cast.hoa) for _ in range(4)]
    answers = together(*(lambda one=one: write(cast, one, shortcoming()) for one in reviews))
    assert (answers, review_of(cycle, cast.hoa).rev) == ([Saved(1, WROTE)] * 4, 1)


def test_a_whole_cell_writes_on_the_same_evening(cast: Cast, cycle: Cycle) -> None:
    people = [make_member(cast.cell, f"Phan Văn {number}", username=f"phan{number}") for number in range(8)]
    committee.draw_up(cycle, by=cast.account(cast.lan), at=WROTE)
    reviews = [review_of(cycle, who) for who in people]
    answers = together(
        *(lambda one=one: write(cast, one, shortcoming(f"Của {one.author.full_name}")) for one in reviews)
    )
    assert answers == [Saved(1, WROTE)] * 8
    for who in people:
        texts = content.texts_of(review_of(cycle, who))
        assert texts["A.II"][0]["shortcoming"] == f"Của {who.full_name}"  # type: ignore[index]


@pytest.mark.parametrize("turn", range(3))
def test_taking_back_and_opening_the_window_at_once_never_shows_half(
    cast: Cast, submitted: SelfReview, turn: int
) -> None:
    """Whoever comes first wins: either it is taken back, or it is read; it does not change while it is read."""
    lan, hoa = cast.account(cast.lan), cast.account(cast.hoa)
    write(cast, review_of(submitted.cycle, cast.tuan), shortcoming())
    writing.submit(review_of(submitted.cycle, cast.tuan), by=cast.account(cast.tuan), at=WROTE)
    cycle = fresh(submitted.cycle)
    took, opened = together(
        lambda: writing.withdraw(submitted, by=hoa, at=READING),
        lambda: committee.take_step(cycle, move_name="read", by=lan, at=READING),
    )
    assert opened is None
    assert (isinstance(took, Refused), bool(review_of(cycle, cast.hoa).submitted_at)) in ((True, True), (False, False))
    events = list(cycle.events.values_list("number", flat=True))
    assert events == list(range(1, fresh(cycle).version + 1))


def test_submitting_twice_at_once_keeps_one_copy(cast: Cast, cycle: Cycle) -> None:
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    reviews = [review_of(cycle, cast.hoa) for _ in range(2)]
    hoa = cast.account(cast.hoa)
    answers = together(*(lambda one=one: writing.submit(one, by=hoa, at=WROTE) for one in reviews))
    assert sorted(type(answer) for answer in answers if answer is not None) == [AlreadyDone]
    assert review_of(cycle, cast.hoa).copies.count() == 1


def test_one_click_on_opening_that_arrives_twice_is_one_line(cast: Cast, submitted: SelfReview) -> None:
    key = press()
    lan = cast.account(cast.lan)
    reviews = [review_of(submitted.cycle, cast.hoa) for _ in range(3)]
    together(*(lambda one=one: open_review(one, way=Way.SCREEN, by=lan, at=READING, key=key) for one in reviews))
    assert ReadingLog.objects.count() == 1
