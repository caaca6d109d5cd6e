"""The server administrator keeps the tree, people, posts and accounts, through the same actions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory

from members.models import Event, Member, Organisation, Tenure, TenureKind, User
from tests.conftest import Cast

HOME = "/quan-tri/members"
PAPER = {"paper_name": "CHI BỘ MỚI", "symbol": "CB", "number_minutes": "on"}


@pytest.fixture
def desk(as_user: Any, cast: Cast) -> Client:
    return as_user(cast.admin)  # type: ignore[no-any-return]


@pytest.mark.parametrize("page", ["organisation", "member", "tenure", "user"])
def test_the_administrator_finds_lists_forms_and_no_way_to_delete(desk: Client, cast: Cast, page: str) -> None:
    model = {"organisation": Organisation, "member": Member, "tenure": Tenure, "user": User}[page]
    row = model.objects.order_by("pk").first()
    assert row is not None
    base = f"{HOME}/{page}/"
    assert [desk.get(base + tail).status_code for tail in ("", "add/", f"{row.pk}/change/")] == [
        200,
        200,
        200,
    ]
    assert desk.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(base, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert model.objects.filter(pk=row.pk).count() == 1


def test_lan_who_is_secretary_has_no_business_there(as_user: Any, cast: Cast) -> None:
    assert as_user(cast.lan).get(f"{HOME}/organisation/").status_code == 302


def test_nothing_of_a_meeting_is_registered(rf: RequestFactory) -> None:
    assert [model for model in admin.site._registry if model._meta.app_label == "meetings"] == []


def test_a_new_cell_gets_its_place_in_the_tree(desk: Client, cast: Cast) -> None:
    typed = {"parent": cast.ward.pk, "kind": "cell", "name": "Chi bộ Mới", **PAPER}
    assert desk.post(f"{HOME}/organisation/add/", typed).status_code == 302
    cell = Organisation.objects.get(name="Chi bộ Mới")
    assert cell.path == f"{cast.ward.path}{cell.pk}/"
    assert Event.objects.get(cell=cell).actor == cast.admin


def test_a_committee_cannot_be_hung_below_itself(desk: Client, cast: Cast) -> None:
    typed = {"parent": cast.ward.pk, "name": cast.ward.name, **PAPER}
    response = desk.post(f"{HOME}/organisation/{cast.ward.pk}/change/", typed)
    assert list(response.context["adminform"].form.errors) == ["parent"]


def test_a_cell_moves_to_another_committee(desk: Client, cast: Cast) -> None:
    top = cast.ward.parent
    assert top is not None
    typed = {"parent": top.pk, "name": cast.cell.name, **PAPER}
    assert desk.post(f"{HOME}/organisation/{cast.cell.pk}/change/", typed).status_code == 302
    cast.cell.refresh_from_db()
    assert (cast.cell.path, cast.cell.paper_name) == (f"{top.path}{cast.cell.pk}/", "CHI BỘ MỚI")


def test_a_person_comes_with_a_first_standing_or_post(desk: Client, cast: Cast) -> None:
    typed = {
        "organisation": cast.ward.pk,
        "full_name": "Đinh Văn Hải",
        "kind": "superior",
        "starts_on": "2026-01-01",
    }
    assert desk.post(f"{HOME}/member/add/", typed).status_code == 302
    assert list(Tenure.objects.filter(member__full_name="Đinh Văn Hải").values_list("organisation", "kind")) == [
        (cast.ward.pk, "superior")
    ]


def test_the_same_person_twice_is_refused_beside_the_name(desk: Client, cast: Cast) -> None:
    typed = {
        "organisation": cast.cell.pk,
        "full_name": "Nguyễn Thị Hoa",
        "born_on": "1980-05-19",
        "kind": "full",
        "starts_on": "2026-01-01",
    }
    response = desk.post(f"{HOME}/member/add/", typed)
    assert list(response.context["adminform"].form.errors) == ["full_name"]
    assert Member.objects.filter(full_name="Nguyễn Thị Hoa").count() == 1


def test_a_file_moves_to_another_cell_and_the_record_says_so(desk: Client, cast: Cast) -> None:
    typed = {"organisation": cast.other_cell.pk, "full_name": "Nguyễn Thị Hoa", "born_on": "1980-05-19"}
    assert desk.post(f"{HOME}/member/{cast.hoa.pk}/change/", typed).status_code == 302
    cast.hoa.refresh_from_db()
    assert cast.hoa.organisation == cast.other_cell
    changed = Event.objects.get(what="edit_member").data["changed"]
    assert changed["organisation"] == ["Chi bộ Văn phòng", "Chi bộ Tổ dân phố 5"]


def test_a_new_secretary_ends_the_post_of_the_one_before(desk: Client, cast: Cast) -> None:
    typed = {
        "member": cast.hoa.pk,
        "organisation": cast.cell.pk,
        "kind": "secretary",
        "starts_on": "2026-11-01",
    }
    assert desk.post(f"{HOME}/tenure/add/", typed).status_code == 302
    assert cast.lan.tenures.get(kind=TenureKind.SECRETARY).ends_on == date(2026, 10, 31)
    again = desk.post(f"{HOME}/tenure/add/", typed)
    assert (again.status_code, bool(again.context["adminform"].form.errors)) == (200, True)


def test_a_post_ends_on_a_day_and_nothing_else_of_it_changes(desk: Client, cast: Cast) -> None:
    post = cast.lan.tenures.get(kind=TenureKind.SECRETARY)
    typed = {"ends_on": "2026-12-31", "kind": "deputy", "member": cast.hoa.pk}
    assert desk.post(f"{HOME}/tenure/{post.pk}/change/", typed).status_code == 302
    post.refresh_from_db()
    assert (post.ends_on, post.kind, post.member) == (date(2026, 12, 31), "secretary", cast.lan)


def test_an_account_opens_without_a_password_that_anybody_knows(desk: Client, cast: Cast) -> None:
    typed = {"username": "Son.DV", "member": cast.son.pk, "email": ""}
    assert desk.post(f"{HOME}/user/add/", typed).status_code == 302
    account = User.objects.get(member=cast.son)
    assert (account.username, account.has_usable_password(), account.is_staff) == ("son.dv", False, False)


def test_a_closed_account_is_out_on_its_next_request(desk: Client, as_user: Any, cast: Cast) -> None:
    hoa = as_user(cast.hoa)
    account = cast.account(cast.hoa)
    typed = {"username": "hoa", "member": cast.hoa.pk, "email": ""}
    assert hoa.get("/account/").status_code == 200
    assert desk.post(f"{HOME}/user/{account.pk}/change/", typed).status_code == 302
    assert hoa.get("/account/").status_code == 302


def test_whoever_runs_the_server_is_nobodys_member(desk: Client, cast: Cast) -> None:
    account = cast.account(cast.hoa)
    typed = {"username": "hoa", "member": cast.hoa.pk, "email": "", "is_active": "on", "is_staff": "on"}
    response = desk.post(f"{HOME}/user/{account.pk}/change/", typed)
    assert list(response.context["adminform"].form.errors) == ["is_staff"]
    assert cast.account(cast.hoa).is_staff is False


def test_the_form_of_an_account_changes_no_password(desk: Client, cast: Cast) -> None:
    account = cast.account(cast.hoa)
    typed = {"username": "hoa", "member": cast.hoa.pk, "email": "", "is_active": "on", "password": "md5$x$y"}
    assert desk.post(f"{HOME}/user/{account.pk}/change/", typed).status_code == 302
    assert cast.account(cast.hoa).password == account.password
