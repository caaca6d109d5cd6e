"""Reminders: who is listed, who is written to, what the mail says, and that cron may run twice."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from meetings.actions import following, planning
from meetings.lifecycle import State
from meetings.models import Meeting, ProgrammeLine, Reminder
from members.models import User
from tests.factories import NOW, agree_to_mail, at, plan_fields, put_into
from tests.meetings.test_programme import lay_out, line_of, plan

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast

TWO_DAYS_BEFORE = at("2026-12-01 07:00")


class OneBadAddress(EmailBackend):
    """A server that does not know Hoa's address."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["hoa@example.vn"]:
            raise OSError("550 no such user")
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def _the_first_of_december(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: TWO_DAYS_BEFORE)
    settings.EMAIL_HOST = "mail.example.vn"


def give_addresses(*members: Member) -> None:
    for member in members:
        account = User.objects.get(member=member)
        account.email = f"{account.username}@example.vn"
        account.save()
        agree_to_mail(member)


def remind(*words: str, **options: Any) -> list[str]:
    out = StringIO()
    call_command("remind", *words, stdout=out, stderr=out, **options)
    return out.getvalue().splitlines()


LINE = "Sinh hoạt chuyên đề, thứ Năm, 03/12/2026, 19:00, Chi bộ Văn phòng"


def test_the_recipients_are_listed_first_then_written_to_and_a_second_run_writes_nothing(
    cast: Cast, called: Meeting
) -> None:
    give_addresses(cast.lan, cast.hoa, cast.kha, cast.mai)
    said = remind()
    assert sorted(said) == sorted(
        [
            f"Nguyễn Thị Hoa <hoa@example.vn>: {LINE}",
            f"Trần Thị Lan <lan@example.vn>: {LINE}",
            "Đã gửi 2 thư.",
        ]
    )
    assert said[-1] == "Đã gửi 2 thư."
    assert sorted(message.to[0] for message in mail.outbox) == ["hoa@example.vn", "lan@example.vn"]
    assert Reminder.objects.filter(meeting=called, what="meeting").count() == 2
    assert (remind(), len(mail.outbox)) == (["Không có ai cần nhắc."], 2)


def test_a_mail_says_time_and_place_and_how_many_tasks_and_nothing_of_the_content(cast: Cast, called: Meeting) -> None:
    give_addresses(cast.hoa)
    lan = cast.account(cast.lan)
    earlier = planning.plan_meeting(
        cast.cell, kind="regular", by=lan, at=NOW, **plan_fields(starts_at=at("2026-11-05 19:00"), topic="")
    )
    put_into(State.OPEN, pk=earlier.pk)
    earlier.refresh_from_db()
    for day in (date(2026, 11, 30), date(2026, 12, 3), date(2026, 12, 4), None):
        following.assign_task(earlier, text="Viết báo cáo mật", owner=cast.hoa, due_on=day, item=None, by=lan, at=NOW)
    remind()
    message = mail.outbox[0]
    assert message.subject == "Nhắc lịch sinh hoạt ngày 03/12/2026"
    assert message.body == (
        "Kính gửi đồng chí,\n\n"
        "Nhắc đồng chí dự sinh hoạt chuyên đề: thứ Năm, 03/12/2026, 19:00, tại Hội trường cơ quan.\n\n"
        "Đồng chí có 2 nhiệm vụ đến hạn.\n\n"
        "Mời đồng chí đăng nhập để xem nội dung; nếu không dự được, xin báo vắng và nêu lý do.\n"
    )


def test_a_trial_run_lists_and_sends_nothing(cast: Cast, called: Meeting) -> None:
    give_addresses(cast.hoa)
    assert remind("--dry-run") == [f"Nguyễn Thị Hoa <hoa@example.vn>: {LINE}", "Chạy thử: 1 thư chưa gửi."]
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_without_a_mail_server_it_lists_says_so_and_sends_nothing(cast: Cast, called: Meeting, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    give_addresses(cast.hoa)
    assert remind() == [
        f"Nguyễn Thị Hoa <hoa@example.vn>: {LINE}",
        "Chưa có máy chủ thư (CHIBO_EMAIL_HOST): không gửi thư nào.",
    ]
    assert (mail.outbox, Reminder.objects.count()) == ([], 0)


def test_a_failed_address_is_reported_not_recorded_and_keeps_nobody_else_from_their_mail(
    cast: Cast, called: Meeting, settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.OneBadAddress"
    give_addresses(cast.hoa, cast.lan)
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("remind", stdout=out, stderr=out)
    assert str(caught.value) == "1 thư chưa gửi được, lần chạy sau sẽ gửi lại."
    assert "Không gửi được tới hoa@example.vn: 550 no such user" in out.getvalue().splitlines()
    assert [message.to for message in mail.outbox] == [["lan@example.vn"]]
    assert [row.to.username for row in Reminder.objects.all()] == ["lan"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind()[-1] == "Đã gửi 1 thư."


def test_in_a_log_nobody_is_named(cast: Cast, called: Meeting, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.OneBadAddress"
    give_addresses(cast.hoa, cast.lan)
    out = StringIO()
    with pytest.raises(CommandError, match="1 thư chưa gửi được"):
        call_command("remind", "--verbosity", "0", stdout=out, stderr=out)
    assert out.getvalue() == "Đã gửi 1 thư.\n"


@pytest.mark.parametrize(("days", "letters"), [("1", 0), ("2", 0), ("3", 1)])
def test_how_many_days_ahead_can_be_said(cast: Cast, called: Meeting, days: str, letters: int) -> None:
    give_addresses(cast.hoa)
    remind("--days", days)
    assert len(mail.outbox) == letters


@pytest.mark.parametrize("days", ["0", "61", "-1", "ba", "٣"])
def test_a_number_of_days_that_makes_no_sense_is_refused(cast: Cast, days: str) -> None:
    with pytest.raises(CommandError):
        remind(f"--days={days}")


def test_a_plan_a_cancelled_meeting_and_one_that_has_begun_remind_nobody(cast: Cast, called: Meeting) -> None:
    give_addresses(cast.hoa)
    for state in (State.PLAN, State.CANCELLED, State.OPEN):
        put_into(state, pk=called.pk)
        assert remind() == ["Không có ai cần nhắc."]
    Meeting.objects.filter(pk=called.pk).update(state=State.CALLED, starts_at=at("2026-12-01 06:59"))
    assert remind() == ["Không có ai cần nhắc."]


def test_whoever_is_excused_is_left_in_peace(cast: Cast, called: Meeting) -> None:
    give_addresses(cast.hoa)
    row = called.attendances.get(member=cast.hoa)
    planning.apologise(row, reason="Ốm", by=cast.account(cast.hoa), at=NOW)
    planning.decide_apology(row, accepted=True, by=cast.account(cast.lan), at=NOW)
    assert remind() == ["Không có ai cần nhắc."]


def test_the_secretary_is_told_a_week_ahead_of_a_day_without_a_meeting_once(cast: Cast) -> None:
    give_addresses(cast.lan, cast.hoa)
    programme = lay_out(cast, year=2026)
    line = line_of(programme, 12)
    assert remind() == [
        "Trần Thị Lan <lan@example.vn>: Sinh hoạt thường kỳ, thứ Bảy, 05/12/2026, Chi bộ Văn phòng: chưa có kế hoạch",
        "Đã gửi 1 thư.",
    ]
    line.refresh_from_db()
    assert (line.reminded_at, mail.outbox[0].to) == (TWO_DAYS_BEFORE, ["lan@example.vn"])
    assert mail.outbox[0].subject == "Chưa có kế hoạch sinh hoạt ngày 05/12/2026"
    assert remind() == ["Không có ai cần nhắc."]


@pytest.mark.parametrize(("day", "told"), [("2026-12-08", 1), ("2026-12-09", 0), ("2026-11-30", 0)])
def test_a_week_is_seven_days(cast: Cast, day: str, told: int) -> None:
    give_addresses(cast.lan)
    programme = lay_out(cast, year=2026)
    programme.lines.update(day=None)
    ProgrammeLine.objects.filter(pk=line_of(programme, 12).pk).update(day=date.fromisoformat(day))
    remind()
    assert len(mail.outbox) == told


def test_a_day_with_a_meeting_reminds_nobody_of_a_missing_plan(cast: Cast) -> None:
    give_addresses(cast.lan)
    plan(cast, line_of(lay_out(cast, year=2026), 12))
    assert remind() == ["Không có ai cần nhắc."]
