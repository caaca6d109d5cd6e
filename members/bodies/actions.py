"""What is done to one body: named anew, moved below another committee, ended, begun again; who follows from it.

What was sealed says for ever what it said (docs/decisions/0051): from here on only what is written from now changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from members import actions
from members.access import require_administrator, require_or_administrator
from members.bodies.left import what_is_left
from members.changes import claim, claim_all, claim_held, hold, insert
from members.models import Member, Organisation, OrganisationKind, Tenure, TenureKind
from members.names import one_way
from members.posts.giving import gives_here
from members.refusal import AlreadyDone, Refused
from members.transfers.actions import found

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from members.models import User
    from members.press import Press

#: What a body is called, on screen and on paper; the rest of what its papers say is its own to write.
NAMES = ("name", "paper_name", "superior_line")
ABOVE_NAMES = (
    "Cấp uỷ cấp trên đã dùng phần mềm này nên tên gọi của chi bộ do cấp trên ghi theo quyết định. Cần sửa, xin báo cấp "
    "uỷ viên theo dõi chi bộ."
)
TWIN = "{above} đã có tổ chức trực thuộc tên này."
SYMBOLS = {OrganisationKind.CELL: "CB", OrganisationKind.COMMITTEE: "ĐU"}


def may_name(by: User, body: Organisation) -> bool:
    """Of somebody who may write what its papers say: whether its name is theirs to change as well."""
    return gives_here(by, body)


@transaction.atomic
def edit_body(
    body: Organisation, *, fields: Mapping[str, Any], also_below: bool = False, by: User, at: datetime
) -> int:
    """What it is called and what its papers say from now on.

    `also_below`: the line of the superior on the papers of what stands directly below follows a new name, where it is
    written as the old one. Gives for how many.
    """
    require_or_administrator(by, "body.keep", body)
    hold(body)
    if {*NAMES} & {*fields} and not may_name(by, body):
        raise Refused(ABOVE_NAMES, field="name")
    if "name" in fields:
        _refuse_a_twin(fields["name"], body.parent, body)
    old = body.paper_name
    actions.edit_organisation(body, fields=fields, by=by, at=at)
    if not also_below or body.paper_name == old:
        return 0
    below = list(Organisation.objects.filter(parent=body, superior_line=old).running())
    told = [{"changed": {"superior_line": [old, body.paper_name]}}] * len(below)
    claim_all(below, "edit_superior_line", by=by, at=at, each=told)
    Organisation.objects.filter(pk__in=[one.pk for one in below]).update(superior_line=body.paper_name)
    return len(below)


def _refuse_a_twin(name: str, above: Organisation | None, body: Organisation | None = None) -> None:
    """Two of one name below the same committee would be told apart by nobody."""
    beside = Organisation.objects.filter(parent=above).running()
    if body is not None:
        beside = beside.exclude(pk=body.pk)
    if one_way(name) in {one_way(one) for one in beside.values_list("name", flat=True)}:
        raise Refused(TWIN.format(above=above or "Máy chủ này"), field="name")


@transaction.atomic
def add_body(
    above: Organisation | None,
    *,
    kind: OrganisationKind,
    name: str,
    place_name: str = "",
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Organisation:
    """One more below this committee; above everything, None, only by the server's administrator."""
    if above is None:
        require_administrator(by)
    else:
        require_or_administrator(by, "body.found", above)
        hold(above, key=key)
        actions.refuse_ended(above)
        if above.kind == OrganisationKind.CELL:
            raise Refused("Chi bộ không có tổ chức trực thuộc.")
    _refuse_a_twin(name, above)
    paper = {
        "paper_name": name.upper(),
        "symbol": SYMBOLS[kind],
        "superior_line": above.paper_name if above else "",
        "place_name": place_name or (above.place_name if above else ""),
    }
    made = actions.found_organisation(parent=above, kind=kind, name=name, **paper, by=by, at=at)
    if above is not None:
        claim_held(above, None, "add_body", by=by, at=at, key=key, body=made.pk)
    return made


def may_place(by: User, body: Organisation) -> bool:
    """Whether this person stands above it: nobody moves or ends the body from which they follow."""
    return by.is_superuser or any(body.path.startswith(path) and body.path != path for path in by.superior_paths)


def _above(body: Organisation, by: User) -> Organisation | None:
    """What stands above it, whose right it is to say where it stands; above a top only the server's administrator."""
    if body.parent is None:
        require_administrator(by)
    return body.parent


def found_committee(body: Organisation, typed: str, by: User) -> Organisation:
    """The committee of that name, of those that this person stands above; after a comma what stands above it."""
    name, _, above = (one_way(part) for part in typed.partition(","))
    rows = Organisation.objects.committees().running().select_related("parent")
    if not by.is_superuser:
        rows = rows.seen_from(by.superior_paths)
    alike = [one for one in rows if one_way(one.name) in (name, one_way(typed))]
    if above and len(alike) > 1:
        alike = [one for one in alike if one.parent is not None and one_way(one.parent.name) == above]
    if not alike:
        raise Refused("Không thấy cấp uỷ tên ấy trong phạm vi của đồng chí. Xin ghi đúng tên gọi.", field="to")
    if len(alike) > 1:
        example = f"{alike[0]}, {alike[0].parent}"
        raise Refused(f"Có nhiều cấp uỷ tên ấy. Xin ghi thêm cấp trên sau dấu phẩy, ví dụ “{example}”.", field="to")
    return alike[0]


@transaction.atomic
def move_body(
    body: Organisation,
    *,
    to: str,
    superior_line: str,
    document: str,
    document_date: date,
    by: User,
    at: datetime,
) -> Organisation:
    """Below the committee of that name, with all that stands below it. Gives that committee.

    Refused: below itself, below what stands below it, where it stands already, beside another of its name.
    """
    require_or_administrator(by, "body.found", _above(body, by))
    new = found_committee(body, to, by)
    require_or_administrator(by, "body.found", new)
    _hold_branches(body, new)
    if new.path.startswith(body.path):
        words = "chính mình" if new.pk == body.pk else f"cấp dưới của mình ({new})"
        raise Refused(f"{body} không thể trực thuộc {words}.", field="to")
    if new.pk == body.parent_id:
        raise Refused(f"{body} đang trực thuộc {new} rồi.", field="to")
    try:
        _refuse_a_twin(body.name, new, body)
    except Refused as twin:
        raise Refused(twin.sentence, field="to") from None
    told: dict[str, Any] = {"document": document, "document_date": str(document_date)}
    claim_held(body, None, "move_body", by=by, at=at, organisation=body.parent_id, to=new.pk, **told)
    claim(new, None, "receive_body", by=by, at=at, body=body.pk, organisation=body.parent_id)
    body.parent, body.superior_line = new, superior_line
    body.save(update_fields=["parent", "superior_line"])
    actions.place_in_tree(body)
    return new


def _hold_branches(body: Organisation, new: Organisation) -> None:
    """The tops as well, in one order for everybody: of two who move each below the other the second sees the first."""
    tops = [int(one.path.split("/")[1]) for one in (body, new)]
    held = Organisation.objects.filter(pk__in=[*tops, new.pk]).exclude(pk=body.pk).order_by("pk")
    for one in sorted([*held, body], key=lambda row: row.pk):
        hold(one)
    for one in (body, new):
        one.refresh_from_db(fields=["path", "parent", "closed_on", "kind"])
    actions.refuse_ended(new)


@transaction.atomic
def close_body(
    body: Organisation, *, closed_on: date, document: str, document_date: date, by: User, at: datetime
) -> None:
    """It has ended. Refused while anything is left in it; its papers, its book and its log stay."""
    require_or_administrator(by, "body.found", _above(body, by))
    hold(body)
    body.refresh_from_db(fields=["closed_on"])
    if body.closed_on is not None:
        raise AlreadyDone
    if closed_on > timezone.localdate(at):
        raise Refused("Ngày này còn ở phía trước: xin ghi vào hôm ấy.", field="closed_on")
    if left := what_is_left(body, closed_on):
        raise Refused(f"{body} còn: {'; '.join(left)}. Xin giải quyết xong rồi ghi kết thúc.")
    written: dict[str, Any] = {
        "closed_on": closed_on,
        "close_document": document,
        "close_document_date": document_date,
    }
    _write(body, "close_body", written, by, at, closed_on=str(closed_on))


@transaction.atomic
def reopen_body(body: Organisation, *, by: User, at: datetime) -> None:
    """It was entered by mistake that it had ended."""
    require_or_administrator(by, "body.found", _above(body, by))
    hold(body)
    body.refresh_from_db(fields=["closed_on"])
    if body.closed_on is None:
        raise AlreadyDone
    _refuse_a_twin(body.name, body.parent, body)
    written = {"closed_on": None, "close_document": "", "close_document_date": None}
    _write(body, "reopen_body", written, by, at, closed_on=str(body.closed_on))


def _write(body: Organisation, what: str, fields: Mapping[str, Any], by: User, at: datetime, **told: Any) -> None:
    claim_held(body, None, what, by=by, at=at, **told)
    for name, value in fields.items():
        setattr(body, name, value)
    body.save(update_fields=[*fields])


@transaction.atomic
def add_follower(
    committee: Organisation,
    *,
    full_name: str,
    cell: str = "",
    starts_on: date,
    document: str,
    document_date: date,
    by: User,
    at: datetime,
) -> Tenure:
    """Somebody who follows from this committee: a member of the cell of that name below the same top body, or a person
    whose file the committee itself keeps.
    """
    require_or_administrator(by, "post.give", committee)
    hold(committee)
    member = _person_of(found_cell(committee, cell), full_name) if cell else _own(committee, full_name, by, at)
    still = Tenure.objects.filter(Q(ends_on=None) | Q(ends_on__gte=starts_on), organisation=committee, member=member)
    if still.filter(kind=TenureKind.SUPERIOR).exists():
        raise Refused("Đồng chí này đang theo dõi từ cấp uỷ này rồi.", field="full_name")
    paper = {"document": document, "document_date": document_date}
    post: dict[str, Any] = {"kind": TenureKind.SUPERIOR, "starts_on": starts_on, "paper": paper}
    return actions.appoint(member, committee, **post, by=by, at=at)


def found_cell(committee: Organisation, typed: str) -> Organisation:
    try:
        return found(committee, typed)
    except Refused as refused:
        raise Refused(refused.sentence, field="cell") from None


def _person_of(cell: Organisation, full_name: str) -> Member:
    alike = [one for one in Member.objects.filter(organisation=cell) if one_way(full_name) in _names_of(one)]
    if not alike:
        raise Refused(f"Không thấy đồng chí tên ấy trong hồ sơ của {cell}.", field="full_name")
    if len(alike) > 1:
        names = ", ".join(str(one) for one in alike)
        raise Refused(f"{cell} có nhiều người tên ấy: {names}. Xin ghi đủ như vậy.", field="full_name")
    return alike[0]


def _names_of(member: Member) -> set[str]:
    return {one_way(str(member)), one_way(member.full_name)} if not member.apart else {one_way(str(member))}


def _own(committee: Organisation, full_name: str, by: User, at: datetime) -> Member:
    """Whose file the committee keeps: whoever is there already, or a new one."""
    kept = Member.objects.filter(organisation=committee)
    known = next((one for one in kept if one_way(one.full_name) == one_way(full_name)), None)
    if known is not None:
        return known
    member = Member(organisation=committee, full_name=full_name)
    insert(member, "add_member", by=by, at=at, standing=TenureKind.SUPERIOR)
    return member
