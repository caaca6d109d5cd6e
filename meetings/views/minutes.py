"""Screens of the minutes: reading, signing, addenda, the superior committee's review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.http import pdf_response
from documents.sealed import rendered_once
from guideline import checks
from meetings import facts
from meetings.actions import minutes as actions
from meetings.forms import AddendumForm, CommentForm, SignForm, VerdictForm
from meetings.lifecycle import State
from meetings.models import Inspection, Meeting, Seat
from meetings.rules import rulebook_of
from meetings.views.shared import act, load_meeting
from members.forming import HouseForm, complaint, focused, run
from members.models import Organisation, TenureKind
from members.paging import InTurn
from members.policy import may

if TYPE_CHECKING:
    from documents.sealed import Rendered
    from members.access import MemberRequest

PAGE = 20
MOST = 1000  # minutes that can be reached by turning pages
CELLS = 60


def page(request: MemberRequest, meeting: Meeting, *, about: int = 0, **forms: Any) -> HttpResponse:
    paper = _paper(request, meeting)
    sealed = meeting.state == State.SEALED
    reviewer = sealed and may(request.user, "minutes.inspect", meeting)
    reviews = list(meeting.inspections.with_comments()) if sealed else []
    names = dict(paper.document.parts()) if reviews or reviewer else {}
    opened = request.GET.get("open") == "addendum"
    context = {
        "meeting": meeting,
        "states": State,
        "paper": paper.fragment,
        "fingerprint": paper.fingerprint,
        "seats": _seats(meeting, request),
        "sign_form": forms.get("sign_form"),
        **_corrections(request, meeting),
        "correction_form": forms.get("correction_form"),
        "answer_form": forms.get("answer_form"),
        "about": about,
        "may_sign": may(request.user, "minutes.sign", meeting) and meeting.state == State.CLOSED,
        "may_run": may(request.user, "meeting.run", meeting),
        "may_correct": sealed and may(request.user, "minutes.correct", meeting),
        "addenda": list(meeting.addenda.with_writer()) if sealed else [],
        "reviews": [(r, _named(r, names)) for r in reviews if r.verdict],
        "draft": next(
            ((r, _named(r, names)) for r in reviews if not r.verdict and r.reviewer_id == request.user.pk),
            None,
        ),
        "may_review": reviewer,
        "findings": _advice(request, meeting) if sealed else (),
        "addendum_form": forms.get("addendum_form") or (focused(AddendumForm(), "text") if opened else None),
        "comment_form": forms.get("comment_form") or (CommentForm(parts=paper.document.parts()) if reviewer else None),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "meetings/minutes.html", context, status=status)


def _paper(request: MemberRequest, meeting: Meeting) -> Rendered:
    return actions.rendered_paper(meeting, whole=may(request.user, "minutes.whole", meeting))


def _named(review: Inspection, names: dict[str, str]) -> list[tuple[str, str]]:
    return [(names.get(comment.part, "Toàn bộ biên bản"), comment.text) for comment in review.comments.all()]


def _seats(meeting: Meeting, request: MemberRequest) -> list[dict[str, Any]]:
    """Each seat with who confirmed it; while that is open, what this person may do about it."""
    if meeting.state not in (State.CLOSED, State.SEALED):
        return []
    signed = {s.seat: s for s in meeting.signatures.with_people()}
    lines: list[dict[str, Any]] = [
        {"seat": seat, "person": actions.seated(meeting, seat), "signature": signed.get(seat)} for seat in Seat
    ]
    for line in lines if meeting.state == State.CLOSED else ():
        line["refusal"] = actions.why_not_for(meeting, line["seat"], request.user)
        line["wants_reason"] = actions.wants_reason(meeting, line["seat"], request.user)
    return lines


def _corrections(request: MemberRequest, meeting: Meeting) -> dict[str, Any]:
    """Before the seal one's own words, at the table also those of whoever cannot ask; every proposal stays."""
    if meeting.state not in (State.CLOSED, State.SEALED):
        return {}
    runs, me, words = may(request.user, "meeting.run", meeting), request.user.member_id, []
    if meeting.state == State.CLOSED:
        said = meeting.remarks.of_members()
        words = [one for one in said if (who := one.speaker.member) and (who.pk == me or (runs and not who.acts_alone))]
    above = may(request.user, "minutes.inspect", meeting)
    asked = meeting.state == State.CLOSED or request.GET.get("open") == "corrections"
    corrections = list(meeting.corrections.with_people()) if asked and not above else []
    more = not asked and not above
    return {
        "words": words,
        "corrections": corrections,
        "more_corrections": more,
        "may_answer": runs and meeting.state == State.CLOSED,
    }


def _advice(request: MemberRequest, meeting: Meeting) -> tuple[checks.Finding, ...]:
    if not may(request.user, "plan.edit", meeting):
        return ()
    opinions = list(meeting.opinions.all()) if meeting.is_thematic else []
    # After the closing only times and opinions are asked about: the evening itself is in the sealed paper.
    figures = facts.facts_of(facts.Evening(meeting), now=timezone.now(), opinions=opinions)
    return checks.findings(checks.Stage.AFTER_CLOSING, figures, rulebook_of(meeting))


def _readable(request: MemberRequest, pk: int) -> Meeting:
    """Members read the minutes from the closing on; whoever takes them, from the opening."""
    meeting = load_meeting(request, pk, "minutes.see")
    open_to = (State.CLOSED, State.SEALED) if not may(request.user, "meeting.run", meeting) else actions.READABLE
    if meeting.state not in open_to:
        raise Http404
    return meeting


@require_GET
def minutes(request: MemberRequest, pk: int) -> HttpResponse:
    return page(request, _readable(request, pk))


@require_GET
def minutes_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return pdf_response(_paper(request, _readable(request, pk)), download="tai" in request.GET)


def as_typed(request: MemberRequest, meeting: Meeting, form: HouseForm, **more: Any) -> HttpResponse:
    """What was refused while a draft stands, beside it; in any other state the sentence, on the meeting's page."""
    if meeting.state == State.CLOSED:
        return page(request, meeting, **more)
    messages.error(request, complaint(form))
    return redirect(meeting)


@require_POST
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "minutes.sign")
    form = SignForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.sign, meeting, **who, **form.cleaned_data):
        messages.success(request, "Đã xác nhận biên bản.")
        return redirect("minutes", pk)
    return as_typed(request, meeting, form, sign_form=form)


@require_POST
def addendum_add(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "minutes.correct")
    form = AddendumForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.add_addendum, meeting, **who, **form.cleaned_data):
        return redirect(reverse("minutes", args=[pk], fragment="addenda"))
    return page(request, meeting, addendum_form=form)


@require_GET
def addendum_pdf(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "minutes.see")
    return pdf_response(rendered_once(get_object_or_404(meeting.addenda, number=number).document))


@require_POST
def comment_add(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "minutes.inspect")
    form = CommentForm(request.POST, parts=actions.paper_of(meeting).parts())
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.comment, meeting, **who, **form.cleaned_data):
        return redirect(reverse("minutes", args=[pk], fragment="review"))
    return page(request, meeting, comment_form=form)


@require_POST
def verdict(request: MemberRequest, pk: int) -> HttpResponse:
    meeting = load_meeting(request, pk, "minutes.inspect")
    form = VerdictForm(request.POST)
    act(
        request,
        meeting,
        actions.give_verdict,
        meeting,
        form=form,
        said="Đã gửi ý kiến xem xét cho chi bộ.",
    )
    return redirect("minutes", pk)


@require_GET
def inspection_list(request: MemberRequest) -> HttpResponse:
    """Sealed minutes of the cells below: those that nobody has looked at yet come first."""
    below = Meeting.objects.for_user(request.user).sealed_elsewhere(request.user.cell_ids)
    rows: Any = InTurn(below.looked_at(given=False), below.looked_at(given=True), most=MOST)
    asked = request.GET.get("chi-bo", "").strip()[:80]
    cells = Organisation.objects.for_user(request.user).cells().named_like(asked)
    found = list(cells.elsewhere(request.user.cell_ids)[: CELLS + 1])
    context = {
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "cells": found[:CELLS],
        "more_cells": len(found) > CELLS,
        "asked": asked,
        "committees": [t.organisation for t in request.user.tenures if t.kind == TenureKind.SUPERIOR],
    }
    return render(request, "meetings/inspection_list.html", context)
