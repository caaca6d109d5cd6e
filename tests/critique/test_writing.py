"""The author's part: what is typed is kept, two devices never overwrite each other, submitting and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from critique.course import actions as committee
from critique.lifecycle import State
from critique.writing import actions as writing
from critique.writing import content
from members.refusal import AlreadyDone, Refused
from members.saving.actions import Conflict, Saved
from tests.critique.conftest import (
    AFTER_MEETING,
    OPENED,
    READING,
    SECRET,
    WROTE,
    review_of,
    row_of,
    shortcoming,
    write,
)

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from critique.writing.models import SelfReview
    from tests.conftest import Cast


def rows(cycle: Cycle, cast: Cast, code: str = "A.II") -> list[dict[str, str]]:
    found = content.texts_of(review_of(cycle, cast.hoa))[code]
    assert isinstance(found, list)
    return found


def test_what_is_saved_is_there_with_its_time_and_revision(cast: Cast, cycle: Cycle) -> None:
    saved = write(cast, review_of(cycle, cast.hoa), shortcoming())
    review = review_of(cycle, cast.hoa)
    assert (saved, review.rev, review.saved_at, review.by_author) == (Saved(1, WROTE), 1, WROTE, True)
    assert [(row["shortcoming"], row["cause"]) for row in rows(cycle, cast)] == [(SECRET, "Ngại va chạm")]


def test_the_same_save_arriving_twice_is_one(cast: Cast, cycle: Cycle) -> None:
    review = review_of(cycle, cast.hoa)
    first = write(cast, review, shortcoming())
    assert write(cast, review, shortcoming(), at=OPENED) == first
    assert (review_of(cycle, cast.hoa).rev, rows(cycle, cast)[0]["shortcoming"]) == (1, SECRET)


def test_two_devices_in_one_step_never_overwrite_each_other(cast: Cast, cycle: Cycle) -> None:
    review = review_of(cycle, cast.hoa)
    write(cast, review, shortcoming("Trên điện thoại"))
    answer = write(cast, review, shortcoming("Trên máy tính"), base=0)
    assert isinstance(answer, Conflict)
    assert (answer.theirs["A.II.0.shortcoming"], answer.mine["A.II.0.shortcoming"]) == (
        "Trên điện thoại",
        "Trên máy tính",
    )
    assert rows(cycle, cast)[0]["shortcoming"] == "Trên điện thoại"


def test_two_devices_in_different_steps_do_not_even_meet(cast: Cast, cycle: Cycle) -> None:
    review = review_of(cycle, cast.hoa)
    answers = [write(cast, review, shortcoming()), write(cast, review, {"A.I.1": "Tốt"}, step="strengths")]
    assert answers == [Saved(1, WROTE), Saved(1, WROTE)]
    review = review_of(cycle, cast.hoa)
    assert (rows(cycle, cast)[0]["shortcoming"], content.texts_of(review)["A.I.1"], review.rev) == (SECRET, "Tốt", 2)


def test_rows_that_a_page_does_not_know_are_not_lost(cast: Cast, cycle: Cycle) -> None:
    review = review_of(cycle, cast.hoa)
    write(cast, review, shortcoming())
    write(cast, review, {**shortcoming(), "A.II.1.shortcoming": "Dòng hai", "A.II.1.cause": ""}, base=1)
    with pytest.raises(Refused, match="vừa có thêm dòng"):
        write(cast, review, shortcoming("Trang cũ chỉ có một dòng"), base=1)
    assert [row["shortcoming"] for row in rows(cycle, cast)] == [SECRET, "Dòng hai"]


def test_a_field_that_a_page_does_not_send_stays_as_it_is(cast: Cast, cycle: Cycle) -> None:
    review = review_of(cycle, cast.hoa)
    write(cast, review, {"A.I.1": "Một", "A.I.2": "Hai"}, step="strengths")
    write(cast, review, {"A.I.2": "Hai mới", "A.II.0.shortcoming": "của bước khác"}, step="strengths", base=1)
    texts = content.texts_of(review_of(cycle, cast.hoa))
    assert (texts["A.I.1"], texts["A.I.2"], texts["A.II"]) == ("Một", "Hai mới", [])


def test_a_text_that_is_too_long_is_refused_with_the_reason_and_the_old_one_stays(cast: Cast, cycle: Cycle) -> None:
    write(cast, review_of(cycle, cast.hoa), {"A.I.1": "Ngắn"}, step="strengths")
    with pytest.raises(Refused) as refused:
        write(cast, review_of(cycle, cast.hoa), {"A.I.1": "dài " * 6000}, step="strengths", base=1)
    assert (refused.value.field, content.texts_of(review_of(cycle, cast.hoa))["A.I.1"]) == ("A.I.1", "Ngắn")


def test_nobody_else_writes_on_it(cast: Cast, cycle: Cycle) -> None:
    for who in (cast.lan, cast.tuan, cast.mai, cast.kha):
        with pytest.raises(PermissionDenied):
            write(cast, review_of(cycle, cast.hoa), shortcoming(), by=cast.account(who))
    for user in (cast.phuc, cast.admin):
        with pytest.raises(PermissionDenied):
            write(cast, review_of(cycle, cast.hoa), shortcoming(), by=user)
    assert review_of(cycle, cast.hoa).rev == 0


def test_submitting_keeps_a_copy_and_closes_the_text(cast: Cast, submitted: SelfReview) -> None:
    assert (submitted.submitted_at, submitted.late, submitted.submitted_by) == (WROTE, False, cast.account(cast.hoa))
    assert [copy.number for copy in submitted.copies.all()] == [1]
    with pytest.raises(Refused, match="đã nộp"):
        write(cast, submitted, shortcoming("Sửa lén"), base=1)
    assert rows(submitted.cycle, cast)[0]["shortcoming"] == SECRET


def test_a_form_submitted_twice_is_submitted_once(cast: Cast, submitted: SelfReview) -> None:
    with pytest.raises(AlreadyDone):
        writing.submit(submitted, by=cast.account(cast.hoa), at=READING)
    again = review_of(submitted.cycle, cast.hoa)
    assert (again.submitted_at, again.copies.count()) == (WROTE, 1)


def test_an_empty_form_is_not_submitted(cast: Cast, cycle: Cycle) -> None:
    with pytest.raises(Refused, match="chưa có nội dung"):
        writing.submit(review_of(cycle, cast.hoa), by=cast.account(cast.hoa), at=WROTE)


def test_what_was_taken_back_can_be_changed_and_submitted_again(cast: Cast, submitted: SelfReview) -> None:
    who = {"by": cast.account(cast.hoa), "at": WROTE}
    writing.withdraw(submitted, **who)
    write(cast, submitted, shortcoming("Nói rõ hơn"), base=1)
    writing.submit(submitted, **who)
    copies = [copy.body["texts"]["A.II"][0]["shortcoming"] for copy in submitted.copies.all()]
    assert (copies, rows(submitted.cycle, cast)[0]["shortcoming"]) == ([SECRET, "Nói rõ hơn"], "Nói rõ hơn")


def test_under_the_eyes_of_readers_nothing_is_taken_back(cast: Cast, submitted: SelfReview) -> None:
    committee.take_step(submitted.cycle, move_name="read", by=cast.account(cast.lan), at=READING)
    with pytest.raises(Refused):
        writing.withdraw(submitted, by=cast.account(cast.hoa), at=READING)
    assert review_of(submitted.cycle, cast.hoa).submitted_at == WROTE


@pytest.mark.parametrize(("moves", "taken"), [(["read"], True), (["read", "hold"], True), (["hold", "close"], False)])
def test_a_form_that_comes_late_is_marked_and_after_the_end_it_stays_a_draft(
    cast: Cast, submitted: SelfReview, moves: list[str], taken: bool
) -> None:
    """Tuấn has written but not submitted when the window opens, when the meeting is over, when all is over."""
    cycle = submitted.cycle
    write(cast, review_of(cycle, cast.tuan), shortcoming("Viết chậm"))
    for name in moves:
        committee.take_step(cycle, move_name=name, by=cast.account(cast.lan), at=READING)
    late = review_of(cycle, cast.tuan)
    if taken:
        writing.submit(late, by=cast.account(cast.tuan), at=AFTER_MEETING)
    else:
        with pytest.raises(Refused):
            writing.submit(late, by=cast.account(cast.tuan), at=AFTER_MEETING)
    again = review_of(cycle, cast.tuan)
    assert (bool(again.submitted_at), again.late) == (taken, taken)
    assert content.texts_of(again)["A.II"][0]["shortcoming"] == "Viết chậm"  # type: ignore[index]


# --- From paper -----------------------------------------------------------------------------


def test_one_of_the_committee_enters_a_form_from_paper_in_their_own_name(cast: Cast, cycle: Cycle) -> None:
    lan = cast.account(cast.lan)
    assert row_of(cycle, cast.son).on_paper is True  # he has no device
    writing.begin_entering(row_of(cycle, cast.son), by=lan, at=WROTE)
    review = review_of(cycle, cast.son)
    write(cast, review, shortcoming(), by=lan)
    writing.submit(review, by=lan, at=WROTE)
    again = review_of(cycle, cast.son)
    assert (again.participant.typist, again.submitted_by, again.by_author) == (cast.lan, lan, False)
    assert [event.what for event in cycle.events.all()] == ["plan", "open", "enter", "submit"]


def test_nobody_sees_a_draft_by_offering_to_type_it(cast: Cast, cycle: Cycle) -> None:
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    with pytest.raises(Refused, match="tự viết"):
        writing.begin_entering(row_of(cycle, cast.hoa), by=cast.account(cast.lan), at=WROTE)
    assert row_of(cycle, cast.hoa).typist is None


def test_whoever_begins_to_type_no_longer_hands_in_on_paper(cast: Cast, cycle: Cycle) -> None:
    hoa, lan = cast.account(cast.hoa), cast.account(cast.lan)
    writing.choose_way(review_of(cycle, cast.hoa), on_paper=True, by=hoa, at=WROTE)
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    with pytest.raises(Refused):
        writing.begin_entering(row_of(cycle, cast.hoa), by=lan, at=WROTE)


def test_the_author_asks_for_it_and_takes_it_back(cast: Cast, cycle: Cycle) -> None:
    hoa, lan = cast.account(cast.hoa), cast.account(cast.lan)
    write(cast, review_of(cycle, cast.hoa), shortcoming())
    writing.choose_way(review_of(cycle, cast.hoa), on_paper=True, by=hoa, at=WROTE)
    writing.begin_entering(row_of(cycle, cast.hoa), by=lan, at=WROTE)
    write(cast, review_of(cycle, cast.hoa), shortcoming("Chép từ giấy"), by=lan, base=1)
    writing.choose_way(review_of(cycle, cast.hoa), on_paper=False, by=hoa, at=WROTE)
    with pytest.raises(PermissionDenied):
        write(cast, review_of(cycle, cast.hoa), shortcoming("Lan viết tiếp"), by=lan, base=2)
    with pytest.raises(PermissionDenied):
        writing.choose_way(review_of(cycle, cast.hoa), on_paper=True, by=lan, at=WROTE)


def test_whoever_leaves_the_committee_no_longer_enters(cast: Cast, cycle: Cycle) -> None:
    lan = cast.account(cast.lan)
    writing.begin_entering(row_of(cycle, cast.son), by=lan, at=WROTE)
    cast.lan.tenures.filter(kind="secretary").update(ends_on=WROTE.date())
    cast.lan.tenures.filter(kind="secretary").update(starts_on="2015-01-01", ends_on="2020-01-01")
    with pytest.raises(PermissionDenied):
        write(cast, review_of(cycle, cast.son), shortcoming(), by=cast.account(cast.lan))


def test_nobody_enters_their_own_form_for_themselves(cast: Cast, cycle: Cycle) -> None:
    lan = cast.account(cast.lan)
    writing.choose_way(review_of(cycle, cast.lan), on_paper=True, by=lan, at=OPENED)
    with pytest.raises(Refused, match="tự viết"):
        writing.begin_entering(row_of(cycle, cast.lan), by=lan, at=OPENED)


def test_events_hold_no_word_of_anybody(cast: Cast, submitted: SelfReview) -> None:
    writing.withdraw(submitted, by=cast.account(cast.hoa), at=WROTE)
    told = repr([(event.what, event.data) for event in submitted.cycle.events.all()])
    assert (SECRET in told, "va chạm" in told) == (False, False)
    assert submitted.cycle.events.count() == 4


def test_a_save_and_the_opening_of_the_window_wait_for_each_other(cast: Cast, submitted: SelfReview) -> None:
    """Saving holds the row of the review that the move changes; otherwise a text could change while it is read."""
    held: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        held.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        write(cast, review_of(submitted.cycle, cast.tuan), shortcoming())
    if connection.vendor == "postgresql":
        assert [sql for sql in held if "critique_cycle" in sql and sql.rstrip().endswith("UPDATE")] != []
    committee.take_step(submitted.cycle, move_name="read", by=cast.account(cast.lan), at=READING)
    assert submitted.cycle.state == State.READING
