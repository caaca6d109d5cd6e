"""What a click asks: while a meeting is held, everybody else who changes it waits for these statements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.models import Meeting, Turn
from tests.factories import new_key
from tests.meetings.on_the_floor import Room
from tests.meetings.polling import open_one, voice_of
from tests.meetings.steps import DURING, row_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import AsUser, Cast

NOT_THE_CLICKS = "django_session|members_tenure|SAVEPOINT"


@pytest.fixture
def room(cast: Cast, opened: Meeting, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr("django.utils.timezone.now", lambda: DURING)
    return Room(cast, opened)


def asked_by(client: Client, url: str, **sent: object) -> str:
    """The first letters of the statements beside session and account, in their order."""
    with CaptureQueriesContext(connection) as asked:
        assert client.post(url, {**sent, "key": new_key()}).status_code == 302
    return "".join(query["sql"][0] for query in asked if not re.search(NOT_THE_CLICKS, query["sql"]))


def test_a_member_who_asks_for_the_floor(room: Room, cast: Cast, as_user: AsUser) -> None:
    """Item, own row | meeting held, its events, item, turns, row as they stand; turn, version, event; how often."""
    assert asked_by(as_user(cast.tuan), f"/items/{room.item.pk}/ask/") == "SS" + "SSSSS" + "IUI" + "S"
    assert room.waiting == ["Tuấn"]


def test_a_desk_that_adds_a_speaker(room: Room, cast: Cast, as_user: AsUser) -> None:
    """The same, and the step that can be undone, with the one that is too old."""
    room.gives(cast.lan)
    sent = {"speaker": room.row(cast.tuan).pk}
    assert asked_by(as_user(cast.hoa), f"/items/{room.item.pk}/remarks/", **sent) == "SS" + "SSSSS" + "IIDUI"
    assert room.waiting == ["Tuấn"]


def test_a_desk_that_gives_the_floor(room: Room, cast: Cast, as_user: AsUser) -> None:
    """The same reading; whoever spoke, remark, turn; the step, with the one that is too old; version, event."""
    room.gives(cast.lan)
    sent = {"speaker_now": room.row(cast.tuan).pk}
    assert asked_by(as_user(cast.hoa), f"/items/{room.item.pk}/remarks/", **sent) == "SS" + "SSSSS" + "UII" + "IDUI"
    assert room.speaker == "Tuấn"


def test_a_phone_that_changes_its_vote(room: Room, cast: Cast, opened: Meeting, as_user: AsUser) -> None:
    """Poll | meeting held, poll, voice, events; version, event; how often, the row of the roll; voice."""
    poll, lan = open_one(cast, opened), as_user(cast.lan)
    asked_by(lan, f"/polls/{poll.pk}/say/", choice="other")
    assert asked_by(lan, f"/polls/{poll.pk}/say/", choice="against") == "S" + "SSSS" + "UI" + "SS" + "U"
    assert (voice_of(poll, cast.lan).choice, row_of(opened, cast.lan).mark) == ("against", "present")


def test_a_turn_that_is_over_is_not_looked_at_by_the_next_step(room: Room, cast: Cast, as_user: AsUser) -> None:
    """However long the list of an evening gets, the click costs the same."""
    hoa, sizes = as_user(cast.hoa), []
    for member in (cast.lan, cast.tuan, cast.son):
        sent = {"speaker_now": room.row(member).pk}
        with CaptureQueriesContext(connection) as asked:
            hoa.post(f"/items/{room.item.pk}/remarks/", {**sent, "key": new_key()})
        sizes.append(sum("meetings_turn" in query["sql"] for query in asked))
    assert (sizes[1:], Turn.objects.filter(state="done").count()) == ([sizes[1]] * 2, 2)
