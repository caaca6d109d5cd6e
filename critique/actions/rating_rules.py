"""What a committee has fixed about levels: entering it with its document, ending it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from critique.levels.models import RatingRule
from critique.levels.models.ballot import RULE_FIELDS, RuleKind
from meetings.actions.rules import PAPER_FIELDS, end, judge_paper, refuse_second
from members.access import require
from members.changes import claim
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Organisation, User


@transaction.atomic
def set_vote_rule(organisation: Organisation, *, by: User, at: datetime, **fields: Any) -> RatingRule:
    """How cells vote on levels. `fields`: RULE_FIELDS and PAPER_FIELDS. One rule for one day."""
    require(by, "rule.set", organisation)
    return _set(RatingRule(organisation=organisation, kind=RuleKind.VOTE, **fields), by, at)


@transaction.atomic
def set_cap(organisation: Organisation, *, percent: int, by: User, at: datetime, **fields: Any) -> RatingRule:
    """The share of "xuất sắc"; QĐ 366 knows 20 % and, by decision, up to 25 %. `fields`: PAPER_FIELDS."""
    require(by, "rule.set", organisation)
    if not 1 <= percent <= 25:
        raise Refused("Tỉ lệ này từ 1 đến 25%.", field="percent")
    return _set(RatingRule(organisation=organisation, kind=RuleKind.CAP, percent=percent, **fields), by, at)


def _set(rule: RatingRule, by: User, at: datetime) -> RatingRule:
    rule.entered_by, rule.entered_at = by, at
    judge_paper(rule)
    others = RatingRule.objects.filter(organisation=rule.organisation, kind=rule.kind)
    refuse_second(rule, others, (*RULE_FIELDS, "percent", *PAPER_FIELDS))
    rule.save(force_insert=True)
    _note(rule, "set_rating_rule", by, at)
    return rule


@transaction.atomic
def end_rating_rule(rule: RatingRule, *, ends_on: date, by: User, at: datetime) -> None:
    """From the next day on it holds no more; ballots counted under it stay as they are."""
    require(by, "rule.set", rule)
    end(rule, ends_on)
    _note(rule, "end_rating_rule", by, at)


def _note(rule: RatingRule, what: str, by: User, at: datetime) -> None:
    data: dict[str, Any] = {"kind": rule.kind, "document": rule.document}
    claim(rule.organisation, None, what, by=by, at=at, **data)
