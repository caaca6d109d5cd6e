"""What a press is judged by is read once the meeting is held: whatever its page knew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meetings.actions import floor, polls
from meetings.actions.core import OFTEN_ENOUGH, refuse_if_too_often
from meetings.actions.standing import turns_near
from meetings.models import AgendaItem, Meeting, Poll, Recusal, Turn, TurnState
from meetings.presence import steady
from members.changes import claim, claim_held, hold
from members.refusal import Refused
from tests.factories import at, new_key
from tests.meetings.on_the_floor import Room
from tests.meetings.polling import LATER, again, hands, open_one, voice_of, who
from tests.meetings.steps import DURING, fresh, item_of, row_of

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast


@pytest.fixture
def room(cast: Cast, opened: Meeting, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    return Room(cast, opened)


@pytest.fixture
def poll(cast: Cast, opened: Meeting) -> Poll:
    return open_one(cast, opened)


def elsewhere(room: Room, cast: Cast, state: TurnState) -> Turn:
    """Tuấn's turn on an item that is not the one that runs."""
    other = AgendaItem.objects.filter(meeting=room.meeting).exclude(pk=room.item.pk)[0]
    row, hoa = room.row(cast.tuan), cast.account(cast.hoa)
    turn: Turn = Turn.objects.create(
        meeting=room.meeting, item=other, speaker=row, state=state, place=1, asked_by=hoa, asked_at=DURING
    )
    return turn


# --- The speaking list --------------------------------------------------------------------------


@pytest.mark.parametrize("state", [TurnState.WAITING, TurnState.SPEAKING])
def test_whoever_waits_or_speaks_on_another_item_is_put_on_this_list(room: Room, cast: Cast, state: TurnState) -> None:
    elsewhere(room, cast, state)
    room.lists(cast.tuan)
    assert room.waiting == ["Tuấn"]


def test_a_speaker_of_another_meeting_neither_keeps_this_one_waiting_nor_is_ended_by_it(room: Room, cast: Cast) -> None:
    other = Meeting.objects.get(pk=room.meeting.pk)
    turn = elsewhere(room, cast, TurnState.SPEAKING)
    other.pk, other._state.adding, other.notice_number = None, True, None
    other.save()
    Turn.objects.filter(pk=turn.pk).update(meeting=other)
    assert turns_near(room.item, room.row(cast.lan)).speaking is None
    assert floor.call_on(room.item, room.row(cast.lan), **room.desk) is not None
    turn.refresh_from_db()
    assert (room.speaker, turn.state) == ("Lan", TurnState.SPEAKING)


def test_a_desk_puts_itself_on_the_list_as_often_as_any_member_and_others_as_often_as_it_must(
    room: Room, cast: Cast
) -> None:
    """Each press for oneself counts, whichever button it was; what the desk does for the room has no limit."""
    room.gives(cast.lan)
    for _ in range(OFTEN_ENOUGH + 2):
        floor.call_on(room.item, room.row(cast.tuan), **room.desk)
        floor.withdraw(room.turn(cast.tuan), **room.desk)
    for _ in range(OFTEN_ENOUGH):
        floor.call_on(room.item, room.row(cast.hoa), **room.desk)
        floor.withdraw(room.turn(cast.hoa), **room.desk)
    with pytest.raises(Refused, match="đổi nhiều lần"):
        floor.call_on(room.item, room.row(cast.hoa), **room.desk)
    floor.call_on(room.item, room.row(cast.tuan), **room.desk)
    assert room.waiting == ["Tuấn"]


def test_a_limit_that_nobody_has_counted_for_is_a_mistake_of_ours(room: Room) -> None:
    hold(room.meeting)
    with pytest.raises(ValueError, match="without counting"):
        refuse_if_too_often(room.meeting)


# --- A vote in the room -------------------------------------------------------------------------


def test_a_page_from_before_the_closing_has_no_voice_after_it(cast: Cast, poll: Poll) -> None:
    page = again(poll)
    polls.say(again(poll), choice="other", **who(cast, cast.lan))
    polls.close_poll(again(poll), **who(cast))
    assert page.state == "open"
    with pytest.raises(Refused, match="đã chốt"):
        polls.say(page, choice="in_favour", **who(cast, cast.lan))
    assert voice_of(poll, cast.lan).choice == "other"


def test_whoever_steps_aside_after_the_opening_has_no_voice_any_more(cast: Cast, opened: Meeting, poll: Poll) -> None:
    """No button does it while a vote is open; whatever does, the vote asks the room as it stands."""
    row = row_of(opened, cast.lan)
    Recusal.objects.create(meeting=opened, item=item_of(opened, "conclusion"), person=row)
    with pytest.raises(Refused, match="không tham gia nội dung này"):
        polls.say(again(poll), choice="in_favour", **who(cast, cast.lan))
    assert voice_of(poll, cast.lan).choice is None


def test_hands_that_are_put_right_on_a_page_that_was_taken_are_told_to_be_counted_anew(
    cast: Cast, opened: Meeting, poll: Poll, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer was lost, so the page still has the key of what was taken."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    hoa, url, key = as_user(cast.hoa), f"/polls/{poll.pk}/hands/", new_key()
    typed = {"in_favour": "1", "against": "0", "other": "0", "key": key}
    assert hoa.post(url, {**typed, "rev": "0"}).status_code == 302
    answer = hoa.post(url, {**typed, "in_favour": "2", "rev": "1"})
    assert (answer.status_code, "đã được ghi với nội dung khác" in answer.content.decode()) == (422, True)
    assert again(poll).in_favour == 1
    hands(cast, poll, in_favour=2, rev=1)
    assert again(poll).in_favour == 2


# --- What is remembered of a row that is held ---------------------------------------------------


def test_who_holds_a_row_anew_counts_on_from_what_has_come_meanwhile(room: Room, cast: Cast) -> None:
    mine, other = fresh(room.meeting), fresh(room.meeting)
    hold(mine, often=None, key=None)
    claim(mine, None, "told", **room.desk)
    claim(other, None, "told", by=room.desk["by"], at=LATER)
    hold(mine)
    assert steady(mine, DURING) == LATER
    claim_held(mine, None, "told", **room.desk)
    numbers = list(mine.events.filter(what="told").values_list("number", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + 3))


def test_after_a_change_its_own_moment_counts_as_the_latest(room: Room) -> None:
    """A clock that is set back within one press brings nobody into the room again."""
    held = fresh(room.meeting)
    claim(held, None, "told", by=room.desk["by"], at=LATER)
    assert steady(held, DURING) == LATER
    claim_held(held, None, "told", by=room.desk["by"], at=at("2026-12-03 19:50"))
    assert steady(held, DURING) == at("2026-12-03 19:50")
