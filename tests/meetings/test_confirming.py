"""Sealing needs two persons: who may confirm for whom, and that it can be read for ever."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import DRAFT, Head, fingerprint, from_json, plain_text
from meetings.actions import minutes, seats, thematic
from meetings.models import Meeting, Minutes, Seat, Signature
from meetings.papers import build_notice
from members import actions
from members.models import Member, Tenure, TenureKind, User
from tests.factories import LONG_AGO, NOW, make_member, new_key
from tests.meetings.steps import DURING, SIGNED, close, fresh, on_screen, refused, seal
from tests.once import built_once

if TYPE_CHECKING:
    from tests.conftest import Cast

REASON = "Ký trên bản giấy"


def sign(cast: Cast, meeting: Meeting, seat: str, by: Member, reason: str = "") -> bool:
    who = {"by": cast.account(by), "at": SIGNED}
    return minutes.sign(fresh(meeting), seat=seat, seen=on_screen(meeting), reason=reason, **who)


@built_once
def closed(cast: Cast, opened: Meeting) -> Meeting:
    return close(cast, opened)


@pytest.fixture
def binh(cast: Cast) -> Member:
    """The deputy: in no seat of this meeting."""
    return make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.DEPUTY, username="binh")


def without_device(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(has_device=False)


# --- For somebody else --------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["lan", "binh"])
def test_nobody_confirms_for_whoever_can(cast: Cast, binh: Member, closed: Meeting, by: str) -> None:
    who = binh if by == "binh" else cast.lan
    with refused("Đồng chí Nguyễn Thị Hoa có máy, có tài khoản nên tự xác nhận; không ai ghi thay."):
        sign(cast, closed, Seat.MINUTE_TAKER, who, REASON)


def test_whoever_holds_the_other_seat_does_not_confirm_for_somebody_with_an_account(
    cast: Cast, binh: Member, closed: Meeting
) -> None:
    without_device(cast.hoa)
    with refused(
        "Đồng chí Nguyễn Thị Hoa có tài khoản: xin đăng nhập để tự xác nhận, hoặc nhờ đồng chí khác ghi thay."
    ):
        sign(cast, closed, Seat.MINUTE_TAKER, cast.lan, REASON)
    assert sign(cast, closed, Seat.MINUTE_TAKER, binh, REASON) is False


def test_for_somebody_without_an_account_the_other_may_with_the_reason(cast: Cast, closed: Meeting) -> None:
    without_device(cast.hoa)
    User.objects.filter(member=cast.hoa).update(is_active=False)
    with refused("Xin nêu lý do; lý do được in trên biên bản.", "reason"):
        sign(cast, closed, Seat.MINUTE_TAKER, cast.lan, "  ")
    sign(cast, closed, Seat.MINUTE_TAKER, cast.lan, REASON)
    one = Signature.objects.get()
    assert (one.member, one.entered_by, one.reason) == (cast.hoa, cast.account(cast.lan), REASON)


def test_the_other_seat_leaves_it_to_a_leader_who_could(cast: Cast, binh: Member, closed: Meeting) -> None:
    User.objects.filter(member=cast.hoa).update(is_active=False)
    with refused(
        "Đồng chí Nguyễn Thị Hoa không có tài khoản: xin nhờ đồng chí Vũ Thái Bình ghi thay, để biên bản có hai người."
    ):
        sign(cast, closed, Seat.MINUTE_TAKER, cast.lan, REASON)
    assert sign(cast, closed, Seat.MINUTE_TAKER, binh, REASON) is False


def test_one_leader_does_not_seal_alone_by_saying_that_nobody_has_a_device(
    cast: Cast, binh: Member, closed: Meeting
) -> None:
    for member in (cast.lan, cast.hoa):
        actions.edit_member(member, person={"has_device": False}, by=cast.account(binh), at=SIGNED)
    assert User.objects.get(member=cast.hoa).has_news
    sign(cast, closed, Seat.MINUTE_TAKER, binh, REASON)
    with refused("Đồng chí đã ghi thay ở chỗ kia: biên bản cần hai người, xin nhờ đồng chí khác."):
        sign(cast, closed, Seat.CHAIR, binh, REASON)
    User.objects.filter(member=cast.lan).update(last_login=NOW)
    Signature.objects.all().delete()
    with refused("Đồng chí Trần Thị Lan đã từng đăng nhập: xin để đồng chí ấy tự xác nhận; không ai ghi thay."):
        sign(cast, closed, Seat.CHAIR, binh, REASON)


@pytest.mark.parametrize("deputy", [True, False])
def test_nobody_seals_alone_by_taking_over_the_other_seat(cast: Cast, opened: Meeting, deputy: bool) -> None:
    if deputy:
        make_member(cast.cell, "Vũ Thái Bình", post=TenureKind.DEPUTY, username="binh", since=date(2026, 12, 4))
        Tenure.objects.filter(member__full_name="Vũ Thái Bình").update(starts_on=LONG_AGO)  # but not on the roll
    who = {"by": cast.account(cast.lan), "at": DURING}
    seats.change_seat(opened, seat=Seat.MINUTE_TAKER, member=cast.lan, since=DURING, **who)
    close(cast, opened)
    sign(cast, opened, Seat.MINUTE_TAKER, cast.lan)
    if not deputy:
        assert sign(cast, opened, Seat.CHAIR, cast.lan, REASON) is True
        return
    with refused(
        "Đồng chí Trần Thị Lan nhận thêm chỗ này trong buổi họp; biên bản cần hai người. "
        "Xin nhờ đồng chí Vũ Thái Bình ghi đồng chí khác vào một chỗ ở “Chủ trì, thư ký”."
    ):
        sign(cast, opened, Seat.CHAIR, cast.lan, REASON)


def test_one_person_in_both_seats_says_why_at_the_second(cast: Cast, closed: Meeting) -> None:
    Meeting.objects.update(minute_taker=cast.lan)
    assert sign(cast, closed, Seat.MINUTE_TAKER, cast.lan) is False
    with refused("Xin nêu lý do; lý do được in trên biên bản.", "reason"):
        sign(cast, closed, Seat.CHAIR, cast.lan)
    assert sign(cast, closed, Seat.CHAIR, cast.lan, "Chi bộ chỉ có ba đồng chí") is True


# --- Read for ever ------------------------------------------------------------------------------


def test_the_sealed_paper_says_who_confirmed_and_for_whom(cast: Cast, binh: Member, closed: Meeting) -> None:
    without_device(cast.hoa)
    read = on_screen(closed)
    sign(cast, closed, Seat.MINUTE_TAKER, binh, REASON)
    sign(cast, closed, Seat.CHAIR, cast.lan)
    paper = from_json(Minutes.objects.get().document)
    assert plain_text(paper).splitlines()[-6:] == [
        "NGƯỜI GHI BIÊN BẢN",
        "Đồng chí Vũ Thái Bình xác nhận thay lúc 20 giờ 50 phút, ngày 03 tháng 12 năm 2026. Lý do: Ký trên bản giấy.",
        "Nguyễn Thị Hoa",
        "CHỦ TRÌ HỘI NGHỊ",
        "Đã xác nhận lúc 20 giờ 50 phút, ngày 03 tháng 12 năm 2026",
        "Trần Thị Lan",
    ]
    assert Minutes.objects.get().fingerprint == fingerprint(paper)
    assert set(Signature.objects.values_list("fingerprint", flat=True)) == {read}


@pytest.mark.parametrize("reader", ["tuan", "phuc"])
def test_members_and_the_superior_read_who_confirmed(cast: Cast, closed: Meeting, as_user, reader: str) -> None:  # type: ignore[no-untyped-def]
    sealed = seal(cast, closed)
    page = as_user(getattr(cast, reader)).get(f"/meetings/{sealed.pk}/minutes/").content.decode()
    assert page.count("Đã xác nhận thứ Năm, 03/12/2026, 20:50") == 2


def test_a_reason_that_is_missing_is_asked_for_beside_its_field(cast: Cast, closed: Meeting, as_user) -> None:  # type: ignore[no-untyped-def]
    Meeting.objects.update(minute_taker=cast.lan)
    sign(cast, closed, Seat.MINUTE_TAKER, cast.lan)
    form = {"seat": "chair", "seen": on_screen(closed), "reason": "", "key": new_key()}
    page = as_user(cast.lan).post(f"/meetings/{closed.pk}/sign/", form)
    assert (page.status_code, page.context["sign_form"].errors["reason"]) == (
        422,
        ["Xin nêu lý do; lý do được in trên biên bản."],
    )


# --- What is not signed yet ---------------------------------------------------------------------


def test_an_unsigned_paper_is_a_draft_without_a_number(cast: Cast, closed: Meeting) -> None:
    before, after = minutes.paper_of(fresh(closed)), minutes.paper_of(seal(cast, closed))
    assert [(paper.mark, next(b.number for b in paper.blocks if isinstance(b, Head))) for paper in (before, after)] == [
        (DRAFT, "Số …-BB/CB"),
        ("", "Số 01-BB/CB"),
    ]


def test_a_notice_that_was_not_sent_is_a_draft_with_an_open_day(cast: Cast, planned: Meeting) -> None:
    head = build_notice(planned).blocks[0]
    assert isinstance(head, Head)
    assert (build_notice(planned).mark, head.number, head.place_and_day) == (
        DRAFT,
        "Số …-TB/CB",
        "Hoa Sen, ngày … tháng … năm 2026",
    )


# --- An opinion in somebody's name --------------------------------------------------------------


def test_nobody_enters_an_opinion_for_whoever_can(cast: Cast, called: Meeting) -> None:
    paper = called.paper
    type(paper).objects.update(draft="Đoạn một.", shared_at=NOW)
    paper.refresh_from_db()
    give = {"paragraph": None, "text": "Nên ngắn hơn.", "by": cast.account(cast.lan), "at": NOW}
    with refused("Đồng chí Nguyễn Thị Hoa có máy, có tài khoản nên tự góp ý; không ai ghi thay.", "member"):
        thematic.give_opinion(paper, member=cast.hoa, **give)
    assert thematic.give_opinion(paper, member=cast.son, **give).member == cast.son


def test_the_list_to_enter_for_holds_only_those_who_cannot(cast: Cast, called: Meeting, as_user) -> None:  # type: ignore[no-untyped-def]
    type(called.paper).objects.update(draft="Đoạn một.", shared_at=NOW)
    form = as_user(cast.lan).get(f"/meetings/{called.pk}/paper/").context["form"]
    assert [name for _, name in form.fields["member"].choices] == ["Tôi", "Đỗ Văn Sơn"]
