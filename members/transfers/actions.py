"""The file moves with the person, whom the other cell receives itself; what happened in the old cell stays there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from members import actions
from members.access import require
from members.changes import claim, hold
from members.models import STANDINGS, Event, Member, Organisation, SignInSlip, Tenure, TenureKind
from members.names import one_way
from members.refusal import AlreadyDone, Refused
from members.register import hold_followers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from members.models import EventQuerySet, User

SENT = "transfer_member"
GOING = (TenureKind.FULL, TenureKind.PROBATIONARY, TenureKind.EXEMPT, TenureKind.SPECIAL_DUTY)
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
    """From `starts_on` this person is gone from here, and the file is with the cell of that name; gives that cell.

    Nobody is put into a cell from outside: whoever comes has no standing there, and sees nothing of it, until that
    cell's own leaders have entered one. Until then they can send the file on or back, the same way.
    Refused: a day to come, somebody who is here today as something else than a member, the last who leads the cell
    unless `knowing`.
    """
    old, today = member.organisation, timezone.localdate(at)
    require(by, "member.manage", member)
    new = found(old, to)
    hold_followers(old)
    hold(member)
    if not Member.objects.filter(pk=member.pk, organisation=old).exists():
        raise AlreadyDone
    if not _awaits(member):
        standing = Tenure.objects.on(today).filter(member=member, organisation=old, kind__in=STANDINGS).first()
        if standing is None or standing.kind not in GOING:
            raise Refused("Đồng chí này hiện không sinh hoạt chính thức ở chi bộ, nên không chuyển được.", field="to")
        if starts_on > today:
            raise Refused("Ngày này còn ở phía trước: xin ghi vào hôm ấy.", field="starts_on")
        actions.set_standing(member, old, kind=TenureKind.LEFT, starts_on=starts_on, knowing=knowing, by=by, at=at)
    _hand_over(member, old, new, starts_on, by, at)
    return new


def _hand_over(member: Member, old: Organisation, new: Organisation, day: date, by: User, at: datetime) -> None:
    """With the file and the account, and no slip that somebody of the old cell still holds."""
    claim(member, None, SENT, by=by, at=at, organisation=old.pk, to=new.pk, starts_on=str(day))
    member.organisation = new
    member.save(update_fields=["organisation"])
    SignInSlip.objects.unused(at).filter(user__member=member).update(expires_at=at)
    claim(new, None, "receive_member", by=by, at=at, member=member.pk, organisation=old.pk)


def arrived(cell: Organisation) -> QuerySet[Member]:
    """Whose file has come from another cell, and whom this one has not received: nobody has entered a standing since,
    not even for whoever was here before, or for a time.
    """
    last = _since().filter(thing_pk=OuterRef("pk")).order_by("-number").values("what")[:1]
    return Member.objects.filter(organisation=cell).annotate(last=Subquery(last)).filter(last=SENT)


def _since() -> EventQuerySet:
    return Event.objects.of_kind(Member).filter(what__in=[SENT, "set_standing"])


def _awaits(member: Member) -> Event | None:
    """The event that has sent the file here, where nobody has received it."""
    last = _since().filter(thing_pk=member.pk).order_by("-number").first()
    return last if last is not None and last.what == SENT else None


def arrival(member: Member, held: Iterable[Tenure]) -> dict[str, Any]:
    """Of somebody who has just come: from where, and as what and from when they may be received; nothing of anybody
    else. `held`: all their tenures.
    """
    if (sent := _awaits(member)) is None:
        return {}
    last = max((one for one in held if one.kind in GOING), key=lambda one: one.starts_on, default=None)
    return {
        "from": Organisation.objects.get(pk=sent.data["organisation"]),
        "kind": last.kind if last else "",
        "starts_on": date.fromisoformat(sent.data["starts_on"]),
    }
