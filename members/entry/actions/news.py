"""What others have done to an account: told to its owner until they say that they have seen it, and by mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from members.access import require_self
from members.changes import claim
from members.mailing import write_to
from members.models import Event, Member, Tenure, User
from members.refusal import Refused
from members.roles import LEADERS

if TYPE_CHECKING:
    from collections.abc import Collection

    from members.models import SignInSlip

TOLD = {
    "issue_slip": "phát phiếu đăng nhập cho tài khoản này",
    "confirm_slip": "xác nhận phiếu đăng nhập ấy",
    "refuse_slip": "huỷ phiếu đăng nhập",
    "use_slip": "mật khẩu được đặt bằng phiếu đăng nhập",
    "edit_account": "sửa tài khoản này",
    "set_device": "đổi ô “Dùng máy riêng” ở hồ sơ của đồng chí (người không dùng máy được ghi thay ý kiến)",
    "set_second_factor": "bật xác nhận hai lớp cho tài khoản này",
    "drop_second_factor": "xác nhận hai lớp bị tắt",
}
#: Told although it was done from this very account: whoever sits at an open session may not be its owner.
_ALSO_OWN = ("set_second_factor",)
#: The leaders of the owner's cell hear of these as well: two people who agree are seen by a third.
TOLD_TO_LEADERS = {
    "issue_slip": "phát phiếu đăng nhập cho đồng chí",
    "confirm_slip": "xác nhận phiếu đăng nhập của đồng chí",
}
_SUBJECT = "Tài khoản Chibo của đồng chí"
_SUBJECT_OF_CELL = "Phiếu đăng nhập trong chi bộ"


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
    _write_to_owner(user, what, by, at)


def tell_owners(users: Collection[User], what: str, by: User, at: datetime) -> None:
    """The same for many, in one query."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(news_at=at)
    for user in users:
        user.news_at = at
        _write_to_owner(user, what, by, at)


def _write_to_owner(user: User, what: str, by: User | None, at: datetime) -> None:
    moment = timezone.localtime(at)
    body = (
        f"Kính gửi đồng chí,\n\nLúc {moment:%H:%M} ngày {moment:%d/%m/%Y}: {_who(by)} {TOLD[what]}.\n\n"
        "Nếu đồng chí không biết việc này, xin báo ngay bí thư và cấp uỷ cấp trên. Mở tài khoản để xem đủ.\n"
    )
    write_to(user, _SUBJECT, body)


def tell_leaders(owner: User, what: str, by: User, at: datetime) -> None:
    """Secretary and deputies of the cell that keeps the owner's file, but for whoever did it and the owner."""
    if owner.member is None:
        return
    leading = Tenure.objects.on(timezone.localdate(at)).filter(
        organisation=owner.member.organisation_id, kind__in=LEADERS
    )
    moment = timezone.localtime(at)
    body = f"Lúc {moment:%H:%M} ngày {moment:%d/%m/%Y}: {_who(by)} {TOLD_TO_LEADERS[what]} {owner.member}.\n"
    for leader in User.objects.filter(member__in=leading.values("member")).exclude(pk__in=[by.pk, owner.pk]):
        User.objects.filter(pk=leader.pk).update(news_at=at)
        write_to(leader, _SUBJECT_OF_CELL, f"Kính gửi đồng chí,\n\n{body}")


def _of_others(user: User, at: datetime) -> list[tuple[datetime, str]]:
    """What leaders are told of others' accounts, since they have looked; of the last weeks at most."""
    cells = [tenure.organisation_id for tenure in user.tenures if tenure.kind in LEADERS]
    if not cells:
        return []
    since = max(filter(None, [user.news_seen_at, at - timedelta(days=30)]))
    told = Event.objects.told_to_leaders(cells, TOLD_TO_LEADERS, since).exclude(actor=user)
    rows = [row for row in told.select_related("actor__member") if row.thing_pk != user.member_id]
    names = Member.objects.in_bulk({row.thing_pk for row in rows})
    return [
        (row.happened_at, f"{_who(row.actor)} {TOLD_TO_LEADERS[row.what]} {names.get(row.thing_pk, '')}")
        for row in rows
        if row.what == "confirm_slip" or row.data.get("second")
    ]


def _who(by: User | None) -> str:
    if by is None:
        return "người cầm phiếu:"
    return f"đồng chí {by.member}" if by.member else "người quản trị máy chủ"


def news_of(user: User, at: datetime) -> News | None:
    """None, without a query, where there is none."""
    if not user.has_news and user.is_private_open:
        return None
    rows = Event.objects.done_to(user.member_id, TOLD, user.news_seen_at)
    rows = rows.exclude(~Q(what__in=_ALSO_OWN), actor=user)
    told = ((row.happened_at, f"{_who(row.actor)} {TOLD[row.what]}") for row in rows.select_related("actor__member"))
    waiting = user.slips.unused(at).with_people().first()
    return News((*told, *_of_others(user, at)), waiting, None if user.is_private_open else user.private_until)


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
