"""Roll call by the numbers that members show at the door, and the sheet of them for whoever has no phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.http import paper_response
from meetings import facts
from meetings.actions import one_click
from meetings.forms import RollNumberForm
from meetings.lifecycle import State
from meetings.papers.roll_numbers import build_roll_numbers
from meetings.views.room import roll_page
from meetings.views.shared import back_if_not_held, load_meeting
from members.forming import run

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.access import MemberRequest

ONE_LINE = "X-One-Line"  # asked by whoever stands at the door with a queue before them (static/desk.js)


@require_POST
def come_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Whose number was typed is here. The desk's script asks for a sentence, a page without it for the roll."""
    meeting = load_meeting(request, pk, "meeting.run")
    form, now = RollNumberForm(request.POST), timezone.now()
    done = form.is_valid() and run(form, one_click.come_in, meeting, by=request.user, at=now, **form.cleaned_data)
    row = form.outcome
    wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
    said = f"Đồng chí {row.name}: có mặt." if row else wrong or "Đã ghi."
    if ONE_LINE in request.headers:
        line = {"said": said, "done": done, "at": now, "typed": form["number"].value()}
        return render(request, "meetings/room/roll_number_said.html", line, status=200 if done else 422)
    if not done:
        return back_if_not_held(request, meeting) or roll_page(request, meeting, number_form=form)
    messages.success(request, said)
    return redirect(reverse("room", args=[pk], query={"number": "1"}))


@require_GET
def sheet_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """From the notice to the end of the meeting."""
    meeting = load_meeting(request, pk, "meeting.run")
    rows = [row for row in facts.roll(meeting) if row.roll_number is not None and row.may_come]
    if meeting.state not in (State.CALLED, State.OPEN) or not rows:
        messages.info(request, "Số điểm danh có từ khi gửi thông báo đến khi kết thúc buổi họp.")
        return redirect(meeting)
    return paper_response(request, build_roll_numbers(meeting, rows))
