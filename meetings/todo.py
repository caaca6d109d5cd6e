"""What the meetings ahead, and the minutes that came back, ask of somebody next, most urgent first."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from guideline.model import Kind
from meetings.lifecycle import Inspecting, State
from meetings.models import Attendance, Correction, Exchange, Mark, Matter, MatterState, Meeting
from meetings.wording import screen_moment
from members.asked import Asked
from members.models import TAKING_PART, Tenure
from members.policy import may
from members.scoping import readable_by
from members.todo import Todo, by_day, until

if TYPE_CHECKING:
    from datetime import date

    from members.models import Organisation, User

SHOWN = 8
MOST_RETURNED = 5
ANSWER_SHOWN = timedelta(days=7)


_AHEAD = Asked(
    lambda known, cell: (
        Meeting.objects.not_over()
        .filter(known, cell=cell)
        .select_related("paper")
        .with_open_questions()
        .order_by("starts_at")[:SHOWN]
    )
)


def ahead(user: User, cell: Organisation) -> list[Meeting]:
    """The next meetings that this person may know of; a plan only as whoever has a part in it. One query."""
    rows = _AHEAD(readable_by(user, Meeting), cell.pk, cell=cell)
    if may(user, "plan.see", cell):
        return rows
    return [meeting for meeting in rows if meeting.state != State.PLAN or may(user, "plan.see", meeting)]


def next_of(meetings: list[Meeting], today: date) -> Meeting | None:
    """The nearest of those ahead that is yet to be held; one whose day has passed only where no other is coming."""
    waiting = [one for one in meetings if one.state in (State.PLAN, State.CALLED)]
    return next((one for one in waiting if one.day >= today), next(iter(waiting), None))


def room_of(user: User, meeting: Meeting) -> tuple[str, str]:
    """Where a meeting that is on is followed, in words and as an address: the desk, or one's own phone."""
    what, page = ("Vào bàn thư ký", "room") if may(user, "meeting.run", meeting) else ("Theo dõi buổi họp", "pocket")
    return what, reverse(page, args=[meeting.pk])


def todos(user: User, cell: Organisation, now: datetime, meetings: list[Meeting] | None = None) -> list[Todo]:
    """`meetings`: those ahead, where they are known already. Up to three queries beside, two more for drafts."""
    known = ahead(user, cell) if meetings is None else meetings
    found = [todo for one in known for todo in _of(user, one, now)]
    found += _of_drafts(user, [one for one in known if one.state == State.CLOSED])
    found += _returned(user, cell, now)
    found += _matters(user, cell, now)
    ahead_of_us = any(one.state in (State.PLAN, State.CALLED) and not one.of_committee for one in known)
    if may(user, "meeting.call", cell) and not ahead_of_us:
        here = Tenure.objects.on(timezone.localdate(now)).filter(organisation=cell, kind__in=TAKING_PART)
        if here.count() == 1:
            words = "Danh sách chi bộ mới có một đồng chí"
            found.append(Todo("Thêm đảng viên", reverse("member-add", args=[cell.pk]), words))
        url = reverse("meeting-new", args=[cell.pk], query={"kind": Kind.REGULAR})
        found.append(Todo("Lập kế hoạch buổi sinh hoạt tới", url, "Chi bộ sinh hoạt thường kỳ mỗi tháng một lần"))
    return found


def _of(user: User, meeting: Meeting, now: datetime) -> list[Todo]:
    here, about, when = meeting.get_absolute_url(), meeting.title, screen_moment(meeting.starts_at)
    late, day = meeting.starts_at < now, timezone.localdate(meeting.starts_at)
    leads, runs = may(user, "meeting.call", meeting), may(user, "meeting.run", meeting)
    writes, paper = _writes(user, meeting), meeting.thematic_paper
    opinions = meeting.opinions_open if writes else 0  # type: ignore[attr-defined]
    apologies = meeting.apologies_open if leads and meeting.state == State.CALLED else 0  # type: ignore[attr-defined]
    found = []
    if meeting.state == State.OPEN:
        found.append(Todo(*room_of(user, meeting), about, now=True))
    if meeting.state == State.CLOSED and runs:
        found.append(Todo("Xác nhận biên bản", reverse("minutes", args=[meeting.pk]), about))
    if meeting.state == State.CALLED and runs and day <= timezone.localdate(now):
        found.append(Todo("Khai mạc và điểm danh", here, about, when, day=day))
    if meeting.state == State.PLAN and leads:
        found.append(Todo("Gửi thông báo họp", here, about, when, late, day=day))
    if apologies:
        found.append(Todo(f"Xem {apologies} đồng chí xin vắng mặt", f"{here}#apologies", about))
    if writes and paper.shared_at is None:
        url = reverse("paper-edit", args=[meeting.pk])
        found.append(Todo("Viết và gửi dự thảo chuyên đề", url, about, when, late, day=day))
    if opinions:
        found.append(Todo(f"Trả lời {opinions} ý kiến góp ý", f"{reverse('paper', args=[meeting.pk])}#opinions", about))
    if meeting.state != State.CALLED:
        return found
    if paper is not None and paper.shared_at is not None and not writes:
        found.append(Todo("Đọc dự thảo và góp ý", reverse("paper", args=[meeting.pk]), about, when, day=day))
    return found or [Todo("Dự họp", here, about, when, day=day)]  # whoever has something to do for it knows of it


def _of_drafts(user: User, drafts: list[Meeting]) -> list[Todo]:
    """Minutes that wait for their signatures: the table answers proposals, whoever was there may read them first."""
    if not drafts:
        return []
    asked = Counter(Correction.objects.unanswered().filter(meeting__in=drafts).values_list("meeting_id", flat=True))
    was_there = Attendance.objects.filter(meeting__in=drafts, member=user.member_id, mark=Mark.PRESENT)
    there = set(was_there.values_list("meeting_id", flat=True))
    found = []
    for one in drafts:
        url = f"{reverse('minutes', args=[one.pk])}#corrections"
        if may(user, "meeting.run", one):
            what = f"Trả lời {asked[one.pk]} đề nghị sửa biên bản"
            found += [Todo(what, url, one.title)] if asked[one.pk] else []
        elif one.pk in there:
            found.append(Todo("Đọc dự thảo biên bản", url, one.title))
    return found


def _writes(user: User, meeting: Meeting) -> bool:
    author = getattr(meeting.thematic_paper, "author_id", None)
    return author is not None and author == user.member_id and may(user, "paper.write", meeting)


_MATTERS = Asked(lambda cell, me, since: Matter.objects.in_cell(cell).telling(me, since, committee=False))
_ALL_MATTERS = Asked(lambda cell, me, since: Matter.objects.in_cell(cell).telling(me, since, committee=True))
_RETURNED = Asked(lambda cell: Exchange.objects.waiting_for(cell)[:MOST_RETURNED])


def _matters(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """Matters that wait for the committee's word; and for some days the word on one's own. One query."""
    url, committee = reverse("matter-list", args=[cell.pk]), may(user, "matter.enter", cell)
    rows = (_ALL_MATTERS if committee else _MATTERS)(cell.pk, user.member_id, now - ANSWER_SHOWN)
    waiting = [row for row in rows if row.state == MatterState.WAITING or row.fell_out]
    found = [Todo("Trả lời đề xuất cho buổi tới", url, f"{len(waiting)} đề xuất")] if committee and waiting else []
    return found + ([Todo("Đọc trả lời đề xuất của đồng chí", url, news=True)] if len(rows) > len(waiting) else [])


def _returned(user: User, cell: Organisation, now: datetime) -> list[Todo]:
    """Minutes that the superior committee has returned, with the day that it has named."""
    today, found = timezone.localdate(now), []
    for row in _RETURNED(cell.pk):
        row.meeting.cell = cell
        if may(user, "minutes.answer", row.meeting):
            url = reverse("minutes", args=[row.meeting_id], fragment="exchange")
            what, about = "Trả lời nhận xét của cấp trên về biên bản", row.meeting.title
            found.append(until(what, url, about, row.answer_by, today) if row.answer_by else Todo(what, url, about))
    return found


def from_above(user: User, now: datetime) -> list[Todo]:
    """What the cells have answered, and what they were to answer by a day that has passed. No query for others."""
    if not user.superior_paths:
        return []
    rows, today = Exchange.objects.for_user(user).exclude(meeting__cell__in=user.cell_ids), timezone.localdate(now)
    answered = rows.standing_in(Inspecting.ANSWERED)[:SHOWN]
    late = rows.overdue(today)[:SHOWN]
    return [
        *(_above("Xem trả lời về biên bản", one, _since(one)) for one in answered),
        *(_above("Chưa có trả lời về biên bản", one, by_day(one.answer_by or today), late=True) for one in late),
    ]


def _since(row: Exchange) -> str:
    return f"trả lời {timezone.localdate(row.since):%d/%m/%Y}" if row.since else ""


def _above(what: str, row: Exchange, when: str, *, late: bool = False) -> Todo:
    url = reverse("minutes", args=[row.meeting_id], fragment="exchange")
    return Todo(what, url, f"{row.meeting.cell}: {row.meeting.title}", when, late)
