"""The second factor: set up by a phone's code, asked for at the door, one step off is right, a used one is not."""

from __future__ import annotations

import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp

from members.entry.actions import factor, recovery, slips
from members.entry.locked import FORMAT, Unreadable
from members.models import Event, Phone, SignInSlip, User
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from django.conf import LazySettings

    from tests.conftest import Cast

STEP, CODE = 30, "/sign-in/code/"


def shown(device: Phone, steps: int = 0) -> str:
    """What the phone shows, with a clock that is so many steps off."""
    return f"{totp(device.bin_key, t0=-steps * STEP):06d}"


@pytest.fixture
def lan(cast: Cast, as_user: Any, monkeypatch: pytest.MonkeyPatch) -> User:
    """Lan has set it up on her account page; the clock stands."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    page, where = as_user(cast.lan), "/account/second-factor/"
    assert page.post(where, {"do": "begin"}).status_code == 302
    picture = page.get(where)
    assert "data:image/svg+xml" in picture.text
    device = Phone.objects.get()
    assert page.post(where, {"do": "confirm", "code": "000000"}).status_code == 422
    assert page.post(where, {"do": "confirm", "code": shown(device)}).status_code == 302
    Phone.objects.update(last_t=-1)  # some minutes later
    return cast.account(cast.lan)


def at_the_door(code: str | None = None) -> tuple[Client, int]:
    client = Client()
    first = client.post("/sign-in/", {"username": "lan", "password": PASSWORD, "next": "/account/"})
    assert first["Location"] == CODE
    return client, client.post(CODE, {"code": code}).status_code if code else 0


def inside(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_the_password_alone_does_not_open_the_door(lan: User) -> None:
    client, _ = at_the_door()
    assert (inside(client), client.get(CODE).status_code) == (False, 200)
    assert Client().get(CODE)["Location"] == "/sign-in/"


@pytest.mark.parametrize(("steps", "opens"), [(0, True), (-1, True), (1, True), (-2, False), (2, False)])
def test_a_clock_one_step_off_is_right(lan: User, steps: int, opens: bool) -> None:
    client, status = at_the_door(shown(Phone.objects.get(), steps))
    assert (status, inside(client)) == ((302, True) if opens else (422, False))


def test_a_used_code_opens_nothing_again(lan: User) -> None:
    code = shown(Phone.objects.get())
    assert [at_the_door(code)[1] for _ in range(2)] == [302, 422]


def test_a_printed_code_takes_the_place_of_the_phone_once(lan: User) -> None:
    codes = recovery.make_codes(lan, by=lan, at=timezone.now())
    assert [at_the_door(codes[0])[1] for _ in range(2)] == [302, 422]


def test_guessing_is_slow_and_never_locks_for_good(lan: User) -> None:
    client, _ = at_the_door()
    wrong = [client.post(CODE, {"code": f"{number:06d}"}) for number in range(9)]
    blocked = client.post(CODE, {"code": shown(Phone.objects.get())})
    assert ("Xin đợi" in wrong[-1].text, "Xin đợi" in blocked.text, inside(client)) == (True, True, False)


def test_it_is_given_up_with_a_code_and_not_by_an_open_screen(lan: User, as_user: Any) -> None:
    page = as_user(lan)
    assert page.post("/account/second-factor/", {"do": "drop", "code": "123456"}).status_code == 422
    code = shown(Phone.objects.get())
    assert page.post("/account/second-factor/", {"do": "drop", "code": code}).status_code == 302
    assert (User.objects.get(pk=lan.pk).second_factor_since, Phone.objects.count()) == (None, 0)
    assert [row.what for row in Event.objects.filter(what__contains="factor").order_by("pk")] == [
        "begin_second_factor",
        "set_second_factor",
        "drop_second_factor",
    ]


def test_it_is_reset_in_person_by_two_people(lan: User, cast: Cast) -> None:
    now = timezone.now()
    code = slips.issue_slip(lan, by=cast.admin, at=now, drops_factor=True)
    slips.confirm_slip(SignInSlip.objects.get(), by=cast.phuc, at=now)
    client = Client()
    new = "mật khẩu hoàn toàn khác"
    client.post("/slip/", {"code": code, "password": new, "again": new})
    assert (inside(client), User.objects.get(pk=lan.pk).second_factor_since) == (True, None)
    assert "xác nhận hai lớp bị tắt" in client.get("/").text


def test_a_slip_that_does_not_reset_it_still_asks_for_it(lan: User, cast: Cast) -> None:
    codes = recovery.make_codes(lan, by=lan, at=timezone.now())
    code = slips.issue_slip(lan, by=cast.admin, at=timezone.now())
    client, new = Client(), "mật khẩu hoàn toàn khác"
    answer = client.post("/slip/", {"code": code, "password": new, "again": new, "recovery": codes[0]})
    assert (answer["Location"], inside(client)) == (CODE, False)


def test_where_it_is_required_leaders_set_it_up_before_anything_else(cast: Cast, as_user: Any, settings: Any) -> None:
    settings.SECOND_FACTOR = "leaders"
    where = "/account/second-factor/"
    asked = {name: as_user(who).get("/") for name, who in {"lan": cast.lan, "phuc": cast.phuc, "hoa": cast.hoa}.items()}
    assert {name: one.headers.get("Location", "") for name, one in asked.items()} == {
        "lan": where,
        "phuc": where,
        "hoa": "",
    }
    assert as_user(cast.admin).get("/quan-tri/")["Location"] == where
    lan = as_user(cast.lan)
    assert [lan.get(path).status_code for path in (where, "/account/")] == [200, 302]
    assert lan.post("/sign-out/").status_code == 302


def test_the_account_page_recommends_it_to_whoever_leads(cast: Cast, as_user: Any) -> None:
    assert ["nên bật" in as_user(who).get("/account/").text for who in (cast.lan, cast.hoa)] == [True, False]
    assert factor.leads(cast.admin)


def test_the_secret_lies_sealed_and_opens_for_its_own_account_alone(lan: User, cast: Cast) -> None:
    phone = Phone.objects.get()
    code, secret = shown(phone), phone.bin_key
    kept = Phone.objects.values_list("key", flat=True).get()
    assert (len(secret), secret.hex() in kept, kept.startswith(FORMAT)) == (20, False, True)
    Phone.objects.update(user=cast.account(cast.hoa))
    User.objects.filter(pk=lan.pk).update(second_factor_since=None)
    with pytest.raises(Unreadable):
        _ = Phone.objects.get().bin_key
    assert not factor.is_right(cast.account(cast.hoa), code, timezone.now())


def test_after_another_secret_key_a_printed_code_still_opens(lan: User, settings: LazySettings) -> None:
    codes = recovery.make_codes(lan, by=lan, at=timezone.now())
    code = shown(Phone.objects.get())
    settings.SECRET_KEY = "another one, as after a restore without the old one"
    assert at_the_door(code)[1] == 422
    client, status = at_the_door(codes[0])
    assert (status, inside(client)) == (302, True)


def test_what_lay_there_plain_is_sealed_by_the_update_and_shows_the_same_codes(lan: User) -> None:
    before, secret = shown(Phone.objects.get()), Phone.objects.get().bin_key
    Phone.objects.update(key=secret.hex())
    update = import_module("members.migrations.0007_secrets_of_phones_are_sealed")
    for _ in range(2):
        update.lock(apps, None)
        assert (secret.hex() in Phone.objects.get().key, shown(Phone.objects.get())) == (False, before)
    update.unlock(apps, None)
    assert Phone.objects.get().key == secret.hex()
