"""Chair and minute-taker: they belong to the cell and are here; somebody else takes over in the middle."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import plain_text
from guideline import checks
from meetings import facts
from meetings.actions import evening, planning, seats, votes
from meetings.models import Mark, Meeting, SeatChange
from meetings.papers import build_minutes
from meetings.rules import rulebook_of, vote_kinds
from members import actions as people
from members.models import TenureKind
from rulings.models import Ruling
from tests.factories import NOW, at, new_key
from tests.meetings.steps import (
    CLOSED,
    DURING,
    OPENED,
    begin,
    close,
    come_and_go,
    fresh,
    item_of,
    mark,
    refused,
    row_of,
    stand,
)

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast


def take_over(cast: Cast, meeting: Meeting, member: Member, since: str = "", seat: str = "chair") -> None:
    moment = at(f"2026-12-03 {since}") if since else None
    seats.change_seat(meeting, seat=seat, member=member, since=moment, by=cast.account(cast.hoa), at=CLOSED)


def paper(meeting: Meeting) -> list[str]:
    return plain_text(build_minutes(fresh(meeting))).splitlines()


# --- Before the opening -------------------------------------------------------------------------


def test_whoever_has_left_the_cell_does_not_chair(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.lan, TenureKind.LEFT)
    with refused(
        "Đồng chí Trần Thị Lan (chủ trì) không sinh hoạt tại chi bộ ngày 03/12/2026. "
        "Xin sửa kế hoạch, cử đồng chí khác."
    ):
        evening.open_meeting(fresh(called), by=cast.account(cast.hoa), at=OPENED)


def test_what_is_judged_by_the_day_goes_by_the_day_on_which_it_is_held(cast: Cast, called: Meeting) -> None:
    """Lan leaves two days after the evening was planned for, and it is held two days after that."""
    people.set_standing(cast.lan, cast.cell, kind="left", starts_on=date(2026, 12, 5), by=None, at=NOW)
    late, by = at("2026-12-07 19:00"), cast.account(cast.hoa)
    with refused(
        "Đồng chí Trần Thị Lan (chủ trì) không sinh hoạt tại chi bộ ngày 07/12/2026. "
        "Xin sửa kế hoạch, cử đồng chí khác."
    ):
        evening.open_meeting(fresh(called), by=by, at=late)
    Meeting.objects.update(opened_at=late)
    Ruling.objects.create(
        organisation=cast.ward,
        subject="vote-majority",
        value={"matter": "Việc khác", "majority": "three_quarters"},
        document="12-QĐ/ĐU",
        document_date=date(2026, 12, 5),
        starts_on=date(2026, 12, 6),
        entered_by=cast.phuc,
        entered_at=NOW,
    )
    assert vote_kinds(fresh(called))[-1].name == "Việc khác"


def test_whoever_was_let_off_the_evening_does_not_take_its_minutes(cast: Cast, called: Meeting) -> None:
    by = cast.account(cast.lan)
    planning.apologise(row_of(called, cast.hoa), reason="Ốm", by=by, at=NOW)
    planning.decide_apology(row_of(called, cast.hoa), accepted=True, by=by, at=NOW)
    with refused("Đồng chí Nguyễn Thị Hoa (thư ký) đã được đồng ý cho vắng. Xin sửa kế hoạch, cử đồng chí khác."):
        evening.open_meeting(fresh(called), by=by, at=OPENED)


@pytest.mark.parametrize("stage", [checks.Stage.BEFORE_OPENING, checks.Stage.BEFORE_CLOSING])
def test_one_person_in_both_seats_is_advice(cast: Cast, called: Meeting, stage: checks.Stage) -> None:
    def advised() -> bool:
        meeting = fresh(called)
        found = checks.findings(stage, facts.facts_of(facts.Evening.of(meeting), now=OPENED), rulebook_of(meeting))
        return any(one.code == "two_seats" for one in found)

    assert advised() is False
    Meeting.objects.update(minute_taker=cast.lan)
    assert advised() is True
    evening.open_meeting(fresh(called), by=cast.account(cast.lan), at=OPENED)


# --- Nobody leads and is away -------------------------------------------------------------------


@pytest.mark.parametrize(("seat", "does"), [("lan", "chủ trì"), ("hoa", "ghi biên bản")])
def test_whoever_leads_is_not_recorded_absent(cast: Cast, opened: Meeting, seat: str, does: str) -> None:
    member = getattr(cast, seat)
    with refused(
        f"Đồng chí {member} {does} buổi họp nên không thể ghi vắng. "
        "Nếu là đồng chí khác, xin đổi ở “Chủ trì, thư ký” trước."
    ):
        mark(cast, opened, member, Mark.UNEXCUSED)


def test_whoever_chairs_neither_comes_late_nor_leaves_early(cast: Cast, opened: Meeting) -> None:
    with refused(
        "Đồng chí Trần Thị Lan chủ trì buổi họp cả sau giờ này; xin đổi ở “Chủ trì, thư ký” trước.", "left_at"
    ):
        come_and_go(cast, row_of(opened, cast.lan), went="20:00")
    with refused(
        "Đồng chí Trần Thị Lan chủ trì buổi họp trước giờ này; xin đổi ở “Chủ trì, thư ký” trước.", "arrived_at"
    ):
        come_and_go(cast, row_of(opened, cast.lan), came="19:20")


def test_a_meeting_at_which_nobody_was_does_not_close(cast: Cast, called: Meeting) -> None:
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    for member in (cast.tuan, cast.son):
        mark(cast, called, member, Mark.UNEXCUSED)
    begin(called)
    with refused("Cả danh sách đều ghi vắng: không có ai họp thì không có biên bản."):
        close(cast, called)


def test_an_exempt_chair_is_marked_as_here_before_the_end(cast: Cast, called: Meeting) -> None:
    stand(cast, cast.lan, TenureKind.EXEMPT)
    evening.open_meeting(called, by=cast.account(cast.lan), at=OPENED)
    evening.mark_rest_present(called, by=cast.account(cast.lan), at=DURING)
    begin(called)
    with refused(
        "Đồng chí Trần Thị Lan chủ trì nhưng chưa được ghi là có mặt. Xin điểm danh, hoặc đổi ở “Chủ trì, thư ký”."
    ):
        close(cast, called)
    mark(cast, called, cast.lan, Mark.PRESENT)
    assert close(cast, called).state == "closed"


# --- Somebody else takes over -------------------------------------------------------------------


def test_the_paper_says_who_chaired_from_when(cast: Cast, opened: Meeting) -> None:
    take_over(cast, opened, cast.son, "19:40")
    assert paper(opened)[paper(opened).index("Thư ký: đồng chí Nguyễn Thị Hoa.") - 1] == (
        "Chủ trì: đồng chí Trần Thị Lan, Bí thư (đến 19 giờ 40 phút); đồng chí Đỗ Văn Sơn (từ 19 giờ 40 phút)."
    )
    assert paper(opened)[-1] == "Đỗ Văn Sơn"  # signs as the one in the seat at the end


def test_whoever_handed_the_chair_over_may_leave_then(cast: Cast, opened: Meeting) -> None:
    take_over(cast, opened, cast.son, "19:40")
    come_and_go(cast, row_of(opened, cast.lan), went="19:40")
    assert row_of(opened, cast.lan).left_at == at("2026-12-03 19:40")
    with refused(
        "Đồng chí Trần Thị Lan chủ trì buổi họp cả sau giờ này; xin đổi ở “Chủ trì, thư ký” trước.", "left_at"
    ):
        come_and_go(cast, row_of(opened, cast.lan), went="19:39")


def test_a_secretary_chosen_at_the_opening_was_it_from_the_beginning(cast: Cast, opened: Meeting) -> None:
    take_over(cast, opened, cast.tuan, seat="minute_taker")
    by = cast.account(cast.lan)
    evening.mark(row_of(opened, cast.hoa), mark=Mark.UNEXCUSED, by=by, at=DURING)
    assert (fresh(opened).minute_taker, SeatChange.objects.count()) == (cast.tuan, 0)
    assert "Thư ký: đồng chí Lê Anh Tuấn." in paper(opened)


def test_the_same_time_again_corrects_the_change(cast: Cast, opened: Meeting) -> None:
    take_over(cast, opened, cast.son, "19:40")
    take_over(cast, opened, cast.hoa, "19:40")
    assert [(row.was, row.member) for row in SeatChange.objects.all()] == [(cast.lan, cast.hoa)]
    take_over(cast, opened, cast.lan, "19:40")
    assert (fresh(opened).chair, SeatChange.objects.count()) == (cast.lan, 0)


def test_whoever_takes_over_is_here(cast: Cast, opened: Meeting) -> None:
    mark(cast, opened, cast.son, Mark.NONE)
    take_over(cast, opened, cast.son, "19:40")
    assert row_of(opened, cast.son).mark == Mark.PRESENT


def test_whoever_is_marked_absent_takes_over_only_after_the_roll_is_put_right(cast: Cast, opened: Meeting) -> None:
    mark(cast, opened, cast.son, Mark.EXCUSED, "Nằm viện")
    with refused("Đồng chí Đỗ Văn Sơn đang ghi vắng. Xin sửa điểm danh trước.", "member"):
        take_over(cast, opened, cast.son, "19:40")


def test_whoever_is_found_to_be_here_by_taking_over_counts_for_votes(cast: Cast, opened: Meeting) -> None:
    mark(cast, opened, cast.son, Mark.NONE)
    counted = {"in_favour": 2, "against": 0, "other": 0}
    evening.record_vote(item_of(opened), question="Thông qua", **counted, by=cast.account(cast.hoa), at=DURING)
    assert opened.votes.get().entitled == 2
    take_over(cast, opened, cast.son, "19:40")
    assert opened.votes.get().entitled == 3


def test_once_something_was_begun_a_change_has_a_time(cast: Cast, opened: Meeting) -> None:
    begin(opened)
    with refused("Đã có nội dung được bắt đầu; xin ghi giờ đổi.", "since"):
        take_over(cast, opened, cast.son)
    take_over(cast, opened, cast.son, "19:02")
    assert SeatChange.objects.count() == 0  # from the opening, so it was never anybody else's


def test_after_the_end_nobody_gives_a_seat_to_themselves(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    with refused("Buổi họp đã kết thúc nên không tự ghi mình vào; xin nhờ đồng chí khác ghi.", "member"):
        take_over(cast, opened, cast.hoa, "19:40")
    take_over(cast, opened, cast.son, "19:40")


def test_lines_that_have_not_begun_go_over_with_the_chair(cast: Cast, opened: Meeting) -> None:
    evening.start_item(item_of(opened, "opening"), by=cast.account(cast.hoa), at=OPENED)
    take_over(cast, opened, cast.son, "19:40")
    assert (item_of(opened, "opening").presenter, item_of(opened, "purpose").presenter) == (cast.lan, cast.son)


@pytest.mark.parametrize(
    ("who", "since", "sentence", "field"),
    [
        ("kha", "19:40", "Đồng chí này không có tên trong danh sách dự họp.", "member"),
        ("lan", "19:40", "Đồng chí Trần Thị Lan đang chủ trì rồi.", "member"),
        ("son", "21:30", "Giờ này chưa tới.", "since"),
        ("tuan", "19:10", "Đồng chí Lê Anh Tuấn được ghi là đến muộn hơn giờ này.", "since"),
    ],
)
def test_what_cannot_be_is_refused(
    cast: Cast, opened: Meeting, who: str, since: str, sentence: str, field: str
) -> None:
    come_and_go(cast, row_of(opened, cast.tuan), came="19:20")
    with refused(sentence, field):
        take_over(cast, opened, getattr(cast, who), since)


def test_a_change_before_an_earlier_one_is_refused(cast: Cast, opened: Meeting) -> None:
    take_over(cast, opened, cast.son, "19:40")
    with refused("Giờ này trước lần đổi đã ghi. Xin ghi giờ muộn hơn, hoặc đúng giờ ấy để sửa.", "since"):
        take_over(cast, opened, cast.hoa, "19:30")


def test_the_desk_changes_the_chair_and_shows_since_when(cast: Cast, opened: Meeting, as_user, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("django.utils.timezone.now", lambda: CLOSED)
    hoa, to = as_user(cast.hoa), f"/meetings/{opened.pk}/seats/"
    hoa.post(to, {"seat": "chair", "member": cast.son.pk, "since": "19:40", "key": new_key()})
    page = hoa.get(f"/meetings/{opened.pk}/room/").content.decode()
    assert "đồng chí Đỗ Văn Sơn, từ 19:40" in page
    again = hoa.post(to, {"seat": "chair", "member": cast.son.pk, "since": "19:50", "key": new_key()})
    assert (again.status_code, again.context["seat_form"].errors["member"]) == (
        422,
        ["Đồng chí Đỗ Văn Sơn đang chủ trì rồi."],
    )


# --- Who leads an item that the chair steps aside for ------------------------------------------


def test_somebody_else_leads_what_the_chair_steps_aside_for(cast: Cast, opened: Meeting) -> None:
    """Lan steps aside; the advice goes once Hoa has taken the chair for that item."""
    item, by = item_of(opened), cast.account(cast.hoa)
    evening.start_item(item, by=by, at=at("2026-12-03 19:30"))
    evening.end_item(item, by=by, at=at("2026-12-03 19:50"))
    votes.step_aside(item, row_of(opened, cast.lan), by=by, at=CLOSED)

    def led() -> tuple[str, ...]:
        return facts.facts_of(facts.Evening.of(fresh(opened)), now=CLOSED).led_by_who_stepped_aside

    assert led() == (item.title,)
    take_over(cast, opened, cast.son, "19:30")
    assert led() == ()
    take_over(cast, opened, cast.lan, "19:45")
    assert led() == (item.title,)


def test_a_chair_on_probation_draws_advice(cast: Cast, opened: Meeting) -> None:
    take_over(cast, opened, cast.tuan)
    found = facts.facts_of(facts.Evening.of(fresh(opened)), now=CLOSED)
    advice = checks.findings(checks.Stage.BEFORE_CLOSING, found, rulebook_of(opened))
    assert "chair_on_probation" in {one.code for one in advice}
