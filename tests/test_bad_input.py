"""What people, clumsy or clever, send instead of what was asked: a clear answer, nothing half-saved, never a 500."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models import Sum
from django.test import Client

from meetings.lifecycle import State
from meetings.models import Meeting
from members.models import Event
from tests.clicks import address, buttons, click, clients, form_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.world import World

NASTY: dict[str, Any] = {
    "empty": "",
    "a word": "rác",
    "very long": "x" * 100_000,
    "control characters": "\x00a\x01\x0b\u202eb\ufeff\uffff",
    "markup": "<script>alert(1)</script>",
    "a template": "{{ 7|add:7 }}{% now 'Y' %}{0.__class__}%(x)s%n",
    "negative": "-1",
    "more than 64 bits": "99999999999999999999",
    "more than a column holds": "2147483648",
    "thousands of digits": "9" * 5000,
    "another alphabet's digits": "٣٠",
    "a power": "1e309",
    "no number": "NaN",
    "the first minute of all": "0001-01-01T00:00",
    "before the first minute": "0001-01-01T00:00+14:00",
    "after the last minute": "9999-12-31T23:59:59-14:00",
    "year 99999": "99999-12-31T10:00",
    "30 February": "2026-02-30",
    "the year 1900": "1900-01-01T19:00",
    "the year 1900, a day": "01/01/1900",
    "25 o'clock": "25:61",
    "two values": ["1", "2"],
    "half a letter": "e\u0301" * 200,
}
STATES = [State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED]
SECRETARY = ["member-add cell", "member-edit member", "member-standing member", "member-account without-account"]


@pytest.fixture(params=STATES)
def world(request: pytest.FixtureRequest, world_in: Callable[[State], World]) -> World:
    return world_in(request.param)


def saved() -> tuple[int, int]:
    """How far all meetings have counted, and how many events say why."""
    return Meeting.objects.aggregate(all=Sum("version"))["all"], Event.objects.count()


def forms_of(world: World) -> list[tuple[str, Client, str, dict[str, Any]]]:
    """The buttons of a meeting in this state; with a plan also those for people and accounts."""
    found = buttons(world)
    if world.meeting.state == State.PLAN:
        lan = clients(world)["lan"]
        for words in [*SECRETARY, "account -", "sign-in -", "slip -"]:
            name, of = words.split()
            client = lan if name != "sign-in" else Client()
            found.append((words, client, address(name, of, world.keys), form_for(name, world)))
    return found


def one_of_each(form: dict[str, Any]) -> list[str]:
    """Of fields that repeat in every row of a table (points_1.1, points_1.2) the first; all fall ill together after."""
    return list({re.sub(r"[\d.]+", "#", field): field for field in reversed(form)}.values())


def test_whatever_stands_in_a_field_there_is_an_answer_and_nothing_is_half_saved(world: World) -> None:
    broken = []
    for name, client, url, form in forms_of(world):
        client.raise_request_exception = False
        for what, value in NASTY.items():
            spoilt = [{**form, field: value} for field in one_of_each(form)] + [dict.fromkeys(form, value)]
            for data in spoilt:
                before = saved()
                got = click(client, "post", url, data, then=saved)
                counted, told = (after - was for after, was in zip(got.then, before, strict=True))
                if got.response.status_code >= 500 or counted != told or counted > 1:
                    broken.append((name, what, [f for f in data if data[f] == value], got.word, counted, told))
    assert broken == []
