"""The committee's part: planning a yearly review, who writes and on which form, opening it, the reading window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from critique.cycle.eligibility import WRITING, Reason, duty, has_committee
from critique.cycle.guards import GUARDS
from critique.cycle.models import PERSON_FORMS, Cycle, Participant
from critique.hearing.models import Hearing, PrepNote
from critique.levels.actions.entries import copy_chosen
from critique.lifecycle import NOT_CLOSED, PREPARING, TRANSITIONS, State
from critique.official_forms.model import FormKind
from critique.writing import actions as writing
from critique.writing.carried import carried_into
from critique.writing.models import SelfReview
from meetings.extension import who_declined
from members import roster
from members.access import require
from members.changes import claim, insert, move, refuse_second
from members.models import TenureKind
from members.refusal import Refused

if TYPE_CHECKING:
    from members.models import Organisation, User
    from members.press import Press

PLAN_FIELDS = ("year", "basis", "due_on", "meets_on", "place")


@transaction.atomic
def plan_cycle(cell: Organisation, *, by: User, at: datetime, key: Press | None = None, **fields: Any) -> Cycle:
    """Begin a year's review. `fields`: PLAN_FIELDS. A cell has one review a year."""
    require(by, "cycle.plan", cell)
    refuse_second(Cycle, cell, key)
    cycle = Cycle(cell=cell, **fields)
    _judge_days(cycle)
    if Cycle.objects.filter(cell=cell, year=cycle.year).exists():
        raise Refused(f"Chi bộ đã có đợt kiểm điểm năm {cycle.year}.", field="year")
    insert(cycle, "plan", by=by, at=at, key=key)
    _draw_up(cycle)
    return cycle


@transaction.atomic
def edit_cycle(cycle: Cycle, *, by: User, at: datetime, key: Press | None = None, **fields: Any) -> None:
    """Change days, place and documents; the year only before the review is opened."""
    require(by, "cycle.plan", cycle)
    claim(cycle, NOT_CLOSED, "edit", by=by, at=at, key=key)
    year = fields.get("year", cycle.year)
    if year != cycle.year and cycle.state != State.PLAN:
        raise Refused("Đợt kiểm điểm đã mở nên không đổi được năm.", field="year")
    if Cycle.objects.filter(cell_id=cycle.cell_id, year=year).exclude(pk=cycle.pk).exists():
        raise Refused(f"Chi bộ đã có đợt kiểm điểm năm {year}.", field="year")
    if fields.get("meets_on", cycle.meets_on) != cycle.meets_on and cycle.has_conference:
        raise Refused("Ngày họp lấy theo kế hoạch hội nghị kiểm điểm; xin sửa ở đó.", field="meets_on")
    for column, value in fields.items():
        setattr(cycle, column, value)
    _judge_days(cycle)
    cycle.save(update_fields=list(fields))
    if cycle.state in PREPARING:
        _draw_up(cycle)


def _judge_days(cycle: Cycle) -> None:
    if cycle.meets_on < cycle.due_on:
        raise Refused("Ngày họp kiểm điểm không thể trước hạn nộp bản kiểm điểm.", field="meets_on")


@transaction.atomic
def draw_up(cycle: Cycle, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Bring the list up to date with who is in the cell; what the committee has decided stays."""
    require(by, "cycle.plan", cycle)
    claim(cycle, NOT_CLOSED, "draw_up", by=by, at=at, key=key)
    _draw_up(cycle)


def _draw_up(cycle: Cycle) -> None:
    rows = cycle.participants.filter(member__isnull=False).select_related("member")
    known = {row.member_id: row for row in rows}
    entries = roster.on_day(cycle.cell, cycle.meets_on)
    declined = who_declined(entry.member.pk for entry in entries)
    for entry in entries:
        if entry.standing is None:
            continue
        found = duty(entry.standing, entry.member.admitted_on, cycle.meets_on)
        row = known.pop(entry.member.pk, None)
        if row is None:
            row = Participant(cycle=cycle, member=entry.member)
            # proposed: only the committee knows what post somebody has outside the cell, and changes it
            row.form = FormKind.LEADER.value if entry.leads else FormKind.STAFF.value
            row.on_paper = found.reason == Reason.AWAY or not entry.member.has_device
            row.on_paper |= entry.member.pk in declined
        row.standing, row.reason = entry.standing, found.reason
        row.writes = row.writes if row.overridden else found.writes
        row.save()
    for row in known.values():
        row.standing, row.reason, row.writes, row.overridden = TenureKind.LEFT, Reason.LEFT, False, False
        row.save(update_fields=["standing", "reason", "writes", "overridden"])
    _draw_up_collective(cycle, has_committee(post for entry in entries for post in entry.posts))
    _lay_out_forms(cycle)


def _draw_up_collective(cycle: Cycle, committee: bool) -> None:
    """The committee as a whole is reviewed first; where there is none there is no row (366-QĐ/TW, Điều 5, Điều 7)."""
    row: Participant | None = cycle.participants.filter(member__isnull=True).first()
    if row is None and not committee:
        return
    if row is None:
        row = Participant(cycle=cycle, form=FormKind.COLLECTIVE.value)
    row.reason = Reason.COLLECTIVE if committee else Reason.ALONE
    row.writes = row.writes if row.overridden else committee
    row.save()


def _lay_out_forms(cycle: Cycle) -> None:
    """An empty form for everybody who writes, with last year's shortcomings and promises already in it."""
    if cycle.state == State.PLAN:
        return
    for row in cycle.participants.filter(writes=True, review__isnull=True).select_related("member", "cycle"):
        SelfReview.objects.create(participant=row, body=carried_into(row))


def is_heard(row: Participant) -> bool:
    """The conference has begun with them, or an opinion about them waits to be recorded."""
    waits = Q(opinions__dropped_at__isnull=True, opinions__isnull=False)
    return bool(Hearing.objects.filter(Q(begun_at__isnull=False) | waits, participant=row).exists())


@transaction.atomic
def set_participant(
    row: Participant, *, by: User, at: datetime, key: Press | None = None, writes: bool, note: str, kind: str
) -> None:
    """The committee's decision on one person or on the collective: whether they write, and on which form.

    Refused: another decision than the table's without a reason; taking somebody out who has submitted.
    """
    require(by, "cycle.plan", row)
    claim(row.cycle, NOT_CLOSED, "participant", by=by, at=at, key=key, participant=row.pk, writes=writes, kind=kind)
    found = Reason(row.reason) in WRITING
    submitted = SelfReview.objects.filter(participant=row, submitted_at__isnull=False).exists()
    if kind not in forms_for(row):
        raise Refused("Mẫu 01 dành cho tập thể, các mẫu 02 dành cho cá nhân.", field="kind")
    if writes != found and not note.strip():
        raise Refused("Khác với quy định chung thì cần ghi lý do.", field="note")
    if not writes and submitted:
        raise Refused("Bản kiểm điểm đã nộp nên không bỏ khỏi danh sách được.", field="writes")
    if not writes and is_heard(row):
        raise Refused("Đã có ý kiến góp ý ghi hoặc gửi ở đây nên không bỏ khỏi danh sách được.", field="writes")
    if submitted and kind != row.form:
        raise Refused("Bản kiểm điểm đã nộp nên không đổi mẫu được.", field="kind")
    row.writes, row.overridden, row.note, row.form = writes, writes != found, note.strip(), kind
    row.note_rev += 1
    row.save(update_fields=["writes", "overridden", "note", "note_rev", "form"])
    _lay_out_forms(row.cycle)


def forms_for(row: Participant) -> list[str]:
    return [FormKind.COLLECTIVE.value] if row.of_collective else [code for code, _ in PERSON_FORMS]


# The time that a step writes down, or takes away again.
_STAMPS = {"open": "opened_at", "read": "reading_at", "hold": "held_at", "close": "closed_at"}
_TAKEN_AWAY = {"shut": "reading_at", "resume": "held_at"}


@transaction.atomic
def take_step(cycle: Cycle, *, move_name: str, by: User, at: datetime, key: Press | None = None) -> None:
    """One step of the table, with its time. The list is brought up to date before forms are handed out."""
    if move_name not in TRANSITIONS:
        raise Refused("Không có bước này.")
    if move_name == "open":
        require(by, "cycle.run", cycle)
        _draw_up(cycle)
    changes = {_TAKEN_AWAY[move_name]: None} if move_name in _TAKEN_AWAY else {_STAMPS[move_name]: at}
    move(TRANSITIONS, GUARDS, cycle, move_name, by=by, at=at, key=key, changes=changes)
    if move_name == "open":
        _lay_out_forms(cycle)
    if move_name == "close":
        PrepNote.objects.filter(participant__cycle=cycle).delete()
    if move_name == "hold":
        copy_chosen(cycle, by=by, at=at)


@transaction.atomic
def submit(review: SelfReview, *, by: User, at: datetime, key: Press | None = None) -> None:
    """A text is submitted; after the conference the level that it chooses is taken over as well."""
    writing.submit(review, by=by, at=at, key=key)
    if review.cycle.state == State.MET:  # the levels that were chosen in time have been copied already
        copy_chosen(review.cycle, by=by, at=at)
