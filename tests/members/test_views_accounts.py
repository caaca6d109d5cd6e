"""Coming in, going out, the slip, and one's own account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members import actions
from members.entry.actions import slips
from members.models import SignInSlip, User
from tests.conftest import Cast
from tests.factories import PASSWORD

SIGN_IN, SLIP, ACCOUNT = "/sign-in/", "/slip/", "/account/"
NEW = "bốn từ hoàn toàn mới"
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng."


def _enter(client: Client, name: str, password: str, **more: Any) -> Any:
    return client.post(SIGN_IN, {"username": name, "password": password, **more})


def _inside(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def _neutral(response: Any, name: str) -> bytes:
    """The answer without the token and the typed name."""
    body = response.content.replace(f'value="{name}"'.encode(), b"NAME")
    return re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]+', b"", body)


def test_hoa_comes_in_and_goes_where_she_was_going(client: Client, cast: Cast) -> None:
    response = _enter(client, " Hoa ", PASSWORD, next=ACCOUNT)
    assert (response.status_code, response["Location"]) == (302, ACCOUNT)
    assert _inside(client)


def test_the_session_gets_a_new_name_at_the_door(client: Client, cast: Cast) -> None:
    client.session.save()
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    _enter(client, "hoa", PASSWORD)
    assert (client.session.session_key == before, _inside(client)) == (False, True)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil"])
def test_the_door_never_leads_to_another_house(client: Client, cast: Cast, elsewhere: str) -> None:
    assert _enter(client, "hoa", PASSWORD, next=elsewhere)["Location"] == "/"


def test_a_wrong_password_an_unknown_name_and_a_closed_account_get_the_same_bytes(cast: Cast) -> None:
    User.objects.filter(member=cast.tuan).update(is_active=False)
    tries = [("hoa", "sai mật khẩu"), ("zzz", "sai mật khẩu"), ("tuan", PASSWORD), ("quantri", "sai")]
    answers = [(_enter(Client(), name, password), name) for name, password in tries]
    assert {response.status_code for response, _ in answers} == {422}
    assert len({_neutral(response, name) for response, name in answers}) == 1
    assert WRONG in answers[0][0].text


def test_an_account_without_a_password_yet_looks_like_any_other(cast: Cast) -> None:
    actions.open_account(cast.son, username="son", by=None, at=timezone.now())
    assert _neutral(_enter(Client(), "son", ""), "son") == _neutral(_enter(Client(), "zzz", ""), "zzz")
    assert _neutral(_enter(Client(), "son", "x"), "son") == _neutral(_enter(Client(), "zzz", "x"), "zzz")


def test_after_ten_wrong_passwords_everybody_is_told_to_wait_and_nothing_tells_who_was_right(cast: Cast) -> None:
    """A known name and an unknown one, a right password and a wrong one: the same bytes."""
    thief = Client(REMOTE_ADDR="203.0.113.9")
    for name in ("hoa", "HOA", " hoa ", "zzz", "zzz", "zzz") * 4:
        _enter(thief, name, "sai")
    right, wrong, unknown = (_enter(thief, *typed) for typed in (("hoa", PASSWORD), ("hoa", "sai"), ("zzz", "sai")))
    assert ("đợi 15 phút" in right.text, right.status_code, _inside(thief)) == (True, 422, False)
    assert _neutral(right, "hoa") == _neutral(wrong, "hoa") == _neutral(unknown, "zzz")


def test_a_thief_elsewhere_does_not_lock_hoa_out(cast: Cast) -> None:
    for _ in range(11):
        _enter(Client(REMOTE_ADDR="203.0.113.9"), "hoa", "sai")
    hoa = Client(REMOTE_ADDR="198.51.100.7")
    assert (_enter(hoa, "hoa", PASSWORD).status_code, _inside(hoa)) == (302, True)


@pytest.mark.parametrize("name", ["", "x" * 100_000, "<script>alert(1)</script>", "a\x00b", "hoa\r\nadmin"])
def test_whatever_is_typed_as_a_name_is_answered(client: Client, cast: Cast, name: str) -> None:
    response = _enter(client, name, "sai mật khẩu")
    assert (response.status_code, "<script>alert" in response.text) == (422, False)


def test_the_password_field_welcomes_managers_and_pasting(client: Client, cast: Cast) -> None:
    html = client.get(SIGN_IN).text
    found = [
        part in html
        for part in (
            'autocomplete="username"',
            'autocomplete="current-password"',
            "data-show-password",
            "onpaste",
        )
    ]
    assert found == [True, True, True, False]


def test_whoever_is_inside_is_not_asked_again(as_user: Any, cast: Cast) -> None:
    assert as_user(cast.hoa).get(SIGN_IN)["Location"] == "/"


def test_going_out_takes_a_click_not_a_link(as_user: Any, cast: Cast) -> None:
    hoa = as_user(cast.hoa)
    assert (hoa.get("/sign-out/").status_code, _inside(hoa)) == (405, True)
    assert (hoa.post("/sign-out/")["Location"], _inside(hoa)) == (SIGN_IN, False)


def _slip(cast: Cast, age: timedelta = timedelta()) -> str:
    return slips.issue_slip(cast.account(cast.hoa), by=cast.account(cast.lan), at=timezone.now() - age)


def _use(client: Client, code: str, password: str = NEW, again: str | None = None) -> Any:
    return client.post(SLIP, {"code": code, "password": password, "again": again or password})


def test_a_slip_sets_the_password_and_lets_its_owner_in(client: Client, cast: Cast) -> None:
    response = _use(client, f" {_slip(cast).lower()} ")
    assert (response.status_code, response["Location"]) == (302, "/account/#recovery")
    assert client.get(ACCOUNT).context["user"] == cast.account(cast.hoa)
    assert _enter(Client(), "hoa", NEW).status_code == 302


def test_a_slip_ends_the_sessions_of_whoever_knew_the_old_password(as_user: Any, client: Client, cast: Cast) -> None:
    elsewhere = as_user(cast.hoa)
    assert _inside(elsewhere)
    code = _slip(cast)
    slips.confirm_slip(SignInSlip.objects.get(), by=cast.phuc, at=timezone.now())
    _use(client, code)
    assert (_inside(elsewhere), _inside(client)) == (False, True)


def test_every_bad_code_gets_the_same_sentence(cast: Cast) -> None:
    used, expired = _slip(cast), ""
    _use(Client(), used)
    expired = _slip(cast, age=timedelta(days=8))
    answers = [_use(Client(), code) for code in (used, expired, "AAAA-BBBB-CCCC", "<script>", "---")]
    assert [response.status_code for response in answers] == [422] * 5
    assert [response.context["form"].errors for response in answers] == [
        {"code": ["Mã phiếu không đúng, đã dùng hoặc đã hết hạn."]}
    ] * 5
    assert cast.account(cast.hoa).check_password(NEW)


def test_a_weak_or_mistyped_password_keeps_the_slip_and_the_typed_code(client: Client, cast: Cast) -> None:
    code = _slip(cast)
    for password, again, field in (("ngắn", "ngắn", "password"), (NEW, "khác", "again")):
        response = _use(client, code, password, again)
        assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
        assert f'value="{code}"' in response.text
    assert _use(client, code).status_code == 302


def test_hoa_changes_her_password_here_and_is_put_out_elsewhere(as_user: Any, cast: Cast) -> None:
    here, elsewhere = as_user(cast.hoa), as_user(cast.hoa)
    typed = {"do": "password", "old": PASSWORD, "password": NEW, "again": NEW}
    assert (_inside(elsewhere), here.post(ACCOUNT, typed)["Location"]) == (True, ACCOUNT)
    assert (_inside(here), _inside(elsewhere)) == (True, False)
    assert cast.account(cast.hoa).check_password(NEW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"old": "sai"}, "old"),
        ({"password": "ngắn"}, "password"),
        ({"again": "khác"}, "again"),
        ({"old": ""}, "old"),
    ],
)
def test_a_password_is_not_changed_carelessly(as_user: Any, cast: Cast, changes: dict[str, str], field: str) -> None:
    typed = {"do": "password", "old": PASSWORD, "password": NEW, "again": NEW, **changes}
    response = as_user(cast.hoa).post(ACCOUNT, typed)
    assert (response.status_code, field in response.context["password_form"].errors) == (422, True)
    assert cast.account(cast.hoa).check_password(PASSWORD)


def test_hoa_leaves_an_address_for_notices_and_takes_it_back(as_user: Any, cast: Cast) -> None:
    hoa = as_user(cast.hoa)
    for address in ("hoa@example.vn", ""):
        assert hoa.post(ACCOUNT, {"do": "email", "email": address, "old": PASSWORD}).status_code == 302
        assert cast.account(cast.hoa).email == address


def test_a_broken_address_is_refused_and_kept_on_the_page(as_user: Any, cast: Cast) -> None:
    response = as_user(cast.hoa).post(ACCOUNT, {"do": "email", "email": "hoa@", "old": PASSWORD})
    assert (response.status_code, 'value="hoa@"' in response.text) == (422, True)
    assert cast.account(cast.hoa).email == ""


def test_the_account_page_changes_nothing_that_it_does_not_show(as_user: Any, cast: Cast) -> None:
    hoa = as_user(cast.hoa)
    before = User.objects.filter(member=cast.hoa).values().get()
    extra = {"is_staff": "on", "is_superuser": "on", "member": cast.lan.pk, "username": "lan2"}
    hoa.post(ACCOUNT, {"do": "email", "email": "hoa@example.vn", "old": PASSWORD, **extra})
    assert User.objects.filter(member=cast.hoa).values().get() == {**before, "email": "hoa@example.vn"}
