"""A vote that is open in the room: pockets and hands in one tally, known to nobody before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from documents.model import plain_text
from meetings import polls as facts
from meetings.actions import evening, polls, votes
from meetings.lifecycle import State
from meetings.models import Mark, Meeting, Poll, Voice, Vote, Way
from meetings.papers import build_minutes
from members.changes import OTHER_CONTENT
from members.models import Event, TenureKind
from members.refusal import AlreadyDone, Refused
from tests.factories import press, put_into
from tests.meetings.polling import LATER, QUESTION, again, hands, open_one, voice_of, who
from tests.meetings.steps import (
    DURING,
    OPENED,
    close,
    come_and_go,
    forbidden,
    fresh,
    has_one_effect,
    item_of,
    last_event,
    mark,
    refused,
    row_of,
    stand,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Cast


# --- From the opening to the result -------------------------------------------------------------


def test_phones_a_word_for_somebody_and_hands_come_to_one_vote(cast: Cast, opened: Meeting, poll: Poll) -> None:
    assert (poll.entitled, poll.base, last_event(opened)[0]) == (3, 3, "open_poll")
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    polls.say(again(poll), choice="in_favour", **who(cast, cast.lan))
    polls.say_for(again(poll), row_of(opened, cast.son), choice="other", **who(cast))
    hands(cast, poll, in_favour=1)
    polls.close_poll(again(poll), **who(cast))
    made = polls.publish_poll(again(poll), by=cast.account(cast.lan), at=LATER)
    assert (made.in_favour, made.against, made.other, made.entitled, made.base) == (2, 0, 1, 3, 3)
    assert (made.taken_at, made.recorded_at, made.passed) == (DURING, LATER, True)
    text = plain_text(build_minutes(fresh(opened)))
    assert (made.way, made.on_devices, made.by_hand) == (Way.ROOM, 2, 1)
    method = "(công khai: ghi trên máy 02, giơ tay 01)"
    assert f"Biểu quyết {method}: {QUESTION}. Tính trên 03 đảng viên chính thức; có mặt, được biểu quyết 03" in text


@pytest.mark.parametrize(
    ("phones", "way", "method"),
    [(3, Way.ROOM, "(công khai: ghi trên máy 03)"), (0, Way.HANDS, "(giơ tay)")],
)
def test_the_minutes_say_by_which_way_a_vote_was_taken(
    cast: Cast, opened: Meeting, poll: Poll, phones: int, way: Way, method: str
) -> None:
    for member in [cast.lan, cast.hoa, cast.son][:phones]:
        polls.say_for(again(poll), row_of(opened, member), choice="in_favour", **who(cast))
    if not phones:
        hands(cast, poll, in_favour=3)
    polls.close_poll(again(poll), **who(cast))
    made = polls.publish_poll(again(poll), **who(cast))
    assert (made.way, made.on_devices) == (way, phones or None)
    assert f"Biểu quyết {method}: {QUESTION}." in plain_text(build_minutes(fresh(opened)))


def test_the_database_holds_no_way_without_its_figure(cast: Cast, opened: Meeting) -> None:
    item = item_of(opened, "conclusion")
    made = evening.record_vote(item, question=QUESTION, in_favour=2, against=0, other=0, **who(cast))
    for wrong in ({"way": "room"}, {"on_devices": 1}, {"way": "room", "on_devices": 3}, {"way": "other"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Vote.objects.filter(pk=made.pk).update(**wrong)


def test_the_rule_is_the_one_of_the_opening(cast: Cast, opened: Meeting) -> None:
    poll = open_one(cast, opened, kind="admission")
    hands(cast, poll, in_favour=2)
    polls.close_poll(again(poll), **who(cast))
    made = polls.publish_poll(again(poll), **who(cast))
    assert (made.kind, made.needed, made.passed) == ("admission", 2, True)
    with refused("Xin chọn loại biểu quyết.", "kind"):
        open_one(cast, opened, kind="unheard-of")


def test_a_poll_that_is_withdrawn_leaves_no_vote_and_no_voice(cast: Cast, opened: Meeting, poll: Poll) -> None:
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    hands(cast, poll, other=1)
    polls.withdraw_poll(again(poll), **who(cast))
    left = again(poll)
    assert (left.state, left.hands, Voice.objects.count(), Vote.objects.count()) == ("withdrawn", 0, 0, 0)
    assert facts.poll_of(opened) is None
    assert open_one(cast, opened).pk != poll.pk


def test_closed_too_early_is_opened_again_with_what_was_said(cast: Cast, poll: Poll) -> None:
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    polls.close_poll(again(poll), **who(cast))
    polls.reopen_poll(again(poll), **who(cast))
    polls.say(again(poll), choice="in_favour", **who(cast, cast.lan))
    assert voice_of(poll, cast.lan).choice == "in_favour"


# --- What is refused ----------------------------------------------------------------------------


def test_there_is_one_open_poll_at_a_time(cast: Cast, opened: Meeting, poll: Poll) -> None:
    with refused(f"Biểu quyết “{QUESTION}” còn mở; mỗi lúc chỉ mở một biểu quyết."):
        open_one(cast, opened)


def test_a_poll_asks_for_a_room_and_for_an_item_that_is_not_over(cast: Cast, called: Meeting) -> None:
    lan = cast.account(cast.lan)
    evening.open_meeting(called, by=lan, at=OPENED)
    with refused("Chưa có đảng viên chính thức nào được ghi có mặt. Xin điểm danh trước."):
        open_one(cast, called)
    evening.mark_rest_present(called, by=lan, at=DURING)
    item = item_of(called, "conclusion")
    evening.start_item(item, by=lan, at=DURING)
    evening.end_item(item, by=lan, at=DURING)
    with refused("Nội dung này đã kết thúc. Xin bắt đầu lại nội dung trước khi lấy biểu quyết."):
        open_one(cast, called)


def test_who_was_not_entitled_at_the_opening_has_no_voice(cast: Cast, opened: Meeting, poll: Poll) -> None:
    with refused("Lúc mở biểu quyết, đồng chí không có trong 3 đảng viên chính thức được biểu quyết."):
        polls.say(again(poll), choice="in_favour", **who(cast, cast.tuan))
    with refused("Đồng chí Lê Anh Tuấn không có trong danh sách được biểu quyết lúc mở.", "person"):
        polls.say_for(again(poll), row_of(opened, cast.tuan), choice="in_favour", **who(cast))
    with refused("Xin chọn tán thành, không tán thành hoặc ý kiến khác.", "choice"):
        polls.say(again(poll), choice="maybe", **who(cast, cast.lan))


def test_a_late_comer_does_not_widen_the_base(cast: Cast, called: Meeting) -> None:
    lan = cast.account(cast.lan)
    evening.open_meeting(called, by=lan, at=OPENED)
    for member in (cast.lan, cast.hoa):
        mark(cast, called, member, Mark.PRESENT)
    poll = open_one(cast, called)
    come_and_go(cast, row_of(called, cast.son), came="19:35")
    assert again(poll).entitled == 2
    with refused("Đồng chí Đỗ Văn Sơn không có trong danh sách được biểu quyết lúc mở.", "person"):
        polls.say_for(again(poll), row_of(called, cast.son), choice="other", by=cast.account(cast.hoa), at=LATER)


def test_who_has_left_the_room_is_told_so_and_the_number_stays(cast: Cast, opened: Meeting, poll: Poll) -> None:
    come_and_go(cast, row_of(opened, cast.son), went="19:35")
    with refused("Đồng chí Đỗ Văn Sơn đã về lúc 19 giờ 35 phút. Số được biểu quyết vẫn là 3 như lúc mở."):
        polls.say_for(again(poll), row_of(opened, cast.son), choice="other", by=cast.account(cast.hoa), at=LATER)
    hands(cast, poll, in_favour=2)
    polls.close_poll(again(poll), by=cast.account(cast.hoa), at=LATER)
    made = polls.publish_poll(again(poll), by=cast.account(cast.hoa), at=LATER)
    assert (made.entitled, made.silent) == (3, 1)


def test_who_is_struck_off_has_no_voice_and_the_number_stays(cast: Cast, opened: Meeting, poll: Poll) -> None:
    stand(cast, cast.son, TenureKind.LEFT)
    sentence = "Đồng chí Đỗ Văn Sơn không còn được biểu quyết theo danh sách. Số được biểu quyết vẫn là 3 như lúc mở."
    with pytest.raises(Refused, match=sentence):
        polls.say_for(again(poll), row_of(opened, cast.son), choice="other", **who(cast))
    assert again(poll).entitled == 3


def test_who_has_said_something_is_not_struck_off_before_the_result(cast: Cast, opened: Meeting, poll: Poll) -> None:
    polls.say_for(again(poll), row_of(opened, cast.son), choice="against", **who(cast))
    told = "Đồng chí Đỗ Văn Sơn đã có ý kiến ở biểu quyết đang mở. Xin công bố hoặc rút biểu quyết ấy trước."
    with refused(told, "starts_on"):
        stand(cast, cast.son, TenureKind.LEFT)
    polls.close_poll(again(poll), **who(cast))
    polls.publish_poll(again(poll), **who(cast))
    stand(cast, cast.son, TenureKind.LEFT)
    assert not row_of(opened, cast.son).may_come


def test_whoever_changes_to_and_fro_is_asked_to_wait_and_the_last_word_stands(cast: Cast, poll: Poll) -> None:
    for turn in range(20):
        polls.say(again(poll), choice=("against", "other")[turn % 2], **who(cast, cast.lan))
    told = "Đồng chí vừa đổi nhiều lần liền. Xin đợi vài phút rồi đổi tiếp; điều đã ghi vẫn giữ nguyên."
    with refused(told):
        polls.say(again(poll), choice="in_favour", **who(cast, cast.lan))
    assert (voice_of(poll, cast.lan).choice, Event.objects.filter(what="say").count()) == ("other", 20)
    polls.say(again(poll), choice="in_favour", **who(cast))  # nobody else waits
    polls.say(again(poll), choice="in_favour", by=cast.account(cast.lan), at=LATER)


def test_nobodys_own_word_is_overwritten_by_the_desk(cast: Cast, opened: Meeting, poll: Poll) -> None:
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    own = "Đồng chí Trần Thị Lan đã tự ghi ý kiến trên máy; muốn đổi thì đồng chí ấy tự đổi."
    with refused(own, "person"):
        polls.say_for(again(poll), row_of(opened, cast.lan), choice="other", **who(cast))
    polls.say_for(again(poll), row_of(opened, cast.hoa), choice="other", by=cast.account(cast.lan), at=DURING)
    polls.say(again(poll), choice="in_favour", **who(cast))  # it is theirs to say
    voice = voice_of(poll, cast.hoa)
    assert (voice.choice, voice.by_themselves) == ("in_favour", True)


@pytest.mark.parametrize(
    ("said", "counted", "total"), [(0, 4, 4), (1, 3, 4), (2, 2, 4), (3, 1, 4), (0, 3, 0), (2, 1, 0), (3, 0, 0)]
)
def test_hands_and_phones_are_no_more_than_the_entitled(
    cast: Cast, opened: Meeting, poll: Poll, said: int, counted: int, total: int
) -> None:
    for member in (cast.lan, cast.hoa, cast.son)[:said]:
        polls.say_for(again(poll), row_of(opened, member), choice="other", **who(cast))
    if not total:
        hands(cast, poll, against=counted)
        now = facts.poll_of(opened)
        assert now is not None
        assert now.voices == said + counted
        return
    sentence = (
        f"Giơ tay và ghi trên máy cộng lại là {total}, nhiều hơn 3 đảng viên chính thức được biểu quyết. "
        "Xin đếm lại số giơ tay, không tính ai đã ghi trên máy."
    )
    with refused(sentence, "in_favour"):
        hands(cast, poll, against=counted)


def test_a_voice_beyond_the_hands_that_were_counted_is_told_to_count_anew(cast: Cast, poll: Poll) -> None:
    hands(cast, poll, in_favour=3)
    with pytest.raises(Refused, match="cộng lại là 4, nhiều hơn 3"):
        polls.say(again(poll), choice="in_favour", **who(cast))
    hands(cast, poll, in_favour=2, rev=1)
    polls.say(again(poll), choice="in_favour", **who(cast))


def test_a_poll_without_any_voice_is_not_published(cast: Cast, poll: Poll) -> None:
    polls.close_poll(again(poll), **who(cast))
    with refused("Chưa ghi số biểu quyết.", "in_favour"):
        polls.publish_poll(again(poll), **who(cast))


def test_after_the_closing_a_voice_is_told_and_nothing_applied(cast: Cast, opened: Meeting, poll: Poll) -> None:
    polls.say(again(poll), choice="against", **who(cast, cast.lan))
    polls.close_poll(again(poll), **who(cast))
    told = "Biểu quyết này đã chốt nên chưa ghi gì. Nếu cần, xin đề nghị chủ trì mở lại."
    with refused(told):
        polls.say(again(poll), choice="in_favour", **who(cast, cast.lan))
    with refused(told):
        polls.say_for(again(poll), row_of(opened, cast.son), choice="in_favour", **who(cast))
    with refused(told):
        hands(cast, poll, in_favour=1)
    with refused("Biểu quyết này đã chốt rồi."):
        polls.close_poll(again(poll), **who(cast))
    polls.publish_poll(again(poll), **who(cast))
    with refused("Biểu quyết này đã công bố kết quả nên chưa ghi gì."):
        polls.say(again(poll), choice="in_favour", **who(cast, cast.lan))
    for step in (polls.publish_poll, polls.reopen_poll, polls.withdraw_poll):
        with refused("Biểu quyết này đã công bố kết quả rồi."):
            step(again(poll), **who(cast))


def test_a_poll_is_published_only_once_it_is_closed(cast: Cast, poll: Poll) -> None:
    for step in (polls.publish_poll, polls.reopen_poll):
        with refused("Biểu quyết này đang lấy ý kiến. Xin chốt trước."):
            step(again(poll), **who(cast))


def test_two_desks_do_not_count_over_each_other(cast: Cast, poll: Poll) -> None:
    """Nor does the answer tell which figures another desk has typed."""
    hands(cast, poll, in_favour=1)
    for guess in (1, 2):
        with refused("Bàn khác vừa ghi số giơ tay nên chưa ghi đè. Xin đối chiếu rồi ghi lại nếu cần."):
            hands(cast, poll, in_favour=guess)


# --- What an open poll holds up -----------------------------------------------------------------


def test_an_open_poll_is_not_dropped_with_its_item_or_its_meeting(cast: Cast, opened: Meeting) -> None:
    lan = {"by": cast.account(cast.lan), "at": DURING}
    item, other = item_of(opened, "conclusion"), item_of(opened)
    evening.start_item(item, **lan)
    poll = open_one(cast, opened)
    told = f"Biểu quyết “{QUESTION}” còn mở. Xin chốt và công bố, hoặc rút biểu quyết ấy trước."
    for act in (
        lambda: evening.end_item(item, **lan),
        lambda: evening.start_item(other, **lan),
        lambda: close(cast, opened),
        lambda: votes.step_aside(item, row_of(opened, cast.son), **lan),
    ):
        with refused(told):
            act()
    polls.close_poll(again(poll), **who(cast))
    with refused(told):
        evening.end_item(item, **lan)
    polls.withdraw_poll(again(poll), **who(cast))
    evening.end_item(item, **lan)
    assert close(cast, opened).state == State.CLOSED


def test_an_opening_is_not_taken_back_under_an_open_poll(cast: Cast, opened: Meeting, poll: Poll) -> None:
    with pytest.raises(Refused, match="nên không rút lại khai mạc được"):
        evening.take_back(opened, by=cast.account(cast.lan), at=DURING)


def test_whoever_has_said_something_is_not_marked_absent(cast: Cast, opened: Meeting, poll: Poll) -> None:
    polls.say(again(poll), choice="against", **who(cast))
    polls.say_for(again(poll), row_of(opened, cast.son), choice="against", **who(cast))
    with refused("Đồng chí Đỗ Văn Sơn đã có ý kiến ở biểu quyết đang mở nên không thể ghi vắng."):
        mark(cast, opened, cast.son, Mark.UNEXCUSED)


def test_a_published_vote_that_was_removed_leaves_the_poll_over(cast: Cast, opened: Meeting, poll: Poll) -> None:
    hands(cast, poll, in_favour=2)
    polls.close_poll(again(poll), **who(cast))
    made = polls.publish_poll(again(poll), **who(cast))
    evening.remove_vote(made, **who(cast))
    assert (again(poll).state, again(poll).vote, facts.poll_of(opened)) == ("published", None, None)


# --- Who, in which state, once ------------------------------------------------------------------

STEPS: dict[str, tuple[str, str, Callable[[Poll, Cast, dict[str, Any]], Any]]] = {
    "say": ("open", "lan hoa", lambda poll, _, by: polls.say(poll, choice="other", **by)),
    "say_for": (
        "open",
        "lan hoa",
        lambda poll, cast, by: polls.say_for(poll, row_of(poll.meeting, cast.son), choice="other", **by),
    ),
    "count_hands": (
        "open",
        "lan hoa",
        lambda poll, _, by: polls.count_hands(poll, in_favour=1, against=0, other=0, rev=0, **by),
    ),
    "close_poll": ("open", "lan hoa", lambda poll, _, by: polls.close_poll(poll, **by)),
    "reopen_poll": ("closed", "lan hoa", lambda poll, _, by: polls.reopen_poll(poll, **by)),
    "publish_poll": ("closed", "lan hoa", lambda poll, _, by: polls.publish_poll(poll, **by)),
    "withdraw_poll": ("closed", "lan hoa", lambda poll, _, by: polls.withdraw_poll(poll, **by)),
}


def prepared(cast: Cast, poll: Poll, state: str) -> None:
    hands(cast, poll, in_favour=1)
    Poll.objects.filter(pk=poll.pk).update(state=state, in_favour=1, rev=0)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_open_to_the_desk_and_to_one_meeting_that_is_on(cast: Cast, poll: Poll, name: str) -> None:
    state, allowed, step = STEPS[name]
    prepared(cast, poll, state)
    for username in ("tuan", "mai"):
        by = {"by": cast.account(getattr(cast, username)), "at": DURING}
        if (name, username) != ("say", "tuan"):  # who is here, but was not entitled, is told in words
            with forbidden():
                step(again(poll), cast, by)
    with forbidden():
        step(again(poll), cast, {"by": cast.phuc, "at": DURING})
    for other in (State.CALLED, State.CLOSED, State.SEALED):
        put_into(other)
        with refused(f"Buổi họp đang ở bước “{other.label}” nên không làm được việc này."):
            step(again(poll), cast, who(cast))
    Meeting.objects.update(state=State.OPEN)
    first, second = again(poll), again(poll)
    pages = iter([first, second])
    by = who(cast, getattr(cast, allowed.split()[0]))
    has_one_effect(lambda key: step(next(pages), cast, {**by, "key": key}), press())
    assert Event.objects.exclude(key=None).count() == 1


def test_a_press_that_arrives_late_changes_nothing(cast: Cast, poll: Poll) -> None:
    """The first choice once more after a second one, and once more after the closing."""
    key, lan = press(), who(cast, cast.lan)
    polls.say(again(poll), choice="against", key=key, **lan)
    polls.say(again(poll), choice="in_favour", key=press(), **lan)
    with refused(OTHER_CONTENT):
        polls.say(again(poll), choice="against", key=key, **lan)
    polls.close_poll(again(poll), **who(cast))
    with pytest.raises(AlreadyDone):
        polls.say(again(poll), choice="against", key=key, **lan)
    assert voice_of(poll, cast.lan).choice == "in_favour"


def test_opening_twice_with_one_click_asks_once(cast: Cast, opened: Meeting) -> None:
    items = iter([item_of(opened, "conclusion"), item_of(opened, "conclusion")])
    has_one_effect(lambda key: polls.open_poll(next(items), question=QUESTION, key=key, **who(cast)), press())
    with forbidden():
        polls.open_poll(item_of(opened, "conclusion"), question=QUESTION, **who(cast, cast.tuan))
