"""Guessing is slow and keeps nobody out at home; sessions end, are listed, and prove themselves again."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp

from chibo.env import database, private_folder
from meetings.lifecycle import State
from meetings.models import Signature
from members.entry.address import counted
from members.entry.limits import Limit
from members.models import Event, Phone, Tries, User
from members.refusal import Refused
from tests.addresses import address
from tests.clicks import clients, form_for
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Cast
    from tests.world import World

SIGN_IN, ACCOUNT = "/sign-in/", "/account/"


def enters(client: Client, password: str = PASSWORD, **more: Any) -> bool:
    client.post(SIGN_IN, {"username": "hoa", "password": password}, **more)
    return client.get(ACCOUNT).status_code == 200


def guesses(many: int) -> None:
    """Each from an address of its own: nothing but the name is the same."""
    for number in range(many):
        Client(REMOTE_ADDR=f"203.0.{number}.9").post(SIGN_IN, {"username": "hoa", "password": "sai"})


def test_guessing_a_name_from_many_addresses_is_slow_and_the_owner_comes_in_at_home(cast: Cast) -> None:
    home = Client(REMOTE_ADDR="198.51.100.7")
    assert enters(home)
    home.post("/sign-out/")
    guesses(24)
    elsewhere, moved = Client(REMOTE_ADDR="198.51.200.1"), Client(REMOTE_ADDR="198.51.100.7")
    told = elsewhere.post(SIGN_IN, {"username": "hoa", "password": PASSWORD})
    assert ("đợi 15 phút" in told.text, told.status_code) == (True, 422)
    assert (enters(home), enters(moved)) == (True, True)  # the known device; the known address
    home.defaults["REMOTE_ADDR"] = "192.0.2.77"
    assert enters(home)  # the device on the road


def test_a_neighbour_behind_the_same_address_keeps_nobody_out(cast: Cast) -> None:
    office = "198.51.100.7"
    hoa = Client(REMOTE_ADDR=office)
    assert enters(hoa)
    hoa.post("/sign-out/")
    for _ in range(12):
        Client(REMOTE_ADDR=office).post(SIGN_IN, {"username": "hoa", "password": "sai"})
    assert (enters(Client(REMOTE_ADDR=office)), enters(hoa)) == (False, True)


def test_a_whole_line_of_ipv6_counts_as_one(cast: Cast) -> None:
    for number in range(10):
        Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}").post(SIGN_IN, {"username": "hoa", "password": "sai"})
    assert not enters(Client(REMOTE_ADDR="2001:db8:1:2:ffff::1"))
    assert enters(Client(REMOTE_ADDR="2001:db8:1:3::1"))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("[2001:db8:1:2::5]:4711", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown", "0.0.0.0"),
        ("", "0.0.0.0"),
        ("'; drop table", "0.0.0.0"),
    ],
)
def test_what_is_counted_is_an_address(given: str, found: str) -> None:
    assert counted(given) == found


@pytest.mark.parametrize(
    "forwarded", ["unknown", "203.0.113.9:4711", "[::1]:9", "x" * 5000, "203.0.113.9, _hidden", ","]
)
def test_a_forwarded_address_that_is_none_is_answered(cast: Cast, settings: Any, forwarded: str) -> None:
    settings.TRUSTED_PROXIES = 1
    headers = {"X-Forwarded-For": forwarded}
    wrong = Client().post(SIGN_IN, {"username": "hoa", "password": "sai"}, headers=headers)
    assert wrong.status_code == 422
    assert enters(Client(headers=headers))


def test_a_limit_grows_ends_and_is_forgotten(db: None) -> None:
    limit, at = Limit("test", free=2, longest=60), timezone.now()
    limit.begin("x", at)
    limit.begin("x", at)
    waits = []
    for _ in range(8):
        with pytest.raises(Refused):
            limit.begin("x", at)
        seconds = 1
        while True:
            try:
                limit.begin("x", at + timedelta(seconds=seconds))
            except Refused:
                seconds += 1
            else:
                break
        waits.append(seconds)
        at += timedelta(seconds=seconds)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    limit.begin("x", at + timedelta(days=1, seconds=1))
    assert Tries.objects.get().count == 1
    limit.begin("y", at)
    limit.forget("y")
    assert Tries.objects.count() == 1


def test_the_old_password_and_slips_are_not_guessed_fast(cast: Cast, as_user: Any) -> None:
    new = "mật khẩu hoàn toàn khác"
    hoa = as_user(cast.hoa)
    typed = {"do": "password", "old": "sai", "password": new, "again": new}
    for _ in range(10):
        hoa.post(ACCOUNT, typed)
    assert "Xin đợi" in hoa.post(ACCOUNT, {**typed, "old": PASSWORD}).text
    thief = Client()
    told = [thief.post("/slip/", {"code": f"ABCD-EFGH-{n:04}", "password": new, "again": new}).text for n in range(24)]
    assert ["Xin đợi" in one for one in (told[0], told[-1])] == [False, True]


@pytest.mark.parametrize(
    "odd", ["abc", "-0", "sign-out", "//evil.example", "http://[", "\\x", " /", "a" * 5000, "?x=1"]
)
def test_an_odd_next_goes_home_and_never_breaks(cast: Cast, as_user: Any, odd: str) -> None:
    assert Client().post(SIGN_IN, {"username": "hoa", "password": PASSWORD, "next": odd})["Location"] == "/"
    assert as_user(cast.hoa).get(SIGN_IN, {"next": odd})["Location"] == "/"


# --- Sessions ---------------------------------------------------------------------------------


def test_a_session_ends_after_twelve_hours_whoever_is_at_work(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    hoa, start = Client(), time.time()
    assert enters(hoa)
    monkeypatch.setattr(time, "time", lambda: start + 12 * 3600 - 5)
    assert hoa.get(ACCOUNT).status_code == 200
    monkeypatch.setattr(time, "time", lambda: start + 12 * 3600 + 5)
    assert hoa.get(ACCOUNT).status_code == 302


def test_hoa_sees_where_she_is_signed_in_and_ends_the_others(cast: Cast) -> None:
    here, phone = Client(), Client(headers={"User-Agent": "Mozilla/5.0 (iPhone; like Mac OS X) Version/18 Safari/604"})
    assert (enters(here), enters(phone)) == (True, True)
    page = here.get(ACCOUNT)
    assert [(one.device, one.here) for one in page.context["seats"]] == [
        ("Safari, iPhone", False), ("Máy không rõ loại", True),
    ]  # fmt: skip
    lan = Client()
    lan.force_login(User.objects.get(username="lan"), backend="members.accounts.Backend")
    theirs = page.context["seats"][0].pk
    lan.post(f"/account/sessions/{theirs}/end/")
    assert phone.get(ACCOUNT).status_code == 200  # nobody else's to end
    here.post("/account/sessions/0/end/")
    assert (phone.get(ACCOUNT).status_code, here.get(ACCOUNT).status_code) == (302, 200)
    again = Client()
    assert enters(again)
    over = Session.objects.filter(session_key=again.session.session_key)
    over.update(expire_date=timezone.now() - timedelta(seconds=1))  # not cleared away yet
    assert [one.here for one in here.get(ACCOUNT).context["seats"]] == [True]
    told = Event.objects.done_to(cast.hoa.pk, {"end_sessions"}, None)  # she reads it in what is kept about her
    assert [(one.actor.username, one.data) for one in told] == [("hoa", {"sessions": 1})]


def test_a_new_password_ends_every_other_session_at_once(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    assert (enters(here), enters(elsewhere), Session.objects.count()) == (True, True, 2)
    new = "mật khẩu hoàn toàn khác"
    here.post(ACCOUNT, {"do": "password", "old": PASSWORD, "password": new, "again": new})
    assert (here.get(ACCOUNT).status_code, Session.objects.count()) == (200, 1)


# --- The password again -----------------------------------------------------------------------


def later(client: Client, minutes: int) -> None:
    session = client.session
    session["proved"] = session["entered"] = int(time.time()) - minutes * 60
    session.save()


def test_taking_data_away_asks_for_the_password_and_goes_on(cast: Cast) -> None:
    hoa, export = Client(), "/account/data.json"
    assert enters(hoa)
    assert hoa.get(export).headers["Content-Type"] == "application/json"
    later(hoa, 20)
    asked = hoa.get(export)
    assert ("Gõ lại mật khẩu" in asked.text, asked.headers["Content-Type"][:9]) == (True, "text/html")
    again = {"next": export, "asked-again-old": "sai"}
    assert hoa.post("/account/password/", again).status_code == 422
    assert hoa.post("/account/password/", {**again, "asked-again-old": PASSWORD})["Location"] == export
    assert json.loads(hoa.get(export).content)["Họ và tên"] == cast.hoa.full_name


def test_sealing_asks_for_the_password_keeps_what_was_pressed_and_goes_on(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.CLOSED)
    lan, where = clients(world)["lan"], address("sign", "meeting", world.keys)
    pressed = form_for("sign", world)
    later(lan, 20)
    before = Signature.objects.count()
    asked = lan.post(where, pressed)
    assert (dict(asked.context["kept"]), Signature.objects.count()) == (pressed, before)
    wrong = lan.post(where, {**pressed, "asked-again-old": "sai"})
    assert (wrong.status_code, dict(wrong.context["kept"])) == (422, pressed)
    assert lan.post(where, {**pressed, "asked-again-old": PASSWORD}).status_code == 302
    assert Signature.objects.count() == before + 1
    later(lan, 5)
    assert lan.post(where, pressed).status_code == 302  # not asked so soon; the same press has been done


def test_what_cannot_be_undone_or_holds_everybodys_words_asks_too(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    lan, calls = clients(world)["lan"], []
    for name, keys in (
        ("conference-paper", "cycle"),
        ("ballot-confirm", "ballot"),
        ("destruction", "destruction"),
        ("second-factor", ""),
    ):
        where = reverse(name, args=[world.keys[keys]] if keys else [])
        later(lan, 20)
        asked = (lan.get if name == "conference-paper" else lan.post)(where)
        calls.append((name, "Gõ lại mật khẩu" in asked.text))
    assert [name for name, was_asked in calls if not was_asked] == []
    later(lan, 20)
    assert "Gõ lại mật khẩu" not in lan.get(reverse("destruction", args=[world.keys["destruction"]])).text


def test_an_open_session_alone_sets_up_no_second_factor_and_its_owner_reads_that_one_was(
    cast: Cast, settings: Any
) -> None:
    settings.SECOND_FACTOR = "leaders"
    lan, where = Client(), "/account/second-factor/"
    lan.force_login(cast.account(cast.lan), backend="members.accounts.Backend")
    lan.get(where)
    later(lan, 20)
    assert "Gõ lại mật khẩu" in lan.post(where, {"do": "begin"}).text
    assert Phone.objects.count() == 0
    right = {"next": where, "asked-again-old": PASSWORD}
    assert lan.post("/account/password/", right)["Location"] == where  # also where nothing else is open yet
    assert lan.post(where, {"do": "begin"}).status_code == 302
    code = f"{totp(Phone.objects.get().bin_key):06d}"
    assert lan.post(where, {"do": "confirm", "code": code}).status_code == 302
    assert "bật xác nhận hai lớp cho tài khoản này" in lan.get("/").text


def test_the_embedded_database_and_its_folder_are_their_owners_alone(tmp_path: Any) -> None:
    folder, file = tmp_path / "var", tmp_path / "var" / "chibo.sqlite3"
    folder.mkdir(mode=0o755)
    file.touch(mode=0o644)
    private_folder(folder)
    database(f"sqlite:///{file}", test_file=tmp_path / "test")
    database(f"sqlite:///{folder / 'new.sqlite3'}", test_file=tmp_path / "test")
    modes = [oct(one.stat().st_mode & 0o777) for one in (folder, file, folder / "new.sqlite3")]
    assert modes == ["0o700", "0o600", "0o600"]
