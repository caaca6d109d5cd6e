"""What a click asks: while a meeting is held, everybody else who changes it waits for these statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting, Turn
from tests.factories import new_key
from tests.meetings.on_the_floor import Room
from tests.meetings.polling import open_one, voice_of
from tests.meetings.steps import DURING, row_of

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast

NOT_THE_CLICKS = "django_session|members_tenure|SAVEPOINT"


@pytest.fixture
def room(cast: Cast, opened: Meeting, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    return Room(cast, opened)


def asked_by(client: Client, url: str, **sent: object) -> str:
    """The first letters of the statements beside session and account, in their order; those that travel together to
    PostgreSQL count one by one.
    """
    with CaptureQueriesContext(connection) as asked:
        assert client.post(url, {**sent, "key": new_key()}).status_code == 302
    told = [sql for query in asked for sql in query["sql"].split("; ")]
    return "".join(sql[0] for sql in told if not re.search(NOT_THE_CLICKS, sql))


@pytest.fixture
def hold() -> str:
    """On PostgreSQL the meeting is held before it is looked at; on SQLite the whole database is."""
    return "SS" if connection.vendor == "postgresql" else "S"


def test_a_member_who_asks_for_the_floor(room: Room, cast: Cast, as_user: AsUser, hold: str) -> None:
    """Item, own row | meeting with its events; row, item and floor as they stand; turn; version, event."""
    assert asked_by(as_user(cast.tuan), f"/items/{room.item.pk}/ask/") == "SS" + hold + "S" + "IUI"
    assert room.waiting == ["Tuấn"]


def test_a_desk_that_adds_a_speaker(room: Room, cast: Cast, as_user: AsUser, hold: str) -> None:
    """The same, and the step that can be undone, with the one that is too old."""
    room.gives(cast.lan)
    sent = {"speaker": room.row(cast.tuan).pk}
    url = f"/items/{room.item.pk}/remarks/"
    assert asked_by(as_user(cast.hoa), url, **sent) == "SS" + hold + "S" + "I" + "DI" + "UI"
    assert room.waiting == ["Tuấn"]


def test_a_desk_that_gives_the_floor(room: Room, cast: Cast, as_user: AsUser, hold: str) -> None:
    """The same reading, and the turns; whoever spoke, remark, turn; the step, with the oldest; version, event."""
    room.gives(cast.lan)
    sent = {"speaker_now": room.row(cast.tuan).pk}
    url = f"/items/{room.item.pk}/remarks/"
    assert asked_by(as_user(cast.hoa), url, **sent) == "SS" + hold + "SS" + "UII" + "DI" + "UI"
    assert room.speaker == "Tuấn"


def test_a_phone_that_changes_its_vote(room: Room, cast: Cast, opened: Meeting, as_user: AsUser, hold: str) -> None:
    """Poll | meeting with its events; voice, poll and row as they stand; voice, version, event."""
    poll, lan = open_one(cast, opened), as_user(cast.lan)
    asked_by(lan, f"/polls/{poll.pk}/say/", choice="other")
    assert asked_by(lan, f"/polls/{poll.pk}/say/", choice="against") == "S" + hold + "S" + "UUI"
    assert (voice_of(poll, cast.lan).choice, row_of(opened, cast.lan).mark) == ("against", "present")


def test_a_press_on_a_panel_is_answered_in_words_and_writes_no_session(
    room: Room, cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    """Whoever holds a phone sees the words at once; nobody's session keeps them for a page that does not come."""
    poll, lan = open_one(cast, opened), as_user(cast.lan)
    url, sent = f"/polls/{poll.pk}/say/", {"choice": "other", "key": new_key()}
    lan.get("/")  # the first page of a minute writes down that somebody is at work
    with CaptureQueriesContext(connection) as asked:
        answer = lan.post(url, sent, headers={"X-Words": "1"})
    assert "Đã ghi ý kiến của đồng chí" in answer.content.decode()
    assert (answer.status_code, len(answer.content) < 500) == (200, True)
    assert not any(re.search("UPDATE.*django_session", query["sql"]) for query in asked)
    assert "Đã ghi ý kiến" not in lan.get(opened.get_absolute_url()).content.decode()


def test_a_refusal_on_a_panel_is_said_the_same_way(room: Room, cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    lan = as_user(cast.lan)
    sent = {"key": new_key()}
    lan.post(f"/items/{room.item.pk}/ask/", sent, headers={"X-Words": "1"})
    again = lan.post(f"/items/{room.item.pk}/ask/", {"key": new_key()}, headers={"X-Words": "1"})
    assert (again.status_code, 'class="error"' in again.content.decode()) == (200, True)
    assert "đã có tên trong danh sách" in again.content.decode()


def test_on_a_panel_too_what_nobody_may_do_is_no_success(
    room: Room, cast: Cast, opened: Meeting, as_user: AsUser
) -> None:
    """The screen marks a choice as taken only where it was."""
    poll, head = open_one(cast, opened), {"X-Words": "1"}
    for client, status in ((as_user(cast.mai), 404), (Client(), 401)):
        answer = client.post(f"/polls/{poll.pk}/say/", {"choice": "other", "key": new_key()}, headers=head)
        assert answer.status_code == status


def test_a_turn_that_is_over_is_not_looked_at_by_the_next_step(room: Room, cast: Cast, as_user: AsUser) -> None:
    """However long the list of an evening gets, the click costs the same."""
    hoa, sizes = as_user(cast.hoa), []
    for member in (cast.lan, cast.tuan, cast.son):
        sent = {"speaker_now": room.row(member).pk}
        with CaptureQueriesContext(connection) as asked:
            hoa.post(f"/items/{room.item.pk}/remarks/", {**sent, "key": new_key()})
        sizes.append(sum("meetings_turn" in query["sql"] for query in asked))
    assert (sizes[1:], Turn.objects.filter(state="done").count()) == ([sizes[1]] * 2, 2)
