"""Two phones and a desk at the same moment: every voice counts once, and none after the closing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meetings.actions import evening, polls
from meetings.models import Poll, Voice, Vote
from members.refusal import AlreadyDone, Refused
from tests.factories import make_member, press
from tests.meetings.polling import again, open_one, who
from tests.meetings.steps import DURING, fresh, row_of
from tests.meetings.test_concurrency import numbers, together, without_a_gap

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.conftest import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def stepping(step: Callable[..., Any], poll: Poll, **told: Any) -> Callable[[], Any]:
    """One hand, with the page that it has open."""
    page = again(poll)
    return lambda: step(page, **told)


def test_phones_a_desk_and_hands_at_once_are_all_counted(cast: Cast, opened: Meeting) -> None:
    people = [make_member(cast.cell, f"Nguyễn Văn {letter}", username=f"van{letter.lower()}") for letter in "ABCDEF"]
    evening.mark_rest_present(opened, by=cast.account(cast.lan), at=DURING)
    poll = open_one(cast, opened)
    son = row_of(opened, cast.son)
    phones = [stepping(polls.say, poll, choice="in_favour", **who(cast, one)) for one in people]
    desk = again(poll)
    answers = together(
        *phones,
        lambda: polls.say_for(desk, son, choice="against", **who(cast)),
        stepping(polls.count_hands, poll, in_favour=1, against=0, other=1, rev=0, **who(cast, cast.lan)),
    )
    assert answers == [None] * 8
    polls.close_poll(again(poll), **who(cast))
    made = polls.publish_poll(again(poll), **who(cast))
    assert (made.in_favour, made.against, made.other, made.entitled) == (7, 1, 1, 9)
    assert numbers(opened) == without_a_gap(opened)


def test_the_last_place_is_taken_by_one_of_two(cast: Cast, opened: Meeting) -> None:
    """Two hands counted of three: of two phones that come together one has room."""
    poll = open_one(cast, opened)
    polls.count_hands(again(poll), in_favour=2, against=0, other=0, rev=0, **who(cast))
    answers = together(
        stepping(polls.say, poll, choice="against", **who(cast, cast.lan)),
        stepping(polls.say, poll, choice="against", **who(cast, cast.hoa)),
    )
    assert sorted(type(one).__name__ for one in answers) == ["NoneType", "Refused"]
    assert poll.voices.said().count() == 1


def test_a_voice_and_the_closing_at_once_is_counted_or_told(cast: Cast, opened: Meeting) -> None:
    for _ in range(4):
        poll = open_one(cast, opened)
        polls.count_hands(again(poll), in_favour=1, against=0, other=0, rev=0, **who(cast))
        said, closed = together(
            stepping(polls.say, poll, choice="against", **who(cast, cast.lan)),
            stepping(polls.close_poll, poll, **who(cast)),
        )
        assert closed is None
        made = polls.publish_poll(again(poll), **who(cast))
        assert made.against == (0 if isinstance(said, Refused) else 1)
        assert said is None or "đã chốt" in said.sentence


def test_two_desks_that_publish_at_once_record_one_vote(cast: Cast, opened: Meeting) -> None:
    poll, key = open_one(cast, opened), press()
    polls.say(again(poll), choice="in_favour", **who(cast, cast.lan))
    polls.close_poll(again(poll), **who(cast))
    answers = together(
        stepping(polls.publish_poll, poll, key=key, **who(cast)),
        stepping(polls.publish_poll, poll, key=key, **who(cast)),
        stepping(polls.publish_poll, poll, key=press(), **who(cast, cast.lan)),
        stepping(polls.withdraw_poll, poll, **who(cast, cast.lan)),
    )
    assert Vote.objects.count() == (1 if any(isinstance(one, Vote) for one in answers) else 0)
    assert sum(isinstance(one, Vote) or one is None for one in answers) == 1
    assert all(isinstance(one, (Vote, Refused, AlreadyDone, type(None))) for one in answers)
    assert (Voice.objects.count(), numbers(opened)) == (0, without_a_gap(opened))


def test_two_desks_that_open_at_once_open_one(cast: Cast, opened: Meeting) -> None:
    meetings = [fresh(opened), fresh(opened)]
    answers = together(*(lambda meeting=meeting: open_one(cast, meeting) for meeting in meetings))
    assert sorted(type(one).__name__ for one in answers) == ["Poll", "Refused"]
    assert Poll.objects.alive().count() == 1
