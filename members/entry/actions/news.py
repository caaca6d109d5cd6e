"""What others have done to an account: told to its owner until they say that they have seen it, and by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from members.access import require_self
from members.changes import claim
from members.mailing import write_to
from members.models import Event
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import SignInSlip, User

TOLD = {
    "issue_slip": "phát phiếu đăng nhập cho tài khoản này",
    "confirm_slip": "xác nhận phiếu đăng nhập ấy",
    "refuse_slip": "huỷ phiếu đăng nhập",
    "use_slip": "mật khẩu được đặt bằng phiếu đăng nhập",
    "edit_account": "sửa tài khoản này",
    "set_device": "đổi ô “Dùng máy riêng” ở hồ sơ của đồng chí (người không dùng máy được ghi thay ý kiến)",
    "drop_second_factor": "xác nhận hai lớp bị tắt",
}
_SUBJECT = "Tài khoản Chibo của đồng chí"


@dataclass(frozen=True, slots=True)
class News:
    """What the banner shows. `waiting`: a slip that the owner may still refuse."""

    lines: tuple[tuple[datetime, str], ...]
    waiting: SignInSlip | None
    private_until: datetime | None


def tell_owner(user: User, what: str, by: User | None, at: datetime) -> None:
    """Call inside the transaction that has written the event."""
    user.news_at = at
    user.save(update_fields=["news_at"])
    moment = timezone.localtime(at)
    body = (
        f"Kính gửi đồng chí,\n\nLúc {moment:%H:%M} ngày {moment:%d/%m/%Y}: {_who(by)} {TOLD[what]}.\n\n"
        "Nếu đồng chí không biết việc này, xin báo ngay bí thư và cấp uỷ cấp trên. Mở tài khoản để xem đủ.\n"
    )
    write_to(user, _SUBJECT, body)


def _who(by: User | None) -> str:
    if by is None:
        return "người cầm phiếu:"
    return f"đồng chí {by.member}" if by.member else "người quản trị máy chủ"


def news_of(user: User, at: datetime) -> News | None:
    """None, without a query, where there is none."""
    if not user.has_news and user.is_private_open:
        return None
    rows = Event.objects.done_to(user.member_id, TOLD, user.news_seen_at).exclude(actor=user)
    told = ((row.happened_at, f"{_who(row.actor)} {TOLD[row.what]}") for row in rows.select_related("actor__member"))
    waiting = user.slips.unused(at).with_people().first()
    return News(tuple(told), waiting, None if user.is_private_open else user.private_until)


def address_of_account() -> str:
    return reverse("account")


@transaction.atomic
def see_news(user: User, *, by: User, at: datetime) -> None:
    """While the private part is shut, whoever sits here may not be the owner: the news stays."""
    require_self(by, user)
    if not user.is_private_open:
        raise Refused("Khi phần riêng còn đóng, thông báo này còn hiện. Mở bằng mã dự phòng ở trang Tài khoản.")
    user.news_seen_at = at
    user.save(update_fields=["news_seen_at"])
    if user.member:
        claim(user.member, None, "seen_news", by=by, at=at)
