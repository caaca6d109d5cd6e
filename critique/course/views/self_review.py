"""Screens of one self-review: its author's page, writing it step by step, and the door for whoever else may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.course import actions
from critique.cycle.forms import WayForm
from critique.levels.appraised import appraisal
from critique.levels.standing import standing_of
from critique.lifecycle import TAKING_BACK, WRITING
from critique.writing import actions as writing
from critique.writing import carried as facts
from critique.writing import content, page
from critique.writing.models import SelfReview, Way
from critique.writing.opening import open_review
from critique.writing.readers import readers_of
from critique.writing.sheets import sheet
from documents.html import to_fragment
from documents.http import paper_response
from meetings.views.shared import act
from members.access import load, require
from members.policy import may
from members.press import press_of
from members.private import private
from members.refusal import Refused

if TYPE_CHECKING:
    from critique.official_forms.evidence import LevelCheck
    from members.access import MemberRequest


def load_review(request: MemberRequest, pk: int, action: str) -> SelfReview:
    """Until it is submitted, only its author and whoever enters it from paper know more of it than that it exists."""
    review: SelfReview = load(request, SelfReview.objects.with_people(), action, pk=pk)
    if review.submitted_at is None:
        require(request.user, "selfreview.draft", review)
    return review


@private
@require_http_methods(["GET", "POST"])
def self_review(request: MemberRequest, pk: int) -> HttpResponse:
    """GET shows one's own text, and to others only a door; opening it is a POST that is written down first."""
    review = load_review(request, pk, "selfreview.see")
    if request.method == "POST":
        return _opened(request, review)
    if may(request.user, "selfreview.own", review) or review.submitted_at is None:
        return _own(request, review)
    above = not may(request.user, "cycle.see", review.cycle)
    context = {
        "review": review,
        "cycle": review.cycle,
        "may_print": may(request.user, "selfreview.print", review),
        "above": above,
        "destroyed_on": review.participant.destroyed_on,
    }
    return render(request, "critique/door.html", context)


def _opened(request: MemberRequest, review: SelfReview) -> HttpResponse:
    way = Way.PAPER if request.POST.get("way") == Way.PAPER else Way.SCREEN
    try:
        open_review(review, way=way, by=request.user, at=timezone.now(), key=press_of(request))
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(review.cycle if may(request.user, "cycle.see", review.cycle) else "handed-up-list")
    paper = sheet(review, reader=request.user.get_full_name())
    if way == Way.PAPER:
        return paper_response(request, paper, download=True)
    above = not may(request.user, "cycle.see", review.cycle)
    context = {"review": review, "cycle": review.cycle, "paper": to_fragment(paper), "above": above}
    context["checks"] = _checks(review) if may(request.user, "level.list", review.cycle) else []
    return render(request, "critique/read.html", context)


def _checks(review: SelfReview) -> list[LevelCheck]:
    """For whoever judges levels and has opened the text: the conditions of the level chosen and of the one proposed."""
    proposed = standing_of(review.participant).proposed
    found = [facts.level_check(review), facts.level_check(review, proposed) if proposed else None]
    return list({check.level: check for check in found if check}.values())


def _own(request: MemberRequest, review: SelfReview) -> HttpResponse:
    own = may(request.user, "selfreview.own", review)
    draft = review.submitted_at is None
    context: dict[str, Any] = {
        "review": review,
        "cycle": review.cycle,
        "own": own,
        "draft": draft,
        "writable": draft and review.cycle.state in WRITING and may(request.user, "selfreview.write", review),
        "may_take_back": not draft and review.cycle.state in TAKING_BACK,
        "paper": to_fragment(sheet(review)),
        "empty": facts.still_empty(review) if draft else (),
        "advice": facts.soft_words(review) if own and draft else (),
        "check": facts.level_check(review),
        "steps": content.STEPS.values(),
        "readers": readers_of(review) if own else [],
        "destroyed_on": review.participant.destroyed_on,
    }
    return render(request, "critique/review.html", context)


@private
@require_GET
def self_review_write(request: MemberRequest, pk: int, step: str) -> HttpResponse:
    """One step of the form; what is typed there goes to the one address of all typed texts."""
    if step not in content.STEPS:
        raise Http404
    review = load_review(request, pk, "selfreview.write")
    if review.submitted_at is not None or review.cycle.state not in WRITING:
        return redirect(review)
    own = may(request.user, "selfreview.own", review)
    words = facts.soft_words(review) if own else ()
    context = {
        "review": review,
        "cycle": review.cycle,
        "own": own,
        "page": page.build(review, step, blank_rows=2 if request.GET.get("more") else 1, advice=words),
        "sheet": f"review-{step}",
        "steps": content.STEPS.values(),
        "next_step": content.after(step),
        "check": facts.level_check(review) if step == "rating" else None,
    }
    return render(request, "critique/write.html", context)


@private
@require_POST
def self_review_submit(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.write")
    said = "Đã nộp bản kiểm điểm. Chi uỷ đọc được từ bây giờ."
    return act(request, review, actions.submit, review, said=said)


@private
@require_POST
def self_review_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.write")
    return act(request, review, writing.withdraw, review, said="Đã rút lại. Sửa xong xin nộp lại.")


@private
@require_POST
def self_review_way(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.own")
    return act(request, review, writing.choose_way, review, form=WayForm(request.POST))


@private
@require_GET
def self_review_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.own")
    return paper_response(request, sheet(review, after=appraisal), download=True)
