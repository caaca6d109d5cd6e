"""How somebody proves who they are: the sign-in backend and the password hash."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from members.asked import Asked
from members.models import Tenure, User
from members.names import plain

# Django's own sentences are only partly translated.
_WEAKNESS = {
    "password_too_short": "Mật khẩu ngắn quá: cần ít nhất %(min_length)d ký tự.",
    "password_too_common": "Mật khẩu này nhiều người dùng, dễ bị đoán ra.",
    "password_too_similar": "Mật khẩu giống tên đăng nhập quá.",
}
# What is too easy to guess here: words of the house, and what fingers do by themselves.
_HOUSE = (
    "chi bo dang vien uy bi thu pho cap sinh hoat mat khau viet nam chibo dang bo phuong co quan to dan pho van phong"
)
_RUNS = (
    "01234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
)
_LEFT_AT_LEAST = 8  # letters that are nobody's name, no word of the cell and no run


class NoneOfTheirOwnWords:
    """Refuses a password that is little more than the person's name, the cell's words, figures or a keyboard run.

    With and without accents, in any order: what is left when those are taken out has to be enough.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        letters = plain(password)
        if not any(char.isalpha() for char in letters):
            raise ValidationError("Mật khẩu chỉ có chữ số, dễ bị đoán ra. Xin thêm vài từ.", code="own")
        if len(set(letters) - {" "}) < 5:
            raise ValidationError("Mật khẩu lặp đi lặp lại vài chữ, dễ bị đoán ra.", code="own")
        if _left(letters, _own_words(user)) < _LEFT_AT_LEAST:
            raise ValidationError(
                "Mật khẩu chủ yếu là họ tên, ngày sinh, tên chi bộ hay dãy phím liền nhau, dễ bị đoán ra. Xin chọn bốn "
                "từ khác, không liên quan với nhau.",
                code="own",
            )

    def get_help_text(self) -> str:
        return "Không dùng họ tên, tên chi bộ, dãy phím liền nhau."


def _own_words(user: User | None) -> set[str]:
    words = {*plain(_HOUSE).split(), *plain(getattr(user, "username", "")).replace(".", " ").split()}
    if user is not None and user.member is not None:
        member = user.member
        words |= {*plain(f"{member.full_name} {member.organisation} {member.organisation.superior_line}").split()}
    return {word for word in words if len(word) > 1}


def _left(letters: str, own: set[str]) -> int:
    """How many letters are left; a word written without spaces is found as well, where it is long enough."""
    words = [word for word in re.split(r"[\W_]+", letters) if word not in own]
    rest = re.sub(r"\d+", "", " ".join(words))
    for word in sorted((one for one in own if len(one) > 2), key=len, reverse=True):
        rest = rest.replace(word, "")
    for run in _RUNS:
        for row in (run, run[::-1]):
            for start in range(len(row) - 3):
                rest = rest.replace(row[start : start + 4], "")
    return sum(char.isalnum() for char in rest)


def weakness_of(password: str, user: User) -> str:
    """The first reason why this password will not do; empty when it will."""
    try:
        validate_password(password, user)
    except ValidationError as weak:
        first = weak.error_list[0]
        return _WEAKNESS.get(str(first.code), first.messages[0]) % (first.params or {})
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


def posts_of(day: Any, account: Any) -> Any:
    """The tenures that count on this day, each with its body, member and account."""
    return Tenure.objects.on(day).filter(member__account__pk=account).select_related("organisation", "member__account")


_POSTS = Asked(posts_of)


class Backend(ModelBackend):
    """User name and password; the account, its member and today's tenures come in one query."""

    def get_user(self, user_id: Any) -> User | None:
        rows = _POSTS(timezone.localdate(), user_id)
        user: User | None
        if rows:
            user = rows[0].member.account
            user.member = rows[0].member
            user.tenures = rows
        else:
            user = User.objects.select_related("member").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
