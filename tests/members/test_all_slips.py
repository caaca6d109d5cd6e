"""Slips for many in one go: accounts for those without one, codes shown once, nobody who has come in is among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members.entry.actions import slips
from members.entry.actions.all_slips import candidates
from members.models import Event, SignInSlip, User
from tests.factories import make_member

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import Cast

NEW_PASSWORD = "con trâu đi trước cái cày"


def page_of(cast: Cast) -> str:
    return reverse("all-slips", args=[cast.cell.pk])


def print_for(lan: Client, cast: Cast, *people: Any, **more: Any) -> Any:
    return lan.post(page_of(cast), {"member": [one.pk for one in people], "key": str(uuid4()), **more})


def test_whoever_has_come_in_and_whoever_prints_are_not_among_them(cast: Cast) -> None:
    User.objects.filter(member=cast.tuan).update(last_login=timezone.now())
    found = {one.member: one.proposed for one in candidates(cast.cell, cast.account(cast.lan), timezone.now())}
    assert found == {cast.hoa: True, cast.son: False}  # Sơn uses no device: a slip only where somebody ticks him


def test_each_gets_an_account_and_a_code_that_works(as_user: Any, client: Client, cast: Cast) -> None:
    namesakes = [make_member(cast.cell, "Vũ Thị Ngọc"), make_member(cast.cell, "Vũ Thu Ngọc")]
    answer = print_for(as_user(cast.lan), cast, cast.hoa, *namesakes)
    printed = {slip.owner.username: slip.code for slip in answer.context["slips"]}
    assert ({*printed}, answer["Cache-Control"]) == (
        {cast.account(cast.hoa).username, "ngoc.vt", "ngoc.vt2"},
        "no-store",
    )
    assert [code in answer.text for code in printed.values()] == [True] * 3
    used = {"code": printed["ngoc.vt2"], "password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post("/slip/", used).status_code == 302
    assert User.objects.get(username="ngoc.vt2").check_password(NEW_PASSWORD)


def test_the_same_press_again_prints_nothing_and_the_first_paper_stays_good(as_user: Any, cast: Cast) -> None:
    lan, key = as_user(cast.lan), str(uuid4())
    first = print_for(lan, cast, cast.hoa, key=key)
    again = print_for(lan, cast, cast.hoa, key=key)
    assert (again.status_code, SignInSlip.objects.unused(timezone.now()).count()) == (302, 1)
    assert slips.hash_of(first.context["slips"][0].code) == SignInSlip.objects.get().code_hash


def test_where_somebody_came_in_meanwhile_nobody_gets_a_slip(as_user: Any, cast: Cast) -> None:
    lan, new = as_user(cast.lan), make_member(cast.cell, "Vũ Thị Ngọc")
    User.objects.filter(member=cast.hoa).update(last_login=timezone.now())
    answer = print_for(lan, cast, cast.hoa, new)
    assert (answer.status_code, "Chưa phát phiếu nào" in answer.text) == (422, True)
    assert (SignInSlip.objects.count(), User.objects.filter(member=new).exists()) == (0, False)
    assert f'value="{new.pk}" id="member-{new.pk}" checked' in answer.text


def test_nobody_chosen_nonsense_and_people_of_another_cell_are_refused(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    sent = [{"member": []}, {"member": ["٣", "x", "9" * 30]}, {"member": [cast.mai.pk]}, {"member": [cast.lan.pk]}]
    assert [lan.post(page_of(cast), one).status_code for one in sent] == [422] * 4
    assert SignInSlip.objects.count() == 0


def test_a_slip_that_is_out_is_not_replaced_unless_somebody_says_so(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    print_for(lan, cast, cast.hoa)
    shown = lan.get(page_of(cast)).text
    assert ("phiếu mới làm phiếu cũ hết hiệu lực" in shown, f'id="member-{cast.hoa.pk}" checked' in shown) == (
        True,
        False,
    )


def test_slips_for_twenty_ask_the_database_as_much_as_slips_for_two(as_user: Any, cast: Cast) -> None:
    lan = as_user(cast.lan)
    people = [make_member(cast.cell, f"Vũ Thị {chr(65 + number)}n") for number in range(22)]
    with CaptureQueriesContext(connection) as two:
        print_for(lan, cast, *people[:2])
    with CaptureQueriesContext(connection) as twenty:
        print_for(lan, cast, *people[2:])
    assert (len(twenty) <= len(two), SignInSlip.objects.count()) == (True, 22)
    deeds = Event.objects.filter(thing="member", thing_pk=people[5].pk, what__in=["open_account", "issue_slip"])
    assert sorted(deeds.values_list("what", "number")) == [("issue_slip", 3), ("open_account", 2)]
