"""The program's log: one line for each refusal, with the account, and nothing that is sent breaks it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from chibo.logs import WithAccount

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import Cast


def lines(records: list[logging.LogRecord]) -> list[str]:
    """As the console shows them."""
    told = settings.LOGGING["formatters"]["line"]
    formatter = logging.Formatter(told["format"], style=told["style"])
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["account"]
    return [formatter.format(record) for record in records if WithAccount().filter(record)]


@pytest.fixture
def heard(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    return caplog


@pytest.mark.django_db
def test_who_is_refused_a_right_is_logged_with_the_account(
    cast: Cast, planned: Meeting, as_user: Any, heard: pytest.LogCaptureFixture
) -> None:
    assert as_user(cast.tuan).post(f"/meetings/{planned.pk}/call/").status_code == 403
    (line,) = lines(heard.records)
    assert line.splitlines()[0].endswith(f"/meetings/{planned.pk}/call/ (account {cast.account(cast.tuan).pk})")


@pytest.mark.django_db
def test_nothing_that_is_sent_breaks_a_line_of_the_log(client: Client, heard: pytest.LogCaptureFixture) -> None:
    assert client.get("/x%0a2026-12-03 INFO all is well%0d%1b[2J").status_code == 404
    (line,) = lines(heard.records)
    assert len(line.splitlines()) == 1
    assert "\x1b" not in line


@pytest.mark.django_db
def test_no_page_answers_a_trace(cast: Cast, as_user: Any) -> None:
    hoa, answers = as_user(cast.hoa), {}
    for name in filter(lambda one: isinstance(one, str), get_resolver().reverse_dict):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        answers[address] = hoa.generic("TRACE", address).status_code
    assert len(answers) > 10
    assert {address: status for address, status in answers.items() if status == 200} == {}
