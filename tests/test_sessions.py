"""A real session from the door to its end: an evening of work keeps it, a panel that refreshes itself does not."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.factories import PASSWORD, at

if TYPE_CHECKING:
    from tests.conftest import Cast

EVENING = at("2026-12-03 19:00")
ACCOUNT = "/account/"
BY_ITSELF = {"X-Poll": "1"}


class Clock:
    """The server's; cookies are sent whatever it says, as a browser with a wrong clock would."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.now = EVENING
        patch.setattr("django.utils.timezone.now", self.read)
        patch.setattr(time, "time", self.seconds)

    def read(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def hoa(cast: Cast, clock: Clock) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": "hoa", "password": PASSWORD})
    return client


def inside(client: Client) -> bool:
    answer = client.get(ACCOUNT)
    assert answer.status_code == 200 or answer["Location"] == f"/sign-in/?next={ACCOUNT}"
    return answer.status_code == 200


@pytest.mark.parametrize(("minutes", "stays"), [(119, True), (121, False)])
def test_two_hours_without_a_click_end_a_session(hoa: Client, clock: Clock, minutes: int, stays: bool) -> None:
    assert inside(hoa)
    clock.wait(minutes)
    assert inside(hoa) is stays


def test_an_evening_of_clicks_keeps_everybody_in_until_two_hours_after_the_last(hoa: Client, clock: Clock) -> None:
    for _ in range(4):
        clock.wait(100)
        assert inside(hoa)
    assert hoa.cookies["session"]["max-age"] == 120 * 60
    clock.wait(121)
    assert not inside(hoa)


def test_a_panel_that_refreshes_itself_does_not_keep_an_empty_chair_signed_in(hoa: Client, clock: Clock) -> None:
    assert inside(hoa)
    for _ in range(11):
        clock.wait(10)
        assert hoa.get(ACCOUNT, headers=BY_ITSELF).status_code == 200
    clock.wait(11)
    assert not inside(hoa)


def test_signing_out_ends_it_for_whoever_has_copied_the_cookie(hoa: Client) -> None:
    copied = hoa.cookies["session"].value
    assert inside(hoa)
    hoa.post("/sign-out/")
    thief = Client()
    thief.cookies["session"] = copied
    assert not inside(thief)


def test_a_stranger_is_sent_to_the_door_from_every_corner(db: None) -> None:
    paths = ["/", ACCOUNT, "/inspections/", "/cells/1/meetings/", "/meetings/1/minutes.pdf", "/account/data-notice/"]
    assert {path: Client().get(path).get("Location") for path in paths} == {
        path: f"/sign-in/?next={path}" for path in paths
    }
