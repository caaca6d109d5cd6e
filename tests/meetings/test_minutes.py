"""Signing, sealing and correcting: what was signed is what stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from documents.model import fingerprint, from_json, plain_text, to_json
from meetings.actions import evening, following, inspecting, minutes
from meetings.actions.core import move
from meetings.actions.minutes import paper_of
from meetings.exchanged import exchanged
from meetings.models import AgendaItem, Attendance, Meeting, Minutes, Seat, Signature
from meetings.papers import build_minutes, confirmed
from members.models import Member, Tenure, TenureKind
from members.saving.actions import save_text
from tests.factories import at, make_member
from tests.meetings.steps import (
    SIGNED,
    close,
    forbidden,
    fresh,
    item_of,
    last_event,
    on_screen,
    refused,
    row_of,
    say,
    seal,
)
from tests.once import built_once

if TYPE_CHECKING:
    from tests.conftest import AsUser, Cast

LATER = at("2026-12-05 09:00")
CHANGED = "Biên bản vừa được sửa. Xin đọc lại bản mới trước khi xác nhận."


@built_once
def closed(cast: Cast, opened: Meeting) -> Meeting:
    """Tuấn has spoken, a task is given, the meeting is over."""
    say(cast, opened, row_of(opened, cast.tuan), text="Tôi nhất trí với dự thảo.")
    by = cast.account(cast.hoa)
    following.assign_task(opened, text="Kê khai", owner=cast.son, due_on=None, item=None, by=by, at=SIGNED)
    return close(cast, opened)


@built_once
def sealed(cast: Cast, closed: Meeting) -> Meeting:
    return seal(cast, closed)


def sign(cast: Cast, meeting: Meeting, seat: str, by: Member, seen: str = "") -> bool:
    return minutes.sign(meeting, seat=seat, seen=seen or on_screen(meeting), by=cast.account(by), at=SIGNED)


# --- Signing ------------------------------------------------------------------------------------


def test_the_first_signature_does_not_seal(cast: Cast, closed: Meeting) -> None:
    assert sign(cast, closed, Seat.MINUTE_TAKER, cast.hoa) is False
    signature = Signature.objects.get()
    assert (signature.seat, signature.member, signature.entered_by, signature.fingerprint) == (
        "minute_taker",
        cast.hoa,
        cast.account(cast.hoa),
        on_screen(closed),
    )
    assert fresh(closed).state == "closed"


@pytest.mark.parametrize("order", [(Seat.MINUTE_TAKER, Seat.CHAIR), (Seat.CHAIR, Seat.MINUTE_TAKER)])
def test_the_second_signature_seals_in_whatever_order(cast: Cast, closed: Meeting, order: tuple[str, str]) -> None:
    first, second = order
    holder = {Seat.MINUTE_TAKER: cast.hoa, Seat.CHAIR: cast.lan}
    sign(cast, closed, first, holder[first])
    assert sign(cast, closed, second, holder[second]) is True
    assert (fresh(closed).state, fresh(closed).minutes.sealed_at) == ("sealed", SIGNED)


def test_signing_one_seat_twice_is_one_signature(cast: Cast, closed: Meeting) -> None:
    assert [sign(cast, closed, Seat.CHAIR, cast.lan) for _ in range(2)] == [False, False]
    assert Signature.objects.count() == 1


def test_whoever_has_not_seen_this_text_does_not_sign_it(cast: Cast, closed: Meeting) -> None:
    seen = on_screen(closed)
    text = {"conclusion": "Chi bộ nhất trí."}
    save_text("item", item_of(closed), text, base=0, by=cast.account(cast.hoa), at=SIGNED)
    for stale in (seen, "", "0" * 64):
        with refused(CHANGED):
            minutes.sign(closed, seat=Seat.CHAIR, seen=stale, by=cast.account(cast.lan), at=SIGNED)


def test_a_change_between_the_signatures_voids_the_first(cast: Cast, closed: Meeting) -> None:
    sign(cast, closed, Seat.MINUTE_TAKER, cast.hoa)
    text = {"conclusion": "Chi bộ nhất trí."}
    save_text("item", item_of(closed), text, base=0, by=cast.account(cast.lan), at=SIGNED)
    assert sign(cast, closed, Seat.CHAIR, cast.lan) is False
    assert list(Signature.objects.values_list("seat", flat=True)) == ["chair"]
    assert sign(cast, closed, Seat.MINUTE_TAKER, cast.hoa) is True


def test_there_are_two_seats(cast: Cast, closed: Meeting) -> None:
    with refused("Không có chỗ ký này."):
        sign(cast, closed, "guest", cast.lan)


def test_nobody_signs_for_a_chair_who_is_not_named(cast: Cast, closed: Meeting) -> None:
    Meeting.objects.update(chair=None)
    with refused("Chưa ghi chủ trì hoặc thư ký."):
        sign(cast, closed, Seat.CHAIR, cast.lan)


@pytest.mark.parametrize("who", ["tuan", "mai"])
def test_a_member_who_has_no_part_in_it_does_not_sign(cast: Cast, closed: Meeting, who: str) -> None:
    with forbidden():
        sign(cast, closed, Seat.CHAIR, getattr(cast, who))


def test_the_seal_needs_both_signatures(cast: Cast, closed: Meeting) -> None:
    sign(cast, closed, Seat.CHAIR, cast.lan)
    with refused("Biên bản cần cả người ghi biên bản và chủ trì xác nhận."):
        move(fresh(closed), "seal", by=cast.account(cast.lan), at=SIGNED)


# --- The seal -----------------------------------------------------------------------------------


def test_what_is_stored_is_the_paper_of_that_moment(cast: Cast, closed: Meeting) -> None:
    read = build_minutes(fresh(closed))
    sealed = seal(cast, closed)
    stored, paper = sealed.minutes, confirmed(read, Signature.objects.with_people())
    assert from_json(stored.document) == paper
    assert (stored.document, stored.fingerprint) == (to_json(paper), fingerprint(paper))
    assert (paper.blocks[:-1], last_event(sealed)) == (read.blocks[:-1], ("seal", {"fingerprint": fingerprint(read)}))


def test_sealed_minutes_never_change_whatever_happens_to_the_rows(cast: Cast, sealed: Meeting) -> None:
    paper = paper_of(sealed)
    Member.objects.update(full_name="Người Khác")
    Attendance.objects.update(name="Người Khác", mark="unexcused")
    AgendaItem.objects.update(title="Nội dung khác", notes="Thêm lén")
    Meeting.objects.update(topic="Chuyên đề khác", place="Nơi khác", quality="Kém")
    cast.cell.paper_name = "CHI BỘ KHÁC"
    cast.cell.save()
    assert paper_of(fresh(sealed)) == paper
    assert build_minutes(fresh(sealed)) != paper


def test_nothing_is_recorded_in_a_sealed_meeting(cast: Cast, sealed: Meeting) -> None:
    with refused("Buổi họp đang ở bước “Đã ký biên bản” nên không làm được việc này."):
        evening.reopen(sealed, by=cast.account(cast.lan), at=LATER)


def test_the_minutes_of_one_term_count_from_01(cast: Cast, opened: Meeting) -> None:
    numbers = []
    for _ in range(3):
        meeting = close(cast, opened)
        numbers.append(f"{meeting.minutes.number}")
        Minutes.objects.all().delete()
        Meeting.objects.update(state="open", closed_at=None)
    assert numbers == ["01-BB", "02-BB", "03-BB"]


def test_the_next_term_counts_from_01_again(cast: Cast, opened: Meeting) -> None:
    close(cast, opened)
    Minutes.objects.all().delete()
    Meeting.objects.update(state="open", closed_at=None)
    cast.cell.term_started_on = at("2026-12-01 00:00").date()
    cast.cell.save()
    assert str(close(cast, fresh(opened)).minutes.number) == "01-BB"


# --- Addenda ------------------------------------------------------------------------------------


def test_a_correction_is_a_paper_of_its_own_and_the_sealed_bytes_stay(cast: Cast, sealed: Meeting) -> None:
    before = sealed.minutes.document
    by = cast.account(cast.hoa)
    addendum = minutes.add_addendum(sealed, text="Thêm một ý.", reason="Ghi sót", by=by, at=LATER)
    assert Minutes.objects.get().document == before
    assert plain_text(from_json(addendum.document)) == (
        "ĐẢNG BỘ PHƯỜNG HOA SEN\nCHI BỘ VĂN PHÒNG\n*\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Hoa Sen, ngày 05 tháng 12 năm 2026\n"
        "BỔ SUNG, ĐÍNH CHÍNH BIÊN BẢN\n"
        "Lần 01\nSinh hoạt chuyên đề quý IV năm 2026\n"
        "Chuyên đề: “Nâng cao chất lượng tự phê bình và phê bình”\n-----\n"
        "Biên bản số 01-BB/CB ngày 03 tháng 12 năm 2026 đã ký và được giữ nguyên. "
        "Nội dung bổ sung, đính chính như sau:\n"
        "Thêm một ý.\nLý do: Ghi sót\n"
        "Người nhập: đồng chí Nguyễn Thị Hoa, 09 giờ 00 phút, ngày 05 tháng 12 năm 2026.\n"
        "NGƯỜI GHI BIÊN BẢN\nNguyễn Thị Hoa\nCHỦ TRÌ HỘI NGHỊ\nTrần Thị Lan"
    )
    assert addendum.fingerprint == fingerprint(from_json(addendum.document))


def test_corrections_are_counted(cast: Cast, sealed: Meeting) -> None:
    by = cast.account(cast.hoa)
    numbers = [minutes.add_addendum(sealed, text="Thêm.", reason="Sót", by=by, at=LATER).number for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_a_correction_stays_as_it_was_written_when_names_change(cast: Cast, sealed: Meeting) -> None:
    minutes.add_addendum(sealed, text="Thêm.", reason="Sót", by=cast.account(cast.hoa), at=LATER)
    before = sealed.addenda.get().document
    Member.objects.update(full_name="Người Khác")
    minutes.add_addendum(sealed, text="Thêm nữa.", reason="Sót", by=cast.account(cast.hoa), at=LATER)
    assert sealed.addenda.get(number=1).document == before


@pytest.mark.parametrize("reader", ["tuan", "phuc"])
def test_what_was_added_is_read_under_the_minutes(cast: Cast, sealed: Meeting, as_user: AsUser, reader: str) -> None:
    minutes.add_addendum(sealed, text="Thêm một ý.", reason="Ghi sót", by=cast.account(cast.hoa), at=LATER)
    page = as_user(getattr(cast, reader)).get(f"/meetings/{sealed.pk}/minutes/").content.decode()
    assert [words in page for words in ("Lần 1", "Thêm một ý.", "Lý do: Ghi sót")] == [True] * 3


def test_what_is_not_sealed_is_corrected_in_place_not_by_an_addendum(cast: Cast, closed: Meeting) -> None:
    with refused("Buổi họp đang ở bước “Đã kết thúc, chờ ký” nên không làm được việc này."):
        minutes.add_addendum(closed, text="Thêm.", reason="Sót", by=cast.account(cast.hoa), at=LATER)


def test_what_a_committee_has_not_given_yet_is_shown_to_its_writer_alone(cast: Cast, sealed: Meeting) -> None:
    inspecting.comment(sealed, part="", text="Thiếu số liệu.", by=cast.phuc, at=LATER)
    thu = make_member(cast.cell, "Lê Thị Thu", username="thu")
    Tenure.objects.create(
        member=thu, organisation=cast.ward, kind=TenureKind.SUPERIOR, starts_on=date(2026, 1, 1)
    )  # fmt: skip
    readers = (cast.phuc, cast.account(thu), cast.account(cast.lan))
    assert [[said.comment.text for said in exchanged(fresh(sealed), {}, who).draft] for who in readers] == [
        ["Thiếu số liệu."], [], [],
    ]  # fmt: skip
