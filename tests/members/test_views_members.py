"""The list of the cell, a member's file, standing, account and slip: who may, and what happens."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
import segno
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from members import actions
from members.models import Event, Member, Organisation, SignInSlip, Tenure, TenureKind, User
from tests.conftest import Cast
from tests.factories import LONG_AGO, NOW, make_member

PAGES = ("list", "add", "edit")
BUTTONS = ("standing", "account", "slip")


def _address(cast: Cast, page: str) -> str:
    if page in ("list", "add"):
        return f"/cells/{cast.cell.pk}/members/{'add/' if page == 'add' else ''}"
    return f"/members/{cast.hoa.pk}/{'' if page == 'edit' else page + '/'}"


def _rows() -> list[list[dict[str, Any]]]:
    tables = (Organisation, Member, Tenure, SignInSlip, Event)
    accounts = User.objects.order_by("pk").values("pk", "username", "password", "email", "member")
    return [*(list(table.objects.order_by("pk").values()) for table in tables), list(accounts)]


NEW_MEMBER = {
    "full_name": "Vũ Thị Ngọc",
    "kind": "probationary",
    "starts_on": "2026-11-01",
    "has_device": "on",
}


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("lan", [200, 200, 200]),
        ("hoa", [200, 403, 403]),
        ("tuan", [200, 403, 403]),
        ("kha", [404, 404, 404]),
        ("mai", [404, 404, 404]),
        ("phuc", [403, 403, 404]),
        ("admin", [404, 200, 200]),  # files, where nobody leads yet; never the list as the cell sees it
        ("nobody", [302, 302, 302]),
    ],
)
def test_who_sees_which_page(as_user: Any, cast: Cast, who: str, statuses: list[int]) -> None:
    client = Client() if who == "nobody" else as_user(getattr(cast, who))
    assert [client.get(_address(cast, page)).status_code for page in PAGES] == statuses


@pytest.mark.parametrize(
    ("who", "status"),
    [("hoa", 403), ("kha", 404), ("mai", 404), ("phuc", 404), ("nobody", 401)],
)
@pytest.mark.parametrize("page", ["add", "edit", *BUTTONS])
def test_whoever_may_not_changes_nothing(as_user: Any, cast: Cast, who: str, status: int, page: str) -> None:
    client = Client() if who == "nobody" else as_user(getattr(cast, who))
    before = _rows()
    typed = {**NEW_MEMBER, "username": "ngoc.vt"}
    if (who, page) == ("phuc", "add"):
        status = 403  # whoever follows the cell knows that it is there, but not who is in it
    assert (client.post(_address(cast, page), typed).status_code, _rows() == before) == (status, True)


def test_looking_changes_nothing(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    before = _rows()
    statuses = [lan.get(_address(cast, page)).status_code for page in (*PAGES, *BUTTONS)]
    assert (statuses, _rows() == before) == ([200, 200, 200, 405, 405, 405], True)


def test_a_page_of_another_cell_looks_like_one_that_does_not_exist(as_user: Any, cast: Cast) -> None:
    mai = as_user(cast.mai)
    bodies = [mai.get(f"/members/{pk}/").content for pk in (cast.hoa.pk, 999_999)]
    assert len({re.sub(rb'X-CSRFToken": "[^"]+|token" value="[^"]+', b"", body) for body in bodies}) == 1


def test_hoa_who_leaves_sees_nothing_on_her_next_request(as_user: Any, cast: Cast) -> None:
    hoa = as_user(cast.hoa)
    assert hoa.get(_address(cast, "list")).status_code == 200
    today = timezone.localdate()
    actions.set_standing(cast.hoa, cast.cell, kind=TenureKind.LEFT, starts_on=today, by=None, at=NOW)
    assert hoa.get(_address(cast, "list")).status_code == 404


def test_members_see_names_standing_and_posts_and_no_birthdays(as_user: Any, cast: Cast) -> None:
    seen = {who: as_user(getattr(cast, who)).get(_address(cast, "list")).text for who in ("lan", "hoa")}
    parts = ("Đỗ Văn Sơn", "Đảng viên dự bị", "Bí thư", "19/05/1980", "Không dùng máy", "Bùi Văn Kha")
    assert [part in seen["lan"] for part in parts] == [True] * 6
    assert [part in seen["hoa"] for part in parts] == [True, True, True, False, False, False]
    assert f'href="/members/{cast.hoa.pk}/"' not in seen["hoa"]


def test_the_list_costs_the_same_with_one_member_more(as_user: Any, cast: Cast, django_assert_num_queries: Any) -> None:
    hoa = as_user(cast.hoa)
    hoa.get(_address(cast, "list"))  # the first page of a visit also notes when somebody was last seen
    for name in ("", "Vũ Thị Ngọc", "Vũ Thị Nga"):
        if name:
            make_member(cast.cell, name)
        with django_assert_num_queries(4):
            hoa.get(_address(cast, "list"))


def test_a_guest_from_another_cell_is_on_the_list_but_her_file_is_not_ours(as_user: Any, cast: Cast) -> None:
    Tenure.objects.create(member=cast.mai, organisation=cast.cell, kind=TenureKind.TEMPORARY_IN, starts_on=LONG_AGO)
    lan = as_user(cast.lan)
    html = lan.get(_address(cast, "list")).text
    assert ("Phạm Thanh Mai" in html, f"/members/{cast.mai.pk}/" in html) == (True, False)
    assert [
        lan.get(f"/members/{cast.mai.pk}/").status_code,
        lan.post(f"/members/{cast.mai.pk}/", NEW_MEMBER).status_code,
        lan.post(f"/members/{cast.mai.pk}/slip/").status_code,
    ] == [404, 404, 404]


def test_lan_enters_a_new_member_once_however_often_she_clicks(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    answers = [lan.post(_address(cast, "add"), NEW_MEMBER) for _ in range(2)]
    ngoc = Member.objects.get(full_name="Vũ Thị Ngọc")
    assert [response.status_code for response in answers] == [302, 422]
    assert answers[0]["Location"] == f"/members/{ngoc.pk}/"
    assert list(ngoc.tenures.values_list("organisation", "kind", "starts_on", "ends_on")) == [
        (cast.cell.pk, "probationary", date(2026, 11, 1), None)
    ]
    assert list(answers[1].context["form"].errors) == ["full_name"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"full_name": ""}, ["full_name"]),
        ({"full_name": "a" * 100_000}, ["full_name"]),
        ({"full_name": "Vũ\x00Ngọc"}, ["full_name"]),
        ({"born_on": "1899-01-01"}, ["born_on"]),
        ({"born_on": "1990-01-01", "admitted_on": "1980-01-01"}, ["admitted_on"]),
        ({"starts_on": ""}, ["starts_on"]),
        ({"kind": "secretary"}, ["kind"]),
        ({"kind": "left"}, ["kind"]),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays_typed(
    as_user: Any, cast: Cast, changes: dict[str, str], fields: list[str]
) -> None:
    before = _rows()
    response = as_user(cast.lan).post(_address(cast, "add"), {**NEW_MEMBER, "official_on": "2020-02-02", **changes})
    assert (response.status_code, list(response.context["form"].errors)) == (422, fields)
    assert ('value="2020-02-02"' in response.text, _rows() == before) == (True, True)


def test_a_name_is_text_and_never_markup(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    page = lan.post(_address(cast, "add"), {**NEW_MEMBER, "full_name": "<script>alert(1)</script>"})["Location"]
    actions.open_account(Member.objects.latest("pk"), username="script", by=None, at=NOW)
    lists = [as_user(who).get(_address(cast, "list")) for who in (cast.lan, cast.hoa)]
    pages = [*lists, lan.get(page), lan.post(f"{page}slip/")]
    assert ["<script>alert" in response.text for response in pages] == [False] * 4
    assert ["&lt;script&gt;alert" in response.text for response in pages] == [True] * 4


def test_lan_corrects_a_file_and_cannot_move_it(as_user: Any, cast: Cast) -> None:
    typed = {
        "full_name": "Nguyễn Thị Hoà",
        "born_on": "1981-02-03",
        "organisation": cast.other_cell.pk,
        "id": 1,
    }
    assert as_user(cast.lan).post(_address(cast, "edit"), typed).status_code == 302
    cast.hoa.refresh_from_db()
    assert (cast.hoa.full_name, cast.hoa.born_on, cast.hoa.has_device, cast.hoa.organisation) == (
        "Nguyễn Thị Hoà",
        date(1981, 2, 3),
        False,
        cast.cell,
    )


def test_a_broken_correction_is_shown_and_not_kept(as_user: Any, cast: Cast) -> None:
    response = as_user(cast.lan).post(_address(cast, "edit"), {"full_name": "Nguyễn Thị Hoà", "born_on": "1899-01-01"})
    assert (response.status_code, 'value="Nguyễn Thị Hoà"' in response.text) == (422, True)
    cast.hoa.refresh_from_db()
    assert cast.hoa.full_name == "Nguyễn Thị Hoa"


def test_a_standing_is_changed_from_a_day_and_a_second_click_changes_nothing(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    typed = {"kind": "exempt", "starts_on": "2026-06-01"}
    assert [lan.post(_address(cast, "standing"), typed).status_code for _ in range(2)] == [302, 302]
    assert list(cast.hoa.tenures.values_list("kind", "starts_on", "ends_on")) == [
        ("exempt", date(2026, 6, 1), None),
        ("full", LONG_AGO, date(2026, 5, 31)),
    ]


def test_a_standing_before_the_last_one_is_refused_beside_its_day(as_user: Any, cast: Cast) -> None:
    response = as_user(cast.lan).post(_address(cast, "standing"), {"kind": "exempt", "starts_on": "2014-01-01"})
    assert (response.status_code, response.context["standing_form"].errors) == (
        422,
        {"starts_on": ["Đã có tư cách ghi từ ngày này hoặc sau ngày này."]},
    )


def test_an_account_is_opened_and_its_slip_printed_and_used(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    page = f"/members/{cast.son.pk}/"
    assert 'value="son.dv"' in lan.get(page).text
    assert [lan.post(f"{page}account/", {"username": "son.dv"}).status_code for _ in range(2)] == [302, 302]
    paper = lan.post(f"{page}slip/")
    code = paper.context["slip"].code
    assert (paper.status_code, paper["Cache-Control"], paper.text.count(code)) == (200, "no-store", 1)
    picture = segno.make(f"http://testserver/slip/#{code}", error="m").svg_data_uri(scale=4, border=2)
    assert (paper.context["slip"].picture, escape(picture) in paper.text) == (picture, True)
    new = "bốn từ hoàn toàn mới"
    assert Client().post("/slip/", {"code": code, "password": new, "again": new}).status_code == 302
    assert User.objects.get(member=cast.son).check_password(new)


def test_a_taken_user_name_is_refused_beside_its_field(as_user: Any, cast: Cast) -> None:
    response = as_user(cast.lan).post(f"/members/{cast.son.pk}/account/", {"username": "MAI"})
    assert (response.status_code, response.context["account_form"].errors) == (
        422,
        {"username": ["Tên đăng nhập này đã có người dùng."]},
    )


def test_without_an_account_there_is_no_slip(as_user: Any, cast: Cast) -> None:
    response = as_user(cast.lan).post(f"/members/{cast.son.pk}/slip/", follow=True)
    assert [str(message) for message in response.context["messages"]] == [
        "Đồng chí này chưa có tài khoản. Hãy mở tài khoản trước."
    ]
    assert SignInSlip.objects.count() == 0


def test_two_clicks_print_two_slips_and_only_the_last_one_works(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    codes = [lan.post(_address(cast, "slip")).context["slip"].code for _ in range(2)]
    new = "bốn từ hoàn toàn mới"
    answers = [Client().post("/slip/", {"code": code, "password": new, "again": new}) for code in codes]
    assert [response.status_code for response in answers] == [422, 302]


def test_after_one_the_next_is_added_with_the_same_standing_and_day(as_user: Any, cast: Cast) -> None:
    lan, address = as_user(cast.lan), _address(cast, "add")
    assert lan.get(address).context["form"]["starts_on"].value() is None  # nobody stands as of today without a word
    done = lan.post(address, {**NEW_MEMBER, "again": "1"}, follow=True)
    form = done.context["form"]
    assert ("Đã thêm đồng chí Vũ Thị Ngọc" in done.text, form["kind"].value(), form["starts_on"].value()) == (
        True, "probationary", "01/11/2026",
    )  # fmt: skip
