"""What a committee has fixed about levels: entering it with its document, ending it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from critique.models import RatingRule
from critique.models.ballot import RULE_FIELDS, RuleKind
from members.access import require
from members.models import CellEvent, Organisation
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.models import User

PAPER_FIELDS = ("document", "document_date", "starts_on")


@transaction.atomic
def set_vote_rule(organisation: Organisation, *, by: User, at: datetime, **fields: Any) -> RatingRule:
    """How cells vote on levels. `fields`: RULE_FIELDS and PAPER_FIELDS. One rule for one day."""
    return _set(RatingRule(organisation=organisation, kind=RuleKind.VOTE, **fields), by, at)


@transaction.atomic
def set_cap(organisation: Organisation, *, percent: int, by: User, at: datetime, **fields: Any) -> RatingRule:
    """The share of "xuất sắc"; QĐ 366 knows 20 % and, by decision, up to 25 %. `fields`: PAPER_FIELDS."""
    if not 1 <= percent <= 25:
        raise Refused("Tỉ lệ này từ 1 đến 25%.", field="percent")
    return _set(RatingRule(organisation=organisation, kind=RuleKind.CAP, percent=percent, **fields), by, at)


def _set(rule: RatingRule, by: User, at: datetime) -> RatingRule:
    require(by, "rule.set", rule)
    rule.entered_by, rule.entered_at = by, at
    if not rule.document.strip():
        raise Refused("Xin ghi số, ký hiệu văn bản đã quy định.", field="document")
    if rule.starts_on < rule.document_date:
        raise Refused("Ngày áp dụng không thể trước ngày văn bản.", field="starts_on")
    Organisation.objects.select_for_update().get(pk=rule.organisation_id)
    same = RatingRule.objects.filter(organisation=rule.organisation, kind=rule.kind)
    for other in same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=rule.starts_on)):
        if all(getattr(rule, name) == getattr(other, name) for name in (*RULE_FIELDS, "percent", *PAPER_FIELDS)):
            raise AlreadyDone
        raise Refused(
            f"Đã có quy định về việc này theo {other.document}, áp dụng từ {other.starts_on:%d/%m/%Y}. "
            "Xin ghi ngày thôi áp dụng của quy định đó trước.",
            field="starts_on",
        )
    rule.save(force_insert=True)
    _note(rule, "set_rating_rule", by, at)
    return rule


@transaction.atomic
def end_rating_rule(rule: RatingRule, *, ends_on: date, by: User, at: datetime) -> None:
    """From the next day on it holds no more; ballots counted under it stay as they are."""
    require(by, "rule.set", rule)
    held = RatingRule.objects.select_for_update().get(pk=rule.pk)
    if held.ends_on == ends_on:
        raise AlreadyDone
    if ends_on < held.starts_on:
        raise Refused("Ngày thôi áp dụng không thể trước ngày bắt đầu áp dụng.", field="ends_on")
    rule.ends_on = ends_on
    rule.save(update_fields=["ends_on"])
    _note(rule, "end_rating_rule", by, at)


def _note(rule: RatingRule, what: str, by: User, at: datetime) -> None:
    data = {"rule": rule.pk, "kind": rule.kind, "document": rule.document}
    CellEvent.objects.create(cell=rule.organisation, what=what, actor=by, happened_at=at, data=data)
