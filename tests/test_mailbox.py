"""Who finds a mail of ours in the mailbox: of all who have an address, those who have agreed and not taken it back."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.management import call_command

from meetings.actions import following, planning
from meetings.models import Task
from members import actions as people
from members.models import User
from privacy.actions import consent
from tests.factories import NOW, agree_to_mail, at, plan_fields
from tests.meetings.test_programme import lay_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from pytest_django import Settings

    from meetings.models import Meeting
    from tests.conftest import Cast

MORNING = at("2026-12-01 07:00")


@pytest.fixture(autouse=True)
def _a_mail_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EMAIL_HOST = "mail.chibo.example"
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING)


@pytest.fixture
def addresses(cast: Cast) -> None:
    """Everybody of the cell has one. Lan has agreed, Tuấn has and took it back, Hoa has never said anything."""
    for member in (cast.lan, cast.hoa, cast.tuan):
        account = cast.account(member)
        people.set_email(account, email=f"{account.username}@chibo.example", by=account, at=NOW)
    agree_to_mail(cast.lan)
    agree_to_mail(cast.tuan)
    consent.take_back(purpose="email", by=cast.account(cast.tuan), at=MORNING)


def mailbox() -> list[str]:
    """Everybody who got a mail since the last look."""
    found = sorted(address for message in mail.outbox for address in message.recipients())
    mail.outbox.clear()
    return found


def test_a_notice_goes_only_to_those_who_have_agreed(
    cast: Cast,
    addresses: None,
    planned: Meeting,
    as_user: Callable[..., Client],
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        as_user(cast.lan).post(f"/meetings/{planned.pk}/call/")
    assert planned.attendances.filter(member__in=[cast.lan, cast.hoa, cast.tuan]).count() == 3
    assert mailbox() == ["lan@chibo.example"]


def test_a_closed_account_gets_no_notice(
    cast: Cast, addresses: None, planned: Meeting, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    agree_to_mail(cast.hoa)
    User.objects.filter(member=cast.hoa).update(is_active=False)
    with django_capture_on_commit_callbacks(execute=True):
        planning.call(planned, by=cast.account(cast.lan), at=MORNING)
    assert mailbox() == ["lan@chibo.example"]


def test_a_reminder_goes_only_to_those_who_have_agreed(cast: Cast, addresses: None, called: Meeting) -> None:
    mailbox()
    call_command("remind", stdout=StringIO())
    assert mailbox() == ["lan@chibo.example"]
    agree_to_mail(cast.hoa)
    call_command("remind", stdout=StringIO())
    assert mailbox() == ["hoa@chibo.example"]


def test_whoever_never_agreed_is_not_even_reminded_of_the_programme(
    cast: Cast, addresses: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay_out(cast)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2027-01-01 07:00"))
    consent.take_back(purpose="email", by=cast.account(cast.lan), at=MORNING)
    call_command("remind", stdout=StringIO())
    assert mailbox() == []
    consent.agree(["email"], by=cast.account(cast.lan), at=MORNING + timedelta(days=1))
    call_command("remind", stdout=StringIO())
    assert set(mailbox()) == {"lan@chibo.example"}


def test_a_task_in_progress_is_still_to_be_done(
    cast: Cast, addresses: None, opened: Meeting, as_user: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the home page, beside the next notice and in the mail; what is done or dropped is on none of them."""
    who = {"by": cast.account(cast.lan), "at": at("2026-12-03 20:00")}
    given = {"owner": cast.lan, "due_on": date(2026, 12, 20), "item": None}
    for text, state in (("Chưa làm", "open"), ("Đang làm", "going"), ("Làm xong", "done"), ("Thôi làm", "dropped")):
        following.assign_task(opened, text=text, **given, **who)
        Task.objects.filter(text=text).update(state=state)
    fields = plan_fields(starts_at=at("2027-01-05 19:00"), topic="", chair=cast.lan, minute_taker=cast.hoa)
    january = planning.plan_meeting(cast.cell, kind="regular", **who, **fields)
    planning.call(january, **who)
    mailbox()
    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2027-01-04 07:00"))
    lan = as_user(cast.lan)
    home, notice = lan.get("/").context, lan.get(f"/meetings/{january.pk}/notice/").context
    assert sorted(task.text for task, _ in home["my_tasks"]) == ["Chưa làm", "Đang làm"]
    assert (home["open_tasks"], home["overdue"]) == (2, 2)
    assert sorted(task.text for task in notice["my_tasks"]) == ["Chưa làm", "Đang làm"]
    call_command("remind", stdout=StringIO())
    (letter,) = mail.outbox
    assert "Đồng chí có 2 nhiệm vụ đến hạn." in letter.body
