"""The committee's own meeting: when it is held, who is called, how it votes, and what it proves."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail

from guideline import checks
from guideline import rulebook as rules
from meetings import facts
from meetings.actions import evening, following, planning, preparing
from meetings.models import Attendance, Meeting, Task
from members import actions as people
from members import roster
from members.models import Tenure, TenureKind
from tests.factories import NOW, agree_to_mail, at, make_member, plan_fields
from tests.meetings.committee import CALLED, CLOSED, OPENED, SIGNED, Committee, plan, seat
from tests.meetings.steps import fresh, refused, row_of
from tests.once import built_once

if TYPE_CHECKING:
    from tests.conftest import Cast


@built_once
def committee(cast: Cast, planned: Meeting) -> Committee:
    return seat(cast, planned)


def called(meeting: Meeting) -> list[str]:
    return [row.name for row in facts.roll(meeting)]


# --- The plan -----------------------------------------------------------------------------------


def test_the_agenda_is_what_a_committee_settles_before_the_cell_meets(committee: Committee) -> None:
    assert list(committee.meeting.items.values_list("step", "presenter__full_name")) == [
        ("opening", "Trần Thị Lan"),
        ("last_month", None),
        ("next_month", None),
        ("prepare_cell_meeting", None),
        ("inspection", None),
        ("conclusion", "Trần Thị Lan"),
    ]
    assert (fresh(committee.meeting).thematic_paper, committee.meeting.prepares) == (None, committee.prepared)


def test_whoever_asks_from_the_cells_meeting_finds_the_one_before_it_which_knows_it(committee: Committee) -> None:
    found = facts.prepared_by(committee.prepared)
    assert found == committee.meeting
    assert found.prepares is committee.prepared


def test_a_secretary_alone_holds_no_committee_meeting(cast: Cast, planned: Meeting) -> None:
    sentence = (
        "Ngày đó chi bộ không có chi uỷ, cũng không có phó bí thư: bí thư tự chuẩn bị nội dung, "
        "không cần lập cuộc họp chi uỷ."
    )
    with refused(sentence):
        plan(cast, prepares=planned)


def test_of_several_that_prepare_one_meeting_the_last_counts_that_was_not_cancelled(committee: Committee) -> None:
    planned = {"cell": committee.meeting.cell, "kind": "committee", "rulebook": "hd42", "prepares": committee.prepared}
    later, _ = (
        Meeting.objects.create(starts_at=OPENED + timedelta(days=days), state=state, **planned)
        for days, state in ((1, "plan"), (2, "cancelled"))
    )
    assert facts.prepared_by(committee.prepared) == later


def test_where_there_is_no_committee_secretary_and_deputy_meet(cast: Cast, planned: Meeting) -> None:
    make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.DEPUTY)
    assert plan(cast, prepares=planned).title == "Họp chi uỷ"


def test_the_committee_meets_before_the_meeting_that_it_prepares(cast: Cast, committee: Committee) -> None:
    sentence = "Chi uỷ họp trước buổi sinh hoạt mà cuộc họp này chuẩn bị."
    with refused(sentence, "starts_at"):
        plan(cast, prepares=committee.prepared, starts_at=at("2026-12-03 19:00"))
    fields = plan_fields(starts_at=at("2026-12-04 19:00"), topic="")
    with refused(sentence, "starts_at"):
        planning.edit_plan(fresh(committee.meeting), by=committee.lan, at=NOW, **fields)


@pytest.mark.parametrize("whose", ["another cell's", "a committee's"])
def test_it_prepares_a_meeting_of_its_own_cell(cast: Cast, committee: Committee, whose: str) -> None:
    mai = {"by": cast.account(cast.mai), "at": NOW}
    other = planning.plan_meeting(cast.other_cell, kind="regular", **mai, **plan_fields(topic=""))
    prepared = {"another cell's": other, "a committee's": committee.meeting}[whose]
    with refused("Cuộc họp chi uỷ chuẩn bị cho một buổi sinh hoạt của chính chi bộ.", "prepares"):
        plan(cast, prepares=prepared)


def test_the_plan_comes_filled_in_from_the_meeting_it_prepares(as_user: Any, cast: Cast, committee: Committee) -> None:
    page = as_user(cast.lan).get(f"/cells/{cast.cell.pk}/meetings/new/?kind=committee&for={committee.prepared.pk}")
    form = page.context["form"]
    assert form.initial == {
        "chair": cast.lan,
        "prepares": committee.prepared.pk,
        "starts_at": at("2026-12-01 19:00"),
        "place": "Hội trường cơ quan",
    }
    assert [name for name in form.fields if name in ("topic", "author", "prepares")] == ["prepares"]
    assert list(form.fields["chair"].people.values()) == [cast.lan, committee.binh, committee.cuong]


def test_a_plan_is_sent_and_changed_through_its_pages(as_user: Any, cast: Cast, committee: Committee) -> None:
    lan = as_user(cast.lan)
    form = {"starts_at": "2026-12-02T17:00", "place": "Phòng 2", "prepares": committee.prepared.pk}
    lan.post(f"/cells/{cast.cell.pk}/meetings/new/?kind=committee", form)
    made = Meeting.objects.latest("pk")
    assert (made.kind, made.prepares) == ("committee", committee.prepared)
    lan.post(f"/meetings/{made.pk}/edit/", {**form, "place": "Phòng 3", "prepares": ""})
    made = fresh(made)
    assert (made.place, made.prepares) == ("Phòng 3", None)


# --- Who is called ------------------------------------------------------------------------------


def test_only_those_with_a_post_are_called(committee: Committee) -> None:
    planning.call(committee.meeting, by=committee.lan, at=CALLED)
    assert called(committee.meeting) == ["Vũ Thái Bình", "Hà Mạnh Cường", "Trần Thị Lan"]


def test_who_has_left_the_committee_is_no_longer_called(cast: Cast, committee: Committee) -> None:
    planning.call(committee.meeting, by=committee.lan, at=CALLED)
    post = Tenure.objects.filter(member=committee.cuong, kind=TenureKind.COMMITTEE_MEMBER)
    post.update(ends_on=date(2026, 11, 30))
    evening.open_meeting(committee.meeting, by=committee.lan, at=OPENED)
    assert called(committee.meeting) == ["Vũ Thái Bình", "Trần Thị Lan"]


def test_who_is_suspended_does_not_sit_on_the_committee(cast: Cast, committee: Committee) -> None:
    who = {"starts_on": date(2026, 11, 1), "by": None, "at": NOW}
    people.set_standing(committee.cuong, cast.cell, kind=TenureKind.SUSPENDED, **who)
    assert [entry.member for entry in roster.committee_on_day(cast.cell, OPENED.date())] == [cast.lan, committee.binh]


def test_the_letter_goes_to_the_committee_only(
    cast: Cast, committee: Committee, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.EMAIL_HOST = "mail.example"
    for member in (cast.hoa, committee.binh):
        account = cast.account(member)
        account.email = f"{account.username}@example.vn"
        account.save()
        agree_to_mail(member)
    with django_capture_on_commit_callbacks(execute=True):
        planning.call(committee.meeting, by=committee.lan, at=CALLED)
    assert [(letter.to, letter.subject) for letter in mail.outbox] == [
        (["binh@example.vn"], "Thông báo họp chi uỷ ngày 01/12/2026")
    ]


def test_a_member_of_the_committee_apologises_like_anybody(committee: Committee) -> None:
    planning.call(committee.meeting, by=committee.lan, at=CALLED)
    row = row_of(committee.meeting, committee.cuong)
    planning.apologise(row, reason="Ốm", by=committee.cast.account(committee.cuong), at=CALLED)
    assert Attendance.objects.get(pk=row.pk).apology == "Ốm"


# --- The evening --------------------------------------------------------------------------------


def test_the_votes_are_those_of_the_committee(committee: Committee) -> None:
    committee.hold()
    who = {"by": committee.lan, "at": OPENED}
    with refused("Tổng số biểu quyết là 3, nhiều hơn 2 chi uỷ viên có mặt.", "in_favour"):
        evening.record_vote(committee.last_item, question="Thông qua", in_favour=3, against=0, other=0, **who)
    vote = evening.record_vote(committee.last_item, question="Thông qua", in_favour=2, against=0, other=0, **who)
    assert (vote.entitled, vote.base, vote.passed) == (2, 3, True)


def test_nobody_asks_a_committee_for_a_rate_or_dues_or_a_superior(committee: Committee) -> None:
    meeting = committee.hold()
    figures = facts.facts_of(facts.Evening.of(meeting), now=CLOSED)
    asked = {
        finding.code
        for stage in checks.Stage
        for finding in checks.findings(stage, figures, rules.get(meeting.rulebook))
    }
    assert asked == {"items_held", "items_empty", "conclusion", "tasks"}


def test_the_committee_hears_about_what_it_gave_and_the_cell_about_everything(
    cast: Cast, committee: Committee, opened: Meeting
) -> None:
    committee.hold()
    who = {"by": committee.lan, "at": OPENED}
    of_cell = {"text": "Việc của chi bộ", "owner": cast.hoa, "due_on": None, "item": None}
    of_committee = {"text": "Việc của chi uỷ", "owner": committee.binh, "due_on": None, "item": None}
    following.assign_task(committee.meeting, **of_committee, **who)
    following.assign_task(opened, **of_cell, **who)
    january = planning.plan_meeting(
        cast.cell, kind="regular", **who, **plan_fields(starts_at=at("2027-01-05 19:00"), topic="")
    )
    before = plan(cast, starts_at=at("2027-01-03 17:00"), prepares=january)
    promised = {
        name: [t.text for t in Task.objects.promised_before(m)] for name, m in [("cell", january), ("", before)]
    }
    assert promised == {"cell": ["Việc của chi uỷ", "Việc của chi bộ"], "": ["Việc của chi uỷ"]}
    task = Task.objects.get(text="Việc của chi bộ")
    with refused("Nhiệm vụ do chi bộ giao thì báo cáo ở buổi sinh hoạt chi bộ."):
        following.report_task(task, before, state="done", result="", **who)


def test_the_minute_taker_of_the_cell_reports_what_the_committee_gave(
    as_user: Any, cast: Cast, committee: Committee, opened: Meeting
) -> None:
    committee.hold()
    who = {"by": committee.lan, "at": OPENED}
    task = following.assign_task(
        committee.meeting, text="Chuẩn bị", owner=committee.binh, due_on=None, item=None, **who
    )
    answer = as_user(cast.hoa).post(f"/meetings/{opened.pk}/reports/{task.pk}/", {"state": "done", "result": "Xong"})
    assert (answer.status_code, Task.objects.get(pk=task.pk).state) == (302, "done")


# --- The evidence for the cell's meeting --------------------------------------------------------


def test_closing_it_is_the_evidence_that_the_committee_has_met(committee: Committee) -> None:
    committee.hold()
    assert fresh(committee.prepared).committee_met_at is None
    committee.close()
    prepared = fresh(committee.prepared)
    event = prepared.events.latest("number")
    assert (prepared.committee_met_at, event.what, event.data) == (
        OPENED,
        "committee_met",
        {"committee": committee.meeting.pk, "met": True},
    )


def test_opening_it_again_takes_the_evidence_back(committee: Committee) -> None:
    committee.hold()
    evening.reopen(committee.close(), by=committee.lan, at=SIGNED)
    assert fresh(committee.prepared).committee_met_at is None


def test_a_meeting_that_was_cancelled_meanwhile_stays_as_it_is(committee: Committee) -> None:
    committee.hold()
    planning.cancel(committee.prepared, reason="Bão", by=committee.lan, at=OPENED)
    version = fresh(committee.prepared).version
    committee.close()
    assert (fresh(committee.prepared).committee_met_at, fresh(committee.prepared).version) == (None, version)


def test_what_the_minutes_show_is_not_ticked_by_hand(committee: Committee) -> None:
    committee.hold()
    committee.close()
    with refused("Ngày họp chi uỷ lấy từ biên bản cuộc họp chi uỷ đã có ở đây."):
        preparing.tick(fresh(committee.prepared), what="committee_met_at", done=False, by=committee.lan, at=SIGNED)


def test_the_checklist_leads_to_the_sealed_minutes(as_user: Any, cast: Cast, committee: Committee) -> None:
    committee.hold()
    committee.close()
    committee.seal()
    page = as_user(cast.lan).get(f"/meetings/{committee.prepared.pk}/")
    line = page.context["checklist"][0]
    assert (line.said, page.context["committee"]) == ("họp ngày 01/12/2026, 17:00, biên bản đã ký", committee.meeting)
