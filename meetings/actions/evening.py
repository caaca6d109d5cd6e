"""The evening itself: opening, the roll, items, remarks, votes, closing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from meetings.actions import turns
from meetings.actions.core import (
    move,
    read_again,
    refuse_if_apart,
    refuse_if_seated,
    refuse_if_spoke,
    refuse_unless_may_come,
    refuse_while_voting,
)
from meetings.actions.minutes import register
from meetings.actions.planning import draw_up_roster
from meetings.actions.preparing import committee_has_met, committee_meets_again
from meetings.actions.remarks import open_remark
from meetings.actions.votes import kind_of, name_tellers, recount, refuse_unless_it_adds_up, rule_fields
from meetings.clock import CLOCKS_DIFFER, minute
from meetings.lifecycle import RUNNING, TAKING_MINUTES, State
from meetings.models import AgendaItem, Attendance, Mark, Meeting, Remark, Resolution, Vote, Way
from meetings.presence import Room, room_of, steady
from meetings.wording import paper_time
from members.access import require
from members.changes import claim, hold
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guideline.slips import Slips
    from meetings.models import Poll
    from members.models import User
    from members.press import Press


@transaction.atomic
def open_meeting(meeting: Meeting, *, early: bool = False, by: User, at: datetime, key: Press | None = None) -> None:
    """Open: the roster is drawn up again, because somebody may have joined or left since the notice.

    `early`: whoever opens it days before its day has said that this is meant.
    """
    day = timezone.localdate(meeting.starts_at)
    if timezone.localdate(at) < day and not early:
        raise Refused(f"Buổi họp được báo cho ngày {day:%d/%m/%Y}. Nếu họp sớm thật, xin xác nhận ở trang buổi họp.")
    move(meeting, "open", by=by, at=at, key=key, changes={"opened_at": at})
    draw_up_roster(meeting)


@transaction.atomic
def take_back(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Opened by mistake: back to where it was called, with the roll as the apologies left it."""
    move(meeting, "take_back", by=by, at=at, key=key, changes={"opened_at": None})
    rows = meeting.attendances.of_members()
    rows.update(mark=Mark.NONE, reason="", arrived_at=None, left_at=None, note="")
    rows.filter(apology_accepted=True).update(mark=Mark.EXCUSED, reason=F("apology"))


@transaction.atomic
def mark(row: Attendance, *, mark: str, reason: str = "", by: User, at: datetime, key: Press | None = None) -> None:
    """Roll call for one person. Marking somebody absent clears late and early; a speaker cannot be absent."""
    require(by, "meeting.run", row)
    if mark not in Mark.values:
        raise Refused("Không có mục điểm danh này.")
    hold(row.meeting, TAKING_MINUTES, key=key)
    read_again(row)
    if mark in (Mark.EXCUSED, Mark.UNEXCUSED):
        turns.leave_room(row, at)
    claim(row.meeting, TAKING_MINUTES, "mark", by=by, at=at, key=key, who=row.name, mark=mark, was=row.mark)
    if row.is_guest:
        raise Refused("Khách mời không phải điểm danh; nếu không dự, xin bỏ tên.")
    refuse_unless_may_come(row)
    if mark != Mark.PRESENT:
        refuse_if_spoke(row)
        refuse_if_seated(row, here=False)
    if mark == Mark.NONE and row.meeting.state == State.CLOSED:
        raise Refused("Buổi họp đã kết thúc; xin ghi có mặt hoặc vắng.")
    row.mark = mark
    row.reason = (reason.strip() or row.apology) if mark == Mark.EXCUSED else ""
    if mark != Mark.PRESENT:
        row.arrived_at = row.left_at = None
    row.save(update_fields=["mark", "reason", "arrived_at", "left_at"])
    recount(row.meeting)


@transaction.atomic
def mark_rest_present(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Everybody who is still unmarked and counts is here: one click for a full room."""
    require(by, "meeting.run", meeting)
    hold(meeting, TAKING_MINUTES, key=key)
    rows = [row for row in meeting.attendances.filter(mark=Mark.NONE) if row.counts]
    who = [row.name for row in rows]
    claim(meeting, TAKING_MINUTES, "mark_rest_present", by=by, at=at, key=key, who=who)
    Attendance.objects.filter(pk__in=[row.pk for row in rows]).update(mark=Mark.PRESENT)
    recount(meeting)


@transaction.atomic
def come_and_go(
    row: Attendance,
    *,
    arrived_at: datetime | None,
    left_at: datetime | None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """Late or left early; both times lie within the meeting and in order."""
    require(by, "meeting.run", row)
    hold(row.meeting, TAKING_MINUTES, key=key)
    if left_at is not None:
        turns.leave_room(row, at)
    claim(row.meeting, TAKING_MINUTES, "come_and_go", by=by, at=at, key=key, who=row.name)
    read_again(row)
    refuse_unless_may_come(row)
    meeting = Meeting.objects.get(pk=row.meeting_id)
    for field, moment in (("arrived_at", arrived_at), ("left_at", left_at)):
        if moment is not None:
            _refuse_time_outside(meeting, moment, field, at)
    if arrived_at and left_at and left_at <= arrived_at:
        raise Refused("Giờ về phải sau giờ đến.", field="left_at")
    refuse_if_seated(row, here=True, arrived_at=arrived_at, left_at=left_at)
    row.mark, row.arrived_at, row.left_at, row.reason = Mark.PRESENT, arrived_at, left_at, ""
    _refuse_times_against_remarks(row, meeting.closed_at)
    row.save(update_fields=["mark", "arrived_at", "left_at", "reason"])
    recount(row.meeting)


def _refuse_time_outside(meeting: Meeting, moment: datetime, field: str, at: datetime) -> None:
    if meeting.opened_at and moment < minute(meeting.opened_at):
        raise Refused("Giờ này sớm hơn giờ khai mạc.", field=field)
    if meeting.closed_at is None and moment > at + CLOCKS_DIFFER:
        raise Refused("Giờ này chưa tới.", field=field)
    if meeting.closed_at and moment > meeting.closed_at:
        raise Refused("Giờ này muộn hơn giờ kết thúc.", field=field)


def _refuse_times_against_remarks(row: Attendance, end: datetime | None) -> None:
    """Nobody has spoken on an item that was over before they came, or that began after they had gone.

    Whoever reserved an opinion on a vote was here for it.
    """
    for remark in row.remarks.select_related("item", "vote"):
        item, vote = remark.item, remark.vote
        if vote is not None:
            if not Room((), vote.taken_at, end=end).is_here(row):
                late = row.arrived_at is not None and row.arrived_at > vote.taken_at
                raise Refused(
                    f"Đồng chí {row.name} đã bảo lưu ý kiến về biểu quyết “{vote.question}” lúc "
                    f"{paper_time(vote.taken_at)}, nên có mặt lúc ấy.",
                    field="arrived_at" if late else "left_at",
                )
            continue
        if row.arrived_at and item.ended_at and row.arrived_at > item.ended_at:
            raise Refused(f"Đồng chí {row.name} đã có ý kiến ở “{item.title}”, trước giờ này.", field="arrived_at")
        if row.left_at and item.started_at and row.left_at <= item.started_at:
            raise Refused(f"Đồng chí {row.name} đã có ý kiến ở “{item.title}”, sau giờ này.", field="left_at")


@transaction.atomic
def add_guest(
    meeting: Meeting, *, name: str, position: str, by: User, at: datetime, key: Press | None = None
) -> Attendance:
    require(by, "meeting.run", meeting)
    claim(meeting, TAKING_MINUTES, "add_guest", by=by, at=at, key=key, name=name)
    return Attendance.objects.create(meeting=meeting, name=name, position=position, mark=Mark.PRESENT)


@transaction.atomic
def remove_guest(row: Attendance, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "meeting.run", row)
    claim(row.meeting, TAKING_MINUTES, "remove_guest", by=by, at=at, key=key, name=row.name)
    if not row.is_guest:
        raise Refused("Đây là đảng viên của chi bộ, không phải khách mời.")
    if row.remarks.exists():
        raise Refused(f"Đồng chí {row.name} đã có ý kiến trong biên bản nên không bỏ tên được.")
    if not Attendance.objects.filter(pk=row.pk).delete()[0]:
        raise AlreadyDone


@transaction.atomic
def start_item(item: AgendaItem, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Start an item, or take up again one that has ended; whichever was running ends at the same moment.

    Nothing ends before it began. What lay between the end and this moment counts to no item.
    """
    require(by, "meeting.run", item)
    hold(item.meeting, RUNNING, key=key)
    item.refresh_from_db(fields=["started_at", "ended_at", "rested_seconds"])
    again, moment = item.ended_at is not None, max(at, item.ended_at or at)
    told = {"item": item.pk, "title": item.title, **turns.leave_floor(item.meeting, at, staying=item)}
    claim(item.meeting, RUNNING, "resume_item" if again else "start_item", by=by, at=at, key=key, **told)
    refuse_while_voting(item.meeting, but=item)
    item.meeting.items.filter(started_at__isnull=False, ended_at__isnull=True).exclude(pk=item.pk).update(
        ended_at=_not_before_its_start(at), passage=""
    )
    changes: dict[str, Any] = {"started_at": item.started_at or at, "ended_at": None}
    if item.ended_at is not None:
        rested = item.rested_seconds + int((moment - item.ended_at).total_seconds())
        changes |= {"resumed_at": moment, "rested_seconds": rested}
    AgendaItem.objects.filter(pk=item.pk).update(**changes)


@transaction.atomic
def end_item(item: AgendaItem, *, by: User, at: datetime, key: Press | None = None) -> None:
    """End an item, and with it whoever has the floor; who was still waiting was not heard, and the event says so."""
    require(by, "meeting.run", item)
    hold(item.meeting, RUNNING, key=key)
    told = {"item": item.pk, "title": item.title, **turns.leave_item(item, at)}
    claim(item.meeting, RUNNING, "end_item", by=by, at=at, key=key, **told)
    refuse_while_voting(item.meeting, item)
    AgendaItem.objects.filter(pk=item.pk, started_at__isnull=False).update(
        ended_at=_not_before_its_start(at), passage=""
    )


def _not_before_its_start(moment: datetime) -> Greatest:
    """A clock that is set back in the middle of an item makes no item of less than no time."""
    return Greatest(F("started_at"), Value(moment))


@transaction.atomic
def add_remark(
    item: AgendaItem,
    speaker: Attendance,
    *,
    vote: Vote | None = None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Remark:
    """Open an empty remark for a speaker; its text follows as it is typed. The floor: actions/floor.py"""
    require(by, "meeting.run", item)
    claim(item.meeting, TAKING_MINUTES, "add_remark", by=by, at=at, key=key, item=item.pk, who=speaker.name)
    return open_remark(item, speaker, vote, by=by, at=at)


@transaction.atomic
def remove_remark(remark: Remark, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Take a remark out of the minutes; its words stay in the event, as they stand at this moment."""
    require(by, "meeting.run", remark)
    hold(remark.meeting, TAKING_MINUTES, key=key)
    found = Remark.objects.filter(pk=remark.pk).select_related("speaker").first()
    if found is None:
        raise AlreadyDone
    if found.corrections.exists():
        raise Refused("Ý kiến này đã có đề nghị sửa nên không xoá được; xin sửa câu chữ.")
    words = {part: getattr(found, part) for part in ("text", "awareness", "relation", "proposal")}
    turns.unsaid(found, at)
    told = {"who": found.speaker.name, "words": words}
    claim(remark.meeting, TAKING_MINUTES, "remove_remark", by=by, at=at, key=key, **told)
    Remark.objects.filter(pk=remark.pk).delete()


@transaction.atomic
def record_vote(
    item: AgendaItem,
    *,
    question: str,
    in_favour: int,
    against: int,
    other: int,
    kind: str = "",
    slips: Slips | None = None,
    head: Attendance | None = None,
    team: Sequence[Attendance] = (),
    opened: Poll | None = None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Vote:
    """A vote by count; no more voices than there are people who may vote (arithmetic refuses).

    `kind`: key of one of `vote_kinds`; "" is the ordinary one. `slips`: of a secret vote, which `head` and `team`
    have counted. `opened`: the vote was open in the room, so rule, moment and of how many are as when it opened, and
    what is beyond the hands of the hall was entered on devices.
    """
    require(by, "meeting.run", item)
    claim(item.meeting, TAKING_MINUTES, "record_vote", by=by, at=at, key=key, question=question)
    refuse_if_apart(item)
    rule = kind_of(item.meeting, kind) if opened is None else opened.rule
    item.refresh_from_db(fields=["started_at", "ended_at"])
    room = room_of(item.meeting, steady(item.meeting, at), item)
    taken_at = room.at if opened is None else opened.opened_at
    entitled, base = (len(room.voters()), len(room.base())) if opened is None else (opened.entitled, opened.base)
    counts = {"in_favour": in_favour, "against": against, "other": other}
    refuse_unless_it_adds_up(item.meeting, counts, entitled, slips)
    on_devices = sum(counts.values()) - opened.hands if opened else 0
    paper = {name: getattr(slips, name) for name in ("issued", "returned", "invalid")} if slips else {}
    made = Vote.objects.create(
        meeting=item.meeting,
        item=item,
        question=question,
        **rule_fields(rule),
        way=Way.SECRET if slips else Way.ROOM if on_devices else Way.HANDS,
        on_devices=on_devices or None,
        taken_at=taken_at,
        entitled=entitled,
        base=base,
        recorded_at=at,
        **counts,
        **paper,
    )
    if slips:
        name_tellers(made, head, team)
    return made


@transaction.atomic
def remove_vote(vote: Vote, *, by: User, at: datetime, key: Press | None = None) -> None:
    """A vote entered wrongly is taken out and entered again; the figures stay in the event."""
    require(by, "meeting.run", vote)
    told = {"question": vote.question, "figures": [vote.in_favour, vote.against, vote.other]}
    claim(vote.meeting, TAKING_MINUTES, "remove_vote", by=by, at=at, key=key, **told)
    if vote.reserved.exists():
        raise Refused("Biểu quyết này đã có ý kiến bảo lưu; xin xoá ý kiến bảo lưu trước.")
    if Resolution.objects.filter(vote=vote).exists():
        raise Refused("Biểu quyết này đã có văn bản ban hành; xin bỏ văn bản ấy trước.")
    if vote.decisions.exists():
        raise Refused("Biểu quyết này đã có quyết nghị ghi kèm; xin xoá quyết nghị ấy trước.")
    Vote.objects.filter(pk=vote.pk).delete()


def read_back(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> None:
    """The minutes have been read to the cell and adopted."""
    require(by, "meeting.run", meeting)
    with transaction.atomic():
        claim(meeting, TAKING_MINUTES, "read_back", by=by, at=at, key=key)
        meeting.read_back_at = at
        meeting.save(update_fields=["read_back_at"])


@transaction.atomic
def close(
    meeting: Meeting,
    *,
    opened_at: datetime,
    closed_at: datetime,
    because: Mapping[int, str] | None = None,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> None:
    """End the meeting with the times that the minutes will state; what is still running ends with it.

    `because`: by the key of an item under which nothing stands, why.
    """
    if closed_at <= opened_at:
        raise Refused("Giờ kết thúc phải sau giờ khai mạc.", field="closed_at")
    if closed_at > at + CLOCKS_DIFFER:
        raise Refused("Giờ kết thúc không thể ở tương lai.", field="closed_at")
    if (closed_at - opened_at).days >= 1:
        raise Refused("Một buổi sinh hoạt không thể kéo dài quá một ngày.", field="closed_at")
    require(by, "meeting.run", meeting)
    hold(meeting, RUNNING, key=key)
    times = {"opened_at": opened_at, "closed_at": closed_at}
    move(meeting, "close", by=by, at=at, key=key, changes=times, **turns.leave_floor(meeting, at))
    still_on = Q(ended_at__isnull=True) | Q(ended_at__gt=closed_at)
    meeting.items.filter(still_on, started_at__isnull=False).update(
        ended_at=_not_before_its_start(closed_at), passage=""
    )
    for item, reason in (because or {}).items():
        meeting.items.filter(pk=item).update(empty_because=reason)
    register(meeting, at)
    committee_has_met(meeting, by=by, at=at)


def reopen(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Not everything was said yet: back to the room. Signatures and the reading back are void."""
    with transaction.atomic():
        move(meeting, "reopen", by=by, at=at, key=key, changes={"closed_at": None, "read_back_at": None})
        meeting.signatures.all().delete()
        committee_meets_again(meeting, by=by, at=at)
