"""The committee's part: planning, the list, opening, the reading window, and cells of every size."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from critique.course import actions as committee
from critique.cycle.guards import GUARDS
from critique.cycle.models import Cycle, Participant
from critique.cycle.reading_period import latest, sentence
from critique.lifecycle import TRANSITIONS, State
from critique.writing import actions as writing
from critique.writing import content
from critique.writing.models import ReadingLog, SelfReview, Way
from critique.writing.opening import open_review
from members import actions as people
from members.models import Event, TenureKind
from members.policy import ALLOWED
from members.refusal import AlreadyDone, Refused
from tests.critique.conftest import (
    AFTER_MEETING,
    OPENED,
    PLANNED,
    READING,
    WROTE,
    fresh,
    plan,
    review_of,
    row_of,
    shortcoming,
    write,
)
from tests.factories import at, make_cell, make_member, press

if TYPE_CHECKING:
    from members.models import Member
    from tests.conftest import Cast


def step(cast: Cast, cycle: Cycle, name: str, who: Member | None = None, when: Any = READING) -> None:
    committee.take_step(cycle, move_name=name, by=cast.account(who or cast.lan), at=when)


def test_every_move_asks_for_a_right_and_for_guards_that_exist() -> None:
    guards = {guard for one in TRANSITIONS.values() for guard in one.guards}
    assert ({one.needs for one in TRANSITIONS.values()} - set(ALLOWED), guards) == (set(), set(GUARDS))


def test_the_list_is_drawn_up_with_everybody_and_the_reason(cast: Cast, planned_cycle: Cycle) -> None:
    people.set_standing(cast.son, cast.cell, kind=TenureKind.EXEMPT, starts_on=date(2026, 1, 1), by=None, at=PLANNED)
    cast.tuan.admitted_on = date(2026, 9, 2)
    cast.tuan.save()
    committee.draw_up(planned_cycle, by=cast.account(cast.lan), at=PLANNED)
    assert [(row.member.given_name, row.writes, row.reason, row.form) for row in fresh(planned_cycle).people] == [
        ("Hoa", True, "writes", "02B"),
        ("Lan", True, "writes", "02A"),
        ("Sơn", False, "exempt", "02B"),
        ("Tuấn", False, "new", "02B"),
    ]


def test_until_it_is_opened_nobody_has_a_form(planned_cycle: Cycle) -> None:
    assert SelfReview.objects.count() == 0


def test_opening_hands_out_a_form_to_everybody_who_writes(cast: Cast, cycle: Cycle) -> None:
    assert (cycle.state, cycle.opened_at, SelfReview.objects.count()) == (State.OPEN, OPENED, 4)
    assert [event.what for event in cycle.events.all()] == ["plan", "open"]


def test_a_cell_has_one_review_a_year(cast: Cast, planned_cycle: Cycle) -> None:
    with pytest.raises(Refused) as refused:
        committee.plan_cycle(cast.cell, by=cast.account(cast.lan), at=PLANNED, **plan())
    assert (refused.value.field, Cycle.objects.count()) == ("year", 1)


def test_the_meeting_is_not_before_the_day_on_which_forms_are_due(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        committee.plan_cycle(cast.cell, by=cast.account(cast.lan), at=PLANNED, **plan(meets_on=date(2026, 11, 1)))
    assert (refused.value.field, Cycle.objects.count()) == ("meets_on", 0)


def test_the_same_click_on_open_has_one_effect(cast: Cast, planned_cycle: Cycle) -> None:
    who = {"by": cast.account(cast.lan), "at": OPENED, "key": press()}
    committee.take_step(planned_cycle, move_name="open", **who)
    with pytest.raises(AlreadyDone):
        committee.take_step(fresh(planned_cycle), move_name="open", **who)
    assert Event.objects.filter(what="open").count() == 1


def test_a_member_neither_plans_nor_opens(cast: Cast, planned_cycle: Cycle) -> None:
    for who in (cast.hoa, cast.tuan, cast.mai):
        with pytest.raises(PermissionDenied):
            step(cast, planned_cycle, "open", who)
        with pytest.raises(PermissionDenied):
            committee.draw_up(planned_cycle, by=cast.account(who), at=PLANNED)
    assert fresh(planned_cycle).state == State.PLAN


def test_another_decision_than_the_table_needs_a_reason(cast: Cast, cycle: Cycle) -> None:
    row, who = row_of(cycle, cast.son), {"by": cast.account(cast.lan), "at": OPENED}
    with pytest.raises(Refused) as refused:
        committee.set_participant(row, writes=False, note=" ", kind="02C", **who)
    assert refused.value.field == "note"
    committee.set_participant(row, writes=False, note="Đang nằm viện", kind="02C", **who)
    committee.draw_up(cycle, **who)
    again = row_of(cycle, cast.son)
    assert (again.writes, again.overridden, again.note, again.form) == (False, True, "Đang nằm viện", "02C")
    assert "viện" not in repr([event.data for event in cycle.events.all()])


def test_whoever_is_asked_to_write_after_all_gets_a_form(cast: Cast, cycle: Cycle) -> None:
    who = {"by": cast.account(cast.lan), "at": OPENED}
    new = make_member(cast.cell, "Cao Văn Mới", admitted_on=date(2026, 10, 1), standing=TenureKind.PROBATIONARY)
    committee.draw_up(cycle, **who)
    row = row_of(cycle, new)
    assert (row.writes, row.reason, SelfReview.objects.filter(participant=row).count()) == (False, "new", 0)
    committee.set_participant(row, writes=True, note="Tự nguyện", kind="02B", **who)
    assert SelfReview.objects.filter(participant=row).count() == 1


def test_whoever_has_submitted_is_not_taken_out_and_keeps_the_form(cast: Cast, submitted: SelfReview) -> None:
    row, who = submitted.participant, {"by": cast.account(cast.lan), "at": WROTE}
    for changes in ({"writes": False, "kind": "02B"}, {"writes": True, "kind": "02A"}):
        with pytest.raises(Refused):
            committee.set_participant(row, note="Lý do", **changes, **who)
    again = row_of(submitted.cycle, cast.hoa)
    assert (again.writes, again.form) == (True, "02B")


def test_another_form_keeps_what_was_written_on_the_first(cast: Cast, cycle: Cycle) -> None:
    hoa = review_of(cycle, cast.hoa)
    write(cast, hoa, {"A.I.1": "Giữ nghiêm kỷ luật"}, step="strengths")
    who = {"by": cast.account(cast.lan), "at": OPENED}
    committee.set_participant(row_of(cycle, cast.hoa), writes=True, note="", kind="02A", **who)
    as_leader = review_of(cycle, cast.hoa)
    write(cast, as_leader, {"P.post": "Trưởng phòng", "A.I.4": "Điều hành tốt"}, step="strengths", base=1)
    committee.set_participant(row_of(cycle, cast.hoa), writes=True, note="", kind="02B", **who)
    texts = content.texts_of(review_of(cycle, cast.hoa))
    assert (texts["A.I.1"], "A.I.4" in texts) == ("Giữ nghiêm kỷ luật", False)
    committee.set_participant(row_of(cycle, cast.hoa), writes=True, note="", kind="02A", **who)
    assert content.texts_of(review_of(cycle, cast.hoa))["A.I.4"] == "Điều hành tốt"


def test_there_is_nothing_to_read_before_somebody_has_submitted(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused):
        step(cast, cycle, "read")
    assert fresh(cycle).state == State.OPEN


def test_the_window_opens_and_shuts_and_the_meeting_ends_it(cast: Cast, submitted: SelfReview) -> None:
    cycle = submitted.cycle
    seen = []
    for name in ("read", "shut", "read", "hold", "resume", "hold", "close"):
        step(cast, cycle, name)
        seen.append((cycle.state, bool(cycle.reading_at)))
    words = [state if stamped else f"{state}, not since" for state, stamped in seen]
    assert words == ["reading", "open, not since", "reading", "met", "reading", "met", "closed"]
    with pytest.raises(Refused):
        step(cast, cycle, "read")


def test_a_short_window_is_advice_and_never_refused(cast: Cast, submitted: SelfReview) -> None:
    cycle = submitted.cycle
    assert latest(cycle) == date(2026, 12, 1)
    assert sentence(cycle, date(2026, 12, 1)).startswith("Mở chậm nhất ngày 01/12/2026")
    assert sentence(cycle, date(2026, 12, 3)).startswith("Mở hôm nay thì chỉ còn 1 ngày làm việc")
    step(cast, cycle, "read", when=at("2026-12-03 08:00"))
    assert sentence(cycle, date(2026, 12, 3)).startswith("Đã mở trước ngày họp 1 ngày làm việc")


def test_a_committee_of_one_runs_its_review(cast: Cast) -> None:
    """A small cell: a secretary, nobody else on any committee."""
    cell = make_cell(cast.ward, name="Chi bộ Trạm y tế")
    lead = make_member(cell, "Hà Thị Yên", post=TenureKind.SECRETARY, username="yen")
    plain = make_member(cell, "Lò Văn Pín", username="pin")
    cycle = committee.plan_cycle(cell, by=cast.account(lead), at=PLANNED, **plan())
    step(cast, cycle, "open", lead)
    for member in (lead, plain):
        review = review_of(cycle, member)
        write(cast, review, shortcoming())
        writing.submit(review, by=cast.account(member), at=WROTE)
    step(cast, cycle, "read", lead)
    open_review(review_of(cycle, lead), way=Way.SCREEN, by=cast.account(plain), at=READING)
    open_review(review_of(cycle, plain), way=Way.SCREEN, by=cast.account(lead), at=READING)
    step(cast, cycle, "hold", lead)
    step(cast, cycle, "close", lead)
    assert (fresh(cycle).state, ReadingLog.objects.count()) == (State.CLOSED, 2)


def test_in_a_cell_without_a_committee_the_deputy_may_do_it_too(cast: Cast) -> None:
    deputy = make_member(cast.other_cell, "Tô Văn Phó", post=TenureKind.DEPUTY, username="pho")
    cycle = committee.plan_cycle(cast.other_cell, by=cast.account(deputy), at=PLANNED, **plan())
    step(cast, cycle, "open", deputy)
    forms = {row.member.given_name: row.form for row in cycle.people}
    assert (cycle.state, forms) == (State.OPEN, {"Mai": "02A", "Phó": "02A"})


def test_whoever_leaves_in_mid_cycle_keeps_the_text_and_is_read_by_nobody_new(
    cast: Cast, submitted: SelfReview
) -> None:
    cycle = submitted.cycle
    write(cast, review_of(cycle, cast.tuan), shortcoming())
    writing.submit(review_of(cycle, cast.tuan), by=cast.account(cast.tuan), at=WROTE)
    people.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=READING.date(), by=None, at=READING)
    committee.draw_up(cycle, by=cast.account(cast.lan), at=READING)
    step(cast, cycle, "read")
    row, review = row_of(cycle, cast.hoa), review_of(cycle, cast.hoa)
    assert (row.reason, row.writes, review.submitted_at) == ("left", False, WROTE)
    assert content.texts_of(review)["A.II"] != []
    with pytest.raises(PermissionDenied):
        open_review(review, way=Way.SCREEN, by=cast.account(cast.tuan), at=READING)
    with pytest.raises(PermissionDenied):
        open_review(review_of(cycle, cast.tuan), way=Way.SCREEN, by=cast.account(cast.hoa), at=READING)
    open_review(review, way=Way.SCREEN, by=cast.account(cast.lan), at=READING)  # the committee keeps it


def test_whoever_comes_in_mid_cycle_is_added_and_gets_a_form(cast: Cast, cycle: Cycle) -> None:
    new = make_member(cast.cell, "Chu Thị Đến", since=date(2026, 11, 15), admitted_on=date(2000, 1, 1))
    committee.draw_up(cycle, by=cast.account(cast.lan), at=WROTE)
    assert (row_of(cycle, new).writes, review_of(cycle, new).rev) == (True, 0)


def test_last_years_shortcomings_and_promises_stand_in_the_new_form(cast: Cast, submitted: SelfReview) -> None:
    step(cast, submitted.cycle, "hold")
    step(cast, submitted.cycle, "close")
    who = {"by": cast.account(cast.lan), "at": at("2027-11-08 08:00")}
    days = {"due_on": date(2027, 11, 26), "meets_on": date(2027, 12, 3)}
    cycle = committee.plan_cycle(cast.cell, **who, **plan(year=2027, **days))
    committee.take_step(cycle, move_name="open", **who)
    texts = content.texts_of(review_of(cycle, cast.hoa))
    assert [row["shortcoming"] for row in texts["A.III"]] == [shortcoming()["A.II.0.shortcoming"]]  # type: ignore[index]
    assert (
        content.texts_of(review_of(cycle, cast.tuan))["A.III"] == []
    )  # a draft that was not submitted promises nothing


def test_a_line_of_the_log_or_of_the_events_is_never_changed(cast: Cast, submitted: SelfReview) -> None:
    open_review(submitted, way=Way.SCREEN, by=cast.account(cast.lan), at=READING)
    for rows, change in (
        (ReadingLog.objects.all(), {"read_at": AFTER_MEETING}),
        (Event.objects.all(), {"what": "nothing"}),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(**change)
    assert ReadingLog.objects.get().read_at == READING


def test_the_committee_sees_who_has_submitted_but_not_who_has_begun(cast: Cast, cycle: Cycle) -> None:
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    before = [event.what for event in cycle.events.all()]
    assert before == ["plan", "open"]  # saving leaves no event


def test_participants_and_their_states_cost_one_question_however_many_they_are(
    cast: Cast, submitted: SelfReview, django_assert_num_queries: Any
) -> None:
    cycle = fresh(submitted.cycle)
    with django_assert_num_queries(1):
        assert len([row.review.submitted_at for row in cycle.people]) == 4
    assert Participant.objects.count() == 4
