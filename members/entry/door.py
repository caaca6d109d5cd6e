"""Coming in: what a session begins with, what it remembers of the password, and the two cookies of a device."""

from __future__ import annotations

import secrets
import time
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

from members.entry import limits, visits
from members.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


BACKEND = "members.accounts.Backend"
ENTERED, PROVED = "entered", "proved"  # seconds: when the session began, when the password was last typed in it
KNOWN_COOKIE, DRAFT_COOKIE = f"{settings.COOKIE_PREFIX}known", f"{settings.COOKIE_PREFIX}drafts"
YEAR = 365 * 24 * 3600
MOST_NAMES, MOST_SALTS = 6, 8


def enter(request: HttpRequest, user: User) -> None:
    """The session begins here, with a new name; nothing that the one before remembered of a password stays."""
    login(request, user, backend=BACKEND)
    request.session[ENTERED] = request.session[PROVED] = int(time.time())
    visits.note(request, user, timezone.now())


def account(pk: int) -> User | None:
    """Of somebody between the two steps at the door; None where it was closed meanwhile."""
    return User.objects.filter(pk=pk, is_active=True).first()


def is_over(request: HttpRequest, now: int) -> bool:
    """A session ends so many hours after it began, whoever is at work in it. Its first request sets the clock."""
    session = request.session
    return SESSION_KEY in session and now - session.get(ENTERED, now) >= settings.SESSION_HOURS * 3600


def has_proved(request: HttpRequest) -> bool:
    """The password was typed in this session within the last minutes."""
    session = request.session
    typed = session.get(PROVED, session.get(ENTERED, 0))
    return bool(time.time() - typed < settings.PASSWORD_AGAIN_MINUTES * 60)


def proves(request: HttpRequest) -> None:
    request.session[PROVED] = int(time.time())


# --- The device ---------------------------------------------------------------------------------


def limit_of(request: HttpRequest, name: str) -> tuple[limits.Limit, str]:
    """How tries of this name are counted here, and under what.

    A device that the account has come in with counts for itself, and so does an address that it has come from
    (django-axes counts name and address together). So guessing from elsewhere keeps nobody out at home.
    """
    if nonce := _known(request).get(_name_key(name)):
        return limits.DEVICE, f"{name}:{nonce}"
    address = request.META.get("REMOTE_ADDR", "")
    if visits.has_come_from(name, address):
        return limits.DEVICE, f"{name}:{address}"
    return limits.NAME, name


def knows_device(request: HttpRequest, name: str) -> bool:
    return _name_key(name) in _known(request)


def shut_here(request: HttpRequest) -> bool:
    """An account that has come in with this device had its password set by a slip meanwhile; is told at the door.

    One query, and only for a device that is known.
    """
    keys = [nonce.rpartition(".")[2] for nonce in _known(request).values()]
    return bool(keys) and User.objects.filter(pk__in=keys, private_until__gt=timezone.now()).exists()


def _name_key(name: str) -> str:
    return salted_hmac("chibo.known", name).hexdigest()[:16]


def _known(request: HttpRequest) -> dict[str, str]:
    try:
        found: Any = signing.loads(request.COOKIES.get(KNOWN_COOKIE, ""), salt="chibo.known", max_age=YEAR)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> HttpResponse:
    """That this account came in with this device; and what its drafts are kept under, if there is nothing yet."""
    known, name = _known(request), _name_key(user.username)
    nonce = known.pop(name, "") or f"{secrets.token_urlsafe(9)}.{user.pk}"
    latest = dict([*known.items()][-(MOST_NAMES - 1) :]) | {name: nonce}
    _set(response, KNOWN_COOKIE, signing.dumps(latest, salt="chibo.known"))
    if not _salts(request):
        _set(response, DRAFT_COOKIE, secrets.token_urlsafe(16))
    return response


def _set(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(name, value, max_age=YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")


def _salts(request: HttpRequest) -> list[str]:
    return [one for one in request.COOKIES.get(DRAFT_COOKIE, "").split(".") if len(one) == 22][:MOST_SALTS]


def turn_draft_key(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever signs out: what is typed here from now on has another key; what waits unsent stays readable."""
    _set(response, DRAFT_COOKIE, ".".join([secrets.token_urlsafe(16), *_salts(request)][:MOST_SALTS]))
    return response


def draft_keys(request: HttpRequest, user: User) -> str:
    """What this account's browser encrypts unsent text with, then the keys that older words may lie under.

    Given to signed-in pages, never stored on a device. A key is of the account, its password's version and this
    device's sign-outs (docs/decisions/0006-saving-what-is-typed.md). While the private part is shut the words from
    before stay shut as well.
    """
    versions = [user.draft_version] if not user.is_private_open else range(user.draft_version, -1, -1)[:MOST_SALTS]
    salts = [*_salts(request), ""]  # the last: of a session that began before this device had a cookie
    keys = [_key(f"{user.pk}:{version}:{salt}") for version in versions for salt in salts]
    before = [_key(str(user.pk))] if user.is_private_open else []  # what was written when each account had one key
    return " ".join(keys + before)


def _key(of: str) -> str:
    return b64encode(salted_hmac("chibo.drafts", of, algorithm="sha256").digest()).decode()
