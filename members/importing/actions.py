"""A list of members comes in at once, as its preview said, or not at all; and goes out again while nothing hangs on it.

What was brought in stands in the events of the cell: the keys of its members, no word of the list.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.utils import timezone

from members.access import require_or_administrator
from members.apart import told_anew
from members.changes import claim, claim_held, hold, insert_all
from members.importing.plan import Asked, Plan, plan_of
from members.importing.progress import Progress
from members.models import Event, Member, Tenure
from members.refusal import AlreadyDone, Refused
from members.register import hold_followers, tell_followers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from members.importing.plan import Line
    from members.models import Organisation, User
    from members.press import Press

IN, OUT = "import_members", "undo_import"
UNDONE_WITHIN = timedelta(days=30)
MOVED = "{} hoặc danh sách đã khác lúc xem trước, nên chưa thêm gì. Xin xem lại dưới đây rồi bấm lần nữa."


def planned(cell: Organisation, asked: Asked, at: datetime) -> Plan:
    """What would become of the list now. One query."""
    there = Member.objects.filter(organisation=cell).values_list("full_name", "born_on")
    return plan_of(asked, there, timezone.localdate(at))


@transaction.atomic
def import_members(
    cell: Organisation,
    asked: Asked,
    *,
    mark: str,
    skip: bool,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Event:
    """Enter everybody who is new, when the plan is still the one with this mark. `skip`: knowingly without the rows
    that something is wrong with.
    """
    require_or_administrator(by, "member.manage", cell)
    hold_followers(cell)
    hold(cell, key=key)
    plan = planned(cell, asked, at)
    refuse_unseen(plan, mark, skip, MOVED.format("Sổ đảng viên"), "Không có ai để thêm.")
    people: list[Member] = []
    for lines in Progress(by, key, len(plan.new)).parts(plan.new):
        people += _enter(cell, lines, by, at)
    event = claim_held(cell, None, IN, by=by, at=at, key=key, members=[one.pk for one in people])
    _tell(cell, people, by, at)
    return event


def _enter(cell: Organisation, lines: Sequence[Line], by: User, at: datetime) -> list[Member]:
    people = [Member(organisation=cell, **line.person) for line in lines]
    told = [{"standing": line.kind, "starts_on": str(line.starts_on)} for line in lines]
    insert_all(people, "add_member", by=by, at=at, each=told)
    Tenure.objects.bulk_create(
        Tenure(
            member=one, organisation=cell, kind=line.kind, starts_on=cast("date", line.starts_on)
        )  # no new line is without
        for one, line in zip(people, lines, strict=True)
    )
    return people


def refuse_unseen(plan: Any, mark: str, skip: bool, moved: str, none: str) -> None:
    """Of a plan of members, or of bodies: what was seen before is what is done; `skip`: without the rows that something
    is wrong with.
    """
    if plan.mark != mark:
        raise Refused(moved)
    if plan.wrong and not skip:
        raise Refused("Còn dòng chưa thêm được. Xin sửa, hoặc đánh dấu bỏ qua các dòng ấy.", field="skip")
    if not plan.new:
        raise Refused(none)


@transaction.atomic
def undo_import(cell: Organisation, event: Event, *, by: User, at: datetime) -> None:
    """Whoever came in with this list is out again, as if never entered. Refused once anything was done with them, and
    where one of them has gone to another cell meanwhile.
    """
    require_or_administrator(by, "member.manage", cell)
    hold_followers(cell)
    hold(cell)
    if Event.objects.of(cell).filter(what=OUT, data__of=event.number).exists():
        raise AlreadyDone
    people = list(Member.objects.filter(pk__in=event.data["members"]))  # also whoever has gone to another cell
    if hanging := _hanging(people, event):
        raise Refused(
            f"Chưa bỏ ai: đã có việc ghi theo hồ sơ của {hanging}. Hồ sơ thêm nhầm thì sửa từng đồng chí, hoặc ghi tư "
            "cách mới."
        )
    Tenure.objects.filter(member__in=people).delete()
    Member.objects.filter(pk__in=[one.pk for one in people]).delete()
    claim(cell, None, OUT, by=by, at=at, of=event.number)
    _tell(cell, [], by, at)


def undoable(body: Organisation, at: datetime, came: str = IN, went: str = OUT) -> list[Event]:
    """The lists of the last weeks that stand, the latest first. `came`, `went`: their events. Two queries."""
    rows = Event.objects.of(body)
    undone = {event.data.get("of") for event in rows.filter(what=went)}
    recent = rows.filter(what=came, happened_at__gt=at - UNDONE_WITHIN).select_related("actor__member")
    return [event for event in recent.order_by("-number") if event.number not in undone]


def _tell(cell: Organisation, people: Collection[Member], by: User, at: datetime) -> None:
    changed = told_anew({cell.pk}, timezone.localdate(at))
    Member.objects.bulk_update(changed, ["apart"], batch_size=500)
    told = {one.pk: one for one in (*people, *changed)}
    tell_followers(cell, list(told.values()), by, at)


def _hanging(people: Collection[Member], event: Event) -> str:
    """Of whom more is kept than what the list brought, in words; empty where there is nothing."""
    keys = [one.pk for one in people]
    rows = Member.objects.filter(pk__in=keys)
    since = Event.objects.of_kind(Member).filter(thing_pk__in=keys, happened_at__gte=event.happened_at)
    found = set(since.exclude(what="add_member").values_list("thing_pk", flat=True))
    for relation in Member._meta.related_objects:
        if relation.related_model is Tenure:
            continue  # a second one would have left an event
        name = relation.field.name
        held = relation.related_model._base_manager.filter(**{f"{name}__in": rows})
        found.update(held.values_list(name, flat=True))
    named = [str(one) for one in people if one.pk in found][:5]
    if not named:
        return ""
    more = len(found) - len(named)
    return f"đồng chí {', '.join(named)}" + (f" và {more} đồng chí khác" if more else "")
