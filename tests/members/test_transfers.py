"""A member goes to another cell: the file goes along, what happened stays; whoever takes over finds what is open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from meetings.actions import matters
from members.actions import set_standing
from members.models import Event, Member, Tenure, TenureKind
from members.policy import may
from members.refusal import Refused
from members.transfers.actions import arrived, found
from tests.factories import make_cell, make_committee, make_member
from tests.world_shelf import keep_errand

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import Cast

DAY = "20/11/2026"


@pytest.fixture(autouse=True)
def _the_end_of_november(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.factories import at

    monkeypatch.setattr("django.utils.timezone.now", lambda: at("2026-11-28 08:00"))


def goes(cast: Cast, as_user: Any, member: Member, **changes: Any) -> Any:
    typed = {"to": cast.other_cell.name, "starts_on": DAY, **changes}
    return as_user(cast.lan).post(f"/members/{member.pk}/transfer/", typed)


def receives(cast: Cast, as_user: Any, member: Member, kind: str = "full") -> Any:
    return as_user(cast.mai).post(f"/members/{member.pk}/standing/", {"kind": kind, "starts_on": DAY})


def test_the_file_goes_along_with_the_account_and_the_old_standings_stay(cast: Cast, as_user: Any) -> None:
    assert goes(cast, as_user, cast.hoa)["Location"] == f"/cells/{cast.cell.pk}/members/"
    assert receives(cast, as_user, cast.hoa).status_code == 302
    hoa = Member.objects.get(pk=cast.hoa.pk)
    assert hoa.organisation == cast.other_cell
    held = Tenure.objects.filter(member=hoa).order_by("starts_on", "organisation__name")
    assert [(one.organisation.name, one.kind, one.ends_on) for one in held if one.starts_on == date(2026, 11, 20)] == [
        (cast.other_cell.name, "full", None),
        (cast.cell.name, "left", None),
    ]
    assert held.get(organisation=cast.cell, kind="full").ends_on == date(2026, 11, 19)
    account = cast.account(hoa)
    assert (may(account, "member.see", cast.other_cell), may(account, "member.see", cast.cell)) == (True, False)
    assert as_user(cast.lan).get(f"/members/{hoa.pk}/").status_code == 404
    told = Event.objects.filter(what__in=["transfer_member", "receive_member"]).order_by("what")
    assert [(one.what, one.cell) for one in told] == [
        ("receive_member", cast.other_cell),
        ("transfer_member", cast.cell),
    ]


def test_nobody_is_put_into_a_cell_from_outside(cast: Cast, as_user: Any) -> None:
    goes(cast, as_user, cast.hoa)
    other, hoa, mai = f"/cells/{cast.other_cell.pk}/members/", as_user(cast.hoa), as_user(cast.mai)
    assert (hoa.get(other).status_code, hoa.get("/").status_code) == (404, 200)
    assert "Đồng chí Nguyễn Thị Hoa chuyển đến, chờ tiếp nhận" in [one.what for one in mai.get("/").context["todos"]]
    page = mai.get(f"/members/{cast.hoa.pk}/")
    proposed = page.context["standing_form"].initial
    assert (proposed["from"], proposed["kind"], proposed["starts_on"]) == (cast.cell, "full", date(2026, 11, 20))
    sent_back = mai.post(f"/members/{cast.hoa.pk}/transfer/", {"to": cast.cell.name, "starts_on": DAY})
    assert (sent_back.status_code, Member.objects.get(pk=cast.hoa.pk).organisation) == (302, cast.cell)
    assert not Tenure.objects.filter(member=cast.hoa, organisation=cast.other_cell).exists()
    assert [*arrived(cast.cell)] == [cast.hoa]


def test_a_slip_that_the_old_cell_has_printed_does_not_open_the_new_one(cast: Cast, as_user: Any, client: Any) -> None:
    new = make_member(cast.cell, "Vũ Thị Ngọc")
    printed = as_user(cast.lan).post(f"/cells/{cast.cell.pk}/members/slips/", {"member": [new.pk]})
    goes(cast, as_user, new)
    word = "con trâu đi trước cái cày"
    used = {"code": printed.context["slips"][0].code, "password": word, "again": word}
    assert client.post("/slip/", used).status_code == 422


def test_nobody_leaves_on_a_day_before_their_post_begins(cast: Cast, as_user: Any) -> None:
    Tenure.objects.filter(member=cast.lan, kind="secretary").update(starts_on=date(2024, 1, 1))
    page = goes(cast, as_user, cast.lan, starts_on="20/11/2020", knowing="on")
    assert (page.status_code, "ghi từ 01/01/2024" in page.text) == (422, True)


def test_what_was_held_with_them_stays_in_the_old_cell(cast: Cast, planned: Meeting, as_user: Any) -> None:
    assert goes(cast, as_user, cast.tuan, starts_on="28/11/2026").status_code == 302
    planned.refresh_from_db()
    assert (planned.cell, planned.paper.author) == (cast.cell, cast.tuan)
    assert as_user(cast.tuan).get(planned.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": "Chi bộ Không Có"}, "Không thấy chi bộ tên ấy"),
        ({"starts_on": "01/01/2027"}, "còn ở phía trước"),
        ({"starts_on": ""}, "chưa chọn ngày"),
    ],
)
def test_bad_input_is_said_and_nobody_moves(cast: Cast, as_user: Any, changes: dict[str, str], words: str) -> None:
    page = goes(cast, as_user, cast.hoa, **changes)
    assert (page.status_code, words in page.text, Member.objects.get(pk=cast.hoa.pk).organisation) == (
        422,
        True,
        cast.cell,
    )


def test_the_last_who_leads_is_asked_first(cast: Cast, as_user: Any) -> None:
    refused = goes(cast, as_user, cast.lan)
    assert (refused.status_code, "không còn bí thư, phó bí thư" in refused.text) == (422, True)
    assert goes(cast, as_user, cast.lan, knowing="on")["Location"] == "/"
    assert not Tenure.objects.on(timezone.localdate()).filter(organisation=cast.cell, kind="secretary").exists()


def test_a_name_that_several_cells_bear_is_told_apart_by_what_stands_above(cast: Cast) -> None:
    one = make_cell(cast.ward, name="Chi bộ Trùng")
    other = make_cell(make_committee("Đảng uỷ Giáo dục", cast.ward), name="Chi bộ Trùng")
    make_cell(make_committee("Đảng uỷ Xa lạ"), name="Chi bộ Lạ")
    assert found(cast.cell, "chi bộ trùng, Đảng uỷ Giáo dục") == other != one
    for typed in ("Chi bộ Trùng", "Chi bộ Lạ"):
        with pytest.raises(Refused):
            found(cast.cell, typed)


def test_whoever_takes_over_finds_what_is_open_on_one_page(cast: Cast, planned: Meeting, as_user: Any) -> None:
    hoa, day = cast.account(cast.hoa), timezone.now()
    matters.propose(cast.cell, member=cast.hoa, text="Sửa đường ngõ", by=hoa, at=day)
    keep_errand(cast.ward, cast.phuc, day)
    page = as_user(cast.lan).get(f"/cells/{cast.cell.pk}/handover/")
    assert [one in page.text for one in ("Sửa đường ngõ", "Báo cáo việc học tập")] == [True, True]
    assert (page.status_code, str(planned) in page.text, "Trần Thị Lan, bí thư" in page.text) == (200, True, True)
    assert [todo.what for todo in as_user(cast.lan).get("/").context["todos"]].count("Nhận bàn giao") == 0
    new = make_member(
        cast.cell, "Vũ Thị Mới", post=TenureKind.SECRETARY, since=timezone.localdate() - timedelta(3), username="moi"
    )
    assert "Nhận bàn giao: xem những việc còn mở" in [one.what for one in as_user(new).get("/").context["todos"]]


def test_two_leaders_of_whom_one_receives_and_one_sends_back_do_not_both_succeed(cast: Cast, as_user: Any) -> None:
    goes(cast, as_user, cast.hoa)
    mai, shown = cast.account(cast.mai), Member.objects.select_related("organisation").get(pk=cast.hoa.pk)
    as_user(cast.mai).post(f"/members/{cast.hoa.pk}/transfer/", {"to": cast.cell.name, "starts_on": DAY})
    with pytest.raises(Refused, match="vừa chuyển"):
        set_standing(
            shown, shown.organisation, kind=TenureKind.FULL, starts_on=date(2026, 11, 21), by=mai, at=timezone.now()
        )


def test_whoever_was_in_that_cell_before_is_received_anew_too(cast: Cast, as_user: Any) -> None:
    Tenure.objects.create(
        member=cast.hoa, organisation=cast.other_cell, kind="left", starts_on=date(2014, 1, 1), ends_on=date(2014, 2, 1)
    )
    goes(cast, as_user, cast.hoa)
    assert [*arrived(cast.other_cell)] == [cast.hoa]
    assert receives(cast, as_user, cast.hoa).status_code == 302
    assert [*arrived(cast.other_cell)] == []
