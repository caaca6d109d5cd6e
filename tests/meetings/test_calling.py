"""Announcing a meeting or cancelling it: the notice, its number, its mail, and who cannot come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core import mail

from meetings.actions import evening, following, planning
from meetings.models import Mark, Meeting, Task, TaskReport, TaskState
from members import actions as people
from members.models import TenureKind
from tests.factories import NOW, agree_to_mail, at, make_member, plan_fields
from tests.meetings.steps import DURING, forbidden, fresh, last_event, refused, row_of, say, stand

if TYPE_CHECKING:
    from tests.conftest import Cast


LATER = at("2026-11-26 09:00")


def plan(cast: Cast, kind: str = "thematic", **fields: object) -> Meeting:
    return planning.plan_meeting(cast.cell, kind=kind, by=cast.account(cast.lan), at=NOW, **plan_fields(**fields))


# --- Calling ------------------------------------------------------------------------------------


def test_calling_names_everybody_of_the_day_and_gives_the_notice_its_number(cast: Cast, planned: Meeting) -> None:
    planning.call(planned, by=cast.account(cast.lan), at=LATER)
    called = fresh(planned)
    assert (called.state, called.called_at, str(called.notice_number)) == ("called", LATER, "01-TB")
    assert list(called.attendances.order_by("name").values_list("name", "standing", "position", "mark")) == [
        ("Lê Anh Tuấn", "probationary", "", ""),
        ("Nguyễn Thị Hoa", "full", "", ""),
        ("Trần Thị Lan", "full", "Bí thư", ""),
        ("Đỗ Văn Sơn", "full", "", ""),
    ]


def test_a_notice_withdrawn_and_sent_again_keeps_its_number(cast: Cast, called: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.withdraw(called, by=by, at=LATER)
    assert (fresh(called).state, fresh(called).called_at) == ("plan", None)
    planning.call(fresh(called), by=by, at=at("2026-11-27 09:00"))
    again = fresh(called)
    assert (str(again.notice_number), again.called_at) == ("01-TB", at("2026-11-27 09:00"))
    assert again.attendances.count() == 4


def test_the_next_notice_has_the_next_number(cast: Cast, called: Meeting) -> None:
    second = plan(cast, "regular", starts_at=at("2027-01-05 19:00"), topic="")
    planning.call(second, by=cast.account(cast.lan), at=LATER)
    assert str(fresh(second).notice_number) == "02-TB"


def test_no_notice_without_a_place(cast: Cast) -> None:
    meeting = plan(cast, place="  ")
    with refused("Chưa có địa điểm họp nên chưa gửi thông báo được.", "place"):
        planning.call(meeting, by=cast.account(cast.lan), at=LATER)


def test_no_notice_without_an_agenda(cast: Cast, planned: Meeting) -> None:
    planned.items.all().delete()
    with refused("Chương trình chưa có nội dung nào."):
        planning.call(planned, by=cast.account(cast.lan), at=LATER)


def test_the_minute_taker_does_not_send_the_notice(cast: Cast, planned: Meeting) -> None:
    with forbidden():
        planning.call(planned, by=cast.account(cast.hoa), at=LATER)


def test_whoever_left_between_two_notices_is_no_longer_on_the_list(cast: Cast, called: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.withdraw(called, by=by, at=LATER)
    people.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 12, 1), by=by, at=LATER)
    planning.call(fresh(called), by=by, at=LATER)
    assert (row_of(called, cast.hoa).standing, row_of(called, cast.hoa).counts) == ("left", False)


def _with_addresses(cast: Cast) -> None:
    for who in (cast.lan, cast.hoa, cast.tuan):
        people.set_email(cast.account(who), email=f"{who.account.username}@chibo.example", by=cast.account(who), at=NOW)
        agree_to_mail(who)


def test_mail_goes_to_those_who_are_invited_and_tells_nothing_of_the_content(
    cast: Cast, settings: object, django_capture_on_commit_callbacks: object
) -> None:
    settings.EMAIL_HOST = "mail.chibo.example"  # type: ignore[attr-defined]
    _with_addresses(cast)
    stand(cast, cast.hoa, TenureKind.SUSPENDED)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        planning.call(plan(cast), by=cast.account(cast.lan), at=LATER)
    assert sorted(message.to[0] for message in mail.outbox) == ["lan@chibo.example", "tuan@chibo.example"]
    assert mail.outbox[0].subject == "Thông báo sinh hoạt chi bộ ngày 03/12/2026"
    assert mail.outbox[0].body == (
        "Kính gửi đồng chí,\n\nChi bộ Văn phòng mời đồng chí dự sinh hoạt chuyên đề lúc 19 giờ 00 phút, "
        "ngày 03/12/2026, tại Hội trường cơ quan.\n\nMời đồng chí đăng nhập để xem nội dung, tài liệu; "
        "nếu không dự được, xin báo vắng và nêu lý do.\n"
    )


def test_without_a_mail_server_nothing_is_sent(
    cast: Cast, planned: Meeting, django_capture_on_commit_callbacks: object
) -> None:
    _with_addresses(cast)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        planning.call(planned, by=cast.account(cast.lan), at=LATER)
    assert mail.outbox == []


def test_someone_who_joins_after_the_notice_is_on_the_list_when_the_meeting_opens(cast: Cast, called: Meeting) -> None:
    new = make_member(cast.cell, "Vũ Thị Yến", since=date(2026, 12, 1))
    evening.open_meeting(called, by=cast.account(cast.lan), at=DURING)
    assert row_of(called, new).standing == TenureKind.FULL


# --- Cancelling ---------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["planned", "called"])
def test_a_meeting_can_be_cancelled_with_a_reason(cast: Cast, stage: str, request: pytest.FixtureRequest) -> None:
    meeting = request.getfixturevalue(stage)
    planning.cancel(meeting, by=cast.account(cast.lan), at=LATER, reason="Bão số 9")
    assert fresh(meeting).state == "cancelled"
    assert last_event(meeting) == ("cancel", {"reason": "Bão số 9"})


def test_a_meeting_is_not_cancelled_without_a_reason(cast: Cast, called: Meeting) -> None:
    with refused("Xin ghi lý do huỷ buổi họp.", "reason"):
        planning.cancel(called, by=cast.account(cast.lan), at=LATER, reason=" ")


def test_what_a_cancelled_meeting_was_to_hear_is_taken_back(cast: Cast, opened: Meeting) -> None:
    by = cast.account(cast.lan)
    task = following.assign_task(
        opened, text="Kê khai tài sản", owner=cast.son, due_on=None, item=None, by=by, at=DURING
    )
    next_one = plan(cast, "regular", starts_at=at("2027-01-05 19:00"), topic="")
    following.report_task(task, next_one, state="done", result="Đã nộp", by=by, at=LATER)
    planning.cancel(next_one, by=by, at=LATER, reason="Bão số 9")
    assert (Task.objects.get().state, TaskReport.objects.count()) == (TaskState.OPEN, 0)
    heard = next_one.events.get(what="report_task").data
    assert heard == {"task": task.pk, "state": "done", "result": "Đã nộp"}


# --- Apologies ----------------------------------------------------------------------------------


def test_a_member_apologises_for_themselves(cast: Cast, called: Meeting) -> None:
    row = row_of(called, cast.hoa)
    planning.apologise(row, reason=" Con ốm ", by=cast.account(cast.hoa), at=LATER)
    row = row_of(called, cast.hoa)
    assert (row.apology, row.apologised_at, row.apology_accepted, row.mark) == ("Con ốm", LATER, None, "")
    assert row.apology_entered_for_them is False


def test_the_secretary_apologises_for_somebody_without_a_device_and_the_record_says_so(
    cast: Cast, called: Meeting
) -> None:
    planning.apologise(row_of(called, cast.son), reason="Nằm viện", by=cast.account(cast.lan), at=LATER)
    row = row_of(called, cast.son)
    assert (row.apology, row.apology_entered_by, row.apology_entered_for_them) == (
        "Nằm viện",
        cast.account(cast.lan),
        True,
    )


def test_a_member_does_not_apologise_for_another(cast: Cast, called: Meeting) -> None:
    with forbidden():
        planning.apologise(row_of(called, cast.son), reason="Nằm viện", by=cast.account(cast.hoa), at=LATER)


def test_an_apology_has_a_reason(cast: Cast, called: Meeting) -> None:
    with refused("Xin ghi lý do vắng mặt.", "reason"):
        planning.apologise(row_of(called, cast.hoa), reason="  ", by=cast.account(cast.hoa), at=LATER)


def test_nobody_apologises_for_somebody_who_is_suspended(cast: Cast, planned: Meeting) -> None:
    by = cast.account(cast.lan)
    stand(cast, cast.son, TenureKind.SUSPENDED)
    planning.call(planned, by=by, at=LATER)
    with refused("Đồng chí Đỗ Văn Sơn: đình chỉ sinh hoạt.", "speaker"):
        planning.apologise(row_of(planned, cast.son), reason="Bận", by=by, at=LATER)


def test_an_accepted_apology_is_an_excused_absence_with_its_reason(cast: Cast, called: Meeting) -> None:
    planning.apologise(row_of(called, cast.hoa), reason="Con ốm", by=cast.account(cast.hoa), at=LATER)
    planning.decide_apology(row_of(called, cast.hoa), accepted=True, by=cast.account(cast.lan), at=LATER)
    row = row_of(called, cast.hoa)
    assert (row.apology_accepted, row.mark, row.reason) == (True, Mark.EXCUSED, "Con ốm")


def test_an_apology_that_is_not_accepted_leaves_the_roll_open(cast: Cast, called: Meeting) -> None:
    planning.apologise(row_of(called, cast.hoa), reason="Đi chơi", by=cast.account(cast.hoa), at=LATER)
    for accepted in (True, False):
        planning.decide_apology(row_of(called, cast.hoa), accepted=accepted, by=cast.account(cast.lan), at=LATER)
    row = row_of(called, cast.hoa)
    assert (row.apology_accepted, row.mark, row.reason) == (False, Mark.NONE, "")


def test_a_new_reason_is_decided_anew(cast: Cast, called: Meeting) -> None:
    planning.apologise(row_of(called, cast.hoa), reason="Con ốm", by=cast.account(cast.hoa), at=LATER)
    planning.decide_apology(row_of(called, cast.hoa), accepted=True, by=cast.account(cast.lan), at=LATER)
    planning.apologise(row_of(called, cast.hoa), reason="Xe hỏng", by=cast.account(cast.hoa), at=LATER)
    row = row_of(called, cast.hoa)
    assert (row.apology, row.apology_accepted, row.mark, row.reason) == ("Xe hỏng", None, Mark.NONE, "")


def test_nothing_is_decided_for_somebody_who_has_not_apologised(cast: Cast, called: Meeting) -> None:
    with refused("Đồng chí này chưa xin vắng."):
        planning.decide_apology(row_of(called, cast.hoa), accepted=True, by=cast.account(cast.lan), at=LATER)


def test_a_member_does_not_accept_their_own_apology(cast: Cast, called: Meeting) -> None:
    planning.apologise(row_of(called, cast.hoa), reason="Con ốm", by=cast.account(cast.hoa), at=LATER)
    with forbidden():
        planning.decide_apology(row_of(called, cast.hoa), accepted=True, by=cast.account(cast.hoa), at=LATER)


def test_an_apology_is_not_accepted_from_somebody_who_came_and_spoke(cast: Cast, called: Meeting) -> None:
    planning.apologise(row_of(called, cast.tuan), reason="Xe hỏng", by=cast.account(cast.tuan), at=LATER)
    evening.open_meeting(called, by=cast.account(cast.lan), at=DURING)
    say(cast, called, row_of(called, cast.tuan))
    with refused("Đồng chí Lê Anh Tuấn đã có ý kiến trong biên bản nên không thể ghi vắng."):
        planning.decide_apology(row_of(called, cast.tuan), accepted=True, by=cast.account(cast.lan), at=DURING)
