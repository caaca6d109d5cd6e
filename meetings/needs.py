"""WHAT NEEDS THE COMMITTEE: one table of questions about all cells of a tree, each answered by one query.

A number and the list behind it are the same query, counted or read by the page, whether the tree has two cells or two
thousand. Cells are named where they need help; none is compared with another (docs/decisions/0046).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import (
    BigIntegerField,
    DateTimeField,
    DurationField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
)
from django.db.models.functions import Cast
from django.utils import timezone

from guideline import rulebook as rules
from guideline.model import Kind as Sort
from guideline.model import RuleKey
from meetings.lifecycle import Inspecting, State
from meetings.models import MONTHLY, WITH_TOPIC, Exchange, Meeting, ScoreSheet, Task
from meetings.targets import Targets
from meetings.wording import QUARTERS, up_to
from members.days import moment, months_after
from members.models import Organisation, OrganisationKind, TenureKind
from members.names import by_title
from members.paging import up_to_one_more
from members.posts.giving import without_secretary
from members.text import thousands

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User
    from members.names import Titled

MOST = 1_000  # rows that are counted, and can be reached by turning pages; cells are counted to the last one
LATELY = 2  # months before the one that is asked about, for what is looked at once and then done
_A_PERCENT = 1_000
_NEVER = datetime(1, 1, 2, tzinfo=timezone.get_fixed_timezone(0))


@dataclass(frozen=True, slots=True)
class Where:
    """In which trees, as seen on which day, and about which month (its first day).

    `mine`: cells that this person follows by name, who come first.
    """

    roots: tuple[Organisation, ...]
    today: date
    month: date
    mine: frozenset[int] = frozenset()
    targets: Targets = field(default_factory=lambda: Targets({}))

    @classmethod
    def of(
        cls, roots: Iterable[Organisation], today: date, month: date | None = None, mine: Iterable[int] = ()
    ) -> Where:
        """One query, for what committees have fixed."""
        found, first = tuple(roots), (month or today).replace(day=1)
        day = min(today, months_after(first, 1) - timedelta(days=1))
        return cls(found, today, first, frozenset(mine), Targets.on(day, found))

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.roots]

    @property
    def span(self) -> tuple[datetime, datetime]:
        return moment(self.month), moment(months_after(self.month, 1))

    @property
    def quarter(self) -> tuple[datetime, datetime]:
        first = self.month.replace(month=3 * ((self.month.month - 1) // 3) + 1)
        return moment(first), moment(months_after(first, 3))

    @property
    def lately(self) -> tuple[datetime, datetime]:
        return moment(months_after(self.month, -LATELY)), moment(months_after(self.month, 1))

    def said(self, words: str) -> str:
        """With the month or the quarter filled in."""
        quarter = f"quý {QUARTERS[(self.month.month - 1) // 3]}"
        return words.format(month=f"tháng {self.month.month}", quarter=quarter)


def followed_roots(user: User) -> tuple[list[Organisation], set[int]]:
    """The bodies whose trees this account follows, in order, and the cells that it follows by name. No query."""
    held = {one.organisation.pk: one.organisation for one in user.tenures if one.kind == TenureKind.SUPERIOR}
    named = {pk for pk, one in held.items() if one.kind == OrganisationKind.CELL}
    committees = [one for pk, one in held.items() if pk not in named]
    return by_title(committees or held.values()), named if committees else set()


def bodies_below(where: Where) -> list[Titled]:
    """The committees directly below, by name."""
    below = Organisation.objects.seen_from(where.paths).committees()
    return below.filter(parent__in=where.roots).titled()


def cells_below(where: Where) -> QuerySet[Organisation]:
    """Whoever has just begun has none, and is told what to do first."""
    return Organisation.objects.seen_from(where.paths).cells()


class Of(StrEnum):
    """What the rows of an answer are, and how they are listed."""

    CELLS = "cells"
    MEETINGS = "meetings"
    HELD = "held"  # of which no more may be known than cell and day
    MINUTES = "minutes"  # their exchange
    TASKS = "tasks"


class Group(StrEnum):
    """The headings of the page, in their order."""

    TO_DO = "Chờ cấp uỷ"
    NOT_HELD = "Sinh hoạt, tổ chức của chi bộ"
    MINUTES = "Biên bản, nhiệm vụ chậm"
    NOT_AS_ASKED = "Buổi sinh hoạt cần rút kinh nghiệm"


@dataclass(frozen=True, slots=True)
class Need:
    """`what` comes after the number; `why`: on which clause or rule it rests. `explained`: the cell may say why.
    `page`: of the cell, where it is put right, and what leads there. `leads`: from a cell in the list,
    where the committee itself can put it right.
    """

    key: str
    group: Group
    of: Of
    what: str
    why: str
    rows: Callable[[Where], QuerySet[Any]]
    explained: bool = True
    page: tuple[str, str] = ("meeting-list", "Mở các buổi sinh hoạt")
    leads: tuple[str, str] = ("", "")

    @property
    def cell(self) -> str:
        """The column of the rows that names the cell."""
        return {Of.CELLS: "pk", Of.MINUTES: "meeting__cell"}.get(self.of, "cell")

    def asked(self, where: Where) -> QuerySet[Any]:
        """Its rows, without those of cells that have ended: nobody there can put anything right."""
        ended = "closed_on" if self.of == Of.CELLS else f"{self.cell}__closed_on"
        return self.rows(where).filter(**{ended: None})

    def number(self, rows: QuerySet[Any]) -> int:
        """Of these rows of it; of what is no list of cells counted to one beyond MOST."""
        rows = rows.order_by()
        return rows.count() if self.of == Of.CELLS else up_to_one_more(rows, MOST)


@dataclass(frozen=True, slots=True)
class Counted:
    """`mine`: how many of them in cells that are followed by name."""

    need: Need
    what: str
    number: int
    mine: int

    @property
    def told(self) -> str:
        return thousands(self.number) if self.need.of == Of.CELLS else up_to(self.number, MOST)


def counted(where: Where, needs: Iterable[Need] | None = None) -> list[Counted]:
    """How many rows each question has. One query for each, and one more for whoever follows cells by name."""
    found = []
    for need in NEEDS.values() if needs is None else needs:
        rows = need.asked(where)
        number = need.number(rows)
        mine = need.number(rows.filter(**{f"{need.cell}__in": where.mine})) if where.mine and number else 0
        found.append(Counted(need, where.said(need.what), number, mine))
    return found


# --- Cells of which something is not there --------------------------------------------------------


def _cells(where: Where) -> Any:
    return Organisation.objects.seen_from(where.paths).cells()


def _without(kinds: Iterable[str], span: tuple[datetime, datetime], where: Where) -> Any:
    """Cells that have opened no such meeting in that time; whether its minutes are signed is another question."""
    held = Meeting.objects.held().between(*span).filter(kind__in=kinds, cell=OuterRef("pk"))
    return _cells(where).filter(~Exists(held))


def _not_met(where: Where) -> Any:
    return _without(MONTHLY, where.span, where)


def _no_topic(where: Where) -> Any:
    return _without(WITH_TOPIC, where.quarter, where)


def _no_secretary(where: Where) -> Any:
    return without_secretary(_cells(where), where.today)


# --- Meetings ------------------------------------------------------------------------------------


def _sealed(where: Where) -> Any:
    return Meeting.objects.seen_from(where.paths).filter(state=State.SEALED)


def _of_month(where: Where) -> Any:
    return _sealed(where).of_the_month().between(*where.span)


def _after_its_days(where: Where, rows: Any) -> Any:
    """Meetings that ended so long ago that the days for their papers are over; none where no rule gives any."""

    def before(days: int | None) -> datetime:
        return _NEVER if days is None else moment(where.today - timedelta(days=days))

    ended = where.targets.asked(RuleKey.POSTED_DAYS_AFTER, lambda book: before(book.posted_days_after), before, _MOMENT)
    return rows.annotate(until=ended).filter(closed_at__lt=F("until"))


def _not_signed(where: Where) -> Any:
    """Beside the table of who may know: that a meeting was held, and on which day (docs/decisions/0046)."""
    closed = Meeting.objects.in_trees(where.paths).of_the_month().filter(state=State.CLOSED)
    return _after_its_days(where, closed)


def _not_reported(where: Where) -> Any:
    rows = _sealed(where).of_the_month().between(*where.lately).filter(reported_up_at=None)
    return _after_its_days(where, rows)


def _few_came(where: Where) -> Any:
    """In whole numbers, thousandths of a per cent: where a guideline asks for more than 85 %, 85 is not enough."""

    def asked(book: rules.Rulebook) -> int:
        over = book.attendance_rule.key is RuleKey.ATTENDANCE_OVER
        return book.attendance_target_percent * _A_PERCENT + over

    wanted = where.targets.asked(RuleKey.ATTENDANCE_AT_LEAST, asked, lambda one: one * _A_PERCENT, IntegerField())
    rows = _of_month(where).filter(minutes__counted__gt=0).annotate(wanted=wanted)
    came, of = (Cast(f"minutes__{name}", BigIntegerField()) for name in ("present", "counted"))
    return rows.annotate(came=came * 100 * _A_PERCENT).filter(came__lt=F("wanted") * of)


def _too_short(where: Where) -> Any:
    """From the opening to the closing, as the check of the one meeting counts it."""
    short = Q(pk__in=[])
    rows = _of_month(where).annotate(took=F("closed_at") - F("opened_at"))
    for sort, key in _LENGTHS.items():
        wanted = where.targets.asked(key, partial(_least, sort), _long, _DURATION)
        rows = rows.annotate(**{f"wanted_{sort.value}": wanted})
        short |= Q(kind=sort.value, took__lt=F(f"wanted_{sort.value}"))
    return rows.filter(short)


def _least(sort: Sort, book: rules.Rulebook) -> timedelta:
    return _long(book.min_minutes[sort])


def _long(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def _no_score(where: Where) -> Any:
    settled = ScoreSheet.objects.filter(settled_at__isnull=False, meeting=OuterRef("pk"))
    return _of_month(where).filter(~Exists(settled))


def _to_confirm(where: Where) -> Any:
    """By the index score_to_confirm, which holds nothing that is confirmed."""
    return _sealed(where).filter(score__settled_at__isnull=False, score__confirmed_at=None)


def _to_review(where: Where) -> Any:
    first, end = where.lately
    return _sealed(where).between(first, end).not_looked_at(since=first)


# --- What goes to and fro ------------------------------------------------------------------------


def _answered(where: Where) -> Any:
    return Exchange.objects.seen_from(where.paths).filter(state=Inspecting.ANSWERED)


def _not_answered(where: Where) -> Any:
    return Exchange.objects.seen_from(where.paths).overdue(where.today)


def _late_tasks(where: Where) -> Any:
    return Task.objects.seen_from(where.paths).overdue(where.today)


_MOMENT, _DURATION = DateTimeField(), DurationField()
_LENGTHS = {
    Sort.REGULAR: RuleKey.MINUTES_REGULAR,
    Sort.THEMATIC: RuleKey.MINUTES_THEMATIC,
    Sort.COMBINED: RuleKey.MINUTES_COMBINED,
}
_LATELY = "Trong ba tháng gần đây."
_BY_RULE = "Theo hướng dẫn, hoặc theo quy định của cấp uỷ."

NEEDS: dict[str, Need] = {
    need.key: need
    for need in (
        Need("answered", Group.TO_DO, Of.MINUTES, "biên bản chi bộ đã trả lời, chờ xem lại", "", _answered, False),
        Need("review", Group.TO_DO, Of.MEETINGS, "biên bản chưa xem xét", _LATELY, _to_review, False),
        Need("scores", Group.TO_DO, Of.MEETINGS, "phiếu chấm điểm chờ xác nhận", "", _to_confirm, False),
        Need(
            "no-meeting", Group.NOT_HELD, Of.CELLS, "chi bộ chưa sinh hoạt thường kỳ {month}",
            "Mỗi tháng một lần (Điều lệ Đảng, Điều 24). Tính đến hôm nay.", _not_met,
        ),
        Need(
            "no-topic", Group.NOT_HELD, Of.CELLS, "chi bộ chưa sinh hoạt chuyên đề {quarter}",
            "Ít nhất mỗi quý một lần (CT 50-CT/TW, mục 2). Tính đến hôm nay.", _no_topic,
        ),
        Need(
            "no-secretary", Group.NOT_HELD, Of.CELLS, "chi bộ chưa có bí thư", "Hôm nay.", _no_secretary,
            page=("post-list", "Mở trang chức vụ"), leads=("post-list", "Chức vụ"),
        ),
        Need(
            "unsigned", Group.MINUTES, Of.HELD, "buổi sinh hoạt quá hạn mà biên bản chưa đủ chữ ký",
            "Chỉ biết chi bộ đã họp ngày nào; nội dung chờ biên bản ký. " + _BY_RULE, _not_signed,
        ),
        Need(
            "unreported", Group.MINUTES, Of.MEETINGS, "biên bản đã ký, quá hạn mà chưa ghi ngày báo cáo cấp trên",
            f"{_LATELY} {_BY_RULE}", _not_reported,
        ),
        Need("unanswered", Group.MINUTES, Of.MINUTES, "biên bản trả lại, quá hạn trả lời", "", _not_answered),
        Need(
            "tasks", Group.MINUTES, Of.TASKS, "nhiệm vụ chi bộ giao đã quá hạn", "", _late_tasks,
            page=("task-list", "Mở danh sách nhiệm vụ"),
        ),
        Need(
            "attendance", Group.NOT_AS_ASKED, Of.MEETINGS, "buổi {month} có tỉ lệ dự họp dưới mức",
            f"{_BY_RULE} Không tính đảng viên được miễn, đang làm nhiệm vụ đặc thù.", _few_came,
        ),
        Need(
            "short", Group.NOT_AS_ASKED, Of.MEETINGS, "buổi {month} ngắn hơn thời lượng tối thiểu", _BY_RULE,
            _too_short,
        ),
        Need("unscored", Group.NOT_AS_ASKED, Of.MEETINGS, "buổi {month} chưa chấm điểm xong", "", _no_score),
    )
}  # fmt: skip
