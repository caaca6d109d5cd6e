"""SIGN-IN SLIPS: issued -> (confirmed by a second person) -> used. Nobody becomes somebody else alone.

For an account that nobody has come in with, one leader is enough. For one that was used before, a slip takes effect
only with a second person: another leader, somebody of the superior committee, or the owner by a recovery code. What
was set in another way than by the owner's own code leaves the private part shut for some days.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members.access import require, require_or_administrator, require_self
from members.accounts import weakness_of
from members.actions import write_password
from members.changes import claim
from members.entry import limits
from members.entry.actions import factor
from members.entry.actions.news import tell_leaders, tell_owner
from members.entry.actions.recovery import spend
from members.entry.codes import fresh_code, hash_of
from members.models import Event, SignInSlip
from members.policy import may
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User
    from members.press import Press

SLIP_LIFE = timedelta(days=7)
WAITS = (
    "Phiếu này còn chờ người thứ hai xác nhận (một bí thư, phó bí thư khác, hoặc cấp uỷ cấp trên). Nếu đồng chí có mã "
    "dự phòng thì ghi vào ô bên dưới, không cần chờ."
)

#: By whoever it was done: who was entered, appointed or given an account just now may be made up for this very slip.
_MADE_SECOND = (
    "add_member",
    "transfer_member",
    "appoint",
    "end_tenure",
    "set_standing",
    "open_account",
    "edit_account",
)


def shut_for() -> timedelta:
    return timedelta(days=settings.PRIVATE_WAIT_DAYS)


def was_used(user: User) -> bool:
    """Somebody has come in with this account before."""
    return user.last_login is not None


@transaction.atomic
def issue_slip(user: User, *, by: User, at: datetime, drops_factor: bool = False, key: Press | None = None) -> str:
    """A new one-time code, shown once to be printed; earlier unused slips of this account stop working.

    Raises AlreadyDone for the same press again, so that the slip that was printed from it stays good.
    """
    if user.is_staff or user.member is None:
        raise Refused("Tài khoản quản trị máy chủ không dùng phiếu đăng nhập.")
    require_or_administrator(by, "slip.issue", user.member)
    if user.pk == by.pk:
        raise Refused("Không ai tự phát phiếu cho mình: đổi mật khẩu ở trang Tài khoản, hoặc nhờ người khác phát.")
    second = was_used(user)
    claim(user.member, None, "issue_slip", by=by, at=at, key=key, second=second, drops_factor=drops_factor)
    SignInSlip.objects.unused(at).filter(user=user).update(expires_at=at)
    code = fresh_code()
    SignInSlip.objects.create(
        user=user,
        code_hash=hash_of(code),
        issued_by=by,
        issued_at=at,
        expires_at=at + SLIP_LIFE,
        asked_at=at if second else None,
        drops_factor=drops_factor,
    )
    tell_owner(user, "issue_slip", by, at)
    if second:
        tell_leaders(user, "issue_slip", by, at)
    return code


def to_confirm(by: User, at: datetime) -> list[tuple[SignInSlip, str]]:
    """The slips of whoever this account may stand for, each with the reason why not by them. Two queries."""
    rows = SignInSlip.objects.for_user(by).waiting(at).with_people()
    return [(slip, why_not_confirm(slip, by, at)) for slip in rows if may(by, "slip.confirm", slip)]


def why_not_confirm(slip: SignInSlip, by: User, at: datetime) -> str:
    """Why this person is no second person for the slip, in a sentence; empty where they are."""
    if by.pk == slip.issued_by_id:
        return "Phiếu do chính đồng chí phát: cần một người khác xác nhận."
    if by.pk == slip.user_id:
        return "Phiếu của chính mình thì xác nhận bằng mã dự phòng, khi dùng phiếu."
    if by.slips.filter(used_at__gt=at - shut_for()).exists():  # else one person could be both, one after the other
        return (
            f"Mật khẩu của đồng chí vừa đặt bằng phiếu, chưa đủ {settings.PRIVATE_WAIT_DAYS} ngày, nên chưa xác nhận "
            "được phiếu của người khác."
        )
    if by.member is None or Event.objects.done_to(by.member_id, _MADE_SECOND, at - shut_for()).exists():
        return (
            f"Tài khoản hoặc chức vụ của đồng chí mới có, chưa đủ {settings.PRIVATE_WAIT_DAYS} ngày, nên chưa xác nhận "
            "được phiếu của người khác."
        )
    return ""


@transaction.atomic
def confirm_slip(slip: SignInSlip, *, by: User, at: datetime) -> None:
    """A second person stands for it that the owner has asked for this slip."""
    require(by, "slip.confirm", slip)
    if why := why_not_confirm(slip, by, at):
        raise Refused(why)
    _confirm(slip, by, at)


def _confirm(slip: SignInSlip, by: User, at: datetime) -> None:
    claim(slip.owner, None, "confirm_slip", by=by, at=at, slip=slip.pk)
    if not SignInSlip.objects.waiting(at).filter(pk=slip.pk).update(confirmed_at=at, confirmed_by=by):
        raise AlreadyDone
    slip.confirmed_at, slip.confirmed_by = at, by
    tell_owner(slip.user, "confirm_slip", by, at)
    tell_leaders(slip.user, "confirm_slip", by, at)


@transaction.atomic
def refuse_slip(user: User, *, by: User, at: datetime) -> None:
    """The owner, still signed in, has not asked for the slip: it stops working."""
    require_self(by, user)
    if user.member is None:
        raise AlreadyDone
    claim(user.member, None, "refuse_slip", by=by, at=at)
    if not SignInSlip.objects.unused(at).filter(user=user).update(expires_at=at):
        raise AlreadyDone


@transaction.atomic
def use_slip(*, code: str, password: str, at: datetime, recovery: str = "") -> User:
    """Set the owner's password with the code from the slip. One answer for every kind of bad code."""
    refusal = Refused("Mã phiếu không đúng, đã dùng hoặc đã hết hạn.", field="code")
    slip = SignInSlip.objects.with_people().filter(code_hash=hash_of(code)).first()
    if slip is None or not slip.user.is_active or slip.used_at or slip.expires_at <= at:
        raise refusal
    if weakness := weakness_of(password, slip.user):
        raise Refused(weakness, field="password")
    owner = slip.user
    by_owner = bool(recovery) and spend(owner, recovery, at)
    if recovery and not by_owner:
        raise Refused("Mã dự phòng không đúng hoặc đã dùng.", field="recovery")
    if slip.asked_at is None and was_used(owner):  # printed before somebody came in: it asked for no second person
        raise refusal
    if slip.is_waiting(at) and not by_owner:
        raise Refused(WAITS, field="code")
    if slip.is_waiting(at):
        _confirm(slip, owner, at)
    if not SignInSlip.objects.unused(at).filter(pk=slip.pk).update(used_at=at):
        raise refusal
    claim(slip.owner, None, "use_slip", by=owner if by_owner else None, at=at, slip=slip.pk)
    if slip.asked_at is not None and not by_owner:
        owner.private_until = at + shut_for()
    write_password(owner, password, "private_until")
    if slip.drops_factor:
        factor.forget(owner)
        claim(slip.owner, None, "drop_second_factor", by=None, at=at, slip=slip.pk)
    tell_owner(owner, "use_slip", None, at)
    return owner


def limited_use(*, code: str, password: str, place: str, recovery: str = "") -> User:
    """The same from a page: whoever guesses is slowed down, whatever they guess."""
    at = timezone.now()
    limits.SLIP.begin(place, at)
    user = use_slip(code=code, password=password, recovery=recovery, at=at)
    limits.SLIP.forget(place)
    return user
