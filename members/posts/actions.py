"""Giving a post and ending one, each on the ground of a document."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from members import actions
from members.access import require_or_administrator
from members.changes import hold
from members.models import BARRED, STANDINGS, Tenure, TenureKind
from members.posts.giving import ask_who_leads, refuse_below
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from datetime import date, datetime

    from members.models import Member, Organisation, User


ON_PROBATION = (
    "Đồng chí này là đảng viên dự bị vào ngày ấy: đảng viên dự bị không có quyền ứng cử và bầu cử (Điều lệ Đảng, Điều "
    "3). Nếu văn bản đúng là như vậy, xin đánh dấu rồi ghi lại."
)


@transaction.atomic
def give_post(
    cell: Organisation,
    member: Member,
    *,
    kind: TenureKind,
    starts_on: date,
    document: str,
    document_date: date,
    in_charge: bool = False,
    knowing: bool = False,
    by: User,
    at: datetime,
) -> Tenure:
    """One secretary at a time: the one before holds the post until the day before. `in_charge`: of a deputy who is to
    lead while the cell has no secretary; whoever is deputy already is so from that day on.

    Refused: where the committee above gives posts, whoever is not in the cell that day, a post that is held already, a
    secretary who would begin before the one who holds the post; until said knowingly, whoever is on probation.
    """
    require_or_administrator(by, "post.give", cell)
    refuse_below(cell, by)
    actions.hold_followers(cell)
    hold(cell)
    held = Tenure.objects.filter(organisation=cell, member=member)
    standing = held.on(starts_on).filter(kind__in=STANDINGS).first()
    if standing is None or standing.kind in BARRED:
        raise Refused("Đồng chí này không sinh hoạt tại chi bộ vào ngày ấy.", field="member")
    if standing.kind == TenureKind.PROBATIONARY and not knowing:
        raise Refused(ON_PROBATION, field="knowing")
    if begun := held.filter(kind=kind, starts_on=starts_on).first():
        if begun.in_charge == in_charge:
            raise AlreadyDone
        raise Refused("Chức vụ này đã ghi từ đúng ngày ấy; giao phụ trách thì ghi từ một ngày sau.", field="starts_on")
    same = held.on(starts_on).filter(kind=kind)
    if same.filter(in_charge=in_charge).exists() or (same.exists() and not in_charge):
        raise Refused("Đồng chí này đang giữ chức vụ ấy rồi.", field="kind")
    if kind == TenureKind.SECRETARY:
        _judge_succession(cell, starts_on)
    paper: dict[str, Any] = {"document": document, "document_date": document_date}
    if in_charge:
        _judge_charge(cell, starts_on)
        ends = {"ends_on": starts_on - timedelta(days=1), "end_document": document, "end_document_date": document_date}
        same.update(**ends)
        paper["in_charge"] = True
    return actions.appoint(member, cell, kind=kind, starts_on=starts_on, paper=paper, by=by, at=at)


def _judge_charge(cell: Organisation, day: date) -> None:
    if Tenure.objects.on(day).filter(organisation=cell, kind=TenureKind.SECRETARY).exists():
        raise Refused(f"Ngày {day:%d/%m/%Y} chi bộ có bí thư, nên không giao phụ trách thay.", field="kind")


def _judge_succession(cell: Organisation, starts_on: date) -> None:
    later = Tenure.objects.filter(organisation=cell, kind=TenureKind.SECRETARY, starts_on__gte=starts_on).first()
    if later is not None:
        words = f"Đã ghi một bí thư từ {later.starts_on:%d/%m/%Y}; bí thư mới phải từ sau ngày ấy."
        raise Refused(words, field="starts_on")


@transaction.atomic
def end_post(
    post: Tenure, *, ends_on: date, document: str, document_date: date, knowing: bool = False, by: User, at: datetime
) -> None:
    """The last day of a post. Refused until said knowingly: where nobody, or only a deputy, would lead the cell."""
    require_or_administrator(by, "post.give", post)
    refuse_below(post.organisation, by)
    if not knowing:
        ask_who_leads(post, ends_on)
    paper = {"end_document": document, "end_document_date": document_date}
    actions.end_tenure(post, ends_on=ends_on, paper=paper, by=by, at=at)
