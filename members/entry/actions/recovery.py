"""Recovery codes: printed, shown once, kept as hashes, each good for one use; what the owner has and no leader has."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from members.access import require_self
from members.asked import Asked
from members.changes import claim
from members.entry.codes import LETTERS, fresh_code, hash_of
from members.models import RecoveryCode
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press

HOW_MANY = 8
SHUT = "Phần riêng còn đóng: mở bằng mã dự phòng đã in trước, hoặc chờ hết hạn, rồi mới in bộ mã mới."


@transaction.atomic
def make_codes(user: User, *, by: User, at: datetime, key: Press | None = None) -> list[str]:
    """A new set to be printed; the one before stops working. Not while the private part is shut: else it opens it.

    Raises AlreadyDone for the same press again: the page that was drawn anew makes no second set.
    """
    require_self(by, user)
    if not user.is_private_open:
        raise Refused(SHUT)
    if user.member:
        claim(user.member, None, "make_codes", by=by, at=at, key=key)
    RecoveryCode.objects.filter(user=user).delete()
    codes = [fresh_code() for _ in range(HOW_MANY)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, code_hash=hash_of(code), made_at=at) for code in codes)
    return codes


def spend(user: User, code: str, at: datetime) -> bool:
    """Whether it was one of this account's unused codes; it is used now. Two at once: one of them."""
    rows = RecoveryCode.objects.filter(user=user, code_hash=hash_of(code), used_at__isnull=True)
    return bool(rows.update(used_at=at))


@dataclass(frozen=True, slots=True)
class CodeSet:
    """`name`: two letters or figures, on the print as well, so that an old print is told from the valid one."""

    name: str
    made_at: datetime
    left: int  # of its codes, not used yet


_CODES = Asked(lambda account: RecoveryCode.objects.filter(user=account).order_by("pk"))


def set_of(user: User) -> CodeSet | None:
    """The one set that is valid, however many of its codes are used. One query."""
    codes = _CODES(user.pk)
    if not codes:
        return None
    made_at = codes[0].made_at
    return CodeSet(_name_of(user, made_at), made_at, sum(code.used_at is None for code in codes))


def _name_of(user: User, made_at: datetime) -> str:
    said = f"{user.pk} {made_at.astimezone(UTC).isoformat(timespec='microseconds')}"
    first, second, *_ = hashlib.sha256(said.encode()).digest()
    return LETTERS[first % len(LETTERS)] + LETTERS[second % len(LETTERS)]


def left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()


@transaction.atomic
def open_private(user: User, *, code: str, by: User, at: datetime) -> None:
    """The owner shows what no leader has, and the private part is open again."""
    require_self(by, user)
    if not spend(user, code, at):
        raise Refused("Mã dự phòng không đúng hoặc đã dùng.", field="code")
    user.private_until = None
    user.save(update_fields=["private_until"])
    if user.member:
        claim(user.member, None, "open_private", by=by, at=at)
