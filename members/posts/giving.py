"""WHO GIVES POSTS HERE: the committee above where it uses the program, else the cell's own leaders, by a document."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from members.models import POSTS, Tenure, TenureKind
from members.names import sort_key
from members.refusal import Refused
from members.roles import LEADERS

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation, OrganisationQuerySet, User

ABOVE_GIVES = (
    "Cấp uỷ cấp trên đã dùng phần mềm này nên chức vụ của chi bộ do cấp trên ghi theo quyết định. Cần ghi hay sửa, xin "
    "báo cấp uỷ viên theo dõi chi bộ."
)


def is_given_above(cell: Organisation) -> bool:
    """Somebody of a body above has come in here and follows this cell."""
    above = Tenure.objects.on(timezone.localdate()).filter(
        organisation__in=cell.above_ids,
        kind=TenureKind.SUPERIOR,
        member__account__is_active=True,
        member__account__last_login__isnull=False,
    )
    return above.exists()


def gives_here(user: User, cell: Organisation) -> bool:
    """Of somebody who has the right: whether it is theirs to use in this cell."""
    return (
        user.is_superuser or any(cell.path.startswith(path) for path in user.superior_paths) or not is_given_above(cell)
    )


def refuse_below(cell: Organisation, by: User | None) -> None:
    """Leaders of a cell do not appoint themselves where somebody above does it."""
    if by is not None and not gives_here(by, cell):
        raise Refused(ABOVE_GIVES)


def held(cell: Organisation) -> list[Tenure]:
    """The posts of this cell that are not over, secretary first; those to come as well."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
    rows = Tenure.objects.posts().filter(still, organisation=cell).select_related("member")
    return sorted(rows, key=lambda one: (POSTS.index(TenureKind(one.kind)), sort_key(one.member.full_name)))


def over(cell: Organisation) -> list[Tenure]:
    """The newest of the earlier ones first."""
    rows = Tenure.objects.posts().filter(organisation=cell, ends_on__lt=timezone.localdate())
    return list(rows.select_related("member").order_by("-ends_on", "-pk")[:50])


def who_leads(cell: Organisation, day: date, *, without: Tenure | None = None) -> str:
    """Empty where there is a secretary on that day; else in a sentence who acts, or that nobody does."""
    leading = Tenure.objects.on(day).filter(organisation=cell, kind__in=LEADERS).select_related("member")
    rows = [one for one in leading if without is None or one.pk != without.pk]
    if any(one.kind == TenureKind.SECRETARY for one in rows):
        return ""
    if not rows:
        return "không còn bí thư, phó bí thư: không ai gọi họp, sửa danh sách được cho đến khi ghi người mới"
    charged = [one for one in rows if one.in_charge]
    names = ", ".join(f"đồng chí {one.member}" for one in charged or rows)
    if charged:
        return f"không có bí thư; phó bí thư được giao phụ trách là {names}, theo {charged[0].document}"
    return f"không có bí thư; phó bí thư phụ trách là {names}"


def without_secretary(bodies: OrganisationQuerySet, day: date) -> OrganisationQuerySet:
    """Of these, the cells in which nobody is secretary that day."""
    held = Tenure.objects.on(day).filter(kind=TenureKind.SECRETARY, organisation=OuterRef("pk"))
    return bodies.cells().filter(~Exists(held))


def ask_who_leads(tenure: Tenure, ends_on: date) -> None:
    """Raises the question that has to be answered before the only secretary, or the last who leads or follows, goes."""
    if tenure.kind in LEADERS and (words := who_leads(tenure.organisation, _after(ends_on), without=tenure)):
        raise Refused(
            f"Từ ngày {_after(ends_on):%d/%m/%Y} chi bộ {words}. Nếu đúng như vậy, xin đánh dấu rồi ghi lại.",
            field="knowing",
        )
    if tenure.kind == TenureKind.SUPERIOR and not _followed(tenure, _after(ends_on)):
        raise Refused(
            f"Từ ngày {_after(ends_on):%d/%m/%Y} không còn ai theo dõi {tenure.organisation} trên phần mềm. Nếu đúng "
            "như vậy, xin đánh dấu rồi ghi lại.",
            field="knowing",
        )


def _followed(without: Tenure, day: date) -> bool:
    """Somebody else follows from this body, or from one above it."""
    from_here = Tenure.objects.on(day).filter(kind=TenureKind.SUPERIOR).exclude(pk=without.pk)
    body = without.organisation
    return from_here.filter(organisation__in=[body.pk, *body.above_ids]).exists()


def _after(day: date) -> date:
    return day + timedelta(days=1)
