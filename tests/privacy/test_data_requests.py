"""Requests about one's own data: their clocks, who answers, once extended, never one's own; and consent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from critique.course import actions as committee
from critique.lifecycle import Answering
from documents.model import plain_text
from members import actions as people
from members.mailing import who_agreed
from members.models import Event, Member, TenureKind
from members.refusal import AlreadyDone, Refused
from privacy.actions import consent
from privacy.actions import data_requests as actions
from privacy.consent import standing, who_agreed_to_mail
from privacy.data_notice import ASKED, NOTICES, current
from privacy.models import Consent, DataRequest, Purpose
from privacy.my_data import kept_about
from privacy.papers import build_request
from privacy.todo import todos
from tests.critique.conftest import plan, review_of, row_of, write
from tests.factories import agree_to_mail, at, make_member, new_key, press

if TYPE_CHECKING:
    from datetime import datetime

    from critique.cycle.models import Cycle
    from tests.conftest import Cast

MADE = at("2026-11-20 08:00")  # a Friday
LATER = at("2026-11-23 08:00")
WORDS = "Ngày kết nạp của tôi ghi nhầm năm"
ANSWER = "Đã đối chiếu hồ sơ gốc và sửa lại"


def again(row: DataRequest) -> DataRequest:
    found: DataRequest = DataRequest.objects.select_related("cell", "member").get(pk=row.pk)
    return found


def ask(cast: Cast, member: Member, right: str = "correct", *, by: Member | None = None, **more: Any) -> DataRequest:
    told = {"right": right, "words": WORDS, "at": MADE, **more}
    return again(actions.make_request(cast.cell, member=member, by=cast.account(by or member), **told))


def who(cast: Cast, member: Member, when: datetime = LATER) -> dict[str, Any]:
    return {"by": cast.account(member), "at": when}


@pytest.mark.parametrize(
    ("right", "days"),
    [("view", 10), ("correct", 10), ("end", 15)],
)
def test_each_kind_has_its_clock(cast: Cast, right: str, days: int) -> None:
    row = ask(cast, cast.hoa, right)
    assert (row.acknowledge_by, (row.due_on - MADE.date()).days) == (date(2026, 11, 24), days)


def test_the_person_and_the_leaders_know_of_it_and_nobody_else(cast: Cast) -> None:
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    row = ask(cast, cast.hoa)
    everybody = [cast.account(m) for m in (cast.lan, cast.hoa, cast.tuan, binh, cast.mai, cast.kha)]
    seen = {u.username for u in [*everybody, cast.phuc, cast.admin] if row in DataRequest.objects.for_user(u)}
    assert seen == {"lan", "hoa"}


def test_it_is_acknowledged_extended_once_and_answered(cast: Cast) -> None:
    row = ask(cast, cast.hoa)
    actions.acknowledge(row, **who(cast, cast.lan))
    with pytest.raises(AlreadyDone):
        actions.acknowledge(row, **who(cast, cast.lan))
    actions.put_off(row, reason="Chờ hồ sơ giấy", **who(cast, cast.lan))
    with pytest.raises(Refused, match="một lần"):
        actions.put_off(again(row), reason="Vẫn chờ", **who(cast, cast.lan))
    assert again(row).due_on == date(2026, 12, 10)
    actions.answer(row, outcome="done", words=ANSWER, **who(cast, cast.lan))
    found = again(row)
    assert (found.state, found.outcome, found.reply, found.acknowledged_by.member) == (
        Answering.ANSWERED, "done", ANSWER, cast.lan,
    )  # fmt: skip
    paper = plain_text(build_request(found))
    assert [word in paper for word in (WORDS, ANSWER, "Chờ hồ sơ giấy", "356/2025/NĐ-CP, Điều 5")] == [True] * 4


def test_an_answer_acknowledges_too(cast: Cast) -> None:
    row = ask(cast, cast.hoa)
    actions.answer(row, outcome="refused", words="Biên bản đã ký", **who(cast, cast.lan))
    assert again(row).acknowledged_at == LATER


def test_an_answer_is_confirmed_on_the_next_page(cast: Cast, as_user: Any) -> None:
    row = ask(cast, cast.hoa)
    sent = {"outcome": "done", "words": ANSWER}
    page = as_user(cast.lan).post(f"/data-requests/{row.pk}/answer/", sent, follow=True)
    assert [str(one) for one in page.context["messages"]] == ["Đã gửi lời trả lời."]


def test_nobody_answers_their_own(cast: Cast) -> None:
    row = ask(cast, cast.lan)
    with pytest.raises(PermissionDenied):
        actions.answer(row, outcome="done", words=ANSWER, **who(cast, cast.lan))
    binh = make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.COMMITTEE_MEMBER, username="binh")
    actions.answer(again(row), outcome="done", words=ANSWER, **who(cast, binh))
    assert again(row).replied_by.member == binh


def test_what_is_missing_is_said(cast: Cast) -> None:
    with pytest.raises(Refused, match="dữ liệu nào"):
        ask(cast, cast.hoa, words=" ")
    row = ask(cast, cast.hoa, "view", words="")
    for outcome, words, sentence in (("", ANSWER, "kết quả"), ("done", " ", "đã làm gì")):
        with pytest.raises(Refused, match=sentence):
            actions.answer(row, outcome=outcome, words=words, **who(cast, cast.lan))
    with pytest.raises(Refused, match="vì sao"):
        actions.put_off(row, reason="", **who(cast, cast.lan))


def test_the_committee_enters_for_somebody_of_the_cell_and_a_member_does_not(cast: Cast) -> None:
    row = ask(cast, cast.son, by=cast.lan)
    assert (row.member, row.entered_by.member) == (cast.son, cast.lan)
    with pytest.raises(PermissionDenied):
        ask(cast, cast.son, by=cast.hoa)
    with pytest.raises(Refused, match="của chi bộ"):
        ask(cast, cast.mai, by=cast.lan)


def test_the_person_takes_it_back_until_it_is_answered(cast: Cast) -> None:
    first, second = ask(cast, cast.hoa), ask(cast, cast.hoa)
    actions.withdraw(first, **who(cast, cast.hoa))
    actions.answer(second, outcome="done", words=ANSWER, **who(cast, cast.lan))
    for row, action, told in (
        (first, actions.answer, {"outcome": "done", "words": ANSWER}),
        (second, actions.withdraw, {}),
    ):
        member = cast.lan if told else cast.hoa
        with pytest.raises(Refused):
            action(again(row), **told, **who(cast, member))


def test_whoever_has_left_still_asks_the_cell_that_keeps_the_file(cast: Cast, as_user: Any) -> None:
    people.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=date(2026, 11, 1), by=None, at=MADE)
    hoa = as_user(cast.hoa)
    answer = hoa.post(reverse("my-data-request"), {"right": "end", "words": WORDS, "key": new_key()})
    row = DataRequest.objects.get()
    assert (answer.status_code, row.cell, row.member) == (302, cast.cell, cast.hoa)
    assert WORDS in hoa.get(reverse("my-data")).content.decode()
    assert hoa.get(row.get_absolute_url()).status_code == 404
    assert as_user(cast.lan).get(row.get_absolute_url()).status_code == 200


def test_somebody_whose_file_is_kept_above_is_told_where_to_ask(cast: Cast, as_user: Any) -> None:
    answer = as_user(cast.phuc).post(reverse("my-data-request"), {"right": "view", "words": ""})
    assert (answer.status_code, "bằng giấy" in answer.content.decode(), DataRequest.objects.count()) == (422, True, 0)
    assert as_user(cast.admin).get(reverse("my-data-request")).status_code == 404


def test_the_first_page_asks_the_leaders_first_to_acknowledge_then_to_answer(cast: Cast) -> None:
    row = ask(cast, cast.hoa)

    def asked(member: Member) -> list[tuple[str, str]]:
        return [(one.what, one.when) for one in todos(cast.account(member), cast.cell, LATER)]

    assert asked(cast.lan) == [("Xác nhận đề nghị về dữ liệu", "hạn 24/11/2026")]
    actions.acknowledge(row, **who(cast, cast.lan))
    assert asked(cast.lan) == [("Trả lời đề nghị về dữ liệu", "hạn 30/11/2026")]
    actions.answer(row, outcome="done", words=ANSWER, **who(cast, cast.lan))
    assert (asked(cast.lan), asked(cast.hoa)) == ([], [("Đọc trả lời đề nghị về dữ liệu", "")])


def test_events_of_a_request_hold_no_word(cast: Cast) -> None:
    row = ask(cast, cast.hoa)
    actions.put_off(row, reason=WORDS, **who(cast, cast.lan))
    actions.answer(row, outcome="partly", words=ANSWER, **who(cast, cast.lan))
    assert list(Event.objects.filter(thing="datarequest").values_list("what", "data")) == [
        ("send", {"right": "correct"}),
        ("put_off", {"until": "2026-12-10"}),
        ("answer", {"outcome": "partly"}),
    ]


# --- Notice and consent ---------------------------------------------------------------------


def test_the_notice_says_what_the_law_wants_to_be_said() -> None:
    notice = current()
    headings = [heading for heading, _ in notice.parts]
    assert headings == ["Lưu những gì", "Để làm gì", "Ai xem được", "Giữ bao lâu", "Quyền của đồng chí", "Căn cứ"]
    assert all(paragraphs for _, paragraphs in notice.parts)
    assert len({one.version for one in NOTICES}) == len(NOTICES)


def test_nothing_is_ticked_beforehand_and_what_is_not_ticked_is_not_agreed_to(cast: Cast, as_user: Any) -> None:
    hoa, url = as_user(cast.hoa), reverse("data-notice")
    page = hoa.get(url).content.decode()
    assert (page.count('type="checkbox"'), "checked" in page) == (3, False)
    assert all(words in page for words in ASKED.values())
    hoa.post(url, {"email": "on", "key": new_key()})
    assert standing(cast.hoa) == {Purpose.EMAIL: current().version}
    page = hoa.get(url).content.decode()
    assert (page.count('type="checkbox"'), "Rút lại" in page) == (2, True)


def test_each_consent_and_its_end_stay_on_record(cast: Cast) -> None:
    hoa = cast.account(cast.hoa)
    consent.agree(["read", "email"], by=hoa, at=MADE)
    consent.agree(["read", "email"], by=hoa, at=LATER)  # agreed to already
    consent.take_back(purpose="email", by=hoa, at=LATER)
    with pytest.raises(AlreadyDone):
        consent.take_back(purpose="email", by=hoa, at=LATER)
    consent.agree(["email"], by=hoa, at=LATER)
    lines = [(row.purpose, row.given, row.notice, row.said_at) for row in Consent.objects.all()]
    version = current().version
    assert lines == [
        ("read", True, version, MADE), ("email", True, version, MADE), ("email", False, version, LATER),
        ("email", True, version, LATER),
    ]  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Consent.objects.update(given=True)


def test_the_same_click_is_one_line(cast: Cast) -> None:
    key = press()
    consent.agree(["email"], by=cast.account(cast.hoa), at=MADE, key=key)
    with pytest.raises(AlreadyDone):
        consent.agree(["email"], by=cast.account(cast.hoa), at=MADE, key=key)
    assert Consent.objects.count() == 1


def test_a_new_version_of_the_notice_is_read_anew(cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    consent.agree(["read", "email"], by=cast.account(cast.hoa), at=MADE)
    fresh = type(current())("2027-01", date(2027, 1, 5), "# Mới\n\nThêm một điều.")
    for module in ("privacy.data_notice", "privacy.actions.consent", "privacy.views.data_notice"):
        monkeypatch.setattr(f"{module}.current", lambda: fresh)
    page = as_user(cast.hoa).get(reverse("data-notice")).content.decode()
    assert (page.count('type="checkbox"'), "Thêm một điều." in page) == (2, True)
    consent.agree(["read"], by=cast.account(cast.hoa), at=LATER)
    assert standing(cast.hoa) == {Purpose.READ: "2027-01", Purpose.EMAIL: NOTICES[-1].version}


def test_only_whoever_agreed_gets_mail(cast: Cast) -> None:
    agree_to_mail(cast.hoa)
    agree_to_mail(cast.tuan)
    consent.take_back(purpose="email", by=cast.account(cast.tuan), at=LATER)
    everybody = [cast.lan.pk, cast.hoa.pk, cast.tuan.pk, None]
    assert (who_agreed(everybody), who_agreed_to_mail([cast.tuan.pk])) == ({cast.hoa.pk}, set())


def test_whoever_takes_back_writing_on_the_screen_hands_in_on_paper(cast: Cast, cycle: Cycle) -> None:
    hoa = cast.account(cast.hoa)
    consent.agree(["browser"], by=hoa, at=MADE)
    consent.take_back(purpose="browser", by=hoa, at=LATER)
    assert row_of(cycle, cast.hoa).on_paper is True
    later = committee.plan_cycle(cast.cell, by=cast.account(cast.lan), at=LATER, **plan(year=2027))
    assert [row_of(later, member).on_paper for member in (cast.hoa, cast.tuan)] == [True, False]


def test_refusing_blocks_nothing(cast: Cast, cycle: Cycle) -> None:
    """Without any consent people write, and change their mind by writing."""
    hoa = cast.account(cast.hoa)
    write(cast, review_of(cycle, cast.hoa), {"A.I.1": "Giữ gìn đoàn kết"}, step="strengths")
    consent.agree(["browser"], by=hoa, at=MADE)
    consent.take_back(purpose="browser", by=hoa, at=LATER)
    write(cast, review_of(cycle, cast.hoa), {"A.I.1": "Viết tiếp"}, base=1, step="strengths")
    assert row_of(cycle, cast.hoa).on_paper is False


def test_what_somebody_agreed_to_is_shown_to_nobody_else(cast: Cast) -> None:
    consent.agree(["email"], by=cast.account(cast.hoa), at=MADE)
    users = [cast.account(m) for m in (cast.lan, cast.tuan, cast.mai)] + [cast.phuc, cast.admin]
    assert [Consent.objects.for_user(user).count() for user in [cast.account(cast.hoa), *users]] == [1, 0, 0, 0, 0, 0]
    assert Client().get(reverse("data-notice"))["Location"].startswith("/sign-in/")


def test_what_is_kept_about_me_holds_my_requests_and_consents(cast: Cast) -> None:
    ask(cast, cast.hoa)
    consent.agree(["email"], by=cast.account(cast.hoa), at=MADE)

    def chapters(member: Member) -> dict[str, int]:
        return {one.title: len(one.entries) for one in kept_about(member)}

    titles = ("Ý kiến bằng văn bản", "Đề nghị về dữ liệu", "Đã đọc, đã đồng ý")
    assert [chapters(cast.hoa)[title] for title in titles] == [0, 1, 1]
    assert [chapters(cast.lan)[title] for title in titles] == [0, 0, 0]
