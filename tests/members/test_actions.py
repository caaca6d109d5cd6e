"""What is done to people and accounts, once, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest

from members import actions
from members.entry.actions import slips
from members.models import Event, Member, SignInSlip, Tenure, TenureKind, User
from members.refusal import AlreadyDone, Refused
from tests.conftest import Cast
from tests.factories import LONG_AGO, NOW, make_cell, make_committee, make_member

PASSWORD = "bốn từ hoàn toàn mới"


def _slip(cast: Cast) -> str:
    return slips.issue_slip(cast.account(cast.hoa), by=cast.account(cast.lan), at=NOW)


def _sentence(refused: pytest.ExceptionInfo[Refused]) -> tuple[str, str | None]:
    return refused.value.sentence, refused.value.field


def test_the_same_person_is_entered_once(cast: Cast) -> None:
    before = Member.objects.count()
    with pytest.raises(Refused) as refused:
        make_member(cast.cell, "nguyễn thị hoa")
    assert refused.value.field == "full_name"
    assert Member.objects.count() == before


def test_two_people_of_one_name_are_told_apart_by_their_birthday(cast: Cast) -> None:
    other = make_member(cast.cell, "Nguyễn Thị Hoa", born_on=date(1991, 2, 3))
    assert Member.objects.filter(organisation=cast.cell, full_name="Nguyễn Thị Hoa").count() == 2
    assert other.pk != cast.hoa.pk


def test_a_guest_from_another_cell_is_told_apart_from_the_namesakes_of_both(cast: Cast) -> None:
    """However the file is touched afterwards, in the cell that keeps it or in the one that hosts."""
    other = make_cell(cast.cell.parent, "Chi bộ Tổ dân phố 2")
    guest = make_member(other, "Nguyễn Thị Hoa", born_on=date(1991, 2, 3))
    names = lambda: [str(Member.objects.get(pk=one.pk)) for one in (cast.hoa, guest)]  # noqa: E731
    year = cast.hoa.born_on.year
    alone, apart = ["Nguyễn Thị Hoa"] * 2, [f"Nguyễn Thị Hoa (sinh {year})", "Nguyễn Thị Hoa (sinh 1991)"]
    assert names() == alone
    day = {"starts_on": date(2026, 6, 1), "by": None, "at": NOW}
    actions.set_standing(guest, cast.cell, kind=TenureKind.TEMPORARY_IN, **day)
    assert names() == apart
    make_member(other, "Đỗ Văn Khác")
    make_member(cast.cell, "Đỗ Văn Khách")
    assert names() == apart
    actions.edit_member(guest, person={"told_by": "tổ 2"}, by=cast.admin, at=NOW)
    with pytest.raises(Refused, match="dấu phân biệt"):
        actions.edit_member(cast.hoa, person={"told_by": "Tổ 2"}, by=cast.account(cast.lan), at=NOW)
    actions.edit_member(guest, person={"told_by": ""}, by=cast.admin, at=NOW)
    actions.set_standing(guest, cast.cell, kind=TenureKind.LEFT, **{**day, "starts_on": date(2026, 7, 1)})
    assert names() == alone


def test_a_new_standing_ends_the_one_before_on_the_eve(cast: Cast) -> None:
    day = date(2026, 6, 1)
    actions.set_standing(cast.tuan, cast.cell, kind=TenureKind.FULL, starts_on=day, by=None, at=NOW)
    held = cast.tuan.tenures.order_by("starts_on").values_list("kind", "starts_on", "ends_on")
    assert list(held) == [("probationary", LONG_AGO, date(2026, 5, 31)), ("full", day, None)]


def test_the_same_standing_from_the_same_day_is_already_there(cast: Cast) -> None:
    with pytest.raises(AlreadyDone):
        actions.set_standing(cast.hoa, cast.cell, kind=TenureKind.FULL, starts_on=LONG_AGO, by=None, at=NOW)
    assert cast.hoa.tenures.count() == 1


def test_a_secretary_who_leaves_keeps_neither_post_nor_access(cast: Cast) -> None:
    day = date(2026, 11, 1)
    actions.set_standing(cast.lan, cast.cell, kind=TenureKind.LEFT, starts_on=day, by=None, at=NOW)
    assert cast.lan.tenures.get(kind=TenureKind.SECRETARY).ends_on == date(2026, 10, 31)
    assert cast.account(cast.lan).cell_ids == []


def test_a_forgotten_open_post_does_not_let_a_former_member_in(cast: Cast) -> None:
    cast.hoa.tenures.all().delete()
    for kind in (TenureKind.LEFT, TenureKind.DEPUTY):
        Tenure.objects.create(member=cast.hoa, organisation=cast.cell, kind=kind, starts_on=LONG_AGO)
    assert cast.account(cast.hoa).cell_ids == []


def test_a_post_can_end_and_be_opened_again_but_not_before_it_began(cast: Cast) -> None:
    post = cast.lan.tenures.get(kind=TenureKind.SECRETARY)
    for last in (date(2026, 12, 31), None):
        actions.end_tenure(post, ends_on=last, by=cast.admin, at=NOW)
        post.refresh_from_db()
        assert post.ends_on == last
    with pytest.raises(Refused) as refused:
        actions.end_tenure(post, ends_on=LONG_AGO - timedelta(days=1), by=cast.admin, at=NOW)
    assert _sentence(refused) == ("Ngày kết thúc không thể trước ngày bắt đầu.", "ends_on")


def test_a_member_has_one_account_however_often_it_is_opened(cast: Cast) -> None:
    with pytest.raises(AlreadyDone):
        actions.open_account(cast.hoa, username="hoa2", by=None, at=NOW)
    assert User.objects.filter(member=cast.hoa).count() == 1


def test_a_user_name_of_another_cell_is_taken_too(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        actions.open_account(cast.son, username="mai", by=None, at=NOW)
    assert _sentence(refused) == ("Tên đăng nhập này đã có người dùng.", "username")


def test_the_code_is_kept_only_as_a_hash(cast: Cast) -> None:
    code = _slip(cast)
    assert [len(part) for part in code.split("-")] == [4, 4, 4]
    kept = str(list(SignInSlip.objects.values())) + str(list(Event.objects.values()))
    assert (code in kept, code.replace("-", "") in kept) == (False, False)


def test_a_slip_opens_the_account_once(cast: Cast) -> None:
    code = _slip(cast)
    assert slips.use_slip(code=code.lower().replace("-", " "), password=PASSWORD, at=NOW) == cast.account(cast.hoa)
    assert cast.account(cast.hoa).check_password(PASSWORD)
    with pytest.raises(Refused) as refused:
        slips.use_slip(code=code, password="một mật khẩu khác nữa", at=NOW)
    assert _sentence(refused) == ("Mã phiếu không đúng, đã dùng hoặc đã hết hạn.", "code")
    assert cast.account(cast.hoa).check_password(PASSWORD)


@pytest.mark.parametrize(("days", "works"), [(6, True), (7, False)])
def test_a_slip_lives_seven_days(cast: Cast, days: int, works: bool) -> None:
    code = _slip(cast)
    with suppress(Refused):
        slips.use_slip(code=code, password=PASSWORD, at=NOW + timedelta(days=days))
    assert cast.account(cast.hoa).check_password(PASSWORD) is works


def test_a_new_slip_ends_the_one_before(cast: Cast) -> None:
    first, second = _slip(cast), _slip(cast)
    with pytest.raises(Refused):
        slips.use_slip(code=first, password=PASSWORD, at=NOW)
    assert slips.use_slip(code=second, password=PASSWORD, at=NOW) == cast.account(cast.hoa)


def test_a_weak_password_does_not_use_up_the_slip(cast: Cast) -> None:
    code = _slip(cast)
    with pytest.raises(Refused) as refused:
        slips.use_slip(code=code, password="ngắn", at=NOW)
    assert _sentence(refused) == ("Mật khẩu ngắn quá: cần ít nhất 15 ký tự.", "password")
    assert SignInSlip.objects.get().used_at is None


def test_no_slip_opens_a_closed_account(cast: Cast) -> None:
    code = _slip(cast)
    User.objects.filter(member=cast.hoa).update(is_active=False)
    with pytest.raises(Refused) as refused:
        slips.use_slip(code=code, password=PASSWORD, at=NOW)
    assert refused.value.field == "code"


def test_no_secretary_prints_a_slip_for_the_administrator_of_the_server(cast: Cast) -> None:
    with pytest.raises(Refused):
        slips.issue_slip(cast.admin, by=cast.account(cast.lan), at=NOW)
    assert SignInSlip.objects.count() == 0


def test_what_was_changed_in_a_file_is_on_record(cast: Cast) -> None:
    person = {"full_name": "Nguyễn Thị Hoa", "born_on": date(1981, 1, 2)}
    actions.edit_member(cast.hoa, person=person, by=cast.account(cast.lan), at=NOW)
    event = Event.objects.get(what="edit_member")
    assert ([event], event.actor, event.data) == (
        [*cast.hoa.events.filter(what="edit_member")],
        cast.account(cast.lan),
        {"changed": {"born_on": ["1980-05-19", "1981-01-02"]}},
    )


def test_an_organisation_takes_everything_below_it_along(cast: Cast) -> None:
    new_top = make_committee("Đảng uỷ mới")
    actions.edit_organisation(cast.ward, fields={"parent": new_top}, by=cast.admin, at=NOW)
    cast.cell.refresh_from_db()
    assert cast.cell.path == f"{new_top.path}{cast.ward.pk}/{cast.cell.pk}/"


def test_no_organisation_stands_below_itself(cast: Cast) -> None:
    below = make_committee("Đảng uỷ bộ phận", parent=cast.ward)
    path = make_cell(below).path
    with pytest.raises(Refused) as refused:
        actions.edit_organisation(cast.ward, fields={"parent": below}, by=cast.admin, at=NOW)
    assert refused.value.field == "parent"
    below.refresh_from_db()
    assert path.startswith(below.path)
