"""The calendar: the page for each person, and the address that a calendar program reads."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from meetings.actions import evening, feed, planning
from meetings.calendar import Entry, escape, fold, to_ics
from meetings.lifecycle import State
from meetings.models import CalendarFeed, Kind, Meeting, ProgrammeLine
from members import actions as people
from members.models import Event, TenureKind
from tests.factories import NOW, at, plan_fields
from tests.meetings.steps import forbidden
from tests.meetings.test_programme import lay_out, line_of, plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.models import Member
    from tests.conftest import Cast

STAMP = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _november(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-26 08:00"))


def read(cast: Cast, member: Member) -> str:
    """What this person's calendar program is given, its folded lines joined again."""
    token = feed.make_feed(cast.cell, by=cast.account(member), at=NOW)
    answer = Client().get(f"/calendar/{token}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content.decode().replace("\r\n ", "")


def events(text: str) -> list[dict[str, str]]:
    """The entries as name and value."""
    found = []
    for part in text.split("BEGIN:VEVENT\r\n")[1:]:
        lines = part.split("END:VEVENT")[0].split("\r\n")
        found.append(dict(line.split(":", 1) for line in lines if line))
    return found


def call(cast: Cast, day: str, kind: str = "regular", **fields: Any) -> Meeting:
    lan = cast.account(cast.lan)
    given = plan_fields(starts_at=at(day), chair=cast.lan, minute_taker=cast.hoa, **fields)
    meeting = planning.plan_meeting(cast.cell, kind=kind, by=lan, at=NOW, **given)
    planning.call(meeting, by=lan, at=NOW)
    return meeting


# --- The text -----------------------------------------------------------------------------------


def test_an_entry_is_written_as_calendar_programs_read_it() -> None:
    begins = at("2026-12-03 19:00")
    entry = Entry("meeting-7@chi-bo.vn", 3, "Sinh hoạt thường kỳ", "Phòng 5; tầng 2, nhà A", begins, 90)
    assert to_ics([entry], STAMP).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chibo//Sinh hoat chi bo//VI",
        "CALSCALE:GREGORIAN",
        "X-WR-CALNAME:Sinh hoạt chi bộ",
        "BEGIN:VEVENT",
        "UID:meeting-7@chi-bo.vn",
        "DTSTAMP:20261123T010203Z",
        "DTSTART:20261203T120000Z",
        "DURATION:PT90M",
        "SEQUENCE:3",
        "SUMMARY:Sinh hoạt thường kỳ",
        r"LOCATION:Phòng 5\; tầng 2\, nhà A",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("hanoi", "written"),
    [
        ("2026-12-03 00:30", "20261202T173000Z"),
        ("2026-12-03 23:30", "20261203T163000Z"),
        ("2027-01-01 00:30", "20261231T173000Z"),
        ("2026-12-31 23:30", "20261231T163000Z"),
    ],
)
def test_half_past_midnight_and_half_past_eleven_fall_on_the_right_day(hanoi: str, written: str) -> None:
    text = to_ics([Entry("a@b", 0, "Sinh hoạt", "", at(hanoi))], STAMP)
    assert events(text)[0]["DTSTART"] == written
    assert datetime.strptime(written, "%Y%m%dT%H%M%S%z") == at(hanoi)


def test_a_day_without_an_hour_lasts_that_whole_day() -> None:
    found = events(to_ics([Entry("a@b", 0, "Dự kiến", "", date(2027, 12, 31), status="TENTATIVE")], STAMP))[0]
    assert (found["DTSTART;VALUE=DATE"], found["DTEND;VALUE=DATE"]) == ("20271231", "20280101")


@pytest.mark.parametrize("letters", ["a" * 200, "ệ" * 100, "aệ" * 60, "🇻🇳" * 30, "x" * 74 + "ệ", "x" * 75])
def test_a_long_line_is_folded_and_no_letter_is_cut_in_two(letters: str) -> None:
    lines = fold(letters).split("\r\n")
    assert [line for line in lines if len(line.encode()) > 75] == []
    assert [line[0] for line in lines[1:]] == [" "] * (len(lines) - 1)
    assert fold(letters).replace("\r\n ", "") == letters
    assert (len(lines) > 1) == (len(letters.encode()) > 75)


def test_marks_that_mean_something_in_a_calendar_are_written_out() -> None:
    assert escape("a\\b;c,d\r\ne\nf") == r"a\\b\;c\,d\ne\nf"


# --- Whose address it is ------------------------------------------------------------------------


def test_only_the_hash_of_a_token_is_kept_and_the_address_says_32_octets(cast: Cast) -> None:
    token = feed.make_feed(cast.cell, by=cast.account(cast.hoa), at=NOW)
    held = CalendarFeed.objects.get(member=cast.hoa)
    assert (len(token), held.token_hash == feed.hash_of(token), token in held.token_hash) == (43, True, False)
    assert Client().get(f"/calendar/{token}.ics").status_code == 200


def test_a_new_address_ends_the_old_one_and_taking_it_back_ends_both(cast: Cast) -> None:
    hoa = cast.account(cast.hoa)
    first, second = (feed.make_feed(cast.cell, by=hoa, at=NOW) for _ in range(2))
    answers = [Client().get(f"/calendar/{token}.ics").status_code for token in (first, second)]
    feed.revoke_feed(cast.cell, by=hoa, at=NOW)
    feed.revoke_feed(cast.cell, by=hoa, at=NOW)
    assert (answers, Client().get(f"/calendar/{second}.ics").status_code) == ([404, 200], 404)
    events = Event.objects.filter(what__endswith="calendar").order_by("pk")
    assert [event.what for event in events] == ["make_calendar", "make_calendar", "revoke_calendar"]


def test_whoever_leaves_or_whose_account_is_closed_is_out_with_the_next_reading(cast: Cast) -> None:
    hoa, tuan = (feed.make_feed(cast.cell, by=cast.account(who), at=NOW) for who in (cast.hoa, cast.tuan))
    people.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 11, 25), by=None, at=NOW)
    account = cast.account(cast.tuan)
    account.is_active = False
    account.save()
    assert [Client().get(f"/calendar/{token}.ics").status_code for token in (hoa, tuan)] == [404, 404]


def test_a_wrong_token_finds_nothing(cast: Cast) -> None:
    feed.make_feed(cast.cell, by=cast.account(cast.hoa), at=NOW)
    held = CalendarFeed.objects.get()
    tokens = ["a", "A" * 43, held.token_hash, "x" * 3000]
    assert [Client().get(f"/calendar/{token}.ics").status_code for token in tokens] == [404] * 4


def test_nobody_makes_an_address_for_another_cell(cast: Cast) -> None:
    for who in (cast.account(cast.mai), cast.phuc, cast.account(cast.kha)):
        with forbidden():
            feed.make_feed(cast.cell, by=who, at=NOW)


def test_the_address_is_shown_once_and_to_its_owner_alone(cast: Cast, as_user: Callable[..., Client]) -> None:
    hoa, url = as_user(cast.hoa), f"/cells/{cast.cell.pk}/calendar/"
    shown = hoa.post(f"{url}address/")
    address = shown.context["address"]
    assert (address in shown.content.decode(), shown["Cache-Control"]) == (True, "no-store")
    assert (address in hoa.get(url).content.decode(), Client().get(address).status_code) == (False, 200)
    assert hoa.post(f"{url}revoke/").status_code == 302
    assert Client().get(address).status_code == 404


# --- What stands in it --------------------------------------------------------------------------


def test_kind_place_and_time_and_neither_topic_nor_name(cast: Cast) -> None:
    meeting = call(cast, "2026-12-03 23:30", "thematic", author=cast.tuan)
    text = read(cast, cast.hoa)
    found = events(text)[0]
    assert found == {
        "UID": f"meeting-{meeting.pk}@testserver",
        "DTSTAMP": "20261126T010000Z",
        "DTSTART": "20261203T163000Z",
        "DURATION": "PT90M",
        "SEQUENCE": "2",
        "SUMMARY": "Sinh hoạt chuyên đề",
        "LOCATION": "Hội trường cơ quan",
        "STATUS": "CONFIRMED",
    }
    for secret in (meeting.topic, "Lan", "Tuấn", "Hoa"):
        assert text.count(secret) == 0


def test_a_plan_is_not_there_a_cancelled_meeting_says_so_and_a_moved_one_counts_up(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    planning.plan_meeting(cast.cell, kind="regular", by=lan, at=NOW, **plan_fields(topic=""))
    called = call(cast, "2026-12-10 19:00", topic="")
    moved = plan_fields(starts_at=at("2026-12-11 00:30"), topic="", chair=cast.lan, minute_taker=cast.hoa)
    planning.edit_plan(called, by=lan, at=NOW, **moved)
    off = call(cast, "2026-12-20 19:00", topic="")
    planning.cancel(off, reason="Bão", by=lan, at=NOW)
    never_announced = planning.plan_meeting(cast.cell, kind="regular", by=lan, at=NOW, **plan_fields(topic=""))
    planning.cancel(never_announced, reason="Bão", by=lan, at=NOW)
    found = [(e["UID"].split("@")[0], e["DTSTART"], e["STATUS"], e["SEQUENCE"]) for e in events(read(cast, cast.hoa))]
    assert found == [
        (f"meeting-{called.pk}", "20261210T173000Z", "CONFIRMED", "3"),
        (f"meeting-{off.pk}", "20261220T120000Z", "CANCELLED", "3"),
    ]


def test_a_year_back_is_as_far_as_it_goes_and_another_cell_is_not_in_it(cast: Cast) -> None:
    lan = cast.account(cast.lan)
    old, recent = call(cast, "2025-11-20 19:00", topic=""), call(cast, "2025-12-01 19:00", topic="")
    evening.open_meeting(recent, by=lan, at=at("2025-12-01 19:00"))
    mai = cast.account(cast.mai)
    theirs = planning.plan_meeting(cast.other_cell, kind="regular", by=mai, at=NOW, **plan_fields(topic=""))
    planning.call(theirs, by=mai, at=NOW)
    assert [e["UID"] for e in events(read(cast, cast.hoa))] == [f"meeting-{recent.pk}@testserver"]
    assert old.state == State.CALLED


def test_a_committees_own_meeting_is_for_the_committee(cast: Cast) -> None:
    meeting = call(cast, "2026-12-01 19:00", topic="")
    Meeting.objects.filter(pk=meeting.pk).update(kind=Kind.COMMITTEE)
    seen = {who.given_name: len(events(read(cast, who))) for who in (cast.lan, cast.hoa, cast.tuan)}
    # Hoa takes the minutes of it, Tuấn is not on the committee
    assert (seen["Lan"], seen["Tuấn"]) == (1, 0)


def test_a_planned_day_without_a_meeting_is_tentative_and_gives_way_to_the_meeting(cast: Cast) -> None:
    programme = lay_out(cast, year=2026)
    ProgrammeLine.objects.exclude(programme=programme, month__in=[10, 12], kind=Kind.REGULAR).delete()
    line = line_of(programme, 12)
    text = read(cast, cast.hoa)
    assert events(text) == [
        {
            "UID": f"line-{line.pk}@testserver",
            "DTSTAMP": "20261126T010000Z",
            "DTSTART;VALUE=DATE": "20261205",
            "DTEND;VALUE=DATE": "20261206",
            "SEQUENCE": "1",
            "SUMMARY": "Dự kiến: Sinh hoạt thường kỳ",
            "LOCATION": "Hội trường cơ quan",
            "STATUS": "TENTATIVE",
        }
    ]
    meeting = plan(cast, line)
    still = [e["UID"] for e in events(read(cast, cast.hoa))]
    planning.call(meeting, by=cast.account(cast.lan), at=NOW)
    assert (still, [e["UID"] for e in events(read(cast, cast.hoa))]) == (
        [f"line-{line.pk}@testserver"],
        [f"meeting-{meeting.pk}@testserver"],
    )


# --- The page -----------------------------------------------------------------------------------


def test_the_page_puts_a_meeting_into_the_month_of_hanoi(cast: Cast, as_user: Callable[..., Client]) -> None:
    new_year = call(cast, "2027-01-01 00:30", topic="")
    months = as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/calendar/", {"nam": "2027"}).context["months"]
    assert [(month, meetings) for month, meetings, _ in months if meetings] == [(1, [new_year])]
    before = as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/calendar/", {"nam": "2026"}).context["months"]
    assert [meetings for _, meetings, _ in before if meetings] == []


def test_the_page_shows_a_plan_to_those_who_plan_and_its_line_to_the_others(
    cast: Cast, as_user: Callable[..., Client]
) -> None:
    line = line_of(lay_out(cast), 3)
    meeting = plan(cast, line)
    url = f"/cells/{cast.cell.pk}/calendar/?nam=2027"
    march = {who: as_user(who).get(url).context["months"][2][1:] for who in (cast.lan, cast.hoa)}
    assert march == {cast.lan: ([meeting], []), cast.hoa: ([], [line])}


@pytest.mark.parametrize("year", ["rác", "٢٠٢٧", "", "99999", "-1"])
def test_a_year_that_is_none_is_this_year(cast: Cast, as_user: Callable[..., Client], year: str) -> None:
    shown = as_user(cast.hoa).get(f"/cells/{cast.cell.pk}/calendar/", {"nam": year})
    assert (shown.status_code, shown.context["year"]) == (200, 2026)
