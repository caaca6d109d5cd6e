"""The day that a cell keeps: said once, shown ahead, made into a meeting with one press; holidays only advise."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING, Any

import pytest

from meetings.actions import meeting_day, planning, programme
from meetings.coming import coming, notes
from meetings.models import Kind, Meeting, MeetingDay, ProgrammeLine
from members.refusal import Refused
from rulings.models import DayOff
from tests.factories import at, plan_fields

if TYPE_CHECKING:
    from tests.conftest import Cast

NOW = at("2026-12-10 08:00")
TODAY = date(2026, 12, 10)


def fixed(cast: Cast, **changes: Any) -> MeetingDay:
    rule = {"way": "day", "day": 5, "nth": None, "weekday": None, "time": time(19), "place": "Hội trường", **changes}
    return meeting_day.fix_day(cast.cell, by=cast.account(cast.lan), at=NOW, **rule)


def weekday(nth: int, of: int) -> MeetingDay:
    return MeetingDay(way="weekday", nth=nth, weekday=of)


@pytest.mark.parametrize(
    ("rule", "year", "month", "day", "said"),
    [
        (MeetingDay(way="day", day=3), 2027, 2, 3, "ngày 3 hằng tháng"),
        (weekday(1, 4), 2027, 1, 1, "thứ Sáu đầu tiên của tháng"),
        (weekday(2, 0), 2027, 2, 8, "thứ Hai thứ hai của tháng"),
        (weekday(5, 4), 2027, 1, 29, "thứ Sáu cuối cùng của tháng"),
        (weekday(5, 4), 2027, 2, 26, "thứ Sáu cuối cùng của tháng"),  # a month with four Fridays
        (weekday(4, 6), 2027, 2, 28, "Chủ nhật thứ tư của tháng"),
    ],
)
def test_the_rule_finds_its_day_in_every_month(rule: MeetingDay, year: int, month: int, day: int, said: str) -> None:
    assert (rule.in_month(year, month), str(rule)) == (date(year, month, day), said)


def test_a_day_off_or_a_weekend_is_said_and_stays_the_day(cast: Cast) -> None:
    rule = fixed(cast, day=6)
    by = {"entered_by": cast.phuc, "entered_at": NOW}
    DayOff.objects.create(organisation=cast.ward, day=date(2027, 1, 6), name="Nghỉ bù", **by)
    assert [(one.day, one.notes) for one in coming(rule, TODAY, 2)] == [
        (date(2027, 1, 6), ["Trùng ngày nghỉ: Nghỉ bù."]),
        (date(2027, 2, 6), ["Rơi vào thứ Bảy."]),
    ]
    assert notes(date(2027, 9, 2), {}) == ["Trùng ngày nghỉ: Quốc khánh."]


def test_a_weekend_that_the_rule_names_was_chosen(cast: Cast) -> None:
    assert [one.notes for one in coming(fixed(cast, way="weekday", day=None, nth=1, weekday=5), TODAY, 2)] == [[], []]


def test_one_press_makes_the_meeting_with_what_is_usual(
    cast: Cast, called: Meeting, as_user: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    fixed(cast)
    url = f"/cells/{cast.cell.pk}/meeting-day/"
    lan = as_user(cast.lan)
    first = lan.get(url).context["coming"][0].day
    assert lan.post(f"{url}plan/", {"day": f"{first:%Y-%m-%d}"}).status_code == 302
    made = Meeting.objects.get(kind=Kind.REGULAR)
    assert (made.starts_at, made.place, made.chair, made.minute_taker) == (
        at("2027-01-05 19:00"),
        "Hội trường",
        cast.lan,
        called.minute_taker,
    )
    again = coming(MeetingDay.objects.get(), TODAY, 1)[0]
    assert again.meeting == made
    with pytest.raises(Refused):
        meeting_day.plan_day(MeetingDay.objects.get(), day=first, by=cast.account(cast.lan), at=NOW)


def test_the_programmes_line_of_the_month_becomes_the_meeting(cast: Cast) -> None:
    lan, usual = cast.account(cast.lan), {"usual_time": time(14), "usual_place": "Phòng họp"}
    programme.lay_out(cast.cell, year=2027, fixed_day=8, thematic_day=None, by=lan, at=NOW, **usual)
    rule = fixed(cast)
    one = coming(rule, TODAY, 1)[0]
    made = meeting_day.plan_day(rule, day=one.day, by=lan, at=NOW)
    assert (one.day, made.starts_at, made.place) == (date(2027, 1, 8), at("2027-01-08 14:00"), "Phòng họp")
    assert ProgrammeLine.objects.get(month=1).meeting == made


def test_a_programme_is_laid_out_on_the_weekday_that_the_cell_keeps(cast: Cast, as_user: Any) -> None:
    fixed(cast, way="weekday", day=None, nth=1, weekday=4)
    url = f"/cells/{cast.cell.pk}/programme/2027/"
    form = as_user(cast.lan).get(url).context["form"]
    assert (form["usual_time"].value(), form["usual_place"].value()) == (time(19), "Hội trường")
    sent = {"fixed_day": "", "thematic_day": "", "usual_time": "19:00", "usual_place": "Hội trường"}
    assert as_user(cast.lan).post(f"{url}lay-out/", sent).status_code == 302
    days = ProgrammeLine.objects.filter(kind=Kind.REGULAR).values_list("day", flat=True)
    assert [*days[:3]] == [date(2027, 1, 1), date(2027, 2, 5), date(2027, 3, 5)]


def test_planning_begins_with_chair_place_day_and_the_last_minute_taker(
    cast: Cast, called: Meeting, as_user: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    planning.cancel(called, reason="Trùng lịch", by=cast.account(cast.lan), at=NOW)
    lan = cast.account(cast.lan)
    before = plan_fields(place="Nhà văn hoá", minute_taker=cast.hoa, topic="")
    planning.plan_meeting(cast.cell, kind=Kind.REGULAR, by=lan, at=NOW, **before)
    url = f"/cells/{cast.cell.pk}/meetings/new/?kind=regular"
    names = ("starts_at", "place", "chair", "minute_taker")
    without = [as_user(cast.lan).get(url).context["form"][name].value() for name in names]
    fixed(cast)
    kept = [as_user(cast.lan).get(url).context["form"][name].value() for name in names]
    assert without == [None, "Nhà văn hoá", cast.lan.pk, cast.hoa.pk]
    assert kept == [at("2027-01-05 19:00").replace(tzinfo=None), "Hội trường", cast.lan.pk, cast.hoa.pk]


def test_a_rule_that_is_not_whole_is_asked_for_again_and_two_hands_do_not_overwrite(cast: Cast, as_user: Any) -> None:
    url, lan = f"/cells/{cast.cell.pk}/meeting-day/", as_user(cast.lan)
    assert lan.get(url).context["form"]["day"].value() == 3  # the guideline's, until the cell says its own
    sent = {"way": "weekday", "weekday": "4", "nth": "", "day": "40", "time": "19:00", "place": "Hội trường"}
    page = lan.post(url, sent)
    assert (page.status_code, page.context["form"]["place"].value(), MeetingDay.objects.exists()) == (
        422,
        "Hội trường",
        False,
    )
    fixed(cast)
    opened = lan.get(url).context["form"]["made_from"].value()
    fixed(cast, place="Phòng họp")
    mine = {"way": "day", "day": "5", "time": "19:00", "place": "Sân kho", "made_from": opened}
    assert (lan.post(url, mine).status_code, MeetingDay.objects.get().place) == (422, "Phòng họp")


def test_members_see_the_days_and_no_plan_that_is_not_announced(
    cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    rule = fixed(cast)
    hidden = plan_fields(starts_at=at("2027-01-09 19:00"), topic="")
    planning.plan_meeting(cast.cell, kind=Kind.REGULAR, by=cast.account(cast.lan), at=NOW, **hidden)
    url = f"/cells/{cast.cell.pk}/meeting-day/"
    shown = {name: as_user(getattr(cast, name)).get(url).context["coming"][0].day for name in ("lan", "hoa")}
    assert shown == {"lan": date(2027, 1, 9), "hoa": rule.in_month(2027, 1)}
