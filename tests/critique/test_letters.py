"""Criticism and questions in writing: signed, answered by a day, put off with a reason, known to few."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from critique.letters import actions
from critique.letters.models import Criticism
from critique.letters.papers import build_letter
from critique.letters.todo import todos
from critique.lifecycle import Answering
from documents.model import plain_text
from members import actions as people
from members.models import Event, TenureKind
from members.policy import may
from members.refusal import AlreadyDone, Refused
from rulings import actions as rulings
from tests.factories import at, make_member, press
from tests.once import built_once

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import Member
    from tests.conftest import Cast

SENT = at("2026-11-20 08:00")  # a Friday
LATER = at("2026-12-07 08:00")
DUE = date(2027, 1, 4)  # the 30th working day after: 1 January is a day off
BY = f"hạn {DUE:%d/%m/%Y}"
MATTER = "Phân công trực cơ quan"
WORDS = "Ba tháng liền không có bảng phân công, đảng viên phải tự hỏi nhau"
ANSWER = "Từ tháng sau bảng phân công có trước ngày 25"


def again(row: Criticism) -> Criticism:
    """Fresh: who follows is asked anew."""
    found: Criticism = Criticism.objects.select_related("cell", "sender", "to_member").get(pk=row.pk)
    return found


def send(cast: Cast, to: Member | None, *, sender: Member | None = None, **more: Any) -> Criticism:
    told = {"kind": "criticism", "matter": MATTER, "words": WORDS, "at": SENT}
    told["by"] = more.pop("by", None) or cast.account(sender or cast.hoa)
    return again(actions.send(cast.cell, sender=sender or cast.hoa, to_member=to, **{**told, **more}))


def who(cast: Cast, member: Member, when: datetime = LATER) -> dict[str, Any]:
    return {"by": cast.account(member), "at": when}


def known_to(cast: Cast, row: Criticism, *others: Member) -> set[str]:
    """Who can ask for the row at all, by given name."""
    everybody = [cast.lan, cast.hoa, cast.tuan, cast.kha, cast.mai, *others]
    seen = {m.given_name for m in everybody if row in Criticism.objects.for_user(cast.account(m))}
    assert not any(row in Criticism.objects.for_user(user) for user in (cast.phuc, cast.admin))
    return seen


@built_once
def binh(cast: Cast) -> Member:
    return make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")


@built_once
def deputy(cast: Cast) -> Member:
    return make_member(cast.cell, "Hà Minh Đức", post=TenureKind.DEPUTY, username="duc")


# --- Who knows, who answers ----------------------------------------------------------------


def test_sender_addressee_and_the_leaders_know_and_nobody_else(cast: Cast, binh: Member, deputy: Member) -> None:
    row = send(cast, cast.tuan)
    assert known_to(cast, row, binh, deputy) == {"Hoa", "Tuấn", "Lan", "Đức"}
    assert row.followers == {cast.lan.pk, deputy.pk}


def test_what_is_addressed_to_the_secretary_is_followed_by_the_deputy(cast: Cast, binh: Member, deputy: Member) -> None:
    row = send(cast, cast.lan)
    assert (known_to(cast, row, binh, deputy), row.followers) == ({"Hoa", "Lan", "Đức"}, {deputy.pk})


def test_without_a_deputy_the_committee_follows_and_without_a_committee_nobody(cast: Cast) -> None:
    row = send(cast, cast.lan)
    assert (known_to(cast, row), row.followers) == ({"Hoa", "Lan"}, set())
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    assert (known_to(cast, again(row), binh), again(row).followers) == ({"Hoa", "Lan", "Bình"}, {binh.pk})


def test_a_leader_who_is_suspended_answers_for_the_cell_no_more(cast: Cast, binh: Member, deputy: Member) -> None:
    """The post is still open; it is the committee's turn, as if it were vacant."""
    for leader in (cast.lan, deputy):
        leader.tenures.filter(kind=TenureKind.FULL).update(kind=TenureKind.SUSPENDED)
    row = send(cast, None)
    assert row.followers == {binh.pk}
    assert known_to(cast, row, binh, deputy) == {"Hoa", "Bình"}


def test_between_secretary_and_deputy_the_committee_follows(cast: Cast, binh: Member, deputy: Member) -> None:
    row = send(cast, cast.lan, sender=deputy)
    assert (known_to(cast, row, binh, deputy), row.followers) == ({"Lan", "Đức", "Bình"}, {binh.pk})


def test_a_letter_to_the_cell_is_answered_by_the_leaders_who_did_not_write_it(
    cast: Cast, binh: Member, deputy: Member
) -> None:
    of_hoa, of_lan = send(cast, None), send(cast, None, sender=cast.lan)
    assert known_to(cast, of_hoa, binh, deputy) == {"Hoa", "Lan", "Đức"}
    answers = {m.given_name: may(cast.account(m), "criticism.reply", again(of_lan)) for m in (cast.lan, deputy, binh)}
    assert answers == {"Lan": False, "Đức": True, "Bình": False}


def test_the_only_leader_has_nobody_in_the_cell_to_write_to_about_the_cell(cast: Cast) -> None:
    with pytest.raises(Refused, match="cấp uỷ cấp trên"):
        send(cast, None, sender=cast.lan)


def test_the_rows_that_somebody_may_ask_for_are_those_in_which_they_have_a_role(
    cast: Cast, binh: Member, deputy: Member
) -> None:
    """The list and the table of rights say the same for every pair of sender and addressee."""
    people_here = [cast.lan, deputy, binh, cast.hoa, cast.tuan]
    pairs = [(a, b) for a in people_here for b in [*people_here, None] if a != b]
    rows = [send(cast, to, sender=sender) for sender, to in pairs]
    wrong = []
    for member in people_here:
        user = cast.account(member)
        listed = set(Criticism.objects.for_user(user))
        wrong += [
            (member, row.sender, row.to_member) for row in rows if may(user, "criticism.see", row) != (row in listed)
        ]
    assert (wrong, len(rows)) == ([], 25)


def test_whoever_leaves_the_cell_knows_of_nothing_any_more(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    people.set_standing(cast.tuan, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 11, 21), by=None, at=SENT)
    assert known_to(cast, row) == {"Hoa", "Lan"}


# --- Sending ------------------------------------------------------------------------------


def test_the_answer_is_due_on_the_thirtieth_working_day(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    assert (row.due_on, row.state, row.on_paper) == (DUE, Answering.WAITING, False)
    assert [row.is_late(day) for day in (DUE, date(2027, 1, 5))] == [False, True]


def test_days_off_move_the_day_and_a_day_that_was_named_stays(cast: Cast) -> None:
    counted, named, old = (send(cast, cast.tuan) for _ in range(3))
    actions.put_off(named, until=date(2027, 2, 1), reason="Cần đối chiếu", **who(cast, cast.tuan))
    actions.answer(old, words=ANSWER, **who(cast, cast.tuan))
    off = rulings.add_day_off(cast.cell, day=date(2026, 12, 24), name="Nghỉ bù", **who(cast, cast.lan))
    assert [again(row).due_on for row in (counted, named, old)] == [date(2027, 1, 5), date(2027, 2, 1), DUE]
    rulings.remove_day_off(off, **who(cast, cast.lan))
    assert again(counted).due_on == DUE


def test_the_committee_enters_a_signed_paper_and_is_named(cast: Cast, binh: Member) -> None:
    row = send(cast, cast.lan, sender=cast.son, by=cast.account(binh))
    assert (row.sender, row.on_paper, row.entered_by.member) == (cast.son, True, binh)
    assert "Nhập từ bản giấy có chữ ký, đồng chí Vũ Thái Bình nhập" in plain_text(build_letter(row))
    with pytest.raises(Refused, match="đồng chí khác trong chi uỷ nhập"):
        send(cast, cast.lan, sender=cast.son, by=cast.account(cast.lan))


def test_nobody_writes_in_a_comrades_name(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        send(cast, cast.lan, sender=cast.tuan, by=cast.account(cast.hoa))
    with pytest.raises(PermissionDenied):
        send(cast, cast.lan, sender=cast.mai, by=cast.account(cast.mai))


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"matter": "  "}, "về việc gì"),
        ({"words": ""}, "nội dung ý kiến"),
        ({"to": "hoa"}, "một đồng chí khác"),
        ({"to": "mai"}, "đang ở chi bộ"),
        ({"to": "kha"}, "đang ở chi bộ"),
    ],
)
def test_what_cannot_be_sent_is_said_in_a_sentence(cast: Cast, spoilt: dict[str, str], sentence: str) -> None:
    to = getattr(cast, spoilt.pop("to", "tuan"))
    with pytest.raises(Refused, match=sentence):
        send(cast, to, **spoilt)
    assert Criticism.objects.count() == 0


def test_the_same_click_sends_once(cast: Cast) -> None:
    key = press()
    send(cast, cast.tuan, key=key)
    with pytest.raises(AlreadyDone):
        send(cast, cast.tuan, key=key)
    assert Criticism.objects.count() == 1


# --- Answering ----------------------------------------------------------------------------


def test_the_addressee_answers_once_and_for_good(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    actions.answer(row, words=ANSWER, **who(cast, cast.tuan))
    found = again(row)
    assert (found.state, found.reply, found.replied_by.member) == (Answering.ANSWERED, ANSWER, cast.tuan)
    for action, told in (
        (actions.answer, {"words": "Khác"}),
        (actions.put_off, {"until": LATER.date(), "reason": "x"}),
    ):
        with pytest.raises(Refused, match="Đã trả lời"):
            action(again(row), **told, **who(cast, cast.tuan))


def test_a_follower_enters_the_answer_of_somebody_without_a_device_and_is_named(cast: Cast) -> None:
    row = send(cast, cast.son)
    actions.answer(row, words=ANSWER, **who(cast, cast.lan))
    paper = plain_text(build_letter(again(row)))
    assert ("đồng chí Trần Thị Lan nhập từ bản giấy" in paper, ANSWER in paper) == (True, True)


def test_the_sender_and_others_do_not_answer(cast: Cast, binh: Member) -> None:
    row = send(cast, cast.tuan)
    for member in (cast.hoa, cast.son, binh, cast.mai):
        user = cast.account(member) if member != cast.son else cast.admin
        with pytest.raises(PermissionDenied):
            actions.answer(row, words=ANSWER, by=user, at=LATER)


def test_an_answer_without_words_is_none(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    with pytest.raises(Refused, match="nội dung trả lời"):
        actions.answer(row, words=" ", **who(cast, cast.tuan))
    with pytest.raises(Refused, match="vì sao"):
        actions.put_off(row, until=date(2027, 2, 1), reason="", **who(cast, cast.tuan))


def test_a_late_answer_is_taken_and_its_day_says_so(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    actions.answer(row, words=ANSWER, **who(cast, cast.tuan, at("2027-03-01 08:00")))
    assert "ngày 01 tháng 3 năm 2027" in plain_text(build_letter(again(row)))


def test_putting_off_names_the_day_and_the_reason_and_forgets_nothing(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    actions.put_off(row, until=date(2027, 2, 1), reason="Chờ số liệu quý IV", **who(cast, cast.tuan))
    actions.put_off(row, until=date(2027, 2, 15), reason="Số liệu về chậm", **who(cast, cast.tuan))
    assert again(row).due_on == date(2027, 2, 15)
    assert [(one.until, one.why) for one in row.delays.all()] == [
        (date(2027, 2, 1), "Chờ số liệu quý IV"),
        (date(2027, 2, 15), "Số liệu về chậm"),
    ]
    paper = plain_text(build_letter(again(row)))
    assert ("Chờ số liệu quý IV" in paper, "Hạn trả lời: 15/02/2027." in paper) == (True, True)


def test_putting_off_goes_forward_and_not_for_ever(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    for until, sentence in ((DUE, "phải sau hạn"), (date(2028, 6, 1), "không quá một năm")):
        with pytest.raises(Refused, match=sentence):
            actions.put_off(row, until=until, reason="Bận", **who(cast, cast.tuan))
    assert (again(row).due_on, row.delays.count()) == (DUE, 0)


def test_the_sender_takes_back_before_the_answer_and_not_after(cast: Cast) -> None:
    first, second = send(cast, cast.tuan), send(cast, cast.tuan)
    actions.withdraw(first, **who(cast, cast.hoa))
    actions.answer(second, words=ANSWER, **who(cast, cast.tuan))
    with pytest.raises(Refused, match="Đã trả lời"):
        actions.withdraw(second, **who(cast, cast.hoa))
    with pytest.raises(Refused, match="đã rút"):
        actions.answer(again(first), words=ANSWER, **who(cast, cast.tuan))
    with pytest.raises(PermissionDenied):
        actions.withdraw(send(cast, cast.tuan), **who(cast, cast.tuan))


# --- What is kept, what is asked ----------------------------------------------------------


def test_events_hold_no_word_and_are_never_changed(cast: Cast) -> None:
    row = send(cast, cast.tuan)
    actions.put_off(row, until=date(2027, 2, 1), reason=WORDS, **who(cast, cast.tuan))
    actions.answer(row, words=ANSWER, **who(cast, cast.tuan))
    assert list(Event.objects.filter(thing="criticism").values_list("number", "what", "data")) == [
        (1, "send", {"on_paper": False}),
        (2, "put_off", {"until": "2027-02-01"}),
        (3, "answer", {}),
    ]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.update(what="nothing")


def asked(cast: Cast, member: Member, now: datetime) -> list[tuple[str, str, str, bool]]:
    found = todos(cast.account(member), cast.cell, now)
    return [(one.what, one.about, one.when, one.late) for one in found]


def test_the_first_page_asks_the_addressee_and_in_the_last_week_the_follower(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    send(cast, cast.tuan)
    soon, late = at("2026-12-30 08:00"), at("2027-01-06 08:00")
    answer, watch = "Trả lời ý kiến phê bình, chất vấn", "Theo dõi hạn trả lời ý kiến"
    assert asked(cast, cast.tuan, LATER) == [(answer, "1 ý kiến", BY, False)]
    assert asked(cast, cast.tuan, late) == [(answer, "1 ý kiến", BY, True)]
    assert (asked(cast, cast.lan, LATER), asked(cast, cast.lan, soon)) == ([], [(watch, "1 ý kiến", BY, False)])
    assert asked(cast, cast.hoa, late) == []
    user = cast.account(cast.tuan)
    assert user.tenures
    with django_assert_num_queries(2):
        todos(user, cast.cell, LATER)


def test_a_letter_to_the_cell_is_asked_of_the_secretary_and_its_answer_is_shown_to_the_sender(cast: Cast) -> None:
    row = send(cast, None)
    assert asked(cast, cast.lan, LATER) == [("Trả lời ý kiến phê bình, chất vấn", "1 ý kiến", BY, False)]
    actions.answer(row, words=ANSWER, **who(cast, cast.lan))
    read = [("Đọc trả lời ý kiến của đồng chí", "", "", False)]
    assert (asked(cast, cast.lan, LATER), asked(cast, cast.hoa, LATER)) == ([], read)
    assert asked(cast, cast.hoa, at("2026-12-20 08:00")) == []


def test_sending_and_answering_are_confirmed_on_the_next_page(cast: Cast, as_user: Any) -> None:
    sent = {"kind": "criticism", "to": cast.tuan.pk, "matter": MATTER, "words": WORDS}
    page = as_user(cast.hoa).post(f"/cells/{cast.cell.pk}/letters/new/", sent, follow=True)
    said = [str(one) for one in page.context["messages"]]
    row = Criticism.objects.get()
    page = as_user(cast.tuan).post(f"{row.get_absolute_url()}answer/", {"words": ANSWER}, follow=True)
    said += [str(one) for one in page.context["messages"]]
    assert said == ["Đã gửi. Người nhận thấy ở việc cần làm, với hạn trả lời.", "Đã gửi lời trả lời."]
