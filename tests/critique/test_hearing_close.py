"""Closing a hearing: seen as it stood, answered, judged by somebody else, never half."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from critique.course import actions as committee
from critique.hearing.actions import hearing as actions
from critique.hearing.models import Hearing
from critique.lifecycle import Considering
from members import actions as people
from members.models import Event, TenureKind
from members.refusal import Refused
from tests.critique.conftest import AFTER_MEETING, READING, fresh
from tests.critique.hearings import (
    REPLY,
    ROOM,
    SAID,
    again,
    begin,
    binh_of,
    conclude,
    finish,
    save,
    say,
    see,
    who,
)
from tests.once import built_once

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from members.models import Member
    from tests.conftest import Cast


@built_once
def binh(cast: Cast) -> Member:
    return binh_of(cast)


@built_once
def hearing(cast: Cast, binh: Member, cycle: Cycle) -> Hearing:
    """Hoa is being heard."""
    committee.draw_up(cycle, by=cast.account(cast.lan), at=READING)
    return begin(cast, cycle, cast.hoa)


def test_nothing_is_closed_before_the_person_has_seen_it_and_answered(cast: Cast, hearing: Hearing) -> None:
    opinion = say(cast, hearing, cast.tuan)
    conclude(cast, hearing, cast.lan)

    def close() -> None:
        actions.close(again(hearing), **who(cast, cast.lan))

    with pytest.raises(Refused, match="chưa có trả lời"):
        close()
    save(cast, opinion, "reply", cast.hoa, stance="explains")
    with pytest.raises(Refused, match="chưa có trả lời"):  # to explain takes words
        close()
    save(cast, opinion, "reply", cast.hoa, stance="explains", reply=REPLY)
    with pytest.raises(Refused, match="chưa xác nhận đã xem"):
        close()
    see(cast, hearing, cast.hoa)
    close()
    found = again(hearing)
    assert (found.state, found.closed_at, found.seen_way) == (Considering.CLOSED, ROOM, "own")


def test_no_more_to_say_is_an_answer_only_when_the_person_says_so(cast: Cast, hearing: Hearing) -> None:
    first, second = say(cast, hearing, cast.tuan), say(cast, hearing, cast.lan)
    save(cast, first, "reply", cast.hoa, stance="accepts", reply=REPLY)
    see(cast, hearing, cast.hoa, nothing_more=True)
    assert [again(one).stance for one in (first, second)] == ["accepts", "nothing"]
    actions.close(again(hearing), **who(cast, cast.lan))


def test_a_later_opinion_or_conclusion_takes_the_confirmation_back_and_the_persons_own_answer_does_not(
    cast: Cast, hearing: Hearing
) -> None:
    opinion = say(cast, hearing, cast.tuan)
    seen = []

    def after(do: Any) -> None:
        see(cast, hearing, cast.hoa)
        do()
        seen.append(again(hearing).seen_at is not None)

    after(lambda: save(cast, opinion, "reply", cast.hoa, stance="accepts", reply=REPLY))
    after(lambda: save(cast, hearing, "response", cast.hoa, response="Tôi tiếp thu"))
    after(lambda: save(cast, hearing, "presented", cast.lan, presented="Đã đọc bản kiểm điểm"))
    after(lambda: save(cast, opinion, "reply", cast.lan, reply="Ghi thay Hoa"))
    after(lambda: save(cast, opinion, "words", cast.lan, words="Sửa lời"))
    after(lambda: save(cast, opinion, "ruling", cast.lan, ruling="Ghi nhận"))
    after(lambda: conclude(cast, hearing, cast.lan))
    after(lambda: say(cast, hearing, cast.son))
    after(lambda: actions.strike(again(opinion), **who(cast, cast.lan)))
    assert seen == [True, True, False, False, False, False, False, False, False]


def test_whoever_confirms_confirms_what_they_saw(cast: Cast, hearing: Hearing) -> None:
    before = again(hearing).said_rev
    say(cast, hearing, cast.tuan)
    with pytest.raises(Refused, match="vừa có thay đổi"):
        actions.confirm_seen(again(hearing), seen=before, **who(cast, cast.hoa))
    assert again(hearing).seen_at is None


def test_the_table_confirms_for_somebody_without_a_device_or_in_the_room_and_is_named(
    cast: Cast, cycle: Cycle, hearing: Hearing, binh: Member
) -> None:
    see(cast, hearing, binh, way="room")
    found = again(hearing)
    assert (found.seen_way, found.seen_by.member) == ("room", binh)
    with pytest.raises(PermissionDenied):
        see(cast, hearing, cast.tuan, way="room")
    with pytest.raises(PermissionDenied):
        see(cast, hearing, cast.lan)  # as the person, which she is not
    with pytest.raises(Refused, match="bằng cách nào"):
        see(cast, hearing, cast.lan, way="rumour")
    own = begin(cast, cycle, cast.lan, by=binh)
    with pytest.raises(Refused, match="Của mình"):
        see(cast, own, cast.lan, way="room")


def test_nobody_keeps_the_record_about_themselves_while_somebody_else_is_at_the_table(
    cast: Cast, cycle: Cycle, hearing: Hearing, binh: Member
) -> None:
    own = begin(cast, cycle, cast.lan)
    opinion = say(cast, own, cast.tuan, by=binh)
    for do in (
        lambda: conclude(cast, own, cast.lan),
        lambda: say(cast, own, cast.hoa),
        lambda: save(cast, opinion, "words", cast.lan, words="Nhẹ hơn"),
        lambda: save(cast, opinion, "ruling", cast.lan, ruling="Không đúng"),
        lambda: actions.strike(again(opinion), **who(cast, cast.lan)),
        lambda: actions.close(again(own), **who(cast, cast.lan)),
    ):
        with pytest.raises(Refused, match="đồng chí khác ở bàn chủ trì"):
            do()
    save(cast, opinion, "reply", cast.lan, stance="accepts", reply="Tôi nhận")
    assert (again(opinion).words, again(opinion).reply) == (SAID, "Tôi nhận")


def test_a_committee_of_one_keeps_the_record_about_herself(cast: Cast, cycle: Cycle) -> None:
    own = begin(cast, cycle, cast.lan)
    assert finish(cast, own, cast.lan).state == Considering.CLOSED


def test_what_is_closed_never_changes_until_a_leader_opens_it_again(cast: Cast, hearing: Hearing, binh: Member) -> None:
    closed = finish(cast, hearing, cast.hoa)
    opinion = again(closed.opinions.get())
    for do in (
        lambda: say(cast, closed, cast.son),
        lambda: save(cast, opinion, "reply", cast.hoa, reply="Nghĩ lại"),
        lambda: conclude(cast, closed, cast.lan) or save(cast, closed, "conclusion", cast.lan, merits="Thêm"),
        lambda: actions.strike(opinion, **who(cast, cast.lan)),
        lambda: see(cast, closed, cast.hoa),
        lambda: actions.close(again(closed), **who(cast, cast.lan)),
    ):
        with pytest.raises(Refused, match="Đã kết luận"):
            do()
    for member in (binh, cast.hoa):
        with pytest.raises(PermissionDenied):
            actions.reopen(again(closed), **who(cast, member))
    actions.reopen(again(closed), **who(cast, cast.lan))
    assert (again(closed).state, closed.events.last().what) == (Considering.GOING, "reopen")
    save(cast, closed, "conclusion", cast.lan, faults="Viết lại")
    assert again(closed).seen_at is None


def test_the_database_closes_nothing_unseen(cast: Cast, hearing: Hearing) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(state="closed", closed_at=ROOM)


def test_a_review_does_not_end_with_half_a_hearing(cast: Cast, cycle: Cycle, hearing: Hearing) -> None:
    lan = cast.account(cast.lan)
    committee.take_step(fresh(cycle), move_name="hold", by=lan, at=AFTER_MEETING)
    with pytest.raises(Refused, match="đồng chí Nguyễn Thị Hoa chưa kết thúc"):
        committee.take_step(fresh(cycle), move_name="close", by=lan, at=AFTER_MEETING)
    finish(cast, hearing, cast.hoa)
    committee.take_step(fresh(cycle), move_name="close", by=lan, at=AFTER_MEETING)
    with pytest.raises(Refused, match="Đã kết thúc"):
        actions.reopen(again(hearing), **who(cast, cast.lan))


def test_whoever_leaves_the_cell_meanwhile_is_confirmed_for_by_the_table(cast: Cast, hearing: Hearing) -> None:
    say(cast, hearing, cast.tuan)
    gone = date(2026, 11, 1)
    people.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=gone, by=None, at=READING)
    assert list(Hearing.objects.for_user(cast.account(cast.hoa))) == []
    see(cast, hearing, cast.lan, way="device", nothing_more=True)
    actions.close(again(hearing), **who(cast, cast.lan))
    assert again(hearing).state == Considering.CLOSED


def test_the_collective_is_heard_as_anybody_else_and_the_committee_answers(
    cast: Cast, cycle: Cycle, hearing: Hearing, binh: Member
) -> None:
    row = cycle.participants.select_related("cycle__cell").get(member=None)
    whole = again(actions.begin(row, **who(cast, cast.lan)))
    say(cast, whole, cast.hoa)
    opinion = again(whole.opinions.get())
    save(cast, opinion, "reply", binh, stance="accepts", reply="Chi uỷ nhận")
    with pytest.raises(PermissionDenied):
        save(cast, opinion, "reply", cast.hoa, reply="Không phải của tôi")
    conclude(cast, whole, cast.lan)
    see(cast, whole, binh)
    actions.close(again(whole), **who(cast, cast.lan))
    assert (again(whole).state, str(whole)) == (Considering.CLOSED, "Góp ý về tập thể chi uỷ")


def test_events_hold_no_word_and_are_never_changed(cast: Cast, hearing: Hearing) -> None:
    finish(cast, hearing, cast.hoa)
    events = list(Event.objects.filter(thing="hearing").values_list("what", "data"))
    assert events == [
        ("begin", {}),
        ("opinion", {"speaker": cast.tuan.pk}),
        ("seen", {"way": "own", "nothing_more": False}),
        ("close", {}),
    ]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(what="nothing")
