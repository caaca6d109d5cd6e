"""Screens of the score sheet: drawing it up, the committee's figures, the vote, the superior's; and a cell's year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.http import paper_response
from meetings.actions import scoring
from meetings.forms import ConfirmForm, GiveForm, SheetVoteForm
from meetings.lifecycle import TAKING_MINUTES, State
from meetings.models import Meeting, ScoreSheet
from meetings.papers import build_score
from meetings.presence import voters_word
from meetings.scored import Scored, scored, year_of
from meetings.views.shared import act, load_meeting
from members.access import load, load_cell
from members.forming import run
from members.policy import may

if TYPE_CHECKING:
    from meetings.forms.score import LinesForm
    from members.access import MemberRequest

SHEETS = ScoreSheet.objects.with_people()


def _page(
    request: MemberRequest,
    meeting: Meeting,
    sheet: ScoreSheet | None,
    *,
    refused: LinesForm | None = None,
    vote_form: SheetVoteForm | None = None,
) -> HttpResponse:
    """One page for all: whoever gives, votes or confirms has fields in it, everybody else reads."""
    found = scored(sheet) if sheet is not None else None
    form = refused or _form_for(request, found)
    open_now = meeting.state in TAKING_MINUTES
    context = {
        "meeting": meeting,
        "sheet": sheet,
        "found": found,
        "form": form,
        "mode": "give" if isinstance(form, GiveForm) else "confirm" if form else "read",
        "table": _table(found, form) if found is not None else [],
        "readable": sheet is not None and (form is not None or _is_shown(request, sheet)),
        "may_give": may(request.user, "score.give", meeting) and open_now,
        "may_vote": may(request.user, "meeting.run", meeting) and open_now,
        "vote_item": sheet.vote.item_id if sheet is not None and sheet.vote else None,
        "voters_word": voters_word(meeting),
        "vote_form": vote_form or SheetVoteForm(),
    }
    return render(request, "meetings/score.html", context, status=422 if refused or vote_form else 200)


def _form_for(request: MemberRequest, found: Scored | None) -> LinesForm | None:
    if found is None:
        return None
    meeting = found.sheet.meeting
    if meeting.state in TAKING_MINUTES and may(request.user, "score.give", meeting):
        return GiveForm(found=found, people=meeting.attendances.people())
    if meeting.state == State.SEALED and not found.sheet.confirmed_at and may(request.user, "score.confirm", meeting):
        return ConfirmForm(found=found)
    return None


def _is_shown(request: MemberRequest, sheet: ScoreSheet) -> bool:
    """The cell reads a sheet once the committee has settled it; whoever works on it, from the start."""
    return bool(sheet.settled_at or sheet.confirmed_at) or may(request.user, "score.give", sheet)


def _table(found: Scored, form: LinesForm | None) -> list[dict[str, Any]]:
    """Every row with its fields, and what is saved where somebody else's save has crossed this one."""
    crossed = form is not None and "base" in form.errors
    rows = []
    for row in found.rows():
        points, reason = (
            (form[name] if form is not None and name in form.fields else None)
            for name in (f"points_{row.criterion.code}", f"reason_{row.criterion.code}")
        )
        rows.append({"row": row, "points": points, "reason": reason, "saved": crossed and row.line})
    return rows


@require_GET
def score(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "score.see")
    if not meeting.is_scored:
        raise Http404
    return _page(request, meeting, SHEETS.of(meeting).first())


@require_POST
def score_draw_up(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "score.give")
    act(request, meeting, scoring.draw_up, meeting, said="Đã lấy số liệu từ hồ sơ buổi họp.")
    return redirect("score", pk)


@require_POST
def score_give(request: MemberRequest, pk: int) -> HttpResponse:
    sheet: ScoreSheet = load(request, SHEETS, "score.give", pk=pk)
    form = GiveForm(request.POST, found=scored(sheet), people=sheet.meeting.attendances.people())
    if form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("weak_points", "follower", "base", "key")}
        if run(form, scoring.give_points, sheet, lines=form.lines, by=request.user, at=timezone.now(), **data):
            messages.success(request, _saved(sheet))
            return redirect("score", sheet.meeting_id)
    return _page(request, sheet.meeting, SHEETS.get(pk=pk), refused=form)


def _saved(sheet: ScoreSheet) -> str:
    return "Đã lưu phiếu." if sheet.settled_at else "Đã lưu phiếu. Còn mục chưa chấm nên phiếu chưa xong."


@require_POST
def score_vote(request: MemberRequest, pk: int) -> HttpResponse:
    sheet: ScoreSheet = load(request, SHEETS, "meeting.run", pk=pk)
    form = SheetVoteForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, scoring.vote, sheet, **who, **form.cleaned_data):
        return redirect(reverse("score", args=[sheet.meeting_id], fragment="vote"))
    return _page(request, sheet.meeting, SHEETS.get(pk=pk), vote_form=form)


@require_POST
def score_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    sheet: ScoreSheet = load(request, SHEETS, "score.confirm", pk=pk)
    form = ConfirmForm(request.POST, found=scored(sheet))
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, scoring.confirm, sheet, lines=form.lines, key=form.cleaned_data["key"], **who):
        messages.success(request, "Đã xác nhận phiếu; chi bộ thấy kết quả ngay.")
        return redirect("score", sheet.meeting_id)
    return _page(request, sheet.meeting, SHEETS.get(pk=pk), refused=form)


@require_GET
def score_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    sheet: ScoreSheet = load(request, SHEETS, "score.see", pk=pk)
    if not _is_shown(request, sheet):
        raise Http404
    return paper_response(request, build_score(sheet), download="tai" in request.GET)


@require_GET
def score_year(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_cell(request, "score.see", cell)
    this_year = timezone.localdate().year
    asked = request.GET.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 and 2018 <= int(asked) <= 2100 else this_year
    context = {"cell": organisation, "year": year, "this_year": this_year}
    context["found"] = year_of(organisation, year, request.user)
    return render(request, "meetings/score_year.html", context)
