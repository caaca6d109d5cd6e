"""The checklist around a meeting: what is asked, by when, what is known of it, and how late is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from guideline import rulebook as rules
from guideline.model import Kind
from meetings.actions import planning, preparing
from meetings.models import Meeting
from meetings.preparation import DUTIES, Line, Record, lines, ticked
from tests.factories import at
from tests.meetings.steps import CLOSED, close, fresh, last_event, refused

if TYPE_CHECKING:
    from datetime import datetime

    from tests.conftest import Cast

NOW = at("2026-12-01 08:00")
LATER = at("2026-11-26 09:00")
START = at("2026-12-03 19:00")
RECORD = Record(kind=rules.Kind.THEMATIC, starts_at=START, closed_at=None, stamps={})
HELD = replace(RECORD, closed_at=at("2026-12-03 20:45"))


def checklist(record: Record = RECORD, now: datetime = NOW, key: str = "hd42") -> dict[str, Line]:
    return {line.duty.code: line for line in lines(record, rules.get(key), now)}


def stamped(record: Record, code: str, moment: str) -> Record:
    return replace(record, stamps={**record.stamps, code: at(moment)})


def said(record: Record, code: str, now: datetime = NOW) -> tuple[str, bool]:
    line = checklist(record, now)[code]
    return line.said, line.late


# --- What is asked ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key", "codes"),
    [
        ("regular", "hd42", "committee_met_at called_at superior_notified_at papers_posted_at"),
        ("thematic", "hd42", "committee_met_at agreed_at shared_at called_at superior_notified_at papers_posted_at"),
        ("thematic", "hd12", "committee_met_at agreed_at shared_at called_at superior_notified_at"),
        ("committee", "hd42", "called_at"),
        ("committee", "hd12", "called_at"),
    ],
)
def test_the_guideline_and_the_kind_say_what_is_prepared(kind: str, key: str, codes: str) -> None:
    assert list(checklist(replace(RECORD, kind=rules.Kind(kind)), key=key)) == codes.split()


@pytest.mark.parametrize(
    ("kind", "key", "codes"),
    [
        ("regular", "hd42", "sealed_at posted_at reported_up_at"),
        ("combined", "hd42", "sealed_at completed_at posted_at reported_up_at"),
        ("combined", "hd12", "sealed_at completed_at"),
        ("committee", "hd42", "sealed_at"),
    ],
)
def test_what_comes_after_a_meeting_is_asked_once_it_has_closed(kind: str, key: str, codes: str) -> None:
    before = checklist(replace(RECORD, kind=rules.Kind(kind)), key=key)
    after = checklist(replace(HELD, kind=rules.Kind(kind)), key=key)
    assert [code for code in after if code not in before] == codes.split()


def test_every_duty_stands_under_the_clause_that_asks_for_it() -> None:
    book = rules.get("hd42")
    found = checklist(HELD)
    assert {code: line.clause for code, line in found.items()} == {
        duty.code: rule.clause for duty in DUTIES if (rule := book.rule(duty.rule)) is not None
    }


# --- Deadlines ----------------------------------------------------------------------------------


def test_deadlines_are_whole_days_counted_from_the_guideline() -> None:
    assert {code: line.deadline for code, line in checklist(HELD).items() if line.deadline} == {
        "shared_at": date(2026, 12, 2),
        "papers_posted_at": date(2026, 12, 2),
        "posted_at": date(2026, 12, 5),
    }


def test_where_the_guideline_gives_no_day_the_meeting_itself_is_the_limit() -> None:
    found = checklist(HELD)
    assert [found[code].term for code in ("called_at", "papers_posted_at", "sealed_at", "posted_at")] == [
        "trước buổi họp",
        "hạn 02/12/2026",
        "sau buổi họp",
        "hạn 05/12/2026",
    ]


# --- What is known ------------------------------------------------------------------------------


def test_what_is_not_done_yet_is_said_so() -> None:
    assert {said(RECORD, code) for code in checklist()} == {("chưa", False)}


@pytest.mark.parametrize(
    ("code", "moment", "words"),
    [
        ("called_at", "2026-11-30 08:05", "gửi ngày 30/11/2026, 08:05"),
        ("shared_at", "2026-12-02 23:59", "gửi ngày 02/12/2026, 23:59"),
        ("papers_posted_at", "2026-12-02 23:59", "đăng ngày 02/12/2026, 23:59 (ghi tay)"),
        ("posted_at", "2026-12-05 23:59", "đăng ngày 05/12/2026, 23:59 (ghi tay)"),
        ("reported_up_at", "2027-03-01 08:00", "báo cáo ngày 01/03/2027, 08:00 (ghi tay)"),
    ],
)
def test_what_was_done_in_time_is_said_with_its_time_and_how_it_is_known(code: str, moment: str, words: str) -> None:
    assert said(stamped(HELD, code, moment), code) == (words, False)


@pytest.mark.parametrize(
    ("code", "moment", "words"),
    [
        ("papers_posted_at", "2026-12-03 00:01", "đăng ngày 03/12/2026, hạn ngày 02/12/2026 (ghi tay)"),
        ("shared_at", "2026-12-03 07:00", "gửi ngày 03/12/2026, hạn ngày 02/12/2026"),
        ("posted_at", "2026-12-06 00:01", "đăng ngày 06/12/2026, hạn ngày 05/12/2026 (ghi tay)"),
        ("agreed_at", "2026-12-03 19:00", "thông qua ngày 03/12/2026, buổi họp ngày 03/12/2026"),
    ],
)
def test_late_is_said_plainly(code: str, moment: str, words: str) -> None:
    assert said(stamped(HELD, code, moment), code) == (words, True)


@pytest.mark.parametrize(
    ("code", "now", "words"),
    [
        ("papers_posted_at", "2026-12-03 08:00", "chưa đăng, hạn ngày 02/12/2026 đã qua"),
        ("committee_met_at", "2026-12-03 19:00", "chưa họp, buổi họp ngày 03/12/2026 đã qua"),
        ("posted_at", "2026-12-06 08:00", "chưa đăng, hạn ngày 05/12/2026 đã qua"),
    ],
)
def test_what_is_overdue_is_said_plainly(code: str, now: str, words: str) -> None:
    assert said(HELD, code, at(now)) == (words, True)


@pytest.mark.parametrize(
    ("now", "words", "late"),
    [
        ("2026-12-03 19:01", "chưa", False),
        ("2026-12-03 23:59", "chưa", False),
        ("2026-12-04 00:00", "chưa họp, buổi họp ngày 03/12/2026 đã qua", True),
    ],
)
def test_nothing_is_missed_while_people_are_still_coming_in(now: str, words: str, late: bool) -> None:
    assert said(RECORD, "committee_met_at", at(now)) == (words, late)


def test_what_comes_after_without_a_day_is_never_late() -> None:
    assert said(HELD, "sealed_at", at("2027-06-01 08:00")) == ("chưa", False)


def test_a_secretary_alone_is_not_asked_for_a_committee() -> None:
    line = checklist(replace(RECORD, secretary_alone=True), at("2026-12-09 08:00"))["committee_met_at"]
    assert (line.said, line.late, line.may_tick) == (
        "chi bộ không có chi uỷ, phó bí thư: bí thư tự chuẩn bị",
        False,
        False,
    )


@pytest.mark.parametrize(("sealed", "words"), [(False, "biên bản chờ ký"), (True, "biên bản đã ký")])
def test_the_committees_own_minutes_are_the_evidence_and_need_no_tick(sealed: bool, words: str) -> None:
    record = replace(stamped(RECORD, "committee_met_at", "2026-12-01 17:00"), committee_meeting=7)
    line = checklist(replace(record, committee_sealed=sealed))["committee_met_at"]
    assert (line.said, line.committee_meeting, line.may_tick) == (f"họp ngày 01/12/2026, 17:00, {words}", 7, False)


def test_what_happens_in_the_program_cannot_be_ticked() -> None:
    assert {code for code, line in checklist(HELD).items() if line.may_tick} == ticked(HELD.kind)
    assert {
        "committee_met_at",
        "superior_notified_at",
        "papers_posted_at",
        "posted_at",
        "reported_up_at",
    } == ticked(HELD.kind)


def test_of_a_conference_only_what_comes_before_it_is_ticked() -> None:
    assert (ticked(Kind.CONFERENCE), ticked(Kind.COMMITTEE)) == (
        {"committee_met_at", "superior_notified_at"},
        frozenset(),
    )


# --- Ticking ------------------------------------------------------------------------------------


def tick(cast: Cast, meeting: Meeting, what: str = "superior_notified_at", **more: Any) -> None:
    preparing.tick(meeting, **{"what": what, "done": True, "by": cast.account(cast.lan), "at": LATER, **more})


def test_a_step_outside_the_program_is_ticked_with_its_time_and_unticked(cast: Cast, planned: Meeting) -> None:
    tick(cast, planned, "committee_met_at")
    assert fresh(planned).committee_met_at == LATER
    tick(cast, planned, "committee_met_at", done=False)
    assert fresh(planned).committee_met_at is None
    assert last_event(planned) == ("tick", {"step": "committee_met_at", "done": False})


def test_a_time_that_was_forgotten_can_be_set_back(cast: Cast, planned: Meeting) -> None:
    tick(cast, planned, happened_at=at("2026-11-24 15:30"))
    assert fresh(planned).superior_notified_at == at("2026-11-24 15:30")


def test_nothing_is_ticked_for_a_time_that_has_not_come(cast: Cast, planned: Meeting) -> None:
    with refused("Giờ này chưa tới.", "happened_at"):
        tick(cast, planned, happened_at=at("2026-11-26 09:01"))


def test_minutes_are_not_posted_before_the_meeting_ends(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    with refused("Biên bản không thể đăng trước khi buổi họp kết thúc.", "happened_at"):
        tick(cast, fresh(opened), "posted_at", happened_at=at("2026-12-03 20:00"), at=CLOSED)


@pytest.mark.parametrize("what", ["opened_at", "state", "called_at", "bữa cơm"])
def test_only_what_is_on_the_checklist_can_be_ticked(cast: Cast, planned: Meeting, what: str) -> None:
    with refused("Không có việc này trong danh mục."):
        tick(cast, planned, what)


def test_the_page_takes_the_time_that_was_typed_and_refuses_nonsense(
    cast: Cast, as_user: Any, planned: Meeting
) -> None:
    lan, url = as_user(cast.lan), f"/meetings/{planned.pk}/tick/"
    lan.post(url, {"what": "papers_posted_at", "done": "1", "happened_at": "2020-05-06T10:15"})
    assert fresh(planned).papers_posted_at == at("2020-05-06 10:15")
    answer = lan.post(url, {"what": "papers_posted_at", "done": "1", "happened_at": "hôm qua"}, follow=True)
    assert [str(message).split(":")[0] for message in answer.context["messages"]] == ["Làm lúc"]
    assert fresh(planned).papers_posted_at == at("2020-05-06 10:15")


def test_the_page_of_a_secretary_alone_offers_no_committee(cast: Cast, as_user: Any, planned: Meeting) -> None:
    page = as_user(cast.lan).get(f"/meetings/{planned.pk}/")
    assert (page.context["committee_wanted"], page.context["checklist"][0].may_tick) == (False, False)


def test_a_plain_member_sees_no_checklist(cast: Cast, as_user: Any, planned: Meeting) -> None:
    planning.call(planned, by=cast.account(cast.lan), at=LATER)
    assert [
        "checklist" in as_user(person).get(f"/meetings/{planned.pk}/").context for person in (cast.lan, cast.hoa)
    ] == [True, False]
