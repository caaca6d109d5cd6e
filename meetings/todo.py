"""What the meetings ahead, and the minutes that came back, ask of somebody next, most urgent first."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from meetings.lifecycle import State
from meetings.models import Attendance, Correction, Inspection, Mark, Meeting, Opinion
from meetings.wording import screen_moment
from members.policy import may
from members.todo import Todo

if TYPE_CHECKING:
    from members.models import Organisation, User

RECENT = timedelta(days=60)
SHOWN = 8


def ahead(user: User, cell: Organisation) -> list[Meeting]:
    """The next meetings that this person may know of; a plan only as whoever has a part in it. One query."""
    rows = Meeting.objects.not_over().shown_to(user, cell).select_related("paper").order_by("starts_at")[:SHOWN]
    for meeting in rows:
        meeting.cell = cell
    if may(user, "plan.see", cell):
        return list(rows)
    return [meeting for meeting in rows if meeting.state != State.PLAN or may(user, "plan.see", meeting)]


def todos(user: User, cell: Organisation, now: datetime, meetings: list[Meeting] | None = None) -> list[Todo]:
    """`meetings`: those ahead, where they are known already. Up to three queries beside, two more for drafts."""
    known = ahead(user, cell) if meetings is None else meetings
    opinions, apologies = _unanswered(user, known), _undecided(user, known)
    found = [todo for one in known for todo in _of(user, one, now, opinions[one.pk], apologies[one.pk])]
    found += _of_drafts(user, [one for one in known if one.state == State.CLOSED])
    if may(user, "meeting.call", cell):
        found += _returned(cell, now)
        if not any(one.state in (State.PLAN, State.CALLED) and not one.of_committee for one in known):
            url = reverse("meeting-new", args=[cell.pk])
            found.append(Todo("Lập kế hoạch buổi sinh hoạt tới", url, "Chi bộ sinh hoạt thường kỳ mỗi tháng một lần"))
    return found


def _of(user: User, meeting: Meeting, now: datetime, opinions: int, apologies: int) -> list[Todo]:
    here, about, when = meeting.get_absolute_url(), meeting.title, screen_moment(meeting.starts_at)
    late = meeting.starts_at < now
    leads, runs = may(user, "meeting.call", meeting), may(user, "meeting.run", meeting)
    writes, paper = _writes(user, meeting), meeting.thematic_paper
    found = []
    if meeting.state == State.OPEN:
        desk = Todo("Vào bàn thư ký", reverse("room", args=[meeting.pk]), about)
        found.append(desk if runs else Todo("Theo dõi buổi họp", here, about))
    if meeting.state == State.CLOSED and runs:
        found.append(Todo("Xác nhận biên bản", reverse("minutes", args=[meeting.pk]), about))
    if meeting.state == State.CALLED and runs and timezone.localdate(meeting.starts_at) <= timezone.localdate(now):
        found.append(Todo("Khai mạc và điểm danh", here, about, when))
    if meeting.state == State.PLAN and leads:
        found.append(Todo("Gửi thông báo họp", here, about, when, late))
    if apologies:
        found.append(Todo(f"Xem {apologies} đồng chí xin vắng mặt", f"{here}#apologies", about))
    if writes and paper.shared_at is None:
        found.append(Todo("Viết và gửi dự thảo chuyên đề", reverse("paper-edit", args=[meeting.pk]), about, when, late))
    if opinions:
        found.append(Todo(f"Trả lời {opinions} ý kiến góp ý", f"{reverse('paper', args=[meeting.pk])}#opinions", about))
    if meeting.state == State.CALLED:
        if paper is not None and paper.shared_at is not None and not writes:
            found.append(Todo("Đọc dự thảo và góp ý", reverse("paper", args=[meeting.pk]), about, when))
        found.append(Todo("Dự họp", here, about, when))
    return found


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


def _unanswered(user: User, meetings: list[Meeting]) -> Counter[int]:
    """Opinions on the papers that this person writes, by meeting."""
    written = [meeting.pk for meeting in meetings if _writes(user, meeting)]
    rows = Opinion.objects.filter(meeting__in=written, answer="").order_by() if written else Opinion.objects.none()
    return Counter(rows.values_list("meeting_id", flat=True))


def _undecided(user: User, meetings: list[Meeting]) -> Counter[int]:
    """Apologies that wait for whoever calls the meeting, by meeting."""
    led = [one.pk for one in meetings if one.state == State.CALLED and may(user, "meeting.call", one)]
    rows = Attendance.objects.undecided().filter(meeting__in=led) if led else Attendance.objects.none()
    return Counter(rows.values_list("meeting_id", flat=True))


def _returned(cell: Organisation, now: datetime) -> list[Todo]:
    rows = Inspection.objects.returned(cell, since=now - RECENT).select_related("meeting")[:5]
    what = "Bổ sung biên bản theo nhận xét của cấp trên"
    return [Todo(what, reverse("minutes", args=[row.meeting_id]), row.meeting.title) for row in rows]
