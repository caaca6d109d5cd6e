"""Planning and calling a meeting: the plan, the agenda, the notice, apologies."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from guideline import rulebook as rules
from meetings import roll_numbers
from meetings.actions.core import move, read_again, refuse_if_seated, refuse_if_spoke, refuse_unless_may_come
from meetings.actions.following import forget_reports
from meetings.actions.votes import recount
from meetings.extension import keeper_of
from meetings.facts import Evening, step_of
from meetings.lifecycle import BEFORE_OPENING, PLANNING, State
from meetings.models import AgendaItem, Attendance, Kind, Mark, Meeting, ThematicPaper
from members import roster
from members.access import require
from members.changes import claim, hold, insert, refuse_second
from members.mailing import who_agreed
from members.models import Member, Organisation, TenureKind, User
from members.numbering import next_number
from members.refusal import Refused

if TYPE_CHECKING:
    from members.press import Press

# Columns of the plan's form; the rest of a meeting is never taken from it.
PLAN_FIELDS = ("starts_at", "place", "topic", "chair", "minute_taker", "purpose")
_LEAST_OF_A_COMMITTEE = 2
OWN_MINUTES = 10  # of a line that the cell adds itself, until somebody says otherwise
BEFORE = ("criticism", "assess_topic", "conclusion")  # what is added is heard before the first of these


def rulebook_on(starts_at: datetime) -> str:
    """The guideline in force on the day of the meeting."""
    try:
        return rules.in_force(timezone.localdate(starts_at)).key
    except rules.NoRulebookError as none:
        raise Refused(str(none), field="starts_at") from none


@transaction.atomic
def plan_meeting(
    cell: Organisation, *, kind: str, by: User, at: datetime, key: Press | None = None, **fields: Any
) -> Meeting:
    """Make the plan with the agenda that the guideline's steps give, and an empty paper if it is thematic."""
    require(by, "plan.edit", cell)
    refuse_second(Meeting, cell, key)
    author = fields.pop("author", None)
    if kind == Kind.COMMITTEE:
        refuse_committee_plan(cell, fields["starts_at"], fields.get("prepares"))
    meeting = Meeting(cell=cell, kind=kind, rulebook=rulebook_on(fields["starts_at"]), **fields)
    insert(meeting, "plan", by=by, at=at, key=key)
    if meeting.is_thematic:
        meeting.paper = ThematicPaper.objects.create(meeting=meeting, author=author)
    presenters = _presenters(meeting)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            position=position,
            step=step.code,
            title=step.title,
            minutes=step.minutes,
            presenter=presenters.get(step.who),
        )
        for position, step in enumerate(rules.get(meeting.rulebook).steps[rules.Kind(kind)], start=1)
    )
    return meeting


@transaction.atomic
def edit_plan(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None, **fields: Any) -> None:
    """Change time, place or people. Lines that the former chair or preparer was to present follow the change.

    The guideline is that of the new day; the agenda stays as it was laid out.
    """
    require(by, "plan.edit", meeting)
    author, rulebook = fields.pop("author", None), rulebook_on(fields["starts_at"])
    claim(meeting, PLANNING, "edit_plan", by=by, at=at, key=key)
    if meeting.kind == Kind.CONFERENCE:
        fields["topic"] = meeting.topic  # the year that it reviews
    if meeting.of_committee:
        meeting.prepares = fields.get("prepares", meeting.prepares)
        refuse_committee_plan(meeting.cell, fields["starts_at"], meeting.prepares)
    former = _presenters(meeting)
    for name in PLAN_FIELDS:
        setattr(meeting, name, fields[name])
    if meeting.thematic_paper is not None:
        meeting.paper.author = author
        meeting.paper.save(update_fields=["author"])
    hand_over(meeting, former, _presenters(meeting))
    meeting.rulebook = rulebook
    meeting.rev += 1
    meeting.save(update_fields=[*PLAN_FIELDS, "prepares", "rulebook", "rev"])
    if (keeper := keeper_of(meeting)) is not None:
        keeper.moved(meeting)


def has_committee(cell: Organisation, moment: datetime) -> bool:
    """A secretary alone is none: what the committee agrees on, the secretary then prepares alone."""
    return len(roster.committee_on_day(cell, timezone.localdate(moment))) >= _LEAST_OF_A_COMMITTEE


def committee_sits(evening: Evening) -> bool:
    """The same, read off the roll where it has been drawn up: the posts of the day stand there."""
    if not evening.attendances:
        return has_committee(evening.meeting.cell, evening.meeting.starts_at)
    return sum(bool(row.member_id and row.position) for row in evening.attendances) >= _LEAST_OF_A_COMMITTEE


def refuse_committee_plan(cell: Organisation, starts_at: datetime, prepares: Meeting | None) -> None:
    """A committee has at least two people, and it meets before the meeting of its cell that it prepares."""
    if not has_committee(cell, starts_at):
        raise Refused(
            "Ngày đó chi bộ không có chi uỷ, cũng không có phó bí thư: bí thư tự chuẩn bị nội dung, "
            "không cần lập cuộc họp chi uỷ."
        )
    if prepares is None:
        return
    if prepares.cell_id != cell.pk or prepares.of_committee:
        raise Refused("Cuộc họp chi uỷ chuẩn bị cho một buổi sinh hoạt của chính chi bộ.", field="prepares")
    if starts_at >= prepares.starts_at:
        raise Refused("Chi uỷ họp trước buổi sinh hoạt mà cuộc họp này chuẩn bị.", field="starts_at")


def _presenters(meeting: Meeting) -> dict[str, Member | None]:
    """Who stands behind the roles that the guideline's steps name."""
    paper = meeting.thematic_paper
    return {
        "chair": meeting.chair,
        "minute_taker": meeting.minute_taker,
        "presenter": paper.author if paper is not None else None,
    }


def hand_over(meeting: Meeting, former: dict[str, Member | None], now: dict[str, Member | None]) -> None:
    """All lines that have not begun, each by the role of its own step first: the two may have changed places."""
    items = [item for item in meeting.items.with_presenter() if item.started_at is None]
    for item in items:
        step = step_of(meeting, item)
        own = step.who if step is not None else ""
        roles = sorted(former, key=lambda role: role != own)
        held = [role for role in roles if former[role] == item.presenter and (role == own or item.presenter)]
        if held:
            item.presenter = now[held[0]]
    AgendaItem.objects.bulk_update(items, ["presenter"])


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    by: User,
    at: datetime,
    key: Press | None = None,
    title: str,
    minutes: int,
    presenter: Member | None,
) -> AgendaItem:
    require(by, "plan.edit", meeting)
    claim(meeting, PLANNING | {State.OPEN}, "add_item", by=by, at=at, key=key, title=title)
    last = meeting.items.order_by("-position").first()
    return AgendaItem.objects.create(
        meeting=meeting,
        position=(last.position if last else 0) + 1,
        title=title,
        minutes=minutes,
        presenter=presenter,
    )


def put_before_closing(*added: AgendaItem) -> None:
    """Lines that were added stand before those that close the meeting; the others keep their order."""
    items = [item for item in added[0].meeting.items.all() if item not in added] if added else []
    codes = [item.step for item in items]
    place = next((codes.index(code) for code in BEFORE if code in codes), len(items))
    rows = [*items[:place], *added, *items[place:]]
    for position, item in enumerate(rows, start=1):
        item.position = position
    AgendaItem.objects.bulk_update(rows, ["position"])


@transaction.atomic
def edit_item(
    item: AgendaItem,
    *,
    by: User,
    at: datetime,
    key: Press | None = None,
    title: str,
    minutes: int,
    presenter: Member | None,
) -> None:
    require(by, "plan.edit", item)
    claim(item.meeting, PLANNING, "edit_item", by=by, at=at, key=key, item=item.pk, was=item.title)
    item.title, item.minutes, item.presenter = title, minutes, presenter
    item.save(update_fields=["title", "minutes", "presenter"])


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User, at: datetime, key: Press | None = None) -> None:
    require(by, "plan.edit", item)
    claim(item.meeting, PLANNING, "remove_item", by=by, at=at, key=key, title=item.title)
    AgendaItem.objects.filter(pk=item.pk).delete()


@transaction.atomic
def move_item(item: AgendaItem, *, up: bool, by: User, at: datetime, key: Press | None = None) -> None:
    """Swap with the neighbour; the event keeps the order before."""
    require(by, "plan.edit", item)
    hold(item.meeting, PLANNING, key=key)
    rows = list(item.meeting.items.all())
    if item not in rows:
        raise Refused("Nội dung này vừa được bỏ khỏi chương trình.")
    claim(item.meeting, PLANNING, "move_item", by=by, at=at, key=key, order=[row.pk for row in rows])
    index = rows.index(item)
    target = index - 1 if up else index + 1
    if 0 <= target < len(rows):
        rows[index], rows[target] = rows[target], rows[index]
        for position, row in enumerate(rows, start=1):
            row.position = position
        AgendaItem.objects.bulk_update(rows, ["position"])


@transaction.atomic
def call(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> None:
    """Send the notice: draw up the roster for the day, and write to those with an e-mail address."""
    move(meeting, "call", by=by, at=at, key=key, changes={"called_at": at})
    paper = meeting.thematic_paper
    if meeting.notice_number is None and paper is not None and paper.shared_at is not None:
        paper.shared_at = at  # nobody could read it before the first notice
        paper.save(update_fields=["shared_at"])
    if meeting.notice_number is None:
        meeting.notice_number = next_number(meeting.cell, "TBU" if meeting.of_committee else "TB", at)
        meeting.save(update_fields=["notice_number"])
    draw_up_roster(meeting)
    transaction.on_commit(lambda: mail_notice(meeting))


def withdraw(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None) -> None:
    move(meeting, "withdraw", by=by, at=at, key=key, changes={"called_at": None})


@transaction.atomic
def cancel(meeting: Meeting, *, by: User, at: datetime, key: Press | None = None, reason: str) -> None:
    """Not held: what it was to hear about earlier promises is taken back too."""
    if not reason.strip():
        raise Refused("Xin ghi lý do huỷ buổi họp.", field="reason")
    move(meeting, "cancel", by=by, at=at, key=key, reason=reason)
    forget_reports(meeting)


def called_to(meeting: Meeting) -> list[roster.Entry]:
    """Who is called to it on its day: the cell, or its committee."""
    called = roster.committee_on_day if meeting.of_committee else roster.on_day
    return called(meeting.cell, meeting.day)


def copy_from_register(row: Attendance, name: str, entry: roster.Entry | None) -> None:
    """Standing, name and position as the register has them; without an entry, somebody who is not called any more."""
    row.standing = (entry.standing or "") if entry is not None else TenureKind.LEFT
    row.name, row.position = name, entry.post_words if entry is not None else ""


def draw_up_roster(meeting: Meeting) -> None:
    """One attendance row for everybody who is called on the day of the meeting, with the standing of that day.

    Of a meeting that is open that is the day of the opening.
    """
    known = {row.member_id: row for row in meeting.attendances.of_members().select_related("member")}
    entries = called_to(meeting)
    here = {entry.member.pk: entry for entry in entries}
    new = [Attendance(meeting=meeting, member=one.member) for one in entries if one.member.pk not in known]
    for row in new:
        copy_from_register(row, str(row.member), here[row.member_id or 0])
    roll_numbers.hand_out([*known.values(), *new])
    Attendance.objects.bulk_create(new)
    for row in known.values():
        entry = here.get(row.member_id or 0)
        if entry is None and meeting.of_committee:
            row.delete()  # no longer on the committee, still in the cell
            continue
        copy_from_register(row, str(row.member), entry)
        if entry is None:
            row.mark, row.reason = Mark.NONE, ""
        row.save(update_fields=["standing", "name", "position", "mark", "reason", "roll_number"])


def mail_notice(meeting: Meeting) -> None:
    """Time, place and the way to sign in, nothing of the content: mail leaves the cell's own machines.

    Written only to whoever has agreed to it.
    """
    if not settings.EMAIL_HOST:
        return
    invited = [row.member_id for row in meeting.attendances.of_members() if row.may_come]
    accounts = User.objects.filter(member__in=who_agreed(invited), email__gt="", is_active=True)
    when = timezone.localtime(meeting.starts_at)
    body = (
        f"Kính gửi đồng chí,\n\n{meeting.cell.name} mời đồng chí dự {meeting.get_kind_display().lower()} "
        f"lúc {when:%H} giờ {when:%M} phút, ngày {when:%d/%m/%Y}, tại {meeting.place}.\n\n"
        "Mời đồng chí đăng nhập để xem nội dung, tài liệu; nếu không dự được, xin báo vắng và nêu lý do.\n"
    )
    what = "họp chi uỷ" if meeting.of_committee else "sinh hoạt chi bộ"
    subject = f"Thông báo {what} ngày {when:%d/%m/%Y}"
    messages = [EmailMessage(subject, body, to=[account.email]) for account in accounts]
    get_connection(fail_silently=True).send_messages(messages)


@transaction.atomic
def apologise(row: Attendance, *, reason: str, by: User, at: datetime, key: Press | None = None) -> None:
    """A member says that they cannot come; a leader may enter it for somebody without a device."""
    require(by, "apology.send" if row.member_id == by.member_id else "apology.decide", row)
    if not reason.strip():
        raise Refused("Xin ghi lý do vắng mặt.", field="reason")
    claim(row.meeting, BEFORE_OPENING, "apologise", by=by, at=at, key=key, member=row.member_id)
    refuse_unless_may_come(row)
    row.apology, row.apologised_at, row.apology_entered_by = reason.strip(), at, by
    row.apology_accepted, row.mark, row.reason = None, Mark.NONE, ""  # a new reason is decided anew
    row.save(update_fields=["apology", "apologised_at", "apology_entered_by", "apology_accepted", "mark", "reason"])


@transaction.atomic
def decide_apology(row: Attendance, *, accepted: bool, by: User, at: datetime, key: Press | None = None) -> None:
    """Accepted means "vắng có lý do" on the roll; the secretary can still mark the person present on the evening."""
    require(by, "apology.decide", row)
    if row.apologised_at is None:
        raise Refused("Đồng chí này chưa xin vắng.")
    claim(
        row.meeting,
        BEFORE_OPENING | {State.OPEN},
        "decide_apology",
        by=by,
        at=at,
        key=key,
        member=row.member_id,
        accepted=accepted,
    )
    read_again(row)
    row.apology_accepted = accepted
    if accepted:
        refuse_if_spoke(row)
        if row.meeting.state == State.OPEN:
            refuse_if_seated(row, here=False)
        row.mark, row.reason = Mark.EXCUSED, row.apology
        row.arrived_at = row.left_at = None
    elif row.mark == Mark.EXCUSED:
        row.mark, row.reason = Mark.NONE, ""
    row.save(update_fields=["apology_accepted", "mark", "reason", "arrived_at", "left_at"])
    recount(row.meeting)
