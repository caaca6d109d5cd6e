"""The year's programme: laid out, saved in one go, turns, a meeting planned from a line."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from meetings.actions import planning
from meetings.actions import programme as actions
from meetings.actions.programme import Overtaken, Typed
from meetings.lifecycle import State
from meetings.models import Kind, Meeting, Programme, ProgrammeLine
from meetings.year import take_turns
from members.models import Event
from members.refusal import AlreadyDone
from tests.factories import NOW, at, make_member, plan_fields, press
from tests.meetings.steps import forbidden, has_one_effect, refused
from tests.world_shelf import keep_topic

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast

USUAL: dict[str, Any] = {
    "fixed_day": 5,
    "usual_time": time(19),
    "usual_place": "Hội trường cơ quan",
    "thematic_day": None,
}


def lay_out(cast: Cast, year: int = 2027, **changes: Any) -> Programme:
    lan = cast.account(cast.lan)
    return actions.lay_out(cast.cell, year=year, by=lan, at=NOW, **{**USUAL, **changes})


def line_of(programme: Programme, month: int, kind: str = Kind.REGULAR) -> ProgrammeLine:
    return programme.lines.select_related("programme__cell", "meeting").get(month=month, kind=kind)


def save(cast: Cast, programme: Programme, typed: Typed, **more: Any) -> None:
    actions.save(programme, typed, by=cast.account(cast.lan), at=NOW, **more)


def plan(cast: Cast, line: ProgrammeLine, typed: Typed | None = None, **more: Any) -> Meeting:
    return actions.plan_line(line, typed or Typed(), by=cast.account(cast.lan), at=NOW, **more)


def presenters(meeting: Meeting) -> dict[str, str]:
    rows = meeting.items.select_related("presenter").exclude(presenter=None)
    return {item.step: item.presenter.full_name for item in rows if item.presenter}


# --- Laying out ---------------------------------------------------------------------------------


def test_a_year_has_twelve_regular_meetings_on_the_fixed_day_and_a_thematic_one_a_quarter(cast: Cast) -> None:
    lines = list(lay_out(cast).lines.values_list("month", "kind", "day"))
    regular = [(month, "regular", date(2027, month, 5)) for month in range(1, 13)]
    thematic = [(month, "thematic", None) for month in (2, 5, 8, 11)]
    assert lines == sorted([*regular, *thematic], key=lambda line: (line[0], line[1] == "thematic"))


def test_the_thematic_meetings_have_a_day_where_one_was_given(cast: Cast) -> None:
    lines = lay_out(cast, thematic_day=28).lines.filter(kind=Kind.THEMATIC)
    assert [line.day for line in lines] == [date(2027, month, 28) for month in (2, 5, 8, 11)]


def test_a_meeting_that_the_cell_has_already_planned_stands_behind_its_line(cast: Cast, planned: Meeting) -> None:
    lan = cast.account(cast.lan)
    off = planning.plan_meeting(cast.cell, kind="regular", by=lan, at=NOW, **plan_fields(topic="", author=None))
    planning.cancel(off, reason="Trùng lịch", by=lan, at=NOW)
    autumn = plan_fields(starts_at=at("2026-11-30 23:30"), chair=cast.lan)
    late = planning.plan_meeting(cast.cell, kind="thematic", by=lan, at=NOW, **autumn)
    programme = lay_out(cast, year=2026)
    linked = {(line.month, line.kind): line.meeting for line in programme.lines.exclude(meeting=None)}
    assert linked == {(11, "thematic"): late}
    assert planned.starts_at.month == 12  # December has no thematic line, so nothing takes it


def test_a_year_is_laid_out_once_and_only_by_those_who_plan(cast: Cast) -> None:
    with forbidden():
        actions.lay_out(cast.cell, year=2027, by=cast.account(cast.hoa), at=NOW, **USUAL)
    lay_out(cast)
    with pytest.raises(AlreadyDone):
        lay_out(cast)
    assert (Programme.objects.count(), ProgrammeLine.objects.count()) == (1, 16)


# --- Saving -------------------------------------------------------------------------------------


def test_everything_that_was_typed_is_saved_in_one_go_and_leaves_one_event(cast: Cast) -> None:
    programme = lay_out(cast)
    march, may = line_of(programme, 3), line_of(programme, 5, Kind.THEMATIC)
    rows = {
        march.pk: {"day": date(2027, 3, 8), "presenter": cast.hoa},
        may.pk: {"topic": "Chống lãng phí", "preparer": cast.tuan},
    }
    usual = {"usual_time": time(14, 30), "usual_place": "Phòng 2"}
    save(cast, programme, Typed(base=1, usual=usual, rows=rows, added={"month": 9, "kind": "combined", "topic": "A"}))
    march.refresh_from_db()
    may.refresh_from_db()
    programme.refresh_from_db()
    assert (march.day, march.presenter, march.topic) == (date(2027, 3, 8), cast.hoa, "")
    assert (may.topic, may.preparer, may.day) == ("Chống lãng phí", cast.tuan, None)
    assert (programme.version, programme.usual_time, programme.usual_place) == (2, time(14, 30), "Phòng 2")
    assert line_of(programme, 9, Kind.COMBINED).topic == "A"
    event = Event.objects.get(what="save_programme")
    assert (event.actor, event.number, event.data["changed"][f"{march.pk}.day"]) == (
        cast.account(cast.lan),
        2,
        ["2027-03-05", "2027-03-08"],
    )


def test_a_line_is_taken_out_and_the_event_says_which(cast: Cast) -> None:
    programme = lay_out(cast)
    save(cast, programme, Typed(base=1, dropped=[line_of(programme, 2, Kind.THEMATIC).pk]))
    assert programme.lines.count() == 15
    assert Event.objects.get(what="save_programme").data["gone"] == ["Tháng 2: Sinh hoạt chuyên đề"]


def test_saving_a_page_on_which_nothing_was_changed_changes_nothing(cast: Cast) -> None:
    programme = lay_out(cast)
    save(cast, programme, Typed(base=1, rows={line_of(programme, 3).pk: {"topic": "", "day": date(2027, 3, 5)}}))
    programme.refresh_from_db()
    assert (programme.version, Event.objects.filter(what="save_programme").count()) == (1, 0)


def test_two_people_never_overwrite_each_other_and_the_second_one_learns_who_saved_what(cast: Cast) -> None:
    programme = lay_out(cast)
    march, april = line_of(programme, 3), line_of(programme, 4)
    save(cast, programme, Typed(base=1, rows={march.pk: {"topic": "Lan viết"}}))
    with pytest.raises(Overtaken) as caught:
        save(cast, programme, Typed(base=1, rows={march.pk: {"topic": "Bình viết"}, april.pk: {"topic": "Mới"}}))
    newer = caught.value
    assert (newer.who, newer.was, newer.gone) == ("Trần Thị Lan", {(march.pk, "topic"): ""}, [])
    march.refresh_from_db()
    april.refresh_from_db()
    assert (march.topic, april.topic) == ("Lan viết", "")


def test_what_was_typed_into_a_line_that_is_gone_is_not_lost_silently(cast: Cast) -> None:
    programme = lay_out(cast)
    gone = line_of(programme, 2, Kind.THEMATIC)
    save(cast, programme, Typed(base=1, dropped=[gone.pk]))
    with pytest.raises(Overtaken) as caught:
        save(cast, programme, Typed(base=1, rows={gone.pk: {"topic": "Chuyển đổi số"}}))
    assert caught.value.gone == ["Tháng 2: Sinh hoạt chuyên đề"]


def test_the_same_click_twice_adds_one_meeting(cast: Cast) -> None:
    programme = lay_out(cast)
    added = {"month": 9, "kind": Kind.THEMATIC, "topic": "Mới"}
    has_one_effect(lambda key: save(cast, programme, Typed(base=1, added=added), key=key), press())
    assert programme.lines.filter(month=9, kind=Kind.THEMATIC).count() == 1


def test_a_member_who_does_not_plan_cannot_save(cast: Cast) -> None:
    programme = lay_out(cast)
    with forbidden():
        actions.save(programme, Typed(base=1, dropped=[line_of(programme, 3).pk]), by=cast.account(cast.hoa), at=NOW)


def test_a_line_of_another_cell_is_no_line_of_this_programme(cast: Cast) -> None:
    mai = cast.account(cast.mai)
    theirs = actions.lay_out(cast.other_cell, year=2027, by=mai, at=NOW, **USUAL)
    foreign = line_of(theirs, 3)
    programme = lay_out(cast)
    save(cast, programme, Typed(base=1, rows={foreign.pk: {"topic": "Của người khác"}}, dropped=[foreign.pk]))
    foreign.refresh_from_db()
    assert foreign.topic == ""


# --- Turns --------------------------------------------------------------------------------------


def test_turns_go_on_after_last_year_and_leave_alone_what_stands(cast: Cast) -> None:
    before = lay_out(cast, year=2026)
    line_of(before, 12).delete()
    november = line_of(before, 11)
    november.presenter = cast.hoa
    november.save()
    programme = lay_out(cast)
    fixed = line_of(programme, 2)
    save(cast, programme, Typed(base=1, rows={fixed.pk: {"presenter": cast.tuan}}), rotate=True)
    named = [line.presenter.given_name for line in programme.lines.select_related("presenter") if line.presenter]
    order = ["Lan", "Sơn", "Hoa"]  # full members by given name, after Hoa
    turns = [order[n % 3] for n in range(15)]
    assert named == [turns[0], "Tuấn", *turns[1:]]


def test_self_criticism_goes_round_in_the_meetings_that_have_that_step(cast: Cast) -> None:
    programme = lay_out(cast)
    save(cast, programme, Typed(base=1), rotate=True)
    rows = list(programme.lines.select_related("self_critic"))
    named = [line.self_critic.given_name for line in rows if line.self_critic]
    assert [line.kind for line in rows if line.self_critic is None] == ["thematic"] * 4
    assert named == ["Hoa", "Lan", "Sơn"] * 4


def test_nobody_to_take_turns_leaves_the_lines_empty(cast: Cast) -> None:
    assert take_turns([], [None, None], last=None) == [None, None]


def test_whoever_is_named_by_hand_has_had_that_turn(cast: Cast) -> None:
    order: list[Member] = [cast.hoa, cast.lan, cast.son]
    filled = take_turns(order, [None, cast.lan, None, None], last=None)
    assert filled == [cast.hoa, cast.lan, cast.son, cast.hoa]


def test_the_exempt_and_those_on_probation_take_no_turns(cast: Cast) -> None:
    make_member(cast.cell, "Lý Thị An", standing="exempt")
    programme = lay_out(cast)
    save(cast, programme, Typed(base=1), rotate=True)
    named = {line.presenter for line in programme.lines.select_related("presenter")}
    assert named == {cast.hoa, cast.lan, cast.son}


# --- A meeting from a line ----------------------------------------------------------------------


def test_a_regular_meeting_is_planned_with_the_day_and_the_people_of_its_line(cast: Cast) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 3)
    rows = {line.pk: {"topic": "Quy chế cơ quan", "presenter": cast.hoa, "self_critic": cast.son}}
    meeting = plan(cast, line, Typed(base=1, rows=rows))
    line.refresh_from_db()
    assert (line.meeting, meeting.kind, meeting.state, meeting.chair) == (meeting, "regular", State.PLAN, cast.lan)
    assert (timezone.localtime(meeting.starts_at).isoformat(), meeting.place) == (
        "2027-03-05T19:00:00+07:00",
        "Hội trường cơ quan",
    )
    assert (meeting.topic, meeting.purpose) == ("", "Quy chế cơ quan")
    found = presenters(meeting)
    assert (found["current_affairs"], found["criticism"]) == ("Nguyễn Thị Hoa", "Đỗ Văn Sơn")


def test_a_thematic_meeting_has_its_preparer_as_author_and_its_presenter_at_the_paper(cast: Cast) -> None:
    programme = lay_out(cast, thematic_day=20)
    line = line_of(programme, 5, Kind.THEMATIC)
    rows = {line.pk: {"topic": "Chống lãng phí", "preparer": cast.tuan, "presenter": cast.hoa}}
    meeting = plan(cast, line, Typed(base=1, rows=rows))
    assert (meeting.title, meeting.paper.author) == ("Sinh hoạt chuyên đề: Chống lãng phí", cast.tuan)
    assert presenters(meeting)["present_paper"] == "Nguyễn Thị Hoa"


def test_what_was_asked_for_the_month_stands_on_the_agenda_before_the_closing_steps(cast: Cast) -> None:
    programme = lay_out(cast)
    keep_topic(cast.ward, cast.phuc, NOW, month=3, kind=Kind.REGULAR, text="Học tập Điều lệ")
    meeting = plan(cast, line_of(programme, 3))
    items = list(meeting.items.all())
    assert [item.position for item in items] == list(range(1, len(items) + 1))
    place = [item.title for item in items].index("Cấp trên yêu cầu: Học tập Điều lệ")
    assert items[place + 1].step == "criticism"
    assert (meeting.version, meeting.events.count()) == (2, 2)


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"day": None}, "Ghi ngày dự kiến của buổi này trước khi lập kế hoạch.", None),
        ({"usual_time": None}, "Ghi giờ thường lệ trước khi lập kế hoạch.", "usual_time"),
    ],
)
def test_a_line_without_day_or_hour_says_what_is_missing(
    cast: Cast, changes: dict[str, Any], sentence: str, field: str | None
) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 3)
    ProgrammeLine.objects.filter(pk=line.pk).update(**{k: v for k, v in changes.items() if k == "day"})
    Programme.objects.filter(pk=programme.pk).update(**{k: v for k, v in changes.items() if k != "day"})
    with refused(sentence, field):
        plan(cast, line)


def test_a_line_is_planned_once_and_then_no_longer_edited_here(cast: Cast) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 3)
    has_one_effect(lambda key: plan(cast, line, key=key), press())
    with refused("Buổi này đã có kế hoạch rồi."):
        plan(cast, line)
    with pytest.raises(Overtaken):
        save(cast, programme, Typed(base=1, rows={line.pk: {"topic": "Muộn rồi"}}))
    programme.refresh_from_db()
    save(cast, programme, Typed(base=programme.version, rows={line.pk: {"topic": "Muộn rồi"}}, dropped=[line.pk]))
    line.refresh_from_db()
    assert line.topic == ""


def test_a_line_whose_meeting_was_cancelled_is_open_again(cast: Cast) -> None:
    line = line_of(lay_out(cast), 3)
    first = plan(cast, line)
    planning.cancel(first, reason="Bão", by=cast.account(cast.lan), at=NOW)
    second = plan(cast, line)
    line.refresh_from_db()
    assert (line.meeting, second.pk != first.pk) == (second, True)


def test_a_line_taken_out_in_the_meantime_cannot_be_planned(cast: Cast) -> None:
    programme = lay_out(cast)
    line = line_of(programme, 3)
    ProgrammeLine.objects.filter(pk=line.pk).delete()
    with refused("Buổi này vừa được bỏ khỏi chương trình năm."):
        plan(cast, line)


def test_a_member_who_does_not_plan_makes_no_meeting_from_a_line(cast: Cast) -> None:
    line = line_of(lay_out(cast), 3)
    with forbidden():
        actions.plan_line(line, Typed(), by=cast.account(cast.hoa), at=NOW)
