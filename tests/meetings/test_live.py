"""Wall, pockets and desk follow one meeting: the door, the ticket, and the thread that holds whoever listens."""

from __future__ import annotations

import json
import re
import resource
import socket
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from django.db.backends.utils import CursorWrapper
from django.http import HttpResponse
from django.urls import reverse

from chibo.serving import many_files
from meetings.actions import evening, floor
from meetings.live import hub as hubs
from meetings.live import tickets
from meetings.live.hub import Hub
from meetings.live.panels import DESK, PANELS, POCKET, SCREENS, WALL, Screens, draw
from meetings.live.story import PARTS, Story
from meetings.live.tickets import Ticket
from members.saving.actions import save_text
from tests.factories import at
from tests.meetings.steps import DURING, fresh, item_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from meetings.models import Meeting
    from tests.conftest import Cast

    AsUser = Callable[..., Client]

LATER = at("2026-12-03 19:20")
WORDS = {
    WALL: "Đ/c Lê Anh Tuấn",
    POCKET: "Đồng chí Lê Anh Tuấn đang phát biểu.",
}


def ask(client: Client, meeting: Meeting, audience: str = POCKET, **query: object) -> HttpResponse:
    return client.get(reverse(f"live-{audience}", args=[meeting.pk], query=query))


def read(panels: dict[str, str]) -> str:
    """What somebody in front of the screen reads, from the top."""
    return " ".join(re.sub(r"<[^>]*>", " ", " ".join(panels.values())).split())


def speak(cast: Cast, meeting: Meeting, vote: bool = False) -> None:
    who: dict[str, Any] = {"by": cast.account(cast.hoa), "at": LATER}
    item = item_of(meeting)
    evening.start_item(item, **who)
    floor.call_on(item, meeting.attendances.get(member=cast.tuan), at_once=True, **who)
    if vote:
        evening.record_vote(item, question="Thông qua dự thảo", in_favour=3, against=0, other=0, **who)


# --- The door -------------------------------------------------------------------------------------


def test_every_screen_tells_who_speaks_what_was_voted_and_what_comes_next(
    cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    speak(cast, opened, vote=True)
    told = {name: read(ask(as_user(cast.hoa), opened, name).json()["panels"]) for name in WORDS}
    assert {name: WORDS[name] in words for name, words in told.items()} == dict.fromkeys(WORDS, True)
    desk = ask(as_user(cast.hoa), opened, DESK).json()  # it brings its own page
    assert (desk["v"], desk["panels"], desk["typed"]) == (fresh(opened).version, {}, False)
    for audience in (WALL, POCKET):
        assert "Thông qua dự thảo" in told[audience]
        assert "iếp theo" in told[audience]
        assert opened.items.after(item_of(opened)).title in told[audience]


def test_everybody_of_an_audience_gets_the_same_bytes_and_the_second_costs_no_gathering(
    cast: Cast, opened: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(cast, opened)
    first = ask(as_user(cast.tuan), opened).json()
    monkeypatch.setattr("meetings.live.panels.draw", None)  # nothing is written a second time
    others = [ask(as_user(who), opened).json() for who in (cast.hoa, cast.lan, cast.tuan)]
    assert {json.dumps(one["panels"]) for one in others} == {json.dumps(first["panels"])}
    assert SCREENS.of(fresh(opened), POCKET).panels == first["panels"]


def test_whoever_shows_this_version_is_told_nothing_until_somebody_presses_a_button(
    cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    tuan = as_user(cast.tuan)
    version = ask(tuan, opened).json()["v"]
    assert version == fresh(opened).version
    assert ask(tuan, opened, v=version).status_code == 204
    speak(cast, opened)
    remark = opened.remarks.get()
    after = ask(tuan, opened, v=version).json()
    save_text("remark", remark, {"text": "Nhất trí."}, base=0, by=cast.account(cast.hoa), at=DURING)
    assert (after["v"] > version, ask(tuan, opened, v=after["v"]).status_code) == (True, 204)


def test_the_other_desk_also_hears_that_somebody_types(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    speak(cast, opened)
    version, since = fresh(opened).version, LATER.isoformat()
    typist = cast.account(cast.hoa)
    save_text("remark", opened.remarks.get(), {"text": "Nhất trí."}, base=0, by=typist, at=DURING)
    lan, hoa = (ask(as_user(who), opened, DESK, v=version, since=since) for who in (cast.lan, cast.hoa))
    assert (lan.json()["typed"], hoa.status_code) == (True, 204)


@pytest.mark.parametrize("since", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2026-02-30T00:00", "x"])
def test_a_moment_that_is_none_is_no_news(opened: Meeting, cast: Cast, as_user: AsUser, since: str) -> None:
    assert ask(as_user(cast.hoa), opened, DESK, v=fresh(opened).version, since=since).status_code == 204


@pytest.mark.parametrize("audience", PANELS)
def test_another_cell_is_told_that_there_is_no_such_meeting(
    cast: Cast, opened: Meeting, as_user: AsUser, audience: str
) -> None:
    assert ask(as_user(cast.mai), opened, audience).status_code == 404


def test_a_plain_member_is_kept_from_what_the_desk_hears(cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    assert ask(as_user(cast.tuan), opened, DESK).status_code == 403


def test_what_other_files_add_is_asked_once_and_reaches_the_panels(
    cast: Cast, opened: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Meeting] = []
    monkeypatch.setitem(PARTS, "asked", lambda story: asked.append(story.meeting))
    draw(fresh(opened), WALL)
    assert asked == [opened]


def test_the_wall_and_the_pocket_begin_with_what_the_door_would_tell(
    cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    """A browser without script shows the moment at which the page was opened."""
    speak(cast, opened)
    tuan = as_user(cast.tuan)
    row = opened.attendances.get(member=cast.tuan)
    for name, audience in (("wall", WALL), ("pocket", POCKET), ("meeting", POCKET)):
        page = tuan.get(reverse(name, args=[opened.pk])).text
        panels = ask(tuan, opened, audience).json()["panels"]
        shown = [html.replace(" hidden>", ">") for html in panels.values()]  # what is for Tuấn alone is shown to him
        assert [html for html in shown if html not in page.replace(" hidden>", ">")] == []
        assert (f'data-row="{row.pk}"' in page) == (name != "wall")
    assert "<button" not in tuan.get(reverse("wall", args=[opened.pk])).text


def test_whoever_leads_has_the_next_step_first_and_a_member_what_they_can_do(
    cast: Cast, called: Meeting, as_user: AsUser
) -> None:
    pages = {name: as_user(getattr(cast, name)).get(called.get_absolute_url()).text for name in ("lan", "tuan")}
    firsts = {name: page.index("Không dự được?") < page.index('id="agenda"') for name, page in pages.items()}
    assert firsts == {"lan": False, "tuan": True}


# --- The ticket -----------------------------------------------------------------------------------


def test_a_ticket_is_good_for_some_minutes_and_cannot_be_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    signed = tickets.issue(7, POCKET, "abc")
    ticket = tickets.read(signed)
    assert ticket is not None
    assert (ticket.meeting, ticket.audience, 200 < ticket.until - time.time() < 400) == (7, POCKET, True)
    found = [tickets.session_in(f"a=b; {cookie}") for cookie in ("session=abc", "session=ab", "")]
    assert [ticket.is_of(session) for session in found] == [True, False, False]
    other = Ticket(8, POCKET, ticket.until, ticket.session).sign()
    forged = other.rpartition(":")[0] + signed[signed.rindex(":") :]
    assert [tickets.read(one) for one in ("", "7:pocket", signed[:-1], forged)] == [None] * 4
    assert tickets.read(Ticket(7, "everybody", ticket.until, ticket.session).sign()) is None
    monkeypatch.setattr(time, "time", lambda: ticket.until + 1)
    assert tickets.read(signed) is None


def test_a_server_that_holds_no_streams_gives_out_no_tickets(
    cast: Cast, opened: Meeting, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    tuan = as_user(cast.tuan)
    assert ask(tuan, opened).json()["ticket"] == ""
    monkeypatch.setattr(hubs.HUB, "is_served", True)
    ticket = tickets.read(ask(tuan, opened).json()["ticket"])
    assert ticket is not None
    assert (ticket.meeting, ticket.audience) == (opened.pk, POCKET)
    assert ticket.is_of(tickets.session_in(tuan.cookies.output(attrs=[], header="", sep=";").strip()))


# --- The hub --------------------------------------------------------------------------------------


class Screen:
    """The other end of a stream."""

    def __init__(
        self, hub: Hub, meeting: Meeting, version: int, audience: str = POCKET, lasts: float = 300, session: str = ""
    ) -> None:
        self.line, theirs = socket.socketpair()
        self.line.settimeout(10)
        self.heard = ""
        hub.take(theirs, Ticket(meeting.pk, audience, time.time() + lasts, ""), str(version), session)

    def hears(self, words: str) -> str:
        """Everything since it last heard something, up to these words and the end of that event."""
        while words not in self.heard or not self.heard.endswith("\n\n"):
            more = self.line.recv(1 << 16).decode()
            assert more, f"cut after {self.heard!r}"
            self.heard += more
        found, self.heard = self.heard, ""
        return found

    def told(self, words: str) -> dict[str, Any]:
        line = next(line for line in self.hears(words).splitlines() if line.startswith("data: {"))
        return json.loads(line.removeprefix("data: "))


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    one = Hub()
    one.pages = 0  # however few files this machine gives
    monkeypatch.setattr("members.changes.TOLD", {"meeting": one.hear})
    monkeypatch.setattr(hubs, "BEAT", 0.2)
    yield one
    thread = one.thread
    for topic in list(one.topics.values()):
        for stream in list(topic.streams):
            with suppress(OSError):  # its own thread has closed it meanwhile
                stream.sock.shutdown(socket.SHUT_RDWR)
    if thread is not None:
        thread.join(10)
        assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_a_click_reaches_every_screen_once_and_only_with_what_has_changed(
    cast: Cast, opened: Meeting, hub: Hub
) -> None:
    version = fresh(opened).version
    pockets, wall = [Screen(hub, opened, version) for _ in range(3)], Screen(hub, opened, version, WALL)
    for one in (*pockets, wall):
        assert "event: screen" not in one.hears("event: beat")  # it shows this version already
    evening.start_item(item_of(opened), by=cast.account(cast.hoa), at=LATER)
    told = [one.told('"v"') for one in pockets]
    assert [one["v"] for one in told] == [version + 1] * 3
    assert {tuple(one["panels"]) for one in told} == {("now", "floor", "next")}
    assert wall.told('"v"')["panels"].keys() == {"now", "next"}


@pytest.mark.django_db(transaction=True)
def test_who_comes_late_or_back_is_told_the_whole_as_the_door_tells_it(cast: Cast, opened: Meeting, hub: Hub) -> None:
    speak(cast, opened)
    told = Screen(hub, opened, 1).told('"v"')
    now = fresh(opened)
    assert told == {"v": now.version, "panels": dict(SCREENS.of(now, POCKET).panels)}


@pytest.mark.django_db(transaction=True)
def test_a_screen_that_waits_asks_no_table_anything(
    cast: Cast, opened: Meeting, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen(hub, opened, fresh(opened).version)
    screen.hears("event: beat")
    asked: list[str] = []
    execute = CursorWrapper.execute
    monkeypatch.setattr(
        CursorWrapper, "execute", lambda self, sql, *more: (asked.append(sql), execute(self, sql, *more))[1]
    )
    for _ in range(3):
        screen.hears("event: beat")
    assert asked == []


@pytest.mark.django_db(transaction=True)
def test_wall_and_pocket_are_told_from_one_gathering(
    cast: Cast, opened: Meeting, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    screens = [Screen(hub, opened, fresh(opened).version, audience) for audience in (WALL, POCKET)]
    for one in screens:
        one.hears("event: beat")
    gathered, of = [], Story.of
    monkeypatch.setattr(Story, "of", lambda meeting: (gathered.append(meeting.version), of(meeting))[1])
    evening.start_item(item_of(opened), by=cast.account(cast.hoa), at=LATER)
    now = fresh(opened).version
    assert [one.told('"v"')["v"] for one in screens] == [now, now]
    assert gathered == [now]


@pytest.mark.django_db(transaction=True)
def test_a_screen_that_cannot_be_drawn_is_cut_alone_and_told_once(
    cast: Cast, opened: Meeting, hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    wall, pocket = (Screen(hub, opened, fresh(opened).version, audience) for audience in (WALL, POCKET))
    for one in (wall, pocket):
        one.hears("event: beat")

    def of(meeting: Meeting, audience: str, gathered: Any = None) -> Any:
        if audience == WALL:
            raise KeyError("no such row")
        return Screens().of(meeting, audience, gathered)

    monkeypatch.setattr(hubs.SCREENS, "of", of)
    evening.start_item(item_of(opened), by=cast.account(cast.hoa), at=LATER)
    assert pocket.told('"v"')["v"] == fresh(opened).version
    with pytest.raises(AssertionError, match="cut after"):
        wall.hears("never")
    again = Screen(hub, opened, 1, WALL)  # it comes back, and is told to ask by itself
    assert again.line.recv(1) == b""
    pocket.hears("event: beat")
    assert [record.getMessage() for record in caplog.records if record.name == "meetings.live.hub"] == [
        f"Meeting {opened.pk} could not be drawn for the audience wall."
    ]


@pytest.mark.django_db(transaction=True)
def test_the_stream_ends_with_its_ticket(cast: Cast, opened: Meeting, hub: Hub) -> None:
    short, long = (Screen(hub, opened, fresh(opened).version, lasts=lasts) for lasts in (0.3, 300))
    short.hears("event: over")
    assert short.line.recv(10) == b""
    assert "event: over" not in long.hears("event: beat")


@pytest.mark.django_db(transaction=True)
def test_the_stream_ends_when_its_owner_signs_out_and_does_not_begin_again(
    cast: Cast, opened: Meeting, hub: Hub, as_user: AsUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "BEAT", 60)
    tuan, hoa = as_user(cast.tuan), as_user(cast.hoa)
    sessions = [str(one.session.session_key) for one in (tuan, hoa)]
    out, still = (Screen(hub, opened, fresh(opened).version, session=key) for key in sessions)
    for one in (out, still):
        one.hears("event: beat")
    tuan.post("/sign-out/")
    out.hears("event: over")
    assert out.line.recv(10) == b""
    again = Screen(hub, opened, fresh(opened).version, session=sessions[0])  # the ticket is still good
    assert again.line.recv(10) == b""
    assert hub.count == 1
    speak(cast, opened)
    still.hears("event: screen")


@pytest.mark.django_db(transaction=True)
def test_a_screen_that_talks_is_let_go(opened: Meeting, hub: Hub) -> None:
    loud, quiet = (Screen(hub, opened, fresh(opened).version) for _ in range(2))
    for one in (loud, quiet):
        one.hears("event: beat")
    quiet.line.sendall(b"x" * 100)
    loud.line.sendall(b"x" * 9000)
    with pytest.raises((AssertionError, OSError)):
        loud.hears("never")
    quiet.hears("event: beat")
    assert hub.count == 1


def test_files_are_kept_back_for_every_connection_that_the_server_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    hub = Hub()
    monkeypatch.setattr(resource, "getrlimit", lambda _: (4096, 4096))
    for count, full in ((0, False), (2895, False), (2896, True)):
        hub.count = count
        assert hub.is_full() is full
    hub.pages, hub.count = 3000, 900
    assert hub.is_full()


@pytest.mark.parametrize(("most", "warned"), [(1024, 1), (4096, 0)])
def test_a_machine_with_few_files_is_warned_of_at_the_start(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, most: int, warned: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (256, most))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    many_files()
    assert len(caplog.records) == warned


@pytest.mark.django_db(transaction=True)
def test_a_device_that_takes_nothing_is_let_go_and_holds_up_nobody(
    cast: Cast, opened: Meeting, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hubs, "BEAT", 0.02)
    monkeypatch.setattr(hubs, "beat", lambda: hubs.event("beat", "x" * 50_000))
    deaf, quick = (Screen(hub, opened, fresh(opened).version) for _ in range(2))
    seen = 0
    end = time.monotonic() + 10
    while hub.count != 1 and time.monotonic() < end:
        seen += len(quick.line.recv(1 << 20))
    assert (hub.count, seen > 300_000) == (1, True)
    deaf.line.close()
