"""A level from the self-review to the decision and beyond: each step, who takes it, what is refused, what stays."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from critique.course import actions as committee
from critique.course import actions as course
from critique.cycle.models import Participant
from critique.hearing.seats import by_rank
from critique.levels.actions import entries
from critique.levels.fixed import cap_of
from critique.levels.models import LevelEntry
from critique.levels.models.entry import EntryKind
from critique.levels.papers import build_published
from critique.levels.standing import cap_in, counted, published, standings, superior_has_begun
from critique.official_forms.model import Level
from critique.writing.models import SelfReview, Way
from critique.writing.opening import open_review
from documents.model import DRAFT, Table, plain_text
from members.models import Event, TenureKind
from members.refusal import AlreadyDone, Refused
from tests.critique.conftest import AFTER_MEETING, SECRET, WROTE, fresh, review_of, row_of, write
from tests.critique.levels_cast import DECISION, GROUNDS, above, decided, held, sent, standing, who
from tests.factories import make_member, make_superior, press

if TYPE_CHECKING:
    from critique.cycle.models import Cycle
    from members.models import Member
    from tests.conftest import Cast


def choose(cast: Cast, cycle: Cycle, member: Member, level: str) -> None:
    review = review_of(cycle, member)
    write(cast, review, {"B.II": level}, step="rating")
    course.submit(review_of(cycle, member), by=cast.account(member), at=WROTE)


def kinds(cycle: Cycle, member: Member) -> list[str]:
    return [step.kind for step in standing(cycle, member).steps]


# --- What somebody chose ------------------------------------------------------------------


def test_what_a_submitted_review_chooses_is_copied_when_the_meeting_is_over(cast: Cast, cycle: Cycle) -> None:
    choose(cast, cycle, cast.hoa, "excellent")
    write(cast, review_of(cycle, cast.tuan), {"B.II": "good"}, step="rating")  # never submitted
    assert standing(cycle, cast.hoa).chosen is None
    held(cast, cycle)
    assert {member: standing(cycle, member).chosen for member in (cast.hoa, cast.tuan, cast.son)} == {
        cast.hoa: Level.EXCELLENT,
        cast.tuan: None,
        cast.son: None,
    }
    (step,) = standing(cycle, cast.hoa).steps
    assert (step.person, step.recorded_by) == (cast.hoa, cast.account(cast.lan))


def test_a_late_review_is_copied_when_it_is_submitted_and_a_second_hold_copies_nothing_twice(
    cast: Cast, cycle: Cycle
) -> None:
    choose(cast, cycle, cast.hoa, "good")
    held(cast, cycle)
    choose(cast, fresh(cycle), cast.tuan, "done")
    for move in ("resume", "hold"):
        committee.take_step(fresh(cycle), move_name=move, **who(cast))
    assert [kinds(cycle, member) for member in (cast.hoa, cast.tuan)] == [["self"], ["self"]]
    assert standing(cycle, cast.tuan).chosen == Level.DONE


# --- Handing up ---------------------------------------------------------------------------


def test_leaders_hand_up_after_the_meeting_and_nobody_else(cast: Cast, cycle: Cycle) -> None:
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    with pytest.raises(Refused, match="Đang viết bản kiểm điểm"):
        entries.hand_up(fresh(cycle), **who(cast))
    row = held(cast, cycle)
    for member in (cast.hoa, binh, cast.mai):
        with pytest.raises(PermissionDenied):
            entries.hand_up(row, **who(cast, member))
    with pytest.raises(PermissionDenied):
        entries.hand_up(row, **above(cast))
    entries.hand_up(row, **who(cast))
    assert fresh(cycle).handed_up_at == AFTER_MEETING
    with pytest.raises(AlreadyDone):
        entries.hand_up(row, **who(cast))


def test_it_is_taken_back_until_the_superior_has_begun(cast: Cast, cycle: Cycle) -> None:
    row = sent(cast, cycle)
    entries.take_back(row, **who(cast))
    assert fresh(cycle).handed_up_at is None
    entries.hand_up(row, **who(cast))
    entries.appraise(row_of(cycle, cast.hoa), level="good", words="", **above(cast))
    with pytest.raises(Refused, match="đã bắt đầu xem"):
        entries.take_back(row, **who(cast))


def test_opening_a_review_from_above_is_a_beginning_and_opening_it_at_home_is_none(cast: Cast, cycle: Cycle) -> None:
    choose(cast, cycle, cast.hoa, "good")
    sent(cast, cycle)
    open_review(review_of(cycle, cast.hoa), way=Way.SCREEN, **who(cast))
    assert not superior_has_begun(fresh(cycle))
    open_review(review_of(cycle, cast.hoa), way=Way.SCREEN, **above(cast))
    assert superior_has_begun(fresh(cycle))


def test_what_was_handed_up_does_not_grow_behind_the_cells_back(cast: Cast, cycle: Cycle) -> None:
    """Tuấn is late: his form waits until the leaders have taken the dossier back."""
    row = sent(cast, cycle)
    with pytest.raises(Refused, match="rút lại hồ sơ trước"):
        choose(cast, fresh(cycle), cast.tuan, "done")
    assert SelfReview.objects.for_user(cast.phuc).count() == 0
    entries.take_back(row, **who(cast))
    choose(cast, fresh(cycle), cast.tuan, "done")
    assert standing(cycle, cast.tuan).chosen == Level.DONE


def test_a_dossier_that_was_handed_up_is_not_read_in_the_cell_again(cast: Cast, cycle: Cycle) -> None:
    row = sent(cast, cycle)
    with pytest.raises(Refused, match="đã nộp lên cấp trên"):
        committee.take_step(row, move_name="resume", **who(cast))
    with pytest.raises(Refused, match="đã nộp lên cấp trên"):
        entries.propose(row_of(cycle, cast.hoa), level="good", words="Giơ tay", **who(cast))
    committee.take_step(fresh(cycle), move_name="close", **who(cast))
    assert fresh(cycle).state == "closed"


# --- The superior committee ---------------------------------------------------------------


def test_the_superior_appraises_and_decides_with_number_and_day(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    row = row_of(cycle, cast.hoa)
    entries.appraise(row, level="done", words=GROUNDS, **above(cast))
    entries.decide(row, **DECISION, **above(cast))
    found = standing(cycle, cast.hoa)
    assert (found.appraised, found.in_force, found.decision and found.decision.document) == (
        Level.DONE,
        Level.GOOD,
        "12-QĐ/ĐU",
    )
    with pytest.raises(Refused, match="Đã có quyết định"):
        entries.decide(row, **DECISION, **above(cast))
    with pytest.raises(Refused, match="Đã có quyết định"):
        entries.appraise(row, level="good", words="", **above(cast))


@pytest.mark.parametrize(
    ("changes", "field"), [({"document": " "}, "document"), ({"level": ""}, "level"), ({"level": "best"}, "level")]
)
def test_a_decision_without_number_or_level_is_refused_and_leaves_nothing(
    cast: Cast, cycle: Cycle, changes: dict[str, str], field: str
) -> None:
    sent(cast, cycle)
    events = Event.objects.count()
    with pytest.raises(Refused) as refused:
        entries.decide(row_of(cycle, cast.hoa), **{**DECISION, **changes}, **above(cast))
    assert (refused.value.field, LevelEntry.objects.count(), Event.objects.count()) == (field, 0, events)


def test_before_handing_up_nobody_above_has_any_right(cast: Cast, cycle: Cycle) -> None:
    held(cast, cycle)
    row = row_of(cycle, cast.hoa)
    for action, fields in ((entries.appraise, {"level": "good", "words": ""}), (entries.decide, DECISION)):
        with pytest.raises(PermissionDenied):
            action(row, **fields, **above(cast))
    with pytest.raises(Refused, match="chưa nộp lên cấp trên"):
        entries.decide(row, **DECISION, **who(cast))


def test_a_reviewer_of_another_branch_decides_nothing(cast: Cast, cycle: Cycle) -> None:
    far = make_superior(cast.other_cell, "Hồ Sỹ Xa", username="xa")
    sent(cast, cycle)
    with pytest.raises(PermissionDenied):
        entries.decide(row_of(cycle, cast.hoa), **DECISION, by=far, at=AFTER_MEETING)


def test_a_leader_enters_the_superiors_paper_but_not_about_themselves(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    entries.decide(row_of(cycle, cast.hoa), **DECISION, **who(cast))
    decision = standing(cycle, cast.hoa).decision
    assert decision is not None
    assert decision.recorded_by == cast.account(cast.lan)
    with pytest.raises(Refused, match="đồng chí khác ghi"):
        entries.decide(row_of(cycle, cast.lan), **DECISION, **who(cast))
    with pytest.raises(PermissionDenied):
        entries.decide(row_of(cycle, cast.tuan), **DECISION, **who(cast, cast.hoa))


def test_another_decision_takes_the_place_of_the_first_and_both_stay(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    row = row_of(cycle, cast.hoa)
    again: dict[str, Any] = {**DECISION, "level": "done", "document": "15-QĐ/ĐU", "words": GROUNDS}
    with pytest.raises(Refused, match="Chưa có quyết định"):
        entries.decide_again(row, **again, **above(cast))
    decided(cast, cycle, cast.hoa)
    with pytest.raises(Refused, match="vì sao"):
        entries.decide_again(row, **{**again, "words": ""}, **above(cast))
    entries.decide_again(row, **again, **above(cast))
    assert (standing(cycle, cast.hoa).in_force, kinds(cycle, cast.hoa)) == (Level.DONE, ["decided", "changed"])


# --- The person ---------------------------------------------------------------------------


def test_the_person_confirms_the_notice_or_a_leader_enters_it_and_is_named(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    with pytest.raises(Refused, match="Chưa có quyết định"):
        entries.notify(row_of(cycle, cast.hoa), **who(cast, cast.hoa))
    entries.notify(decided(cast, cycle, cast.hoa), **who(cast, cast.hoa))
    entries.notify(decided(cast, cycle, cast.son), **who(cast))
    told = {member: standing(cycle, member).notified for member in (cast.hoa, cast.son)}
    assert [(step.person, step.for_somebody_else) for step in told.values() if step] == [
        (cast.hoa, False),
        (cast.son, True),
    ]
    with pytest.raises(AlreadyDone):
        entries.notify(row_of(cycle, cast.hoa), **who(cast, cast.hoa))
    with pytest.raises(PermissionDenied):
        entries.notify(row_of(cycle, cast.hoa), **who(cast, cast.tuan))


def test_a_changed_decision_is_told_again(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    row = decided(cast, cycle, cast.hoa)
    entries.notify(row, **who(cast, cast.hoa))
    entries.decide_again(row, **{**DECISION, "level": "done", "words": GROUNDS}, **above(cast))
    assert standing(cycle, cast.hoa).notified is None
    entries.notify(row, **who(cast, cast.hoa))
    assert standing(cycle, cast.hoa).notified is not None


def test_a_complaint_waits_for_its_answer_and_nobody_complains_for_somebody_else(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    with pytest.raises(Refused, match="chưa có gì để kiến nghị"):
        entries.complain(row_of(cycle, cast.hoa), words=SECRET, **who(cast, cast.hoa))
    row = decided(cast, cycle, cast.hoa)
    for words, pattern in (("", "Xin ghi nội dung"),):
        with pytest.raises(Refused, match=pattern):
            entries.complain(row, words=words, **who(cast, cast.hoa))
    with pytest.raises(PermissionDenied):
        entries.complain(row, words=SECRET, **who(cast, cast.tuan))
    entries.complain(row, words=SECRET, **who(cast, cast.hoa))
    with pytest.raises(Refused, match="chưa được trả lời"):
        entries.complain(row, words="Nữa", **who(cast, cast.hoa))
    with pytest.raises(PermissionDenied):
        entries.answer(row, words="Giữ nguyên", **who(cast, cast.hoa))
    entries.answer(row, words="Giữ nguyên", **above(cast))
    assert standing(cycle, cast.hoa).open_complaint is None
    with pytest.raises(Refused, match="Không có kiến nghị"):
        entries.answer(row, words="Nữa", **above(cast))


def test_a_second_decision_answers_a_complaint_too(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    row = decided(cast, cycle, cast.hoa)
    entries.complain(row, words=SECRET, **who(cast, cast.hoa))
    entries.decide_again(row, **{**DECISION, "words": GROUNDS}, **above(cast))
    assert standing(cycle, cast.hoa).open_complaint is None


def test_the_secretary_does_not_answer_their_own_complaint(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    row = decided(cast, cycle, cast.lan)
    entries.complain(row, words=SECRET, **who(cast))
    with pytest.raises(Refused, match="đồng chí khác"):
        entries.answer(row, words="Đúng", **who(cast))


def test_somebody_who_left_is_decided_on_and_told_by_a_leader(cast: Cast, cycle: Cycle) -> None:
    choose(cast, cycle, cast.hoa, "good")
    sent(cast, cycle)
    cast.hoa.tenures.update(ends_on=AFTER_MEETING.date().replace(day=1))
    committee.draw_up(fresh(cycle), **who(cast))
    assert cast.hoa in [one.row.member for one in standings(fresh(cycle))]
    entries.notify(decided(cast, cycle, cast.hoa), **who(cast))
    assert standing(cycle, cast.hoa).in_force == Level.GOOD


# --- Publishing ---------------------------------------------------------------------------


def test_what_is_published_is_name_and_level_of_the_decision(cast: Cast, cycle: Cycle) -> None:
    row = sent(cast, cycle)
    with pytest.raises(Refused, match="Chưa có quyết định nào mới"):
        entries.publish(row, **who(cast))
    decided(cast, cycle, cast.hoa, words=GROUNDS)
    with pytest.raises(PermissionDenied):
        entries.publish(row, **who(cast, cast.hoa))
    entries.publish(row, **who(cast))
    entries.appraise(row_of(cycle, cast.tuan), level="done", words="", **above(cast))
    assert [(str(one), level) for one, level in published(fresh(cycle))] == [("Nguyễn Thị Hoa", Level.GOOD)]
    paper = build_published(fresh(cycle), AFTER_MEETING.date())
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert table.rows == (("1", "Nguyễn Thị Hoa", "Hoàn thành tốt nhiệm vụ"),)
    assert GROUNDS not in plain_text(paper)
    assert (paper.mark, "Số …-TB/" in plain_text(paper)) == (DRAFT, True)  # signed and numbered by hand
    text, before = plain_text(paper), plain_text(build_published(fresh(cycle), date(2025, 8, 29)))
    assert "Căn cứ Quyết định số 12-QĐ/ĐU, ngày 20/12/2026 của Đảng uỷ" in text
    assert (text.count("366-QĐ/TW"), before.count("366-QĐ/TW")) == (1, 0)


def test_a_changed_level_is_published_anew_and_not_by_itself(cast: Cast, cycle: Cycle) -> None:
    row = sent(cast, cycle)
    hoa = decided(cast, cycle, cast.hoa)
    entries.publish(row, **who(cast))
    entries.decide_again(hoa, **{**DECISION, "level": "done", "words": GROUNDS}, **above(cast))
    assert published(fresh(cycle))[0][1] == Level.GOOD
    entries.publish(row, **who(cast))
    assert published(fresh(cycle))[0][1] == Level.DONE


# --- What stays ---------------------------------------------------------------------------


def test_the_database_refuses_to_change_a_step_and_takes_its_words_with_a_new_key(
    cast: Cast, cycle: Cycle, settings: Any
) -> None:
    sent(cast, cycle)
    entries.complain(decided(cast, cycle, cast.hoa), words=SECRET, **who(cast, cast.hoa))
    for change in ({"level": "excellent"}, {"kind": "answer"}, {"document": "1-QĐ"}):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            LevelEntry.objects.update(**change)
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            LevelEntry.objects.all().delete()
    settings.CRITIQUE_KEYS = [secrets.token_urlsafe(32), *settings.CRITIQUE_KEYS]
    call_command("rotate_keys")
    assert LevelEntry.objects.get(kind=EntryKind.COMPLAINT).words == SECRET


def test_events_hold_no_word(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    row = decided(cast, cycle, cast.hoa, words=GROUNDS)
    entries.complain(row, words=SECRET, **who(cast, cast.hoa))
    entries.answer(row, words=GROUNDS, document="40-CV/ĐU", **above(cast))
    told = [(what, data) for what, data in Event.objects.values_list("what", "data") if what.startswith("level_")]
    assert told == [
        ("level_decide", {"participant": row.pk, "level": "good"}),
        ("level_complain", {"participant": row.pk}),
        ("level_answer", {"participant": row.pk}),
    ]


def test_the_same_click_is_one_step(cast: Cast, cycle: Cycle) -> None:
    sent(cast, cycle)
    key = press()
    row = decided(cast, cycle, cast.hoa, key=key)
    with pytest.raises(AlreadyDone):
        entries.decide(row, **DECISION, key=key, **above(cast))  # type: ignore[arg-type]
    assert kinds(cycle, cast.hoa) == ["decided"]


# --- How many -----------------------------------------------------------------------------


def test_counts_and_cap_go_by_the_latest_word(cast: Cast, cycle: Cycle) -> None:
    held(cast, cycle)
    for member, level in ((cast.hoa, "excellent"), (cast.tuan, "excellent"), (cast.son, "good")):
        entries.propose(row_of(cycle, member), level=level, words="Giơ tay", **who(cast))
    entries.hand_up(fresh(cycle), **who(cast))
    decided(cast, cycle, cast.tuan)
    going = [one.going for one in standings(fresh(cycle))]
    assert counted(going) == [(Level.EXCELLENT, 1), (Level.GOOD, 2), (Level.DONE, 0), (Level.NOT_DONE, 0)]
    cap = cap_in(cast.cell, going)
    assert (cap.excellent, cap.good, cap.percent, [one.is_over for one in cap.readings]) == (1, 2, 20, [True, True])
    assert cap_of(cast.cell, AFTER_MEETING.date()) == (20, "")


def test_lists_go_by_rank_the_collective_first(cast: Cast, cycle: Cycle) -> None:
    """A row without a member is the collective: every list takes it. Then the secretary, then by given name."""
    rows = [Participant(pk=1, member=cast.tuan), Participant(pk=2), Participant(pk=3, member=cast.hoa)]
    rows.append(Participant(pk=4, member=cast.lan))
    assert [row.member for row in by_rank(cycle, rows)] == [None, cast.lan, cast.hoa, cast.tuan]
