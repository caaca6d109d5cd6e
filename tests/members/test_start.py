"""An empty database is started in the browser: by whoever has the code of the console, once, all of it or nothing."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from members.entry import start
from members.entry.actions.start import AlreadyStarted, First, start_here
from members.models import Event, Member, Organisation, Tenure, User
from tests.factories import NOW

START = "/start/"
TYPED = {
    "kind": "cell",
    "name": "Chi bộ Văn phòng",
    "superior": "Đảng uỷ phường Hoa Sen",
    "place_name": "Hoa Sen",
    "number_minutes": "on",
    "full_name": "Trần Thị Lan",
    "standing_from": "03/02/2001",
    "post_from": "15/06/2025",
    "username": "lan",
    "password": "mưa rào sân kho",
    "again": "mưa rào sân kho",
}
COMMITTEE = {**TYPED, "kind": "committee", "name": "Đảng uỷ phường Hoa Sen", "superior": "", "standing_from": ""}

pytestmark = pytest.mark.django_db


def typed(**changes: Any) -> dict[str, Any]:
    return {**TYPED, "code": start.start_code(), **changes}


def nothing_is_there() -> bool:
    return not any(model.objects.exists() for model in (User, Member, Organisation, Tenure, Event))


def test_whoever_opens_the_site_of_an_empty_database_is_led_to_the_start_and_from_there_to_adding_members() -> None:
    client = Client()
    opened = client.get("/", follow=True)
    assert opened.redirect_chain[-1][0] == START
    assert "Bắt đầu" in opened.text
    led = client.post(START, typed(), follow=True)
    cell = Organisation.objects.get(kind="cell")
    assert led.redirect_chain == [(f"/cells/{cell.pk}/members/add/", 302)]
    lan = User.objects.get()
    assert (lan.is_superuser, lan.is_staff, lan.check_password(TYPED["password"])) == (False, False, True)
    held = {(one.kind, one.starts_on) for one in Tenure.objects.filter(member=lan.member)}
    assert held == {("full", date(2001, 2, 3)), ("secretary", date(2025, 6, 15))}
    assert (cell.parent.name, cell.superior_line) == ("Đảng uỷ phường Hoa Sen", "ĐẢNG UỶ PHƯỜNG HOA SEN")
    assert (cell.paper_name, cell.symbol, cell.place_name) == ("CHI BỘ VĂN PHÒNG", "CB", "Hoa Sen")
    assert Event.objects.get(what="first_start").actor == lan


def test_the_first_thing_to_do_is_adding_members_and_planning_a_meeting_comes_after_it() -> None:
    client = Client()
    client.post(START, typed())
    cell = Organisation.objects.get(kind="cell")
    assert [one.what for one in client.get("/").context["todos"]][:2] == [
        "Thêm đảng viên",
        "Lập kế hoạch buổi sinh hoạt tới",
    ]
    person = {"full_name": "Nguyễn Thị Hoa", "kind": "full", "starts_on": "01/01/2015", "has_device": "on"}
    assert client.post(f"/cells/{cell.pk}/members/add/", person).status_code == 302
    assert "Thêm đảng viên" not in [one.what for one in client.get("/").context["todos"]]


def test_a_committee_begins_with_the_person_who_answers_for_it() -> None:
    client = Client()
    led = client.post(START, {**COMMITTEE, "code": start.start_code()})["Location"]
    assert led == f"/committees/{Organisation.objects.get().pk}/bodies/"
    assert Tenure.objects.get().kind == "superior"
    assert Organisation.objects.get().name == COMMITTEE["name"]
    assert client.get("/inspections/").status_code == 200


def test_afterwards_there_is_no_such_page_and_whoever_sends_it_second_is_told() -> None:
    form = typed()
    assert Client().post(START, form).status_code == 302
    assert [Client().get(START).status_code, Client().get("/", follow=True).status_code] == [404, 200]
    second = Client().post(START, {**form, "username": "khac"})
    assert (second.status_code, "vừa được bắt đầu" in second.text) == (404, True)
    assert User.objects.count() == 1


def test_of_two_who_are_at_it_at_the_same_time_the_action_lets_one_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have been shown the page; the second comes when the first one's account is stored."""
    assert Client().post(START, typed()).status_code == 302
    first = First({}, "", {}, None, date(2020, 1, 1), "khac", "x")
    with pytest.raises(AlreadyStarted):
        start_here(first, code=start.start_code(), at=NOW)
    answers = iter([True, False])
    monkeypatch.setattr(start, "is_to_come", lambda: next(answers))
    late = Client().post(START, typed(username="khac"))
    assert (late.status_code, "chưa được lưu" in late.text, User.objects.count()) == (404, True, 1)


def test_without_the_code_of_the_console_nobody_takes_the_server_and_what_was_typed_stays() -> None:
    refused = Client().post(START, typed(code="2222-3333-4444"))
    assert (refused.status_code, nothing_is_there()) == (422, True)
    assert list(refused.context["form"].errors) == ["code"]
    assert "Chi bộ Văn phòng" in refused.text
    assert Client().post(START, typed(code="")).status_code == 422
    assert Client().post(START, typed(code=start.start_code().lower().replace("-", " "))).status_code == 302


def test_guessing_the_code_is_slow_and_then_the_right_one_has_to_wait_as_well() -> None:
    said = [Client().post(START, typed(code=f"2222-3333-44{number}{number}")).text for number in range(22, 31)]
    assert "không đúng" in said[0]
    assert "Xin đợi" in said[-1]
    assert "Xin đợi" in Client().post(START, typed()).text
    assert nothing_is_there()
    assert Client(REMOTE_ADDR="203.0.113.9").post(START, typed()).status_code == 302


def test_a_server_for_trying_asks_for_no_code(settings: Any) -> None:
    settings.DEBUG = True
    assert "Mã khởi đầu" not in Client().get(START).text
    assert Client().post(START, TYPED).status_code == 302


def test_the_console_says_the_code_until_there_is_an_account() -> None:
    before, after = StringIO(), StringIO()
    call_command("bring_up_to_date", stdout=before)
    assert start.start_code() in before.getvalue()
    Client().post(START, typed())
    call_command("bring_up_to_date", stdout=after)
    call_command("start_code", stdout=after)
    assert start.start_code() not in after.getvalue()


def test_another_database_and_another_secret_have_another_code(settings: Any) -> None:
    code = start.start_code()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = %s", [NOW])
    elsewhere = start.start_code()
    settings.SECRET_KEY = "another secret of another server"
    assert len({code, elsewhere, start.start_code()}) == 3


TOMORROW = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
BAD = {
    "no superior": ({"superior": ""}, "superior"),
    "no name": ({"name": ""}, "name"),
    "no place": ({"place_name": " "}, "place_name"),
    "a name of 121 letters": ({"name": "x" * 121}, "name"),
    "a name that nobody sees": ({"name": "Chi bộ\u202e"}, "name"),
    "a kind that is none": ({"kind": "party"}, "kind"),
    "no standing": ({"standing_from": ""}, "standing_from"),
    "no post": ({"post_from": ""}, "post_from"),
    "a day that is none": ({"post_from": "31/02/2020"}, "post_from"),
    "a standing to come": ({"standing_from": TOMORROW}, "standing_from"),
    "a post to come": ({"post_from": TOMORROW}, "post_from"),
    "a post before the standing": ({"post_from": "01/01/2000"}, "post_from"),
    "born tomorrow": ({"born_on": TOMORROW}, "born_on"),
    "a user name with spaces": ({"username": "trần lan"}, "username"),
    "a short password": ({"password": "ngắn", "again": "ngắn"}, "password"),
    "her own name": ({"password": "Trần Thị Lan 2001", "again": "Trần Thị Lan 2001"}, "password"),
    "the body's name": ({"password": "chi bộ văn phòng 1", "again": "chi bộ văn phòng 1"}, "password"),
    "two passwords": ({"again": "mưa rào sân phơi"}, "again"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_said_beside_its_field_and_leaves_nothing(what: str) -> None:
    changes, field = BAD[what]
    refused = Client().post(START, typed(**changes))
    assert (refused.status_code, nothing_is_there()) == (422, True)
    assert field in refused.context["form"].errors


def test_nothing_is_half_made_when_the_last_step_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("members.actions.write_password", fails)
    with pytest.raises(RuntimeError):
        Client().post(START, typed())
    assert nothing_is_there()
