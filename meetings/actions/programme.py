"""The year's programme: laying it out, saving the whole table at once, taking turns, planning a meeting from a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from meetings.actions import planning
from meetings.coming import last_minute_taker, rule_of, secretary_or_acting
from meetings.extension import note_planned
from meetings.lifecycle import State
from meetings.models import AgendaItem, Kind, Meeting, Programme, ProgrammeLine
from meetings.models.programme import REPORTED
from meetings.year import MONTHS, Year, day_for_people, full_members, take_turns
from members import roster
from members.access import require
from members.changes import claim, hold, insert, refuse_second
from members.models import Member
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from meetings.extension import Topic
    from meetings.models import MeetingDay
    from members.models import Organisation, User
    from members.press import Press

# What may be written in a line; kind and month stand as they were laid out.
FIELDS = ("day", "topic", "preparer", "presenter", "self_critic")
USUAL = ("usual_time", "usual_place")
THEMATIC_MONTHS = (2, 5, 8, 11)  # one a quarter, as a first proposal
_PRESENTS = ("present_paper", "current_affairs", "discussion")


class Overtaken(Exception):
    """Somebody has saved since: who, when, and what each changed field held before, by (line, field)."""

    def __init__(self, who: str, when: datetime, was: dict[tuple[int, str], str], gone: list[str]) -> None:
        super().__init__(who)
        self.who, self.when, self.was, self.gone = who, when, was, gone


@dataclass(frozen=True, slots=True)
class Typed:
    """What one page sent: fields by line, a new line, lines to take out, and the revision that it showed."""

    base: int | None = None
    usual: Mapping[str, Any] | None = None
    rows: Mapping[int, Mapping[str, Any]] | None = None
    added: Mapping[str, Any] | None = None
    dropped: Collection[int] = ()


def plain(value: Any) -> str:
    """A field's value as the event keeps it and as a form would send it."""
    return str(value.pk) if isinstance(value, Member) else "" if value is None else str(value)


@transaction.atomic
def lay_out(
    cell: Organisation,
    *,
    year: int,
    fixed_day: int | None,
    usual_time: time,
    usual_place: str,
    thematic_day: int | None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Programme:
    """Twelve regular meetings and a thematic one a quarter; meetings that exist take their lines.

    `fixed_day` None: on the days of the rule that the cell keeps.
    """
    require(by, "programme.edit", cell)
    refuse_second(Programme, cell, key)
    if Programme.objects.of_year(cell, year).exists():
        raise AlreadyDone
    rule = rule_of(cell)
    if fixed_day is None and rule is None:
        raise Refused("Ghi ngày sinh hoạt thường kỳ hằng tháng.", field="fixed_day")
    made = Programme(cell=cell, year=year, fixed_day=fixed_day, usual_time=usual_time, usual_place=usual_place)
    insert(made, "lay_out_programme", by=by, at=at, key=key, year=year)
    lines = _regular_lines(made, rule) + _thematic_lines(made, thematic_day)
    _take_existing(lines, cell, year)
    lines.sort(key=lambda line: (line.month, line.kind != Kind.REGULAR))
    ProgrammeLine.objects.bulk_create(lines)
    return made


def _regular_lines(programme: Programme, rule: MeetingDay | None) -> list[ProgrammeLine]:
    fixed, year, lines = programme.fixed_day, programme.year, []
    for month in MONTHS:
        day = rule.in_month(year, month) if fixed is None and rule is not None else date(year, month, fixed or 1)
        lines.append(ProgrammeLine(programme=programme, month=month, kind=Kind.REGULAR, day=day))
    return lines


def _thematic_lines(programme: Programme, fixed: int | None) -> list[ProgrammeLine]:
    lines = [ProgrammeLine(programme=programme, month=month, kind=Kind.THEMATIC) for month in THEMATIC_MONTHS]
    for line in lines:
        line.day = date(programme.year, line.month, fixed) if fixed else None
    return lines


def _take_existing(lines: list[ProgrammeLine], cell: Organisation, year: int) -> None:
    """Meetings that the cell has planned or held this year stand behind the lines of their month and kind."""
    held = Meeting.objects.filter(cell=cell, starts_at__year=year, programme_line=None).exclude(state=State.CANCELLED)
    for meeting in held.order_by("starts_at"):
        day = timezone.localdate(meeting.starts_at)
        same = (row for row in lines if not row.meeting and (row.month, row.kind) == (day.month, meeting.kind))
        if (line := next(same, None)) is not None:
            line.meeting, line.day, line.topic = meeting, day, meeting.topic


@transaction.atomic
def save(
    programme: Programme, typed: Typed, *, rotate: bool = False, by: User, at: datetime, key: Press | None = None
) -> None:
    """Save the whole table in one go, and fill in turns if asked.

    Raises Overtaken when the page showed an earlier revision and would change what stands.
    """
    require(by, "programme.edit", programme)
    hold(programme, key=key)
    held = Programme.objects.with_cell().get(pk=programme.pk)
    lines = {line.pk: line for line in Year.of(held).lines if not line.is_planned}
    changed = _write(held, lines, typed)
    lost = [pk for pk in typed.rows or {} if pk not in lines]
    dropped = [pk for pk in typed.dropped if pk in lines]
    if typed.base != held.version and (changed or dropped or lost):
        raise _overtaken(held, since=typed.base or 0)
    if rotate:
        changed |= _turns(held, lines)
    if not (changed or dropped or typed.added):
        return
    words = [str(lines[pk]) for pk in dropped]
    ProgrammeLine.objects.filter(pk__in=dropped).delete()
    ProgrammeLine.objects.bulk_update([line for pk, line in lines.items() if pk not in dropped], FIELDS)
    if typed.added:
        ProgrammeLine.objects.create(programme=held, **typed.added)
    held.save(update_fields=USUAL)
    count_up(held, by=by, at=at, key=key, changed=changed, gone=words)


def count_up(
    programme: Programme,
    *,
    by: User,
    at: datetime,
    key: Press | None = None,
    changed: Mapping[str, list[str]] | None = None,
    gone: Collection[str] = (),
) -> None:
    """The next revision, with what became of each field and which lines can no longer be edited."""
    told = {"changed": changed or {}, "gone": list(gone)}
    claim(programme, None, "save_programme", by=by, at=at, key=key, **told)


def _write(held: Programme, lines: Mapping[int, ProgrammeLine], typed: Typed) -> dict[str, list[str]]:
    """Put what was typed into the rows in memory; what was and what is, for each field that differs."""
    changed = {}
    targets: list[tuple[str, Any, Mapping[str, Any]]] = [("", held, typed.usual or {})]
    targets += [(f"{pk}.", lines[pk], fields) for pk, fields in (typed.rows or {}).items() if pk in lines]
    for prefix, row, fields in targets:
        for name, value in fields.items():
            was, now = plain(getattr(row, name)), plain(value)
            if was != now:
                changed[prefix + name] = [was, now]
                setattr(row, name, value)
    return changed


def _turns(programme: Programme, lines: Mapping[int, ProgrammeLine]) -> dict[str, list[str]]:
    """Presenters, and whose turn self-criticism is, where nobody is named; what stands is never touched."""
    order = full_members(programme.cell, day_for_people(programme.year))
    year = [lines.get(line.pk, line) for line in Year.of(programme).lines]
    before = ProgrammeLine.objects.filter(programme__cell=programme.cell, programme__year=programme.year - 1)
    changed = {}
    for name in ("presenter", "self_critic"):
        rows = [line for line in year if name == "presenter" or line.has_criticism]
        last = before.filter(**{f"{name}__isnull": False}).select_related(name).order_by("month", "pk").last()
        named = [getattr(line, name) for line in rows]
        open_rows = [i for i, line in enumerate(rows) if line.pk in lines or named[i] is not None]
        filled = take_turns(order, [named[i] for i in open_rows], last=getattr(last, name, None))
        for i, person in zip(open_rows, filled, strict=True):
            if named[i] is None and person is not None:
                setattr(rows[i], name, person)
                changed[f"{rows[i].pk}.{name}"] = ["", plain(person)]
    return changed


@transaction.atomic
def report_up(programme: Programme, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Say that the year's plan was reported to the committee above: the event is all that is kept of it."""
    require(by, "programme.edit", programme)
    hold(programme, key=key)
    if programme.reported_at is not None:
        raise AlreadyDone
    claim(programme, None, REPORTED, by=by, at=at, key=key)


def _overtaken(programme: Programme, *, since: int) -> Overtaken:
    """From the events after that revision: the latest hand, and each field as that page had shown it."""
    events = programme.events.filter(what__in=["save_programme", REPORTED], number__gt=since).select_related(
        "actor__member"
    )
    was: dict[tuple[int, str], str] = {}
    gone: list[str] = []
    who, when = "", timezone.now()
    for event in events.order_by("number"):
        who, when = event.actor.get_full_name() if event.actor else "", event.happened_at
        gone += event.data.get("gone", ())
        for name, (before, _) in event.data.get("changed", {}).items():
            line, _, field = name.rpartition(".")
            was.setdefault((int(line or 0), field), before)
    return Overtaken(who, when, was, gone)


@transaction.atomic
def plan_line(line: ProgrammeLine, typed: Typed, *, by: User, at: datetime, key: Press | None = None) -> Meeting:
    """Save the page, then make the meeting of this line: its day at the usual time, its people at their steps."""
    require(by, "programme.edit", line)
    refuse_second(Meeting, line.cell, key)
    save(line.programme, typed, by=by, at=at)
    year = Year.of(Programme.objects.with_cell().get(pk=line.programme_id))
    found = next((row for row in year.lines if row.pk == line.pk), None)
    if found is None:
        raise Refused("Buổi này vừa được bỏ khỏi chương trình năm.")
    if found.is_planned:
        raise Refused("Buổi này đã có kế hoạch rồi.")
    asked = year.asks()[found.pk]
    meeting = _plan(found, year.programme, asked, by=by, at=at, key=key)
    found.meeting = meeting
    found.save(update_fields=["meeting"])
    note_planned(asked, found, by=by, at=at)
    count_up(year.programme, by=by, at=at, gone=[str(found)])
    return meeting


def _plan(
    line: ProgrammeLine, programme: Programme, asked: list[Topic], *, by: User, at: datetime, key: Press | None
) -> Meeting:
    if line.day is None:
        raise Refused("Ghi ngày dự kiến của buổi này trước khi lập kế hoạch.")
    if programme.usual_time is None:
        raise Refused("Ghi giờ thường lệ trước khi lập kế hoạch.", field="usual_time")
    entries = roster.on_day(line.cell, line.day)
    topic = line.topic or next((one.text for one in asked if one.kind == Kind.THEMATIC), "") if line.is_thematic else ""
    meeting = planning.plan_meeting(
        line.cell,
        kind=line.kind,
        by=by,
        at=at,
        key=key,
        starts_at=timezone.make_aware(datetime.combine(line.day, programme.usual_time)),
        place=programme.usual_place,
        topic=topic,
        chair=secretary_or_acting(entries),
        minute_taker=last_minute_taker(line.cell, [entry.member for entry in entries]),
        author=line.preparer,
        purpose="" if line.is_thematic else line.topic,
    )
    for one in asked:
        if one.text != topic:
            own: dict[str, Any] = {
                "title": f"Cấp trên yêu cầu: {one.text}"[:300],
                "minutes": planning.OWN_MINUTES,
            }
            planning.add_item(meeting, **own, presenter=line.presenter, by=by, at=at)
    _seat(meeting, line)
    return meeting


def _seat(meeting: Meeting, line: ProgrammeLine) -> None:
    """Presenter and self-critic to their steps; the lines that were asked for stand before the closing ones."""
    items = list(meeting.items.all())
    step = next((code for code in _PRESENTS if any(item.step == code for item in items)), "")
    named = {step: line.presenter, "criticism": line.self_critic}
    for item in items:
        if item.step and (person := named.get(item.step)) is not None:
            item.presenter = person
    AgendaItem.objects.bulk_update(items, ["presenter"])
    planning.put_before_closing(*(item for item in items if not item.step))
