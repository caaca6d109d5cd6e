"""Hearing somebody at the conference: under a name, with an answer, never closed unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from critique.course import actions as committee
from critique.hearing.actions import hearing as actions
from critique.hearing.models import Hearing, HearingOpinion
from critique.lifecycle import Considering
from meetings.actions import evening
from members.refusal import AlreadyDone, Refused
from members.saving.actions import Conflict, Saved, save_text
from tests.critique.conftest import AFTER_MEETING, READING, fresh, row_of
from tests.critique.hearings import (
    FAULT,
    REPLY,
    ROOM,
    SAID,
    again,
    begin,
    binh_of,
    finish,
    save,
    say,
    who,
)
from tests.factories import press
from tests.once import built_once

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from meetings.models import Meeting
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


# --- Beginning ----------------------------------------------------------------------------


def test_beginning_twice_is_one_hearing(cast: Cast, cycle: Cycle, hearing: Hearing, binh: Member) -> None:
    again_begun = begin(cast, cycle, cast.hoa, by=binh)
    assert (again_begun, again_begun.state, again_begun.about, Hearing.objects.count()) == (
        hearing, Considering.GOING, cast.hoa, 1,
    )  # fmt: skip
    assert [event.what for event in hearing.events.all()] == ["begin"]


def test_the_table_begins_and_nobody_else(cast: Cast, cycle: Cycle) -> None:
    for member in (cast.hoa, cast.tuan, cast.mai, cast.kha):
        with pytest.raises(PermissionDenied):
            begin(cast, cycle, cast.hoa, by=member)


def test_nobody_is_heard_before_the_review_is_open_after_its_end_or_without_being_reviewed(
    cast: Cast, planned_cycle: Cycle
) -> None:
    with pytest.raises(Refused, match="Đang chuẩn bị"):
        begin(cast, planned_cycle, cast.hoa)
    lan = cast.account(cast.lan)
    committee.take_step(planned_cycle, move_name="open", by=lan, at=READING)
    committee.set_participant(row_of(planned_cycle, cast.son), writes=False, note="Ốm", kind="02C", by=lan, at=READING)
    with pytest.raises(Refused, match="không thuộc đối tượng"):
        begin(cast, planned_cycle, cast.son)
    for name in ("hold", "close"):
        committee.take_step(fresh(planned_cycle), move_name=name, by=lan, at=AFTER_MEETING)
    with pytest.raises(Refused, match="Đã kết thúc"):
        begin(cast, planned_cycle, cast.hoa)


def test_the_conferences_chair_and_minute_taker_sit_at_the_table(cast: Cast, cycle: Cycle, planned: Meeting) -> None:
    cycle.meeting = planned
    cycle.save(update_fields=["meeting"])
    hearing = begin(cast, cycle, cast.tuan, by=cast.hoa)  # Hoa keeps the minutes
    say(cast, hearing, cast.lan, by=cast.hoa)
    assert hearing.opinions.get().given_by.member == cast.hoa


# --- Opinions -----------------------------------------------------------------------------


def test_an_opinion_stands_under_its_speakers_name(cast: Cast, hearing: Hearing) -> None:
    opinion = say(cast, hearing, cast.tuan)
    assert (opinion.from_whom, opinion.words, opinion.in_force) == ("đồng chí Lê Anh Tuấn", SAID, True)
    guest = again(
        actions.add_opinion(
            hearing, speaker=None, guest=" Võ Hồng Phúc, Đảng uỷ viên ", words=SAID, **who(cast, cast.lan)
        )
    )
    assert (guest.speaker, guest.from_whom, guest.number) == (None, "Võ Hồng Phúc, Đảng uỷ viên", 2)


def test_the_database_takes_no_opinion_without_a_name(cast: Cast, hearing: Hearing) -> None:
    opinion = say(cast, hearing, cast.tuan)
    for changes in ({"speaker": None}, {"guest": "Ai đó"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HearingOpinion.objects.filter(pk=opinion.pk).update(**changes)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"speaker": None}, "speaker"),
        ({"guest": "Võ Hồng Phúc"}, "speaker"),
        ({"speaker": "hoa"}, "speaker"),
        ({"speaker": "mai"}, "speaker"),
        ({"speaker": "kha"}, "speaker"),
        ({"kind": "anonymous"}, "kind"),
        ({"words": "  "}, "words"),
    ],
)
def test_an_opinion_without_a_name_a_word_or_by_somebody_who_is_not_here_is_refused(
    cast: Cast, hearing: Hearing, changes: dict[str, Any], field: str
) -> None:
    given: dict[str, Any] = {"speaker": cast.tuan, "words": SAID, **changes}
    if isinstance(given["speaker"], str):
        given["speaker"] = getattr(cast, given["speaker"])
    with pytest.raises(Refused) as refused:
        actions.add_opinion(hearing, **given, **who(cast, cast.lan))
    assert (refused.value.field, HearingOpinion.objects.count(), again(hearing).version) == (field, 0, 1)


def test_whoever_is_marked_absent_said_nothing_there(cast: Cast, cycle: Cycle, opened: Meeting) -> None:
    evening.mark(opened.attendances.get(member=cast.tuan), mark="excused", reason="Ốm", **who(cast, cast.lan))
    cycle.meeting = opened
    cycle.save(update_fields=["meeting"])
    hearing = begin(cast, cycle, cast.hoa)
    with pytest.raises(Refused, match="không dự"):
        say(cast, hearing, cast.tuan)
    say(cast, hearing, cast.son)


def test_one_click_is_one_opinion(cast: Cast, hearing: Hearing) -> None:
    key = press()
    say(cast, hearing, cast.tuan, key=key)
    with pytest.raises(AlreadyDone):
        say(cast, hearing, cast.tuan, key=key)
    assert HearingOpinion.objects.count() == 1


def test_what_is_struck_out_stays_out_of_force(cast: Cast, hearing: Hearing, binh: Member) -> None:
    opinion = say(cast, hearing, cast.tuan)
    with pytest.raises(PermissionDenied):
        actions.strike(opinion, **who(cast, cast.hoa))
    actions.strike(opinion, **who(cast, binh))
    found = again(opinion)
    assert (found.words, found.in_force, found.dropped_by.member) == (SAID, False, binh)
    with pytest.raises(AlreadyDone):
        actions.strike(found, **who(cast, binh))
    with pytest.raises(Refused, match="gạch bỏ"):
        save(cast, found, "reply", cast.hoa, stance="accepts")


# --- Saving what is typed -----------------------------------------------------------------


def test_the_person_answers_on_their_own_phone_and_the_minute_taker_or_secretary_for_them(
    cast: Cast, hearing: Hearing, binh: Member
) -> None:
    opinion = say(cast, hearing, cast.tuan)
    assert save(cast, opinion, "reply", cast.hoa, stance="explains", reply=REPLY) == Saved(1, ROOM)
    save(cast, opinion, "reply", cast.lan, stance="accepts", reply=REPLY)
    for member in (cast.tuan, cast.mai, binh):
        with pytest.raises(PermissionDenied):
            save(cast, opinion, "reply", member, stance="accepts", reply="Hộ")
    assert (again(opinion).stance, again(opinion).reply) == ("accepts", REPLY)


def test_two_who_answer_the_same_opinion_at_once_lose_no_word(cast: Cast, hearing: Hearing) -> None:
    opinion = say(cast, hearing, cast.tuan)
    save(cast, opinion, "reply", cast.hoa, stance="explains", reply="Lời của Hoa", base=0)
    answer = save(cast, opinion, "reply", cast.lan, stance="accepts", reply="Lời Lan ghi", base=0)
    assert answer == Conflict(
        1,
        {"stance": "explains", "reply": "Lời của Hoa"},
        {"stance": "accepts", "reply": "Lời Lan ghi"},
        "Nguyễn Thị Hoa",
    )
    assert again(opinion).reply == "Lời của Hoa"


def test_the_same_save_arriving_twice_saves_once(cast: Cast, hearing: Hearing) -> None:
    for said in ((hearing.pk, 1), None):
        answer = save_text(
            "hearing-presented", again(hearing), {"presented": "Đã trình bày"}, base=0, **who(cast, cast.lan)
        )
        assert answer == Saved(1, ROOM, said)


def test_different_parts_never_meet(cast: Cast, hearing: Hearing) -> None:
    opinion = say(cast, hearing, cast.tuan)
    assert save(cast, opinion, "reply", cast.hoa, reply=REPLY, base=0) == Saved(1, ROOM)
    assert save(cast, opinion, "ruling", cast.lan, ruling="Chi bộ ghi nhận", base=0) == Saved(1, ROOM, (hearing.pk, 2))
    assert save(cast, opinion, "words", cast.lan, words="Viết gọn hơn", base=0) == Saved(1, ROOM, (hearing.pk, 3))
    found = again(opinion)
    assert (found.reply, found.ruling, found.words, found.kind) == (REPLY, "Chi bộ ghi nhận", "Viết gọn hơn", "opinion")


@pytest.mark.parametrize(
    ("part", "texts"),
    [("reply", {"stance": "silent"}), ("words", {"kind": "secret"}), ("reply", {"reply": "x" * 20_001})],
)
def test_what_no_form_offers_or_is_too_long_is_refused(
    cast: Cast, hearing: Hearing, part: str, texts: dict[str, str]
) -> None:
    opinion = say(cast, hearing, cast.tuan)
    with pytest.raises(Refused):
        save(cast, opinion, part, cast.lan, **texts)


# --- The smaller form ---------------------------------------------------------------------


def test_self_criticism_at_a_meeting_is_heard_the_same_way(cast: Cast, opened: Meeting) -> None:
    made = again(actions.begin_at(opened, about=cast.tuan, **who(cast, cast.hoa)))
    assert actions.begin_at(opened, about=cast.tuan, **who(cast, cast.lan)) == made
    assert finish(cast, made, cast.tuan, by=cast.hoa).state == Considering.CLOSED
    assert again(made).faults == FAULT


def test_nobody_is_heard_at_a_meeting_that_has_not_begun_or_in_absence(cast: Cast, called: Meeting) -> None:
    with pytest.raises(Refused, match="chưa khai mạc"):
        actions.begin_at(called, about=cast.tuan, **who(cast, cast.lan))
    evening.open_meeting(called, by=cast.account(cast.lan), at=ROOM)
    evening.mark(called.attendances.get(member=cast.tuan), mark="unexcused", **who(cast, cast.lan))
    for absent in (cast.tuan, cast.mai):
        with pytest.raises(Refused, match="không dự"):
            actions.begin_at(called, about=absent, **who(cast, cast.lan))
    with pytest.raises(PermissionDenied):
        actions.begin_at(called, about=cast.hoa, **who(cast, cast.tuan))
