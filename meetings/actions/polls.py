"""A vote that is open in the room: opened, said to, counted, closed, published as an ordinary vote, or withdrawn.

What somebody has said stands in their `Voice` and nowhere else: no event and no mark of a press holds a choice, nor the
hands of the hall, which may be those of one person. With the end of the poll the voices are gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from meetings.actions.core import lately, refuse_if_apart, refuse_if_too_often
from meetings.actions.evening import record_vote
from meetings.actions.standing import own_voice, voice_of
from meetings.actions.votes import kind_of, rule_fields
from meetings.lifecycle import RUNNING
from meetings.models import Attendance, Choice, Poll, Polling, Voice
from meetings.presence import room_of, room_with, steady, voters_word
from members.access import require
from members.changes import OTHER_CONTENT, claim, claim_held, hold, hold_anyhow, reload
from members.held import written
from members.press import Press
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from datetime import datetime

    from meetings.models import AgendaItem, Vote
    from members.models import User

AS_COUNTED = ("state", "in_favour", "against", "other", "rev")
OVER = {
    Polling.CLOSED: "Biểu quyết này đã chốt nên chưa ghi gì. Nếu cần, xin đề nghị chủ trì mở lại.",
    Polling.PUBLISHED: "Biểu quyết này đã công bố kết quả nên chưa ghi gì.",
    Polling.WITHDRAWN: "Biểu quyết này đã được rút nên chưa ghi gì.",
}
WRONG_STEP = {
    Polling.OPEN: "Biểu quyết này đang lấy ý kiến. Xin chốt trước.",
    Polling.CLOSED: "Biểu quyết này đã chốt rồi.",
    Polling.PUBLISHED: "Biểu quyết này đã công bố kết quả rồi.",
    Polling.WITHDRAWN: "Biểu quyết này đã được rút rồi.",
}


@transaction.atomic
def open_poll(
    item: AgendaItem, *, question: str, kind: str = "", by: User, at: datetime, key: Press | None = None
) -> Poll:
    """Everybody who is here and may vote at this moment is entitled, until the vote is over."""
    require(by, "meeting.run", item)
    meeting = item.meeting
    claim(meeting, RUNNING, "open_poll", by=by, at=at, key=key, item=item.pk, question=question)
    refuse_if_apart(item)
    if (other := meeting.polls.alive().first()) is not None:
        raise Refused(f"Biểu quyết “{other.question}” còn mở; mỗi lúc chỉ mở một biểu quyết.")
    rule = kind_of(meeting, kind)
    item.refresh_from_db(fields=["started_at", "ended_at"])
    if item.ended_at is not None:
        raise Refused("Nội dung này đã kết thúc. Xin bắt đầu lại nội dung trước khi lấy biểu quyết.")
    room = room_of(meeting, steady(meeting, at), item)
    voters = room.voters()
    if not voters:
        raise Refused(f"Chưa có {voters_word(meeting)} nào được ghi có mặt. Xin điểm danh trước.")
    poll = Poll.objects.create(
        meeting=meeting,
        item=item,
        question=question,
        **rule_fields(rule),
        opened_at=room.at,
        opened_by=by,
        entitled=len(voters),
        base=len(room.base()),
    )
    Voice.objects.bulk_create(Voice(meeting=meeting, poll=poll, attendance=row) for row in voters)
    return poll


@transaction.atomic
def say(poll: Poll, *, choice: str, by: User, at: datetime, key: Press | None = None) -> None:
    """From the pocket, for oneself; changed as often as one likes until the vote is closed."""
    require(by, "poll.say", poll)
    came = hold_anyhow(poll.meeting, RUNNING, key=key, often=lately("say", by, at))
    voice = own_voice(poll, by.member_id)
    _refuse_if_over(poll, voice, came=came)
    if voice is None:
        raise Refused(
            f"Lúc mở biểu quyết, đồng chí không có trong {poll.entitled} {voters_word(poll.meeting)} được biểu quyết."
        )
    voice.meeting = poll.meeting
    require(by, "voice.own", voice)
    _put(poll, voice, choice, by, at, ("say", {"poll": poll.pk}), key, came=came)


@transaction.atomic
def say_for(poll: Poll, person: Attendance, *, choice: str, by: User, at: datetime, key: Press | None = None) -> None:
    """The desk enters what a member without a phone has said aloud; nobody's own word is overwritten."""
    require(by, "meeting.run", poll)
    came = hold_anyhow(poll.meeting, RUNNING, key=key)
    voice = voice_of(poll, person)
    _refuse_if_over(poll, voice, came=came)
    if voice is None:
        raise Refused(f"Đồng chí {person.name} không có trong danh sách được biểu quyết lúc mở.", field="person")
    if voice.choice is not None and voice.by_themselves and voice.attendance.member_id != by.member_id:
        raise Refused(
            f"Đồng chí {person.name} đã tự ghi ý kiến trên máy; muốn đổi thì đồng chí ấy tự đổi.", field="person"
        )
    _put(poll, voice, choice, by, at, ("say_for", {"poll": poll.pk, "person": person.pk}), key, came=came)


def _put(
    poll: Poll,
    voice: Voice,
    choice: str,
    by: User,
    at: datetime,
    told: tuple[str, dict[str, int]],
    key: Press | None,
    *,
    came: bool,
) -> None:
    """The same again is done already. The event says that somebody has spoken, never what."""
    if choice not in Choice.values:
        raise Refused("Xin chọn tán thành, không tán thành hoặc ý kiến khác.", field="choice")
    if (voice.choice, voice.entered_by_id) == (choice, by.pk):
        raise AlreadyDone("Ý kiến này đã được ghi rồi; đổi được đến khi chốt.")
    if came:  # with another choice: an old page, or one that took long to arrive
        raise Refused(OTHER_CONTENT)
    what, data = told
    if what == "say":
        refuse_if_too_often(poll.meeting)
    _refuse_unless_here(poll, voice, at)
    if voice.choice is None:
        _refuse_more_than_entitled(poll, poll.hands + poll.voices.said().count() + 1)
    voice.choice, voice.entered_by, voice.entered_at = choice, by, at
    said = written(voice, "choice", "entered_by", "entered_at")
    claim_held(poll.meeting, RUNNING, what, said, by=by, at=at, key=_of_a_choice(key), **data)


@transaction.atomic
def count_hands(
    poll: Poll,
    *,
    in_favour: int,
    against: int,
    other: int,
    rev: int,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """How many hands in the hall, of those who have said nothing by phone; a later count takes the place of it.

    `rev`: of the count that the page knew, so that two desks do not count over each other unawares.
    """
    require(by, "meeting.run", poll)
    came = hold_anyhow(poll.meeting, RUNNING, key=key)
    _refuse_if_over(poll, None, came=came)
    if came and poll.rev == rev:  # the same page, put right after it was taken
        raise Refused(OTHER_CONTENT)
    if poll.rev != rev:
        if came:
            raise AlreadyDone
        # one sentence whatever was typed: otherwise figures could be guessed until the answer is another one
        raise Refused("Bàn khác vừa ghi số giơ tay nên chưa ghi đè. Xin đối chiếu rồi ghi lại nếu cần.")
    claim_held(poll.meeting, RUNNING, "count_hands", by=by, at=at, key=_of_a_choice(key), poll=poll.pk)
    _refuse_more_than_entitled(poll, in_favour + against + other + poll.voices.said().count())
    poll.in_favour, poll.against, poll.other, poll.rev = in_favour, against, other, rev + 1
    poll.save(update_fields=["in_favour", "against", "other", "rev"])


@transaction.atomic
def close_poll(poll: Poll, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Nothing is said or changed from now on; the result is not known before it is published."""
    require(by, "meeting.run", poll)
    _step(poll, "close_poll", Polling.OPEN, by, at, key)
    poll.state, poll.closed_at = Polling.CLOSED, at
    poll.save(update_fields=["state", "closed_at"])


@transaction.atomic
def reopen_poll(poll: Poll, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Closed too early: what was said stands and may be changed again."""
    require(by, "meeting.run", poll)
    _step(poll, "reopen_poll", Polling.CLOSED, by, at, key)
    poll.state, poll.closed_at = Polling.OPEN, None
    poll.save(update_fields=["state", "closed_at"])


@transaction.atomic
def publish_poll(poll: Poll, *, by: User, at: datetime, key: Press | None = None) -> Vote:
    """Counted, recorded like any other vote, and forgotten who said what."""
    require(by, "meeting.run", poll)
    _step(poll, "publish_poll", Polling.CLOSED, by, at, key)
    said = poll.voices.counts()
    figures = {name: said[name] + getattr(poll, name) for name in Choice.values}
    poll.item.meeting = poll.meeting  # that is claimed
    poll.vote = record_vote(poll.item, question=poll.question, opened=poll, **figures, by=by, at=at)
    _end(poll, Polling.PUBLISHED, at)
    return poll.vote


@transaction.atomic
def withdraw_poll(poll: Poll, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Opened by mistake, or the question was another one: nothing of it is counted."""
    require(by, "meeting.run", poll)
    hold(poll.meeting, RUNNING, key=key)
    _read_again(poll)
    if not poll.is_alive:
        raise Refused(WRONG_STEP[Polling(poll.state)])
    claim(poll.meeting, RUNNING, "withdraw_poll", by=by, at=at, key=key, poll=poll.pk)
    _end(poll, Polling.WITHDRAWN, at)


def _end(poll: Poll, state: Polling, at: datetime) -> None:
    """Who has said what is of no use to anybody any more, so it is not kept."""
    poll.voices.all().delete()
    poll.in_favour = poll.against = poll.other = 0
    poll.state, poll.ended_at = state, at
    poll.save(update_fields=["in_favour", "against", "other", "state", "ended_at", "vote"])


def _step(poll: Poll, what: str, source: Polling, by: User, at: datetime, key: Press | None) -> None:
    claim(poll.meeting, RUNNING, what, by=by, at=at, key=key, poll=poll.pk)
    _read_again(poll)
    if poll.state != source:
        raise Refused(WRONG_STEP[Polling(poll.state)])


def _read_again(poll: Poll) -> None:
    """The poll as it is, once the meeting is held."""
    reload(poll, *AS_COUNTED)


def _refuse_if_over(poll: Poll, voice: Voice | None, *, came: bool) -> None:
    """What was taken before the closing and arrives once more is done already. `voice`: read with the poll beside it,
    once the meeting was held; without one the poll is read again.
    """
    if voice is None:
        _read_again(poll)
    else:
        for name in AS_COUNTED:
            setattr(poll, name, getattr(voice.poll, name))
    if poll.state == Polling.OPEN:
        return
    if came:
        raise AlreadyDone
    raise Refused(OVER[Polling(poll.state)])


def _refuse_unless_here(poll: Poll, voice: Voice, at: datetime) -> None:
    """Of how many was fixed at the opening; but nobody votes who has left the room or the list since."""
    row = voice.attendance
    row.recusal = voice.recusal
    room = room_with([row], poll.meeting, steady(poll.meeting, at), poll.item)
    if room.may_vote(row):
        return
    why = room.why_silent(row)
    raise Refused(
        f"{why or f'Đồng chí {row.name} không còn được biểu quyết theo danh sách.'} Số được biểu quyết vẫn là "
        f"{poll.entitled} như lúc mở."
    )


def _refuse_more_than_entitled(poll: Poll, voices: int) -> None:
    if voices > poll.entitled:
        raise Refused(
            f"Giơ tay và ghi trên máy cộng lại là {voices}, nhiều hơn {poll.entitled} "
            f"{voters_word(poll.meeting)} được biểu quyết. Xin đếm lại số giơ tay, không tính ai đã ghi trên máy.",
            field="in_favour",
        )


def _of_a_choice(key: Press | None) -> Press | None:
    """Without the mark of what was sent: whoever has the server's secret would soon find which of three it is of."""
    return Press(key.key) if key else None
