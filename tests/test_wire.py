"""What a stranger's browser receives, through everything that stands between it and a view."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings as project
from django.contrib.messages import MessageFailure
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from documents.apart import TooMuch
from tests.factories import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpResponse
    from pytest_django import Settings

    from tests.conftest import Cast

SIGN_IN, ACCOUNT = "/sign-in/", "/account/"
POLICY = [
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
]
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ON_PAGES = {
    **EVERYWHERE,
    "Content-Security-Policy": "; ".join(POLICY),
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


@pytest.fixture
def static_file(settings: Settings, tmp_path: Path) -> str:
    """The address of a file as `collectstatic` would have laid it out."""
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "probe.css").write_text("p { color: red }")
    return "/static/probe.css"


def heard(answer: HttpResponse, wanted: dict[str, str]) -> dict[str, str | None]:
    """These headers of an answer; the policy in the order of the alphabet, because it comes in any."""
    found = {name: answer.get(name) for name in wanted}
    if policy := found.get("Content-Security-Policy"):
        found["Content-Security-Policy"] = "; ".join(sorted(policy.split("; ")))
    return found


def enter(client: Client, password: str = PASSWORD, **more: Any) -> HttpResponse:
    return client.post(SIGN_IN, {"username": "hoa", "password": password}, **more)


# --- Headers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"), [(SIGN_IN, 200), ("/", 302), ("/khong-co/", 404), ("/sign-in", 301), ("/static/khong-co", 404)]
)
def test_a_stranger_is_guarded_on_every_answer(cast: Cast, path: str, status: int) -> None:
    answer = Client().get(path)
    assert (answer.status_code, heard(answer, ON_PAGES)) == (status, ON_PAGES)


def test_a_forged_form_is_refused_with_the_same_guards(db: None) -> None:
    answer = enter(Client(enforce_csrf_checks=True))
    assert (answer.status_code, heard(answer, ON_PAGES)) == (403, ON_PAGES)


def test_a_member_is_guarded_on_pages_and_papers_and_neither_stays_in_a_cache(
    cast: Cast, called: Any, as_user: Callable[..., Client]
) -> None:
    lan = as_user(cast.lan)
    page, paper = lan.get("/"), lan.get(f"/meetings/{called.pk}/notice.pdf")
    assert heard(page, ON_PAGES) == ON_PAGES
    of_a_paper = ON_PAGES | {"Cache-Control": "private, no-store"}
    assert (paper["Content-Type"], heard(paper, ON_PAGES)) == ("application/pdf", of_a_paper)


def test_a_static_file_is_never_guessed_to_be_something_else(static_file: str) -> None:
    answer = Client().get(static_file)
    assert (answer.status_code, heard(answer, EVERYWHERE)) == (200, EVERYWHERE)


# --- Who is calling -----------------------------------------------------------------------------


def test_ten_wrong_passwords_through_a_proxy_lock_out_the_address_behind_it(cast: Cast, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    home, elsewhere = ({"headers": {"X-Forwarded-For": f"1.2.3.4, {one}"}} for one in ("203.0.113.9", "198.51.100.4"))
    for _ in range(10):
        assert enter(Client(), "sai mật khẩu", **home).status_code == 422
    answers = [enter(Client(), **place).status_code for place in (home, elsewhere)]
    assert (answers, AccessAttempt.objects.get().ip_address) == ([422, 302], "203.0.113.9")


def test_without_a_proxy_nobody_chooses_the_address_that_is_locked_out(cast: Cast) -> None:
    """The project's own settings trust none."""
    for number in range(10):
        enter(Client(), "sai mật khẩu", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert enter(Client(), headers={"X-Forwarded-For": "198.51.100.4"}).status_code == 422
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


# --- Every middleware has a reason --------------------------------------------------------------


def counted_address(cast: Cast, settings: Settings) -> Any:
    settings.TRUSTED_PROXIES = 1
    enter(Client(), "sai mật khẩu", headers={"X-Forwarded-For": "203.0.113.9"})
    return AccessAttempt.objects.get().ip_address


def says_after_saving(client: Client) -> bool:
    enter(client)
    typed = {"do": "email", "email": "a@b.vn", "old": PASSWORD}
    return "Đã lưu địa chỉ e-mail." in client.post(ACCOUNT, typed, follow=True).text


REASONS: dict[str, tuple[Callable[..., Any], Any]] = {
    "chibo.middleware.proxy": (lambda cast, settings, path: counted_address(cast, settings), "203.0.113.9"),
    "django.middleware.security.SecurityMiddleware": (
        lambda *_: Client().get(SIGN_IN).get("Referrer-Policy"),
        "same-origin",
    ),
    "whitenoise.middleware.WhiteNoiseMiddleware": (lambda _, __, path: Client().get(path).status_code, 200),
    "chibo.middleware.headers": (lambda *_: Client().get(SIGN_IN).get("Cache-Control"), "no-store"),
    "chibo.middleware.leading": (lambda *_: _led().get("X-Leads-To"), SIGN_IN),
    "csp.middleware.CSPMiddleware": (lambda *_: heard(Client().get(SIGN_IN), ON_PAGES), ON_PAGES),
    "django.middleware.clickjacking.XFrameOptionsMiddleware": (
        lambda *_: Client().get(SIGN_IN).get("X-Frame-Options"),
        "DENY",
    ),
    "django.contrib.sessions.middleware.SessionMiddleware": (lambda *_: enter(Client()).status_code, 302),
    "django.middleware.common.CommonMiddleware": (lambda *_: Client().get("/sign-in").status_code, 301),
    "django.middleware.csrf.CsrfViewMiddleware": (
        lambda *_: enter(Client(enforce_csrf_checks=True)).status_code,
        403,
    ),
    "django.contrib.auth.middleware.AuthenticationMiddleware": (lambda *_: enter(Client()).status_code, 302),
    "chibo.middleware.SignInFirst": (
        lambda *_: Client().get(ACCOUNT).get("Location"),
        f"{SIGN_IN}?next={ACCOUNT}",
    ),
    "django.contrib.messages.middleware.MessageMiddleware": (lambda *_: says_after_saving(Client()), True),
    "chibo.middleware.idle": (lambda *_: _seen_after_a_click(), True),
    "chibo.middleware.second_factor": (lambda cast, settings, _: _leads_to(cast, settings), "/account/second-factor/"),
    "axes.middleware.AxesMiddleware": (lambda *_: [one.id for one in run_checks()], []),
    "chibo.middleware.in_words": (lambda *_: _in_words().content.decode().count("Đã lưu địa chỉ e-mail."), 1),
    "chibo.middleware.too_much": (lambda cast, settings, _: _too_much(cast), 302),
    "chibo.middleware.own_pages": (lambda *_: bool(_got("/sign-out/").content), True),
    "chibo.middleware.taken": (lambda cast, *_: _taken_by(cast), "0123456789abcdef"),
}


def _led() -> HttpResponse:
    """A press that the page has sent itself."""
    client = Client()
    enter(client)
    return client.post("/sign-out/", headers={"X-Press": "1"})


def _in_words() -> HttpResponse:
    """A press on a panel of a screen."""
    client = Client()
    enter(client)
    return client.post(ACCOUNT, {"do": "email", "email": "a@b.vn", "old": PASSWORD}, headers={"X-Words": "1"})


def test_a_device_is_told_what_was_taken_also_where_words_alone_come_back(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    client.post("/sign-out/", {"kept": "0123456789abcdef"}, headers={"X-Words": "1"})
    assert client.cookies["chibo_taken"].value == "0123456789abcdef"


def _leads_to(cast: Cast, settings: Settings) -> Any:
    """Where a secretary without a second factor is sent on a server that asks for one."""
    settings.SECOND_FACTOR = "leaders"
    lan = Client()
    lan.force_login(cast.account(cast.lan), backend="members.accounts.Backend")
    return lan.get("/").headers.get("Location")


def _too_much(cast: Cast) -> int:
    """Where whoever asks for a paper is led that would take everybody's time: to the page of its order."""
    client = Client(raise_request_exception=False)
    client.force_login(cast.account(cast.lan), backend="members.accounts.Backend")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("documents.http.to_pdf", _never)
        return client.get(f"/cells/{cast.cell.pk}/guideline.pdf").status_code


def _never(*_: Any) -> bytes:
    raise TooMuch


def _taken_by(cast: Cast) -> str | None:
    """What a device is told whose form led on."""
    client = Client()
    client.force_login(cast.account(cast.hoa), backend="members.accounts.Backend")
    client.post("/sign-out/", {"kept": "0123456789abcdef"})
    told = client.cookies.get("chibo_taken")
    return told.value if told is not None else None


def _got(path: str) -> HttpResponse:
    client = Client()
    enter(client)
    return client.get(path)


def _seen_after_a_click() -> bool:
    client = Client()
    enter(client)
    client.get(ACCOUNT)
    return "seen" in client.session


def answer_of(question: Callable[..., Any], *given: Any) -> Any:
    """What is seen from outside; a request that fails is an answer too."""
    try:
        return question(*given)
    except (ImproperlyConfigured, MessageFailure, AttributeError, AssertionError) as problem:
        return problem


def test_every_middleware_is_asked_for_a_reason() -> None:
    assert list(REASONS) == project.MIDDLEWARE


@pytest.mark.parametrize("name", REASONS)
def test_each_middleware_is_missed_when_it_is_gone(cast: Cast, settings: Settings, static_file: str, name: str) -> None:
    question, expected = REASONS[name]
    given = (cast, settings, static_file)
    assert question(*given) == expected
    AccessAttempt.objects.all().delete()
    settings.MIDDLEWARE = [one for one in project.MIDDLEWARE if one != name]
    assert answer_of(question, *given) != expected


# --- Settings of a server that the whole world can reach ------------------------------------------

ASK = """
import json, django
django.setup()
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, override_settings
from django.urls import path

@login_not_required
def view(request):
    request.session["a"] = get_token(request)
    return HttpResponse("a")

urlpatterns = [path("", view)]
engine = "django.contrib.sessions.backends.signed_cookies"  # there is no database here
with override_settings(ROOT_URLCONF=__name__, SESSION_ENGINE=engine):
    safe, open = Client().get("/", secure=True), Client().get("/")
told = ["secure", "httponly", "samesite", "path", "domain", "max-age"]
print(json.dumps({
    "cookies": {name: [one[word] for word in told] for name, one in sorted(safe.cookies.items())},
    "hsts": safe.get("Strict-Transport-Security"),
    "open": [open.status_code, open.get("Location"), len(open.cookies)],
}))
"""


def test_in_production_cookies_travel_encrypted_only_and_no_script_reads_them() -> None:
    given = {
        "CHIBO_DEBUG": "0",
        "CHIBO_HTTPS": "1",
        "CHIBO_ALLOWED_HOSTS": "testserver",
        "CHIBO_SECRET_KEY": "".join(map(chr, range(48, 123))),
        "CHIBO_CRITIQUE_KEYS": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
        "DATABASE_URL": "sqlite:///:memory:",
        "DJANGO_SETTINGS_MODULE": "chibo.settings",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHIBO_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env={**kept, **given}, cwd=project.BASE_DIR, capture_output=True, check=True
    )
    assert json.loads(done.stdout) == {
        "cookies": {
            "__Host-csrf": [True, True, "Lax", "/", "", 364 * 24 * 3600],
            "__Host-session": [True, True, "Lax", "/", "", 120 * 60],
        },
        "hsts": "max-age=31536000; includeSubDomains; preload",
        "open": [301, "https://testserver/", 0],
    }
