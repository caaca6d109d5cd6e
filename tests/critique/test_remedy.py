"""Putting shortcomings right: what is promised comes back until the committee has closed it with evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied

from critique.lifecycle import Remedying
from critique.remedies import actions
from critique.remedies.models import Remedy, RemedyNote
from critique.writing import actions as writing
from members.models import TenureKind
from members.refusal import AlreadyDone, Refused
from tests.critique.conftest import SECRET, WROTE, review_of, write
from tests.factories import at, make_member, press

if TYPE_CHECKING:
    from datetime import datetime

    from critique.writing.models import SelfReview
    from meetings.models import Meeting
    from members.models import Member
    from tests.conftest import Cast

ENTERED = at("2026-12-10 08:00")
DAY_30, DAY_60, DAY_90 = date(2027, 1, 9), date(2027, 2, 8), date(2027, 3, 10)
LATER = at("2027-01-12 08:00")
WORDS = "Đã gặp từng đồng chí, có sổ theo dõi"


def enter(
    cast: Cast, about: Member | None, *, by: Member | None = None, when: datetime = ENTERED, **more: Any
) -> Remedy:
    texts = {"shortcoming": SECRET, "cause": "Ngại va chạm", "measure": "Góp ý thẳng", "finished_when": "Có sổ"}
    user = cast.account(by or cast.lan)
    made = actions.enter(cast.cell, about=about, by=user, at=when, **{"source": "opinion", **texts, **more})
    return again(made)


def again(remedy: Remedy) -> Remedy:
    found: Remedy = Remedy.objects.with_people().get(pk=remedy.pk)
    return found


def first_check(remedy: Remedy) -> Any:
    return (
        remedy.checks.select_related("remedy__cell", "remedy__about").filter(checked_at=None, dropped_at=None).first()
    )


def look(cast: Cast, remedy: Remedy, found: str, *, by: Member | None = None, **more: Any) -> None:
    who = {"by": cast.account(by or cast.lan), "at": LATER}
    actions.check(first_check(remedy), found=found, words=WORDS, **who, **more)


def who(cast: Cast, member: Member, when: datetime = LATER) -> dict[str, Any]:
    return {"by": cast.account(member), "at": when}


# --- Taking promises up -------------------------------------------------------------------


def test_promises_of_a_self_review_become_items_each_once(cast: Cast, promised: SelfReview) -> None:
    made = actions.take_up(promised, **who(cast, cast.hoa, ENTERED))
    assert [(row.shortcoming, row.due_on, row.about, row.cycle, row.source) for row in made] == [
        (SECRET, date(2027, 3, 31), cast.hoa, promised.cycle, "self_review"),
        ("Đọc tài liệu muộn", None, cast.hoa, promised.cycle, "self_review"),
    ]
    assert made[0].measure == "Góp ý ngay tại buổi họp\nNgười giúp: Lê Anh Tuấn"
    assert made[1].measure == "Thời hạn: khi nào xong việc quý I"
    with pytest.raises(Refused, match="đều có trong danh sách"):
        actions.take_up(promised, **who(cast, cast.lan, ENTERED))
    assert Remedy.objects.count() == 2


def test_the_same_click_takes_promises_up_once(cast: Cast, promised: SelfReview) -> None:
    key = press()
    actions.take_up(promised, key=key, **who(cast, cast.hoa, ENTERED))
    with pytest.raises(AlreadyDone):
        actions.take_up(promised, key=key, **who(cast, cast.hoa, ENTERED))


def test_before_the_review_meeting_nothing_is_taken_up(cast: Cast, submitted: SelfReview) -> None:
    with pytest.raises(Refused, match="Đang viết bản kiểm điểm"):
        actions.take_up(submitted, **who(cast, cast.hoa))


def test_a_form_that_was_never_submitted_or_promises_nothing_gives_no_items(cast: Cast, promised: SelfReview) -> None:
    tuan = review_of(promised.cycle, cast.tuan)
    with pytest.raises(Refused, match="chưa nộp"):
        actions.take_up(tuan, **who(cast, cast.tuan))
    write(cast, tuan, {"A.I.1": "Giữ gìn đoàn kết"}, step="strengths")
    writing.submit(tuan, by=cast.account(cast.tuan), at=WROTE)
    with pytest.raises(Refused, match="không nêu"):
        actions.take_up(tuan, **who(cast, cast.tuan))


def test_nobody_takes_up_the_promises_of_a_comrade(cast: Cast, promised: SelfReview) -> None:
    for member in (cast.tuan, cast.mai):
        with pytest.raises(PermissionDenied):
            actions.take_up(promised, **who(cast, member))


# --- Entering -----------------------------------------------------------------------------


def test_an_item_is_looked_at_after_30_60_and_90_days(cast: Cast) -> None:
    remedy = enter(cast, None, by=cast.lan)
    assert [row.due_on for row in remedy.checks.all()] == [DAY_30, DAY_60, DAY_90]
    assert (remedy.state, remedy.entered_by.member) == (Remedying.NOT_YET, cast.lan)


def test_the_committee_enters_for_the_cell_or_a_member_and_a_member_for_themselves_alone(cast: Cast) -> None:
    assert [enter(cast, about, by=by).about for about, by in ((None, cast.lan), (cast.hoa, cast.lan))] == [
        None,
        cast.hoa,
    ]
    assert enter(cast, cast.hoa, by=cast.hoa).about == cast.hoa
    for about in (None, cast.tuan):
        with pytest.raises(PermissionDenied):
            enter(cast, about, by=cast.hoa)
    for stranger in (cast.mai, cast.kha):
        with pytest.raises(PermissionDenied):
            enter(cast, stranger, by=stranger)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"shortcoming": "  "}, "shortcoming"),
        ({"helper": "mai"}, "helper"),
        ({"helper": "hoa"}, "helper"),
    ],
)
def test_an_item_without_words_or_with_a_wrong_helper_is_refused(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    given = {name: getattr(cast, value) if name == "helper" else value for name, value in changes.items()}
    with pytest.raises(Refused) as refused:
        enter(cast, cast.hoa, **given)
    assert (refused.value.field, Remedy.objects.count()) == (field, 0)


def test_somebody_who_is_not_in_the_cell_gets_no_item(cast: Cast) -> None:
    with pytest.raises(Refused, match="không sinh hoạt"):
        enter(cast, cast.mai)


def test_the_same_click_enters_one_item(cast: Cast) -> None:
    key = press()
    enter(cast, None, key=key)
    with pytest.raises(AlreadyDone):
        enter(cast, None, key=key)
    assert Remedy.objects.count() == 1


# --- Going on -----------------------------------------------------------------------------


def test_helper_and_day_are_named_and_blanks_filled_but_nothing_written_is_changed(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa, by=cast.hoa, cause="")
    day = date(2027, 3, 31)
    actions.arrange(remedy, helper=cast.tuan, due_on=day, cause="Ngại va chạm", **who(cast, cast.lan))
    found = again(remedy)
    assert (found.helper, found.due_on, found.cause) == (cast.tuan, day, "Ngại va chạm")
    with pytest.raises(Refused, match="vừa có người ghi"):
        actions.arrange(found, helper=None, due_on=None, cause="Khác", **who(cast, cast.hoa))
    assert (again(remedy).helper, again(remedy).cause) == (cast.tuan, "Ngại va chạm")
    with pytest.raises(Refused, match="đồng chí khác"):
        actions.arrange(found, helper=cast.hoa, due_on=None, **who(cast, cast.hoa))
    with pytest.raises(PermissionDenied):
        actions.arrange(found, helper=None, due_on=None, **who(cast, cast.tuan))


def test_the_person_or_the_committee_for_them_reports_and_that_alone_closes_nothing(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa, by=cast.hoa)
    actions.report(remedy, state="going", words="Đang làm", **who(cast, cast.hoa))
    actions.report(remedy, state="done", words="Đã xong", **who(cast, cast.lan))
    said = [(note.state, note.words, note.noted_by.member) for note in RemedyNote.objects.all()]
    assert said == [("going", "Đang làm", cast.hoa), ("done", "Đã xong", cast.lan)]
    assert (again(remedy).state, again(remedy).is_open) == (Remedying.DONE, True)


@pytest.mark.parametrize(
    ("state", "words", "field"), [("closed", "Xong", "state"), ("not_yet", "?", "state"), ("done", " ", "words")]
)
def test_a_report_says_going_or_done_in_words(cast: Cast, state: str, words: str, field: str) -> None:
    remedy = enter(cast, cast.hoa)
    with pytest.raises(Refused) as refused:
        actions.report(remedy, state=state, words=words, **who(cast, cast.hoa))
    assert refused.value.field == field


def test_the_helper_sees_but_neither_reports_nor_closes(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa, helper=cast.tuan)
    tuan = who(cast, cast.tuan)
    assert list(Remedy.objects.for_user(tuan["by"])) == [remedy]
    for do in (
        lambda: actions.report(remedy, state="done", words="Xong", **tuan),
        lambda: actions.close(remedy, words="Xong", **tuan),
        lambda: actions.reopen(remedy, words="Chưa", **tuan),
        lambda: actions.link(remedy, earlier=remedy, **tuan),
        lambda: actions.check(first_check(remedy), found="done", words="Xong", **tuan),
    ):
        with pytest.raises(PermissionDenied):
            do()


def test_a_check_records_what_was_found_at_which_meeting(cast: Cast, opened: Meeting) -> None:
    remedy = enter(cast, cast.hoa)
    look(cast, remedy, "going", meeting=opened)
    row = remedy.checks.first()
    assert (row.found, row.words, row.meeting, row.checked_by.member) == ("going", WORDS, opened, cast.lan)
    assert again(remedy).state == Remedying.GOING


def test_two_of_the_committee_who_answer_the_same_check_leave_one_answer(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa)
    row, same = first_check(remedy), first_check(remedy)
    actions.check(row, found="going", words="Lần một", **who(cast, cast.lan))
    with pytest.raises(Refused, match="đã ghi kết quả"):
        actions.check(same, found="done", words="Lần hai", **who(cast, cast.lan))
    assert ([one.found for one in remedy.checks.all()], again(remedy).state) == (["going", "", ""], "going")


def test_what_is_not_put_right_after_90_days_is_looked_at_again(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa)
    for found in ("not_yet", "going", "going"):
        look(cast, remedy, found)
    assert [row.due_on for row in remedy.checks.filter(checked_at=None)] == [date(2027, 2, 11)]
    look(cast, remedy, "done")
    assert first_check(remedy) is None
    actions.report(remedy, state="going", words="Lại phải làm", **who(cast, cast.hoa))
    assert first_check(remedy).due_on == date(2027, 2, 11)


@pytest.mark.parametrize(
    ("found", "words", "field"), [("closed", WORDS, "found"), ("", WORDS, "found"), ("done", "", "words")]
)
def test_a_check_needs_a_result_and_what_it_rests_on(cast: Cast, found: str, words: str, field: str) -> None:
    remedy = enter(cast, cast.hoa)
    with pytest.raises(Refused) as refused:
        actions.check(first_check(remedy), found=found, words=words, **who(cast, cast.lan))
    assert refused.value.field == field


def test_a_meeting_that_was_not_held_or_is_another_cells_is_no_evidence(cast: Cast, called: Meeting) -> None:
    remedy = enter(cast, cast.hoa)
    for do in (
        lambda: look(cast, remedy, "done", meeting=called),
        lambda: actions.close(remedy, words=WORDS, meeting=called, **who(cast, cast.lan)),
    ):
        with pytest.raises(Refused, match="đã diễn ra"):
            do()
    assert again(remedy).version == 1


# --- Closing ------------------------------------------------------------------------------


def test_the_committee_closes_with_evidence_and_the_days_left_fall_away(cast: Cast, opened: Meeting) -> None:
    remedy = enter(cast, cast.hoa)
    with pytest.raises(Refused, match="căn cứ"):
        actions.close(remedy, words=" ", **who(cast, cast.lan))
    with pytest.raises(PermissionDenied):
        actions.close(remedy, words=WORDS, **who(cast, cast.hoa))
    actions.close(remedy, words=WORDS, meeting=opened, **who(cast, cast.lan))
    found = again(remedy)
    assert (found.state, found.closed_at, first_check(found)) == (Remedying.CLOSED, LATER, None)
    for do in (
        lambda: actions.close(found, words=WORDS, **who(cast, cast.lan)),
        lambda: actions.report(found, state="done", words="Xong", **who(cast, cast.hoa)),
        lambda: actions.arrange(found, helper=None, due_on=None, **who(cast, cast.hoa)),
    ):
        with pytest.raises(Refused, match="Đã đóng"):
            do()


def test_a_secretary_does_not_judge_her_own_item_while_somebody_else_is_on_the_committee(
    cast: Cast, opened: Meeting
) -> None:
    make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    remedy = enter(cast, cast.lan)
    for do in (
        lambda: actions.close(remedy, words=WORDS, meeting=opened, **who(cast, cast.lan)),
        lambda: look(cast, remedy, "done", meeting=opened),
    ):
        with pytest.raises(Refused, match="đồng chí khác trong chi uỷ"):
            do()
    assert again(remedy).state == Remedying.NOT_YET


def test_a_committee_of_one_closes_her_own_item_only_with_the_meeting_that_has_looked_at_it(
    cast: Cast, opened: Meeting
) -> None:
    remedy = enter(cast, cast.lan)
    with pytest.raises(Refused, match="chi bộ đã xem xét"):
        actions.close(remedy, words=WORDS, **who(cast, cast.lan))
    actions.close(remedy, words=WORDS, meeting=opened, **who(cast, cast.lan))
    assert again(remedy).state == Remedying.CLOSED


def test_what_was_closed_too_early_goes_on_and_is_looked_at_again(cast: Cast) -> None:
    remedy = enter(cast, cast.hoa)
    with pytest.raises(Refused, match="Chưa khắc phục"):
        actions.reopen(remedy, words="?", **who(cast, cast.lan))
    actions.close(remedy, words=WORDS, **who(cast, cast.lan))
    with pytest.raises(Refused, match="vì sao"):
        actions.reopen(remedy, words="", **who(cast, cast.lan))
    actions.reopen(remedy, words="Lại nể nang", **who(cast, cast.lan))
    found = again(remedy)
    assert (found.state, found.closed_at, first_check(found).due_on) == (Remedying.GOING, None, date(2027, 2, 11))
    assert [note.kind for note in found.notes.all()] == ["close", "reopen"]


def test_what_comes_back_names_the_earlier_item_of_the_same_person(cast: Cast) -> None:
    earlier, other = enter(cast, cast.hoa), enter(cast, cast.tuan)
    remedy = enter(cast, cast.hoa)
    actions.link(remedy, earlier=earlier, **who(cast, cast.lan))
    assert again(remedy).recurs == earlier
    for wrong in (other, remedy):
        with pytest.raises(Refused, match="cùng đồng chí"):
            actions.link(remedy, earlier=wrong, **who(cast, cast.lan))
    with pytest.raises(Refused, match="trước đó"):
        actions.link(earlier, earlier=remedy, **who(cast, cast.lan))
    assert enter(cast, cast.hoa, recurs=earlier).recurs == earlier
