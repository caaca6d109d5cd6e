"""Around every request: whose address counts, what no cache keeps, when a session or a sign-in ends."""

import pytest
from django.contrib.auth import SESSION_KEY, authenticate
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from chibo import middleware
from members.models import User

PASSWORD = "bốn từ dễ nhớ nhé"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.7", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_only_as_many_addresses_are_believed_as_there_are_proxies(
    settings: Settings, rf: RequestFactory, proxies: int, forwarded: str, believed: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    middleware.proxy(lambda _: HttpResponse())(request)
    assert middleware.client_address(request) == believed


def test_a_page_is_kept_in_no_cache_unless_its_view_says_so(rf: RequestFactory) -> None:
    plain = middleware.headers(lambda _: HttpResponse())(rf.get("/"))
    chosen = middleware.headers(lambda _: HttpResponse(headers={"Cache-Control": "max-age=9"}))(rf.get("/"))
    assert [r.headers["Cache-Control"] for r in (plain, chosen)] == ["no-store", "max-age=9"]
    assert plain.headers["Permissions-Policy"] == "camera=(), microphone=(), geolocation=()"


def session_after(request: HttpRequest, session: dict[str, object]) -> dict[str, object]:
    request.session = session  # type: ignore[assignment]
    middleware.idle(lambda _: HttpResponse())(request)
    return session


@pytest.mark.parametrize(("last_seen", "then"), [(0, 1000), (940, 1000), (941, 941)])
def test_work_pushes_the_end_of_a_session_forward_at_most_once_a_minute(
    monkeypatch: pytest.MonkeyPatch, rf: RequestFactory, last_seen: int, then: int
) -> None:
    monkeypatch.setattr("time.time", lambda: 1000.5)
    session = session_after(rf.get("/"), {SESSION_KEY: "1", "seen": last_seen})
    assert session["seen"] == then


def test_a_panel_that_refreshes_itself_keeps_nobody_signed_in_but_typing_does(rf: RequestFactory) -> None:
    refreshed = session_after(rf.get("/", headers={"X-Poll": "true"}), {SESSION_KEY: "1"})
    typed = session_after(rf.post("/", headers={"X-Poll": "true"}), {SESSION_KEY: "1"})
    assert ("seen" in refreshed, "seen" in typed) == (False, True)


def test_a_stranger_gets_no_session(rf: RequestFactory) -> None:
    assert session_after(rf.get("/"), {}) == {}


@pytest.mark.parametrize("spelling", ["lan", " LAN ", "ｌａｎ"])
def test_however_a_name_is_spelled_its_failures_are_counted_together(rf: RequestFactory, spelling: str) -> None:
    request = rf.post("/", {"username": spelling})
    counted = middleware.attempted_name(request), middleware.attempted_name(request, {"username": spelling})
    assert counted == ("lan", "lan")


def sign_in(rf: RequestFactory, password: str, address: str) -> str | None:
    request = rf.post("/", {"username": "lan"}, REMOTE_ADDR=address)
    user = authenticate(request, username="lan", password=password)
    return user.get_username() if user else None


@pytest.mark.django_db
def test_ten_wrong_passwords_block_a_name_at_one_address_only(rf: RequestFactory) -> None:
    User.objects.create_user("lan", password=PASSWORD)
    for _ in range(9):
        assert sign_in(rf, "sai mật khẩu", "203.0.113.9") is None
    assert sign_in(rf, PASSWORD, "203.0.113.9") == "lan"
    assert sign_in(rf, "sai mật khẩu", "203.0.113.9") is None
    after_ten = sign_in(rf, PASSWORD, "203.0.113.9"), sign_in(rf, PASSWORD, "198.51.100.4")
    assert after_ten == (None, "lan")


def test_a_blocked_sign_in_answers_what_a_wrong_password_answers(rf: RequestFactory) -> None:
    wrong = HttpResponse("Tên đăng nhập hoặc mật khẩu không đúng.")
    assert middleware.same_answer(rf.post("/"), wrong, {"username": "lan"}) is wrong
