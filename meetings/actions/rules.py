"""What a superior committee has fixed: entering it with its document, ending it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from guideline import local
from guideline import rulebook as guidelines
from guideline.breakdown import BreakdownError
from meetings.models import LocalRule
from meetings.models.rules import BREAKDOWN, FixedByDocument
from meetings.rules import breakdown_of, figure_of
from members.access import require
from members.changes import claim
from members.models import Organisation
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User

FIGURE_FIELDS = ("key", "figure", "members_from", "members_to")
PAPER_FIELDS = ("document", "document_date", "starts_on")


@transaction.atomic
def set_figure(organisation: Organisation, *, by: User, at: datetime, **fields: Any) -> LocalRule:
    """One figure for this organisation and everything below it. `fields`: FIGURE_FIELDS and PAPER_FIELDS.

    Refused: a figure outside its bounds, no document, a start before the document, two rules for one day.
    """
    require(by, "rule.set", organisation)
    rule = LocalRule(organisation=organisation, entered_by=by, entered_at=at, **fields)
    if rule.key not in local.LOCAL_KEYS:
        raise Refused("Cấp uỷ không quy định riêng việc này.", field="key")
    least, most = local.BOUNDS[guidelines.RuleKey(rule.key)]
    if rule.figure is None or not least <= rule.figure <= most:
        raise Refused(f"Mức này phải từ {least} đến {most}.", field="figure")
    if rule.members_from is not None and rule.members_to is not None and rule.members_to < rule.members_from:
        raise Refused("Số đảng viên “đến” phải lớn hơn hoặc bằng “từ”.", field="members_to")
    judge_paper(rule)
    figure_of(rule)
    return _keep(rule, by, at)


@transaction.atomic
def set_breakdown(organisation: Organisation, *, by: User, at: datetime, **fields: Any) -> LocalRule:
    """A sheet of points of this committee's own. `fields`: rulebook, breakdown and PAPER_FIELDS.

    Refused: a sheet that does not add up, no document, a start before the document, two rules for one day.
    """
    require(by, "rule.set", organisation)
    rule = LocalRule(organisation=organisation, key=BREAKDOWN, entered_by=by, entered_at=at, **fields)
    judge_paper(rule)
    try:
        breakdown_of(rule)
    except guidelines.NoRulebookError as none:
        raise Refused(str(none), field="rulebook") from none
    except BreakdownError as wrong:
        raise Refused(str(wrong), field="breakdown") from wrong
    return _keep(rule, by, at)


@transaction.atomic
def end_rule(rule: LocalRule, *, ends_on: date, by: User, at: datetime) -> None:
    """From the next day on it holds no more; sheets and minutes made under it stay as they are."""
    require(by, "rule.set", rule)
    end(rule, ends_on)
    _note(rule, "end_rule", by, at)


def end(row: FixedByDocument, ends_on: date) -> None:
    held = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if held.ends_on == ends_on:
        raise AlreadyDone
    if ends_on < held.starts_on:
        raise Refused("Ngày thôi áp dụng không thể trước ngày bắt đầu áp dụng.", field="ends_on")
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])


def judge_paper(rule: FixedByDocument) -> None:
    if not rule.document.strip():
        raise Refused("Xin ghi số, ký hiệu văn bản đã quy định.", field="document")
    if rule.starts_on < rule.document_date:
        raise Refused("Ngày áp dụng không thể trước ngày văn bản.", field="starts_on")


def _keep(rule: LocalRule, by: User, at: datetime) -> LocalRule:
    """The organisation's row is held, so that two people do not enter two rules for one day."""
    Organisation.objects.select_for_update().get(pk=rule.organisation_id)
    for other in LocalRule.objects.filter(
        organisation=rule.organisation_id, key=rule.key, rulebook=rule.rulebook
    ).select_related("organisation"):
        if _same(rule, other):
            raise AlreadyDone
        if _meet(rule, other):
            raise fixed_already(other)
    rule.save(force_insert=True)
    _note(rule, "set_rule", by, at)
    return rule


def refuse_second(row: FixedByDocument, others: Iterable[FixedByDocument], fields: Iterable[str]) -> None:
    """AlreadyDone where the same stands already, Refused where another of them holds on a day of this one.

    The organisation's row is held, so that of two people who enter something one waits here.
    """
    Organisation.objects.select_for_update().get(pk=row.organisation_id)
    for other in others:
        if all(getattr(row, name) == getattr(other, name) for name in fields):
            raise AlreadyDone
        if not is_over(other, row.starts_on):
            raise fixed_already(other)


def fixed_already(other: FixedByDocument) -> Refused:
    until = f" đến hết {other.ends_on:%d/%m/%Y}" if other.ends_on else ""
    return Refused(
        f"Đã có quy định về việc này theo {other.document}, áp dụng từ {other.starts_on:%d/%m/%Y}{until}. "
        "Xin ghi ngày thôi áp dụng của quy định đó trước.",
        field="starts_on",
    )


def _same(one: LocalRule, other: LocalRule) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in (*FIGURE_FIELDS, *PAPER_FIELDS, "breakdown"))


def _meet(one: LocalRule, other: LocalRule) -> bool:
    """On one day, for a cell of one size."""
    if is_over(other, one.starts_on):
        return False
    return one.key == BREAKDOWN or figure_of(one).overlaps(figure_of(other))


def is_over(row: FixedByDocument, day: date) -> bool:
    return row.ends_on is not None and row.ends_on < day


def _note(rule: LocalRule, what: str, by: User, at: datetime) -> None:
    data: dict[str, Any] = {"rule": rule.pk, "about": rule.key, "figure": rule.figure, "document": rule.document}
    claim(rule.organisation, None, what, by=by, at=at, **data)
