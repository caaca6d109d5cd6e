"""The file moves with the person; what happened in the old cell stays there, and so do the standings held in it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members import actions
from members.access import require
from members.apart import told_anew
from members.changes import claim
from members.models import STANDINGS, Member, Organisation, Tenure, TenureKind
from members.names import one_way
from members.refusal import Refused
from members.register import hold_followers, tell_followers

if TYPE_CHECKING:
    from datetime import date, datetime

    from members.models import User

_GOING = (TenureKind.FULL, TenureKind.PROBATIONARY, TenureKind.EXEMPT, TenureKind.SPECIAL_DUTY)
NOT_FOUND = (
    "Không thấy chi bộ tên ấy dưới cùng đảng bộ trên máy chủ này. Chuyển đi nơi không dùng chung máy chủ thì ghi tư "
    "cách “{left}” ở hồ sơ."
)
SEVERAL = "Có nhiều chi bộ tên ấy. Xin ghi thêm cấp trên sau dấu phẩy, ví dụ “{example}”."


def found(old: Organisation, typed: str) -> Organisation:
    """The cell of that name below the same top body; after a comma the name of what stands above it."""
    top = f"/{old.path.split('/')[1]}/"
    name, _, above = (one_way(part) for part in typed.partition(","))
    rows = (
        Organisation.objects.cells().running().filter(path__startswith=top).exclude(pk=old.pk).select_related("parent")
    )
    alike = [one for one in rows if one_way(one.name) in (name, one_way(typed))]
    if above and len(alike) > 1:
        alike = [one for one in alike if one.parent is not None and one_way(one.parent.name) == above]
    if not alike:
        raise Refused(NOT_FOUND.format(left=TenureKind.LEFT.label), field="to")
    if len(alike) > 1:
        raise Refused(SEVERAL.format(example=f"{alike[0]}, {alike[0].parent}"), field="to")
    return alike[0]


@transaction.atomic
def transfer_member(
    member: Member, *, to: str, starts_on: date, knowing: bool = False, by: User, at: datetime
) -> Organisation:
    """From `starts_on` this person belongs to the cell of that name, as what they were here; gives that cell.

    Refused: a day to come, somebody who does not belong to the cell today, the last who leads it unless `knowing`.
    """
    old, today = member.organisation, timezone.localdate(at)
    require(by, "member.manage", member)
    new = found(old, to)
    for cell in sorted((old, new), key=lambda one: one.pk):
        hold_followers(cell)
    claim(member, None, "transfer_member", by=by, at=at, organisation=old.pk, to=new.pk, starts_on=str(starts_on))
    standing = Tenure.objects.on(today).filter(member=member, organisation=old, kind__in=STANDINGS).first()
    if standing is None or standing.kind not in _GOING:
        raise Refused("Đồng chí này hiện không sinh hoạt chính thức ở chi bộ, nên không chuyển được.", field="to")
    if starts_on > today:
        raise Refused("Ngày này còn ở phía trước: xin ghi vào hôm ấy.", field="starts_on")
    kind = TenureKind(standing.kind)
    actions.set_standing(member, old, kind=TenureKind.LEFT, starts_on=starts_on, knowing=knowing, by=by, at=at)
    _enter(member, new, kind, starts_on)
    member.organisation = new
    member.save(update_fields=["organisation"])
    claim(new, None, "receive_member", by=by, at=at, member=member.pk, organisation=old.pk)
    _tell(old, new, member, by, at)
    return new


def _enter(member: Member, cell: Organisation, kind: TenureKind, day: date) -> None:
    """Whoever was there for a time, or before, is there anew from that day."""
    held = Tenure.objects.filter(member=member, organisation=cell, kind__in=STANDINGS)
    if held.filter(starts_on__gte=day).exists():
        raise Refused("Chi bộ nhận đã ghi tư cách của đồng chí này từ ngày này hoặc sau ngày này.", field="starts_on")
    running = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    running.update(ends_on=day - timedelta(days=1))
    Tenure.objects.create(member=member, organisation=cell, kind=kind, starts_on=day)


def _tell(old: Organisation, new: Organisation, member: Member, by: User, at: datetime) -> None:
    changed = told_anew({old.pk, new.pk}, timezone.localdate(at))
    Member.objects.bulk_update(changed, ["apart"])
    member.refresh_from_db(fields=["apart"])
    told = {one.pk: one for one in (*changed, member)}
    for cell in (old, new):
        tell_followers(cell, list(told.values()), by, at)
