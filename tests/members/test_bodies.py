"""A body is named, moved and ended by whoever stands above it; what was sealed goes on saying what it said."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from errands.forms import ErrandForm
from meetings.needs import NEEDS, Where, counted, followed_roots
from members import actions as people
from members.bodies import actions
from members.entry.actions.all_slips import first_candidates
from members.models import Event, Member, Organisation, OrganisationKind, Tenure, TenureKind, User
from members.refusal import Refused
from tests.factories import NOW, make_cell, make_committee, make_member, new_key

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import Cast

PAPER: dict[str, Any] = {"document": "12-QĐ/ĐU", "document_date": date(2026, 11, 1)}
TYPED = {"document": "12-QĐ/ĐU", "document_date": "01/11/2026"}
PAPERS = {"place_name": "Hoa Sen", "symbol": "CB", "number_minutes": "on"}


def move(body: Organisation, to: str, by: User) -> Organisation:
    return actions.move_body(body, to=to, superior_line="ĐẢNG BỘ MỚI", **PAPER, by=by, at=NOW)


def leave(cell: Organisation, day: str) -> None:
    """As if everybody had gone, in whatever order."""
    Tenure.objects.filter(organisation=cell).update(ends_on=date.fromisoformat(day))


def test_a_committee_names_itself_anew_and_the_line_of_its_cells_follows_where_it_was_written_so(
    cast: Cast, as_user: Any
) -> None:
    Organisation.objects.filter(pk=cast.cell.pk).update(superior_line=cast.ward.paper_name)
    Organisation.objects.filter(pk=cast.other_cell.pk).update(superior_line="ĐẢNG BỘ KHÁC")
    typed = {**PAPERS, "name": "Đảng uỷ phường Mới", "paper_name": "ĐẢNG UỶ PHƯỜNG MỚI", "also_below": "on"}
    page = as_user(cast.phuc)
    assert "1 tổ chức trực thuộc đang ghi" in page.get(f"/bodies/{cast.ward.pk}/").text
    assert page.post(f"/bodies/{cast.ward.pk}/", typed).status_code == 302
    lines = {one.pk: one.superior_line for one in Organisation.objects.cells()}
    assert lines == {cast.cell.pk: "ĐẢNG UỶ PHƯỜNG MỚI", cast.other_cell.pk: "ĐẢNG BỘ KHÁC"}
    told = Event.objects.get(what="edit_organisation")
    assert (told.actor, told.data["changed"]["name"][1]) == (cast.phuc, "Đảng uỷ phường Mới")
    assert Event.objects.get(what="edit_superior_line").thing_pk == cast.cell.pk


def test_leaders_write_what_their_papers_say_and_name_the_cell_only_where_nobody_above_does(
    cast: Cast, as_user: Any
) -> None:
    lan, address = as_user(cast.lan), f"/bodies/{cast.cell.pk}/"
    typed = {**PAPERS, "symbol": "CBVP", "name": "Chi bộ Tự Đặt", "paper_name": "CHI BỘ TỰ ĐẶT"}
    assert lan.post(address, typed).status_code == 302
    assert Organisation.objects.get(pk=cast.cell.pk).name == "Chi bộ Tự Đặt"
    User.objects.filter(pk=cast.phuc.pk).update(last_login=timezone.now())
    assert lan.post(address, {**typed, "name": "Chi bộ Lần Nữa", "symbol": "CB2"}).status_code == 302
    cell = Organisation.objects.get(pk=cast.cell.pk)
    assert (cell.name, cell.symbol) == ("Chi bộ Tự Đặt", "CB2")
    with pytest.raises(Refused, match="do cấp trên ghi"):
        actions.edit_body(cell, fields={"name": "Chi bộ Khác"}, by=cast.account(cast.lan), at=NOW)


def test_a_second_body_of_the_same_name_below_one_committee_is_refused_beside_the_name(
    cast: Cast, as_user: Any
) -> None:
    typed = {**PAPERS, "name": cast.other_cell.name.upper(), "paper_name": "X"}
    refused = as_user(cast.admin).post(f"/bodies/{cast.cell.pk}/", typed)
    assert (refused.status_code, "đã có tổ chức trực thuộc tên này" in refused.text) == (422, True)
    added = as_user(cast.phuc).post(f"/bodies/{cast.ward.pk}/add/", {"kind": "cell", "name": cast.cell.name})
    assert (added.status_code, Organisation.objects.cells().count()) == (422, 2)


def test_one_body_is_added_below_a_committee_once_however_often_the_button_is_pressed(cast: Cast, as_user: Any) -> None:
    phuc, typed = as_user(cast.phuc), {"kind": "cell", "name": "Chi bộ Tổ dân phố 9", "key": new_key()}
    assert [phuc.post(f"/bodies/{cast.ward.pk}/add/", typed).status_code for _ in range(2)] == [302, 302]
    made = Organisation.objects.get(name="Chi bộ Tổ dân phố 9")
    assert (made.path, made.superior_line) == (f"{cast.ward.path}{made.pk}/", cast.ward.paper_name)
    with pytest.raises(Refused, match="Chi bộ không có tổ chức trực thuộc"):
        actions.add_body(cast.cell, kind=OrganisationKind.CELL, name="Chi bộ Con", by=cast.admin, at=NOW)


def test_a_body_goes_below_another_committee_with_all_below_it_and_a_loop_is_refused(cast: Cast, as_user: Any) -> None:
    part = make_committee("Đảng uỷ bộ phận", cast.ward)
    make_cell(part, "Chi bộ Trong Bộ Phận")
    far = make_committee("Đảng uỷ xã Hướng Dương")
    for to in (part, cast.ward):
        with pytest.raises(Refused, match="không thể trực thuộc"):
            move(Organisation.objects.get(pk=cast.ward.pk), to.name, cast.admin)
    typed = {"to": "đảng uỷ xã hướng dương", "superior_line": "ĐẢNG BỘ XÃ HƯỚNG DƯƠNG", **TYPED}
    assert as_user(cast.admin).post(f"/bodies/{part.pk}/move/", typed).status_code == 302
    moved = Organisation.objects.get(pk=part.pk)
    assert (moved.path, moved.superior_line) == (f"{far.path}{part.pk}/", "ĐẢNG BỘ XÃ HƯỚNG DƯƠNG")
    assert {one.path.startswith(moved.path) for one in Organisation.objects.filter(parent=part)} == {True}
    assert not Organisation.objects.seen_from([cast.ward.path]).filter(pk=part.pk).exists()
    told = Event.objects.get(what="move_body")
    assert (told.thing_pk, told.data["to"], told.data["document"]) == (part.pk, far.pk, "12-QĐ/ĐU")
    assert Event.objects.get(what="receive_body").thing_pk == far.pk


def test_whoever_follows_moves_nothing_out_of_their_own_tree_and_not_the_body_they_stand_in(
    cast: Cast, as_user: Any
) -> None:
    make_committee("Đảng uỷ xã Hướng Dương")
    with pytest.raises(Refused, match="Không thấy cấp uỷ tên ấy trong phạm vi"):
        move(Organisation.objects.get(pk=cast.cell.pk), "Đảng uỷ xã Hướng Dương", cast.phuc)
    with pytest.raises(PermissionDenied):
        move(Organisation.objects.get(pk=cast.ward.pk), "Đảng uỷ xã Hướng Dương", cast.phuc)
    with pytest.raises(PermissionDenied):
        move(Organisation.objects.get(pk=cast.cell.pk), cast.ward.name, cast.account(cast.lan))


def test_a_body_ends_only_when_nothing_is_left_in_it_and_then_nobody_asks_anything_of_it(
    cast: Cast, planned: Meeting, as_user: Any
) -> None:
    phuc, address = as_user(cast.phuc), f"/bodies/{cast.cell.pk}/close/"
    typed = {"closed_on": "20/11/2026", **TYPED}
    refused = phuc.post(address, typed)
    for left in ("đảng viên còn tư cách", "chức vụ chưa ghi ngày thôi", "1 buổi họp đang chuẩn bị"):
        assert left in refused.text
    assert refused.status_code == 422
    leave(cast.cell, "2026-11-19")
    type(planned).objects.filter(pk=planned.pk).update(state="cancelled")
    where = Where((cast.ward,), date(2026, 11, 20), date(2026, 11, 1))
    asked = [NEEDS["no-secretary"]]
    before = counted(where, asked)[0].number
    assert phuc.post(address, typed).status_code == 302
    cell = Organisation.objects.get(pk=cast.cell.pk)
    assert (cell.closed_on, cell.close_document) == (date(2026, 11, 20), "12-QĐ/ĐU")
    assert counted(where, asked)[0].number == before - 1
    person = {"full_name": "Cao Văn Mới"}
    with pytest.raises(Refused, match="đã kết thúc hoạt động"):
        people.add_member(
            cell, person=person, standing=TenureKind.FULL, starts_on=date(2026, 11, 21), by=cast.admin, at=NOW
        )
    assert phuc.post(address, {"reopen": "1"}).status_code == 302
    assert Organisation.objects.get(pk=cast.cell.pk).closed_on is None
    assert [one.what for one in Event.objects.of(cell).order_by("-number")[:2]] == ["reopen_body", "close_body"]


def test_a_committee_records_who_follows_from_it_a_member_of_a_cell_or_somebody_of_its_own(
    cast: Cast, as_user: Any
) -> None:
    address, when = f"/bodies/{cast.ward.pk}/followers/", {"starts_on": "02/11/2026", **TYPED}
    phuc = as_user(cast.phuc)
    assert phuc.post(address, {"full_name": "nguyễn thị hoa", "cell": cast.cell.name, **when}).status_code == 302
    assert phuc.post(address, {"full_name": "Bùi Thị Mới", **when}).status_code == 302
    follow = Tenure.objects.filter(organisation=cast.ward, kind=TenureKind.SUPERIOR, document="12-QĐ/ĐU")
    kept = {(one.member.full_name, one.member.organisation_id) for one in follow}
    assert kept == {("Nguyễn Thị Hoa", cast.cell.pk), ("Bùi Thị Mới", cast.ward.pk)}
    assert cast.account(cast.hoa).superior_paths == [cast.ward.path]
    twice = phuc.post(address, {"full_name": "Bùi Thị Mới", **when})
    nobody = phuc.post(address, {"full_name": "Không Có Ai", "cell": cast.cell.name, **when})
    assert [twice.status_code, nobody.status_code] == [422, 422]
    assert "đang theo dõi" in twice.text
    assert "Không thấy đồng chí tên ấy" in nobody.text
    assert Member.objects.filter(organisation=cast.ward, full_name="Bùi Thị Mới").count() == 1


def test_the_last_who_follows_from_a_committee_does_not_go_without_a_word(cast: Cast, as_user: Any) -> None:
    post = Tenure.objects.get(organisation=cast.ward, kind=TenureKind.SUPERIOR)
    admin, typed = as_user(cast.admin), {"ends_on": "20/11/2026", **TYPED}
    asked = admin.post(f"/posts/{post.pk}/end/", typed)
    assert (asked.status_code, "không còn ai theo dõi" in asked.text) == (422, True)
    assert admin.post(f"/posts/{post.pk}/end/", {**typed, "knowing": "on"}).status_code == 302
    post.refresh_from_db()
    assert post.ends_on == date(2026, 11, 20)


def test_the_administrator_gives_the_first_secretary_a_file_a_post_and_an_account_without_djangos_pages(
    cast: Cast, as_user: Any
) -> None:
    cell, admin = make_cell(cast.ward, "Chi bộ Mới Lập"), as_user(cast.admin)
    person = {"full_name": "Vũ Thị Đầu", "kind": "full", "starts_on": "01/11/2020", "has_device": "on"}
    assert admin.post(f"/cells/{cell.pk}/members/add/", person).status_code == 302
    first = Member.objects.get(full_name="Vũ Thị Đầu")
    post = {"member": first.pk, "kind": "secretary", "starts_on": "01/11/2025", **TYPED}
    assert admin.post(f"/cells/{cell.pk}/posts/", post).status_code == 302
    assert admin.post(f"/members/{first.pk}/account/", {"username": "vu.dau"}).status_code == 302
    assert "Phiếu đăng nhập" in admin.post(f"/members/{first.pk}/slip/", {"key": new_key()}).text
    assert {one.actor for one in Event.objects.of(first)} == {cast.admin}
    assert admin.get(f"/cells/{cell.pk}/members/").status_code == 404
    found = admin.get("/server/people/?ten=vu dau").text
    assert ("Vũ Thị Đầu" in found, "Trần Thị Lan" in found) == (True, False)


def test_an_account_is_locked_and_opened_by_the_administrator_who_cannot_lock_themselves_out(
    cast: Cast, as_user: Any
) -> None:
    admin, hoa = as_user(cast.admin), cast.account(cast.hoa)
    assert admin.post(f"/server/accounts/{hoa.pk}/", {"username": "hoa"}).status_code == 302
    hoa.refresh_from_db()
    assert (hoa.is_active, hoa.has_news) == (False, True)
    taken = admin.post(f"/server/accounts/{hoa.pk}/", {"username": "LAN", "is_active": "on"})
    assert (taken.status_code, "đã có người dùng" in taken.text) == (422, True)
    own = admin.post(f"/server/accounts/{cast.admin.pk}/", {"username": "quantri"})
    assert (own.status_code, "Không ai tự khoá" in own.text) == (422, True)


def test_what_is_called_by_a_number_stands_in_the_order_of_numbers_wherever_bodies_are_listed(
    cast: Cast, as_user: Any
) -> None:
    """Founded in no order at all, and by whichever database."""
    above = make_committee("Đảng bộ xã", cast.ward)
    for name in ("Đảng bộ 10", "Đảng bộ 9", "Đảng bộ 11"):
        make_committee(name, above)
    cells = [make_cell(above, f"Chi bộ {number}") for number in (10, 2, 100, 9)]
    for cell in cells:
        make_member(cell, f"Lê Văn {cell}", post=TenureKind.SECRETARY)

    def listed(address: str, who: User) -> list[str]:
        return re.findall(r">\s*((?:Chi|Đảng) bộ \d+)\b", as_user(who).get(address).text)

    bodies, numbered = ["Đảng bộ 9", "Đảng bộ 10", "Đảng bộ 11"], [f"Chi bộ {number}" for number in (2, 9, 10, 100)]
    assert listed(f"/bodies/{above.pk}/", cast.phuc) == [*bodies, *numbered]
    kinds = re.findall(r'data-label="Loại">([^<,]+)', as_user(cast.phuc).get(f"/bodies/{above.pk}/").text)
    assert kinds == ["Cấp uỷ"] * 3 + ["Chi bộ"] * 4  # whoever looks from above sees no "cấp trên" below
    assert listed(f"{reverse('needs')}?of={above.pk}", cast.phuc) == bodies
    assert listed(reverse("server-bodies"), cast.admin)[:7] == [*numbered, *bodies]
    offered = [one.member.organisation.name for one in first_candidates(above, cast.phuc, timezone.now())]
    assert offered == numbered
    choices: Any = ErrandForm(cells=cells).fields["cells"]
    assert [name for _, name in choices.choices] == numbered


def test_whoever_follows_several_committees_has_them_in_the_order_of_numbers(cast: Cast, as_user: Any) -> None:
    """By whatever post came first."""
    bodies = [make_committee(f"Đảng bộ {number}", cast.ward) for number in (10, 9, 11)]
    thu = make_member(cast.cell, "Lê Thị Thu", username="thu")
    for body in bodies:
        Tenure.objects.create(member=thu, organisation=body, kind=TenureKind.SUPERIOR, starts_on=date(2026, 1, 1))
    user = cast.account(thu)
    numbered = ["Đảng bộ 9", "Đảng bộ 10", "Đảng bộ 11"]
    assert [one.name for one in followed_roots(user)[0]] == numbered
    page = as_user(user).get("/inspections/").text
    assert sorted(numbered, key=page.index) == numbered
