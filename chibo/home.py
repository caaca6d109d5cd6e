"""The first page: where I am, what there is to do, the next meeting, what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Value
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from critique.todo import waiting
from meetings.lifecycle import State
from meetings.models import Attendance, Meeting, Opinion, Review, Task, Verdict
from meetings.wording import screen_moment
from members.policy import may

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Organisation, User

RECENT = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Todo:
    what: str
    url: str
    about: str = ""
    when: str = ""
    late: bool = False


@require_GET
def home(request: MemberRequest) -> HttpResponse:
    """A member's own cell; a reviewer without a cell is shown the cells that are followed."""
    cells = {t.organisation_id: t.organisation for t in request.user.tenures}
    own = [cells[pk] for pk in request.user.cell_ids]
    if not own:
        return render(request, "chibo/home_without_cell.html", {"reviewer": bool(request.user.review_paths)})
    cell, now = own[0], timezone.now()
    rows = Meeting.objects.not_over().shown_to(request.user, cell)
    meetings = list(rows.with_people().order_by("starts_at")[:8])
    if not may(request.user, "plan.see", cell):
        meetings = [m for m in meetings if m.state != State.PLAN or may(request.user, "plan.see", m)]
    tasks = list(Task.objects.unfinished().filter(cell=cell).select_related("owner").order_by("due_on", "pk")[:60])
    today = timezone.localdate(now)
    context = {
        "cell": cell,
        "todos": todos(request.user, cell, meetings, tasks, now),
        "next": next((m for m in meetings if m.state in (State.PLAN, State.CALLED, State.OPEN)), None),
        "my_tasks": [(t, t.is_overdue(today)) for t in tasks if t.owner_id == request.user.member_id],
        "open_tasks": len(tasks),
        "overdue": sum(t.is_overdue(today) for t in tasks),
        "plans": may(request.user, "plan.edit", cell),
    }
    return render(request, "chibo/home.html", context)


def todos(user: User, cell: Organisation, meetings: list[Meeting], tasks: list[Task], now: datetime) -> list[Todo]:
    """What this person should do next, most urgent first. Four queries beside what is given."""
    found: list[Todo] = []
    answers = _waiting_opinions(meetings)
    for meeting in meetings:
        found += _meeting_todos(user, meeting, now, answers)
    reviews = waiting(user, cell, now)
    found += [Todo(one.what, one.url, one.about, one.when, one.late) for one in reviews]
    if may(user, "meeting.call", cell):
        found += _returned(cell, now)
        ahead = (State.PLAN, State.CALLED)
        if not any(meeting.state in ahead and not meeting.of_committee for meeting in meetings):
            url = reverse("meeting-new", args=[cell.pk])
            found.append(Todo("Lập kế hoạch buổi sinh hoạt tới", url, "Chi bộ sinh hoạt thường kỳ mỗi tháng một lần"))
    return found


def _meeting_todos(user: User, meeting: Meeting, now: datetime, waiting: dict[int, tuple[int, int]]) -> list[Todo]:
    here, when = meeting.get_absolute_url(), screen_moment(meeting.starts_at)
    about = meeting.title
    late = meeting.starts_at < now
    leads, runs = may(user, "meeting.call", meeting), may(user, "meeting.run", meeting)
    writes = may(user, "paper.write", meeting) and user.member_id == getattr(meeting.thematic_paper, "author_id", None)
    opinions, apologies = waiting.get(meeting.pk, (0, 0))
    found = []
    if meeting.state == State.OPEN:
        found.append(
            Todo("Vào bàn thư ký", reverse("room", args=[meeting.pk]), about)
            if runs
            else Todo("Theo dõi buổi họp", here, about)
        )
    if meeting.state == State.CLOSED and runs:
        found.append(Todo("Xác nhận biên bản", reverse("minutes", args=[meeting.pk]), about))
    if meeting.state == State.CALLED and runs and timezone.localdate(meeting.starts_at) <= timezone.localdate(now):
        found.append(Todo("Khai mạc và điểm danh", here, about, when))
    if meeting.state == State.PLAN and leads:
        found.append(Todo("Gửi thông báo họp", here, about, when, late))
    if leads and apologies and meeting.state == State.CALLED:
        found.append(Todo(f"Xem {apologies} đồng chí xin vắng mặt", f"{here}#apologies", about))
    if writes and meeting.paper.shared_at is None:
        found.append(Todo("Viết và gửi dự thảo chuyên đề", reverse("paper-edit", args=[meeting.pk]), about, when, late))
    if writes and opinions:
        found.append(Todo(f"Trả lời {opinions} ý kiến góp ý", f"{reverse('paper', args=[meeting.pk])}#opinions", about))
    if meeting.state == State.CALLED:
        if meeting.thematic_paper is not None and meeting.paper.shared_at is not None and not writes:
            found.append(Todo("Đọc dự thảo và góp ý", reverse("paper", args=[meeting.pk]), about, when))
        found.append(Todo("Dự họp", here, about, when))
    return found


def _waiting_opinions(meetings: list[Meeting]) -> dict[int, tuple[int, int]]:
    """(unanswered opinions, undecided apologies) per meeting."""
    keys = [meeting.pk for meeting in meetings]
    opinions = Opinion.objects.filter(meeting_id__in=keys, answer="").order_by()
    asked = Attendance.objects.filter(meeting_id__in=keys, apologised_at__isnull=False, apology_accepted__isnull=True)
    undecided = asked.order_by().values_list("meeting_id", Value("apology"))
    found = list(opinions.values_list("meeting_id", Value("opinion")).union(undecided, all=True))
    return {key: (found.count((key, "opinion")), found.count((key, "apology"))) for key in keys}


def _returned(cell: Organisation, now: datetime) -> list[Todo]:
    rows = Review.objects.filter(meeting__cell=cell, verdict=Verdict.RETURNED, given_at__gte=now - RECENT)
    rows = rows.filter(meeting__addenda__isnull=True).select_related("meeting").order_by("-given_at")[:5]
    return [
        Todo(
            "Bổ sung biên bản theo nhận xét của cấp trên",
            reverse("minutes", args=[row.meeting_id]),
            row.meeting.title,
        )
        for row in rows
    ]
