"""Screens between cell and superior committee: the list of sealed minutes, comments, verdict, answers, the paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from book.proof import newest_among
from documents.http import paper_response
from documents.sealed import rendered
from meetings.actions import inspecting as actions
from meetings.actions.minutes import paper_of
from meetings.exchanged import exchanged
from meetings.forms import CommentAnswerForm, InspectForm
from meetings.lifecycle import Inspecting, State
from meetings.models import InspectionComment, Meeting, Verdict
from meetings.papers import build_exchange
from meetings.views.minutes import page
from meetings.views.shared import load_meeting
from meetings.wording import up_to
from members.access import load
from members.forming import run
from members.models import Organisation, TenureKind
from members.names import by_title
from members.paging import InTurn
from members.saving.drafts import draft_of

if TYPE_CHECKING:
    from members.access import MemberRequest

PAGE = 20
MOST = 1000  # minutes that can be reached by turning pages
CELLS = 60
IN_ORDER = (Inspecting.ANSWERED, Inspecting.WAITING, Inspecting.RETURNED, Inspecting.ACCEPTED)
SAID = {
    Verdict.REVIEWED: "Đã ghi: biên bản đã xem xét. Chi bộ thấy kết quả này.",
    Verdict.RETURNED: "Đã trả lại biên bản. Chi bộ thấy từng nhận xét và hạn trả lời.",
}


@require_POST
def comment_add(request: MemberRequest, pk: int) -> HttpResponse:
    meeting, form = _inspected(request, pk)
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("part", "text", "key")}
        if run(form, actions.comment, meeting, by=request.user, at=timezone.now(), **told):
            return redirect(reverse("minutes", args=[pk], fragment="inspection"))
    return page(request, meeting, inspect_form=form)


@require_POST
def verdict(request: MemberRequest, pk: int) -> HttpResponse:
    """With the comment that stands typed in the form, so that no word is lost to the wrong button."""
    meeting, form = _inspected(request, pk)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.give_verdict, meeting, **who, **form.cleaned_data):
        messages.success(request, SAID[form.cleaned_data["verdict"]])
        return redirect("minutes", pk)
    return page(request, meeting, inspect_form=form)


def _inspected(request: MemberRequest, pk: int) -> tuple[Meeting, InspectForm]:
    meeting = load_meeting(request, pk, "minutes.inspect")
    parts = paper_of(meeting).parts()
    return meeting, InspectForm(request.POST, parts=parts)


@require_POST
def comment_answer(request: MemberRequest, pk: int) -> HttpResponse:
    comment = load(request, InspectionComment.objects.with_meeting(), "minutes.answer", pk=pk)
    meeting = load_meeting(request, comment.inspection.meeting_id, "minutes.see")
    form = CommentAnswerForm(request.POST, auto_id=f"answer_{pk}_%s")
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.answer, comment, **who, **form.cleaned_data):
        draft_of("comment-answer", comment, request.user).forget()
        messages.success(request, "Đã gửi lời trả lời lên cấp trên.")
        return redirect(reverse("minutes", args=[meeting.pk], fragment=f"comment-{pk}"))
    return page(request, meeting, answering=(pk, form))


@require_GET
def exchange_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """Everything that was said about these minutes since the seal, to be kept with them."""
    meeting = load_meeting(request, pk, "minutes.see")
    if meeting.state != State.SEALED:
        raise Http404
    parts = paper_of(meeting).parts()
    talk = exchanged(meeting, dict(parts))
    if not talk.looks:
        raise Http404
    newest = newest_among(talk.sealed())
    paper = rendered(build_exchange(meeting, talk, newest))
    return paper_response(request, paper.proved(newest) if newest.wrong else paper, download="tai" in request.GET)


@require_GET
def inspection_list(request: MemberRequest) -> HttpResponse:
    """Sealed minutes of the cells below: answers first, then what nobody has looked at; by state and by name."""
    own, asked = request.user.cell_ids, request.GET.get("cell", "").strip()[:80]
    found = Organisation.objects.for_user(request.user).followed(own, asked)
    cells = [cell.pk for cell in found] if asked else None
    below = Meeting.objects.for_user(request.user).sealed_elsewhere(own, cells)
    counts = below.by_state(MOST)
    chosen = next((state for state in IN_ORDER if state == request.GET.get("state")), None)
    parts = [(below.standing_in(state).with_due(), counts[state]) for state in IN_ORDER if chosen in (None, state)]
    rows: Any = InTurn(*parts, most=MOST)
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "today": timezone.localdate(),
        "states": [(state, up_to(counts[state], MOST)) for state in IN_ORDER],
        "total": up_to(sum(counts.values()), MOST),
        "chosen": chosen,
        "inspecting": Inspecting,
        "cells": found[:CELLS],
        "more_cells": len(found) > CELLS,
        "asked": asked,
        "committees": by_title(t.organisation for t in request.user.tenures if t.kind == TenureKind.SUPERIOR),
    }
    return render(request, "meetings/inspection_list.html", context)
