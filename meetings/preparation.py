"""What a meeting asks for before and after it: each duty with its deadline, its time stamp, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.utils import timezone

from guideline.rulebook import Clause, Kind, Rulebook, RuleKey
from meetings.lifecycle import State

if TYPE_CHECKING:
    from datetime import date

    from meetings.models import Meeting


class Term(Enum):
    """By when; a guideline gives days for two of them only."""

    BEFORE = "trước buổi họp"
    DAYS_BEFORE = "trước buổi họp mấy ngày"
    AFTER = "sau buổi họp"
    DAYS_AFTER = "sau buổi họp mấy ngày"


CELL = frozenset({Kind.REGULAR, Kind.THEMATIC, Kind.COMBINED})
WITH_TOPIC = frozenset({Kind.THEMATIC, Kind.COMBINED})
EVERY = frozenset(Kind)
OF_CELL = CELL | {Kind.CONFERENCE}


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of the checklist; it is there where the guideline in force has its rule."""

    code: str  # the time stamp's column
    rule: RuleKey
    words: str
    verb: str  # what was done on that day
    term: Term
    kinds: frozenset[Kind] = CELL
    otherwise: RuleKey | None = None  # the rule of a guideline that has no such line but asks for the same
    ticked: bool = False  # happens outside the program: somebody says so, with the time


DUTIES: tuple[Duty, ...] = (
    Duty(
        "committee_met_at",
        RuleKey.COMMITTEE_MEETS,
        "Chi uỷ (hoặc bí thư, phó bí thư) họp thống nhất nội dung",
        "họp",
        Term.BEFORE,
        OF_CELL,
        ticked=True,
    ),
    Duty(
        "agreed_at",
        RuleKey.PAPER_AGREED,
        "Chi uỷ thông qua dự thảo chuyên đề",
        "thông qua",
        Term.BEFORE,
        WITH_TOPIC,
    ),
    Duty(
        "shared_at",
        RuleKey.PAPERS_DAYS_BEFORE,
        "Gửi dự thảo chuyên đề để đảng viên đọc",
        "gửi",
        Term.DAYS_BEFORE,
        WITH_TOPIC,
        otherwise=RuleKey.PAPER_SENT,
    ),
    Duty("called_at", RuleKey.NOTICE, "Gửi thông báo thời gian, địa điểm, nội dung", "gửi", Term.BEFORE, EVERY),
    Duty(
        "superior_notified_at",
        RuleKey.NOTICE_TO_SUPERIOR,
        "Báo cấp uỷ viên cấp trên theo dõi chi bộ",
        "báo",
        Term.BEFORE,
        OF_CELL,
        ticked=True,
    ),
    Duty(
        "papers_posted_at",
        RuleKey.PAPERS_DAYS_BEFORE,
        "Đăng tài liệu lên Sổ tay đảng viên điện tử",
        "đăng",
        Term.DAYS_BEFORE,
        ticked=True,
    ),
    Duty("sealed_at", RuleKey.SEALED, "Chủ trì và thư ký xác nhận biên bản", "xác nhận", Term.AFTER, EVERY),
    Duty(
        "completed_at",
        RuleKey.PAPER_COMPLETED,
        "Hoàn thiện chuyên đề theo ý kiến đã tiếp thu",
        "hoàn thiện",
        Term.AFTER,
        WITH_TOPIC,
    ),
    Duty(
        "posted_at",
        RuleKey.POSTED_DAYS_AFTER,
        "Đăng biên bản, kết luận lên Sổ tay đảng viên điện tử",
        "đăng",
        Term.DAYS_AFTER,
        ticked=True,
    ),
    Duty(
        "reported_up_at",
        RuleKey.REPORTED_UP,
        "Báo cáo kết quả lên cấp uỷ cấp trên",
        "báo cáo",
        Term.AFTER,
        ticked=True,
    ),
)


def ticked(kind: Kind) -> frozenset[str]:
    """What happens outside the program before or after a meeting of this kind."""
    return frozenset(duty.code for duty in DUTIES if duty.ticked and kind in duty.kinds)


# What the checklist says need not be advised as well.
RULES = frozenset(rule.value for duty in DUTIES for rule in (duty.rule, duty.otherwise) if rule)


@dataclass(frozen=True, slots=True)
class Record:
    """The time stamps of one meeting, and its committee's own meeting where that was held in the program."""

    kind: Kind
    starts_at: datetime
    closed_at: datetime | None
    stamps: dict[str, datetime | None]
    committee_meeting: int | None = None
    committee_sealed: bool = False
    secretary_alone: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One duty at one meeting, as the page says it."""

    duty: Duty
    when: datetime | None
    deadline: date | None  # where the guideline gives days
    late: bool
    said: str  # what is known and how
    clause: Clause
    may_tick: bool = False
    committee_meeting: int | None = None

    @property
    def term(self) -> str:
        return f"hạn {_on(self.deadline)}" if self.deadline else self.duty.term.value


@dataclass(frozen=True, slots=True)
class Checklist:
    """The duties as the page shows them: what is open first, what is done folded, what they rest on said once."""

    lines: tuple[Line, ...]

    @property
    def open(self) -> list[Line]:
        return [line for line in self.lines if line.when is None]

    @property
    def done(self) -> list[Line]:
        return [line for line in self.lines if line.when is not None]

    @property
    def left(self) -> str:
        """In a line; nothing where all is done."""
        return f"còn {len(self.open)} việc" if self.open else ""

    @property
    def is_overdue(self) -> bool:
        return any(line.late for line in self.open)

    @property
    def late(self) -> int:
        """How many were done after their day."""
        return sum(line.late for line in self.done)

    @property
    def document(self) -> str:
        """Whose lines these are, without repeating where each stands."""
        return "; ".join(dict.fromkeys(line.clause.document for line in self.lines))

    @property
    def bases(self) -> list[tuple[str, list[str]]]:
        """Each clause once, with the duties that rest on it."""
        found: dict[str, list[str]] = {}
        for line in self.lines:
            found.setdefault(line.clause.label(), []).append(line.duty.words)
        return list(found.items())


def record_of(meeting: Meeting, committee: Meeting | None, *, secretary_alone: bool = False) -> Record:
    """From rows that are loaded already."""
    paper, minutes = meeting.thematic_paper, getattr(meeting, "minutes", None)
    of_paper = {name: getattr(paper, name, None) for name in ("agreed_at", "shared_at", "completed_at")}
    columns = ("committee_met_at", "called_at", "superior_notified_at", "papers_posted_at", "posted_at")
    stamps = {name: getattr(meeting, name) for name in (*columns, "reported_up_at")}
    return Record(
        kind=Kind(meeting.kind),
        starts_at=meeting.starts_at,
        closed_at=meeting.closed_at,
        stamps={**stamps, **of_paper, "sealed_at": minutes.sealed_at if minutes else None},
        committee_meeting=committee.pk if committee is not None else None,
        committee_sealed=committee is not None and committee.state == State.SEALED,
        secretary_alone=secretary_alone,
    )


def lines(record: Record, rulebook: Rulebook, now: datetime) -> tuple[Line, ...]:
    """The duties that this guideline gives this kind of meeting; what comes after it only once it has closed."""
    found = []
    for duty in DUTIES:
        rule = rulebook.rule(duty.rule) or (duty.otherwise and rulebook.rule(duty.otherwise))
        asked = rule is not None and record.kind in duty.kinds
        if not rule or not asked or (_afterwards(duty) and record.closed_at is None):
            continue
        found.append(_line(duty, record, rule.clause, _deadline(duty, record, rule.figure), now))
    return tuple(found)


def _line(duty: Duty, record: Record, clause: Clause, deadline: date | None, now: datetime) -> Line:
    when = record.stamps.get(duty.code)
    of_committee = duty.code == "committee_met_at"
    if of_committee and record.secretary_alone and when is None:
        words = "chi bộ không có chi uỷ, phó bí thư: bí thư tự chuẩn bị"
        return Line(duty, None, deadline, late=False, said=words, clause=clause)
    here = record.committee_meeting if of_committee else None
    late = _is_late(duty, record, when, now, deadline)
    said = _said(duty, record, when, deadline, late=late)
    if here is not None and when is not None:
        said += ", biên bản đã ký" if record.committee_sealed else ", biên bản chờ ký"
    elif when is not None and duty.ticked:
        said += " (ghi tay)"
    return Line(duty, when, deadline, late, said, clause, duty.ticked and (here is None or when is None), here)


def _said(duty: Duty, record: Record, when: datetime | None, deadline: date | None, *, late: bool) -> str:
    limit = f"hạn ngày {_on(deadline)}" if deadline else f"buổi họp ngày {_on(_day(record.starts_at))}"
    if when is None:
        return f"chưa {duty.verb}, {limit} đã qua" if late else "chưa"
    done = f"{duty.verb} ngày {_on(_day(when))}"
    return f"{done}, {limit}" if late else f"{done}, {timezone.localtime(when):%H:%M}"


def _afterwards(duty: Duty) -> bool:
    return duty.term in (Term.AFTER, Term.DAYS_AFTER)


def _deadline(duty: Duty, record: Record, figure: int | None) -> date | None:
    """Whole days of the calendar, as the guideline counts them."""
    if figure is not None and duty.term is Term.DAYS_BEFORE:
        return _day(record.starts_at) - timedelta(days=figure)
    if figure is not None and duty.term is Term.DAYS_AFTER and record.closed_at is not None:
        return _day(record.closed_at) + timedelta(days=figure)
    return None


def _is_late(duty: Duty, record: Record, when: datetime | None, now: datetime, deadline: date | None) -> bool:
    """What nobody has done yet is late once the meeting is over, not while people are still coming in."""
    if deadline is not None:
        return _day(when or now) > deadline
    if _afterwards(duty):
        return False
    if when is not None:
        return when >= record.starts_at
    return record.closed_at is not None or _day(now) > _day(record.starts_at)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _on(day: date) -> str:
    return f"{day:%d/%m/%Y}"
