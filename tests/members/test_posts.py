"""Posts are given by the committee above, or by the cell's leaders on a document; nobody vanishes without a word."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from members.models import Event, Tenure, TenureKind, User
from tests.factories import LONG_AGO, make_cell, make_member

if TYPE_CHECKING:
    from tests.conftest import Cast

PAPER = {"document": "12-QĐ/ĐU", "document_date": "15/06/2025"}


def giving(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {"member": cast.hoa.pk, "kind": "deputy", "starts_on": "01/07/2025", **PAPER, **changes}


def follows(cast: Cast) -> User:
    User.objects.filter(pk=cast.phuc.pk).update(last_login=timezone.now())
    return cast.phuc


def held(cast: Cast) -> set[tuple[str, str]]:
    rows = Tenure.objects.posts().on(timezone.localdate()).filter(organisation=cast.cell)
    return {(str(one.member), one.kind) for one in rows}


def test_the_committee_above_gives_a_post_with_its_document_and_the_cell_reads_who_did_it(
    cast: Cast, as_user: Any
) -> None:
    phuc = as_user(follows(cast))
    assert phuc.post(f"/cells/{cast.cell.pk}/posts/", giving(cast)).status_code == 302
    post = Tenure.objects.get(member=cast.hoa, kind="deputy")
    assert (post.starts_on, post.document, post.document_date) == (date(2025, 7, 1), "12-QĐ/ĐU", date(2025, 6, 15))
    assert Event.objects.get(what="appoint", thing_pk=cast.hoa.pk).actor == cast.phuc
    assert "12-QĐ/ĐU" in as_user(cast.lan).get(f"/cells/{cast.cell.pk}/posts/").text


def test_whoever_is_on_probation_is_given_a_post_only_knowingly(cast: Cast, as_user: Any) -> None:
    phuc, address = as_user(follows(cast)), f"/cells/{cast.cell.pk}/posts/"
    asked = phuc.post(address, giving(cast, member=cast.tuan.pk))
    assert (asked.status_code, "đảng viên dự bị không có quyền ứng cử" in asked.text) == (422, True)
    assert ("Lê Anh Tuấn", "deputy") not in held(cast)
    assert phuc.post(address, giving(cast, member=cast.tuan.pk, knowing="on")).status_code == 302
    assert ("Lê Anh Tuấn", "deputy") in held(cast)


def test_where_somebody_above_uses_the_program_the_secretary_is_told_who_gives_posts(cast: Cast, as_user: Any) -> None:
    follows(cast)
    lan = as_user(cast.lan)
    refused = lan.post(f"/cells/{cast.cell.pk}/posts/", giving(cast))
    assert (refused.status_code, "do cấp trên ghi" in refused.text) == (422, True)
    assert "Ghi chức vụ</button>" not in lan.get(f"/cells/{cast.cell.pk}/posts/").text
    assert held(cast) == {("Trần Thị Lan", "secretary")}


def test_where_nobody_above_does_the_secretary_records_a_document_and_nobody_else_of_the_cell_may(
    cast: Cast, as_user: Any
) -> None:
    cell = make_cell(cast.ward.parent, name="Chi bộ Riêng")
    head = make_member(cell, "Vũ Thị Riêng", post=TenureKind.SECRETARY, username="rieng")
    other = make_member(cell, "Vũ Văn Khác", username="khac")
    address = f"/cells/{cell.pk}/posts/"
    form = {**giving(cast), "member": other.pk}
    assert as_user(other).post(address, form).status_code == 403
    assert as_user(cast.mai).post(address, form).status_code == 404
    assert as_user(head).post(address, form).status_code == 302
    assert Event.objects.filter(what="appoint", thing_pk=other.pk, actor__member=head).exists()


def test_a_new_secretary_begins_the_day_after_the_one_before_has_ended(cast: Cast, as_user: Any) -> None:
    phuc, address = as_user(follows(cast)), f"/cells/{cast.cell.pk}/posts/"
    early = phuc.post(address, giving(cast, kind="secretary", starts_on=f"{LONG_AGO:%d/%m/%Y}"))
    assert list(early.context["form"].errors) == ["starts_on"]
    assert phuc.post(address, giving(cast, kind="secretary")).status_code == 302
    assert held(cast) == {("Nguyễn Thị Hoa", "secretary")}
    assert Tenure.objects.get(member=cast.lan, kind="secretary").ends_on == date(2025, 6, 30)


def test_the_only_secretary_does_not_vanish_without_a_question_and_the_deputy_finds_it_at_home(
    cast: Cast, as_user: Any
) -> None:
    phuc, address = as_user(follows(cast)), f"/cells/{cast.cell.pk}/posts/"
    post = Tenure.objects.get(member=cast.lan, kind="secretary")
    end, last = f"/posts/{post.pk}/end/", {"ends_on": "30/09/2025", **PAPER}
    alone = phuc.post(end, last)
    assert (alone.status_code, "không ai gọi họp" in alone.text) == (422, True)
    phuc.post(address, giving(cast))
    led = phuc.post(end, last)
    assert "phó bí thư phụ trách là đồng chí Nguyễn Thị Hoa" in led.text
    assert phuc.post(end, {**last, "knowing": "on"}).status_code == 302
    post.refresh_from_db()
    assert (post.ends_on, post.end_document) == (date(2025, 9, 30), "12-QĐ/ĐU")
    assert "phó bí thư phụ trách" in phuc.get(address).text
    assert "Ghi bí thư mới của chi bộ" in [one.what for one in as_user(cast.hoa).get("/").context["todos"]]


BAD = {
    "nobody": ({"member": ""}, "member"),
    "somebody of another cell": ({"member": "other"}, "member"),
    "a post that is none of a cell": ({"kind": "superior"}, "kind"),
    "a standing": ({"kind": "full"}, "kind"),
    "no day": ({"starts_on": ""}, "starts_on"),
    "a day that is none": ({"starts_on": "31/02/2025"}, "starts_on"),
    "before the person came": ({"starts_on": "01/01/2001"}, "member"),
    "no document": ({"document": " "}, "document"),
    "a document of tomorrow": ({"document_date": "01/01/2100"}, "document_date"),
    "a document without a day": ({"document_date": ""}, "document_date"),
    "held already": ({"member": "lan", "kind": "secretary"}, "kind"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_said_beside_its_field_and_gives_nothing(cast: Cast, as_user: Any, what: str) -> None:
    changes, field = BAD[what]
    people = {"other": cast.mai.pk, "lan": cast.lan.pk}
    changes = {name: str(people.get(value, value)) for name, value in changes.items()}
    refused = as_user(follows(cast)).post(f"/cells/{cast.cell.pk}/posts/", giving(cast, **changes))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, [field])
    assert held(cast) == {("Trần Thị Lan", "secretary")}


def test_a_post_cannot_end_before_it_began(cast: Cast, as_user: Any) -> None:
    post = Tenure.objects.get(member=cast.lan, kind="secretary")
    typed = {"ends_on": "01/01/2001", "knowing": "on", **PAPER}
    refused = as_user(follows(cast)).post(f"/posts/{post.pk}/end/", typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["ends_on"])


def test_a_standing_is_no_post_and_is_not_ended_there(cast: Cast, as_user: Any) -> None:
    standing = Tenure.objects.get(member=cast.lan, kind="full")
    assert as_user(follows(cast)).get(f"/posts/{standing.pk}/end/").status_code == 404


def test_a_deputy_is_put_in_charge_by_a_document_while_nobody_is_secretary(cast: Cast, as_user: Any) -> None:
    phuc, address = as_user(follows(cast)), f"/cells/{cast.cell.pk}/posts/"
    assert phuc.post(address, giving(cast)).status_code == 302
    charge = giving(cast, kind="in_charge", starts_on="01/10/2025", document="15-QĐ/ĐU")
    refused = phuc.post(address, charge)
    assert (refused.status_code, "chi bộ có bí thư" in refused.text) == (422, True)
    Tenure.objects.filter(organisation=cast.cell, kind="secretary").update(ends_on=date(2025, 9, 30))
    assert phuc.post(address, charge).status_code == 302
    deputies = Tenure.objects.filter(member=cast.hoa, kind="deputy").order_by("starts_on")
    assert [(one.in_charge, one.ends_on, one.end_document) for one in deputies] == [
        (False, date(2025, 9, 30), "15-QĐ/ĐU"),
        (True, None, ""),
    ]
    assert "được giao phụ trách là đồng chí Nguyễn Thị Hoa, theo 15-QĐ/ĐU" in phuc.get(address).text
    assert phuc.post(address, charge).status_code == 302  # the same once more changes nothing
    assert deputies.count() == 2
