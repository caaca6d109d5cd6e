"""How somebody proves who they are: the sign-in backend and the password hash."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.models import Tenure, User

# Django's own sentences are only partly translated.
_WEAKNESS = {
    "password_too_short": "Mật khẩu ngắn quá: cần ít nhất %(min_length)d ký tự.",
    "password_too_common": "Mật khẩu này nhiều người dùng, dễ bị đoán ra.",
    "password_too_similar": "Mật khẩu giống tên đăng nhập quá.",
}


def weakness_of(password: str, user: User) -> str:
    """Why this password will not do, in a sentence or two; empty when it will."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        faults = weak.error_list
        return " ".join(_WEAKNESS.get(str(f.code), f.messages[0]) % (f.params or {}) for f in faults)
    return ""


class Hasher(Argon2PasswordHasher):
    """Argon2id at the size OWASP names (19 MiB, t=2, p=1): two cores carry the burst at 19:00.

    Passwords are NFKC-normalised when set and when checked, so that a Vietnamese password typed on a
    keyboard that composes its letters differently is still the same password.
    """

    algorithm = "argon2nfkc"
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        return super().encode(unicodedata.normalize("NFKC", password), salt)

    def verify(self, password: str, encoded: str) -> bool:
        return super().verify(unicodedata.normalize("NFKC", password), encoded)


class Backend(ModelBackend):
    """User name and password; the account, its member and today's tenures come in one query."""

    def get_user(self, user_id: Any) -> User | None:
        rows = list(
            Tenure.objects.on(timezone.localdate())
            .filter(member__account__pk=user_id)
            .select_related("organisation", "member__account")
        )
        user: User | None
        if rows:
            user = rows[0].member.account
            user.member = rows[0].member
            user.tenures = rows
        else:
            user = User.objects.select_related("member").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
