"""The first page: where I am, what there is to do, the next meeting, what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from chibo.handover import Handover
from chibo.persons import milestones
from critique import todo as in_critique
from errands import todo as in_errands
from meetings import todo as in_meetings
from meetings.lifecycle import State
from meetings.models import Task
from meetings.views.needs import needs
from members.access import load_cell
from members.asked import Asked
from members.policy import may
from members.posts import todo as of_posts
from members.todo import in_order
from members.transfers import todo as of_transfers
from privacy import todo as in_privacy
from rulings.holidays import later_days_off

if TYPE_CHECKING:
    from members.access import MemberRequest

TASKS = 60
_TASKS = Asked(lambda cell: Task.objects.unfinished().in_cell(cell)[:TASKS])


@login_not_required
def one_door(request: HttpRequest) -> HttpResponse:
    """Whoever asks for Django's own forms for signing in and for passwords is shown to ours."""
    if request.user.is_authenticated:
        return redirect("account")
    return redirect(f"{reverse('sign-in')}?{request.GET.urlencode()}")


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages at hand without network. At the root, for it may only look after what lies below."""
    script = (settings.BASE_DIR / "static" / "worker.js").read_text(encoding="utf-8")
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_GET
def handover(request: MemberRequest, cell: int) -> HttpResponse:
    """What is open, for whoever gives the cell's work over and whoever takes it."""
    organisation, now = load_cell(request, "handover.see", cell), timezone.now()
    context = {"cell": organisation, "now": now, "open": Handover.of(organisation, now)}
    return render(request, "chibo/handover.html", context)


@require_GET
def home(request: MemberRequest) -> HttpResponse:
    """A member's own cell; whoever follows cells from above and belongs to none is shown what needs them there."""
    cells = {t.organisation_id: t.organisation for t in request.user.tenures}
    own = [cells[pk] for pk in request.user.cell_ids]
    user, now = request.user, timezone.now()
    if not own:
        return needs(request) if user.superior_paths else render(request, "chibo/home_without_cell.html")
    cell, from_above = own[0], [*of_posts.from_above(user, now), *in_meetings.from_above(user, now)]
    meetings = in_meetings.ahead(user, cell)
    tasks = _TASKS(cell.pk)
    today, off = timezone.localdate(now), later_days_off(cell)
    context = {
        "cell": cell,
        "todos": in_order(
            [
                *of_posts.todos(user, cell, now),
                *of_transfers.todos(user, cell, now),
                *in_meetings.todos(user, cell, now, meetings),
                *in_errands.todos(user, cell, now),
                *in_critique.todos(user, cell, now, off),
                *in_privacy.todos(user, cell, now, off),
                *from_above,
            ],
            today,
        ),
        "running": [(m, in_meetings.room_of(user, m)) for m in meetings if m.state == State.OPEN],
        "next": in_meetings.next_of(meetings, today),
        "my_tasks": [(t, t.is_overdue(today)) for t in tasks if t.owner_id == user.member_id],
        "open_tasks": len(tasks),
        "overdue": sum(t.is_overdue(today) for t in tasks),
        "milestones": milestones(user, cell, today, off),
        "plans": may(user, "plan.edit", cell),
    }
    return render(request, "chibo/home.html", context)
