"""A list of bodies comes in at once, as its preview said, or not at all; and goes out while nothing hangs on it.

What was done is the committee's deed: its events stand with it, so that a body that was founded by mistake can go
again. A moment later nobody can, once anything is written of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from members.access import require
from members.changes import claim, claim_all, claim_held, hold, insert_all
from members.founding.plan import Asked, Plan, There, plan_of
from members.importing.actions import MOVED, refuse_unseen
from members.importing.progress import Progress
from members.models import Event, Member, Organisation, OrganisationKind, Tenure, TenureKind
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.founding.plan import Body
    from members.models import User
    from members.press import Press

IN, OUT = "import_bodies", "undo_bodies"
SYMBOLS = {OrganisationKind.CELL: "CB", OrganisationKind.COMMITTEE: "ĐU"}


def planned(committee: Organisation, asked: Asked, at: datetime) -> Plan:
    """What would become of the list now. One query."""
    rows = Organisation.objects.filter(path__startswith=committee.path).running().order_by("pk")
    there = [There(*row) for row in rows.values_list("pk", "parent_id", "name", "kind")]
    return plan_of(asked, there, committee.pk, timezone.localdate(at))


@transaction.atomic
def import_bodies(
    committee: Organisation,
    asked: Asked,
    *,
    mark: str,
    skip: bool,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Event:
    """Found everything that is new, when the plan is still the one with this mark; `skip`: knowingly without the rows
    that something is wrong with. A handful of queries for each step of the tree.
    """
    require(by, "body.found", committee)
    hold(committee, key=key)
    plan = planned(committee, asked, at)
    refuse_unseen(plan, mark, skip, MOVED.format("Cây tổ chức"), "Không có tổ chức nào để thêm.")
    bodies = _found(committee, plan, Progress(by, key, len(plan.new)), by, at)
    people = _enter(committee, plan.new, bodies, by, at)
    told = {"bodies": [bodies[line.number].pk for line in plan.new], "members": [one.pk for one in people]}
    return claim_held(committee, None, IN, by=by, at=at, key=key, **told)


def _found(committee: Organisation, plan: Plan, progress: Progress, by: User, at: datetime) -> dict[int, Organisation]:
    """By the number of the row; those that stand already are among them."""
    under = {one.pk: one for one in Organisation.objects.filter(path__startswith=committee.path)}
    bodies = {line.number: under[cast("int", line.stands)] for line in plan.known}
    for step in plan.by_depth():
        for lines in progress.parts(step):
            made = []
            for line in lines:
                parent = bodies[line.above] if line.above is not None else under[cast("int", line.under)]
                bodies[line.number] = _body(line, parent)
                made.append(bodies[line.number])
            insert_all(made, "found_organisation", by=by, at=at, each=[{}] * len(made), cell=committee)
            for one in made:
                one.path = f"{cast('Organisation', one.parent).path}{one.pk}/"
            Organisation.objects.bulk_update(made, ["path"])
    return bodies


def _body(line: Body, parent: Organisation) -> Organisation:
    kind = cast("OrganisationKind", line.kind)  # no new line is without
    return Organisation(
        parent=parent,
        kind=kind,
        name=line.name,
        paper_name=line.name.upper(),
        superior_line=parent.paper_name,
        place_name=line.place_name or parent.place_name,
        symbol=SYMBOLS[kind],
    )


def _enter(
    committee: Organisation, lines: list[Body], bodies: Mapping[int, Organisation], by: User, at: datetime
) -> list[Member]:
    """The secretaries: nobody else is in their cells yet, so nobody has to be told apart and no meeting follows."""
    named = [line for line in lines if line.secretary]
    people = [
        Member(organisation=bodies[line.number], full_name=line.secretary, born_on=line.born_on) for line in named
    ]
    entered = [{"standing": TenureKind.FULL, "starts_on": str(line.standing_from)} for line in named]
    insert_all(people, "add_member", by=by, at=at, each=entered, cell=committee)
    tenures, told = [], list[dict[str, Any]]()
    for one, line in zip(people, named, strict=True):
        held = {"member": one, "organisation": one.organisation}
        tenures.append(Tenure(kind=TenureKind.FULL, starts_on=cast("date", line.standing_from), **held))
        tenures.append(Tenure(kind=TenureKind.SECRETARY, starts_on=cast("date", line.post_from), **held))
        post = {"kind": TenureKind.SECRETARY, "starts_on": str(line.post_from)}
        told.append({"organisation": one.organisation_id, **post})
    Tenure.objects.bulk_create(tenures, batch_size=500)
    claim_all(people, "appoint", by=by, at=at, each=told, cell=committee)
    return people


@transaction.atomic
def undo_bodies(committee: Organisation, event: Event, *, by: User, at: datetime) -> None:
    """What was founded with this list is gone again, as if never founded. Refused once anything is written of it."""
    require(by, "body.found", committee)
    hold(committee)
    if Event.objects.of(committee).filter(what=OUT, data__of=event.number).exists():
        raise AlreadyDone
    people = Member.objects.filter(pk__in=event.data["members"])
    bodies = Organisation.objects.filter(pk__in=event.data["bodies"], path__startswith=committee.path)
    since = Event.objects.of_kind(Member).filter(thing_pk__in=event.data["members"]).exclude(what="add_member")
    hanging = since.exclude(what="appoint", number=2).exists()
    try:
        if hanging:
            raise ProtectedError("", set())
        with transaction.atomic():
            Tenure.objects.filter(member__in=people, organisation__in=bodies).delete()
            people.delete()
            for step in _from_below(list(bodies)):
                Organisation.objects.filter(pk__in=step).delete()
    except ProtectedError:
        raise Refused(
            "Chưa bỏ tổ chức nào: đã có đảng viên, tài khoản, quy định hay việc khác ghi ở một tổ chức trong số ấy."
        ) from None
    claim(committee, None, OUT, by=by, at=at, of=event.number)


def _from_below(bodies: list[Organisation]) -> list[list[int]]:
    """The deepest first: nothing is deleted under which something stands."""
    steps: dict[int, list[int]] = {}
    for one in bodies:
        steps.setdefault(one.path.count("/"), []).append(one.pk)
    return [steps[depth] for depth in sorted(steps, reverse=True)]
