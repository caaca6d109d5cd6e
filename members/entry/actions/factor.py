"""The second factor: a code of 30 seconds from a phone (TOTP, django-otp), or one of the printed recovery codes."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

import segno
from django.conf import settings
from django.db import transaction

from members.access import require_self
from members.changes import claim
from members.entry.actions.news import tell_owner
from members.entry.actions.recovery import spend
from members.entry.locked import Unreadable
from members.models import Phone, TenureKind
from members.refusal import Refused
from members.roles import ON_COMMITTEE

if TYPE_CHECKING:
    from members.models import User

WRONG = "Mã không đúng hoặc đã dùng. Mã trên điện thoại đổi mỗi 30 giây; xin gõ mã đang hiện."
SECRET = 20  # bytes, as long as what it is hashed with
_ASKED_OF = {*ON_COMMITTEE, TenureKind.SUPERIOR}


def leads(user: User) -> bool:
    """Secretaries, committees, whoever follows from above, the server's administrators."""
    return user.is_staff or any(tenure.kind in _ASKED_OF for tenure in user.tenures)


def is_missing(user: User) -> bool:
    """The setting asks it of this account, and it has none. No query."""
    return settings.SECOND_FACTOR == "leaders" and user.second_factor_since is None and leads(user)


@transaction.atomic
def begin(user: User, *, by: User, at: datetime) -> None:
    """A fresh secret to be read by the phone; it counts once the phone's code has come back."""
    require_self(by, user)
    if user.second_factor_since is not None:
        raise Refused("Tài khoản đã có xác nhận hai lớp.")
    Phone.objects.filter(user=user).delete()
    phone = Phone(user=user, name="totp", confirmed=False)
    phone.remember(secrets.token_bytes(SECRET))
    phone.save()
    if user.member:
        claim(user.member, None, "begin_second_factor", by=by, at=at)


def begun(user: User) -> tuple[str, str] | None:
    """Picture and letters of the secret, while it is not confirmed."""
    device = Phone.objects.filter(user=user, confirmed=False).first()
    if device is None:
        return None
    try:
        address = device.config_url
    except Unreadable:
        return None
    letters = address.partition("secret=")[2].partition("&")[0]
    grouped = " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))
    return segno.make(address, error="m").svg_data_uri(scale=4, border=2), grouped


@transaction.atomic
def confirm(user: User, *, code: str, by: User, at: datetime) -> None:
    require_self(by, user)
    if not _of_phone(user, code, confirmed=False):
        raise Refused(WRONG, field="code")
    Phone.objects.filter(user=user).update(confirmed=True)
    user.second_factor_since = at
    user.save(update_fields=["second_factor_since"])
    if user.member:
        claim(user.member, None, "set_second_factor", by=by, at=at)
        tell_owner(user, "set_second_factor", by, at)


def _of_phone(user: User, code: str, *, confirmed: bool = True) -> bool:
    """Held, so that one code is not taken twice at once. One step early or late is right; an older one never."""
    device = Phone.objects.select_for_update().filter(user=user, confirmed=confirmed).first()
    digits = "".join(code.split())
    try:
        return device is not None and digits.isascii() and digits.isdecimal() and bool(device.verify_token(digits))
    except Unreadable:  # since CHIBO_SECRET_KEY is another one; a recovery code or a new slip still leads in
        return False


@transaction.atomic
def is_right(user: User, code: str, at: datetime) -> bool:
    """The phone's code, or a recovery code instead."""
    return _of_phone(user, code) or spend(user, code, at)


@transaction.atomic
def drop(user: User, *, code: str, by: User, at: datetime) -> None:
    """By its owner, who still has it."""
    require_self(by, user)
    if not is_right(user, code, at):
        raise Refused(WRONG, field="code")
    forget(user)
    if user.member:
        claim(user.member, None, "drop_second_factor", by=by, at=at)


def forget(user: User) -> None:
    """Gone, with everything that it was made of."""
    Phone.objects.filter(user=user).delete()
    user.second_factor_since = None
    user.save(update_fields=["second_factor_since"])
