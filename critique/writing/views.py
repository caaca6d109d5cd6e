"""Screens of one self-review: its author's page, writing it step by step, and the door for whoever else may read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from critique.cycle.forms import WayForm
from critique.levels.standing import standing_of
from critique.lifecycle import TAKING_BACK, WRITING
from critique.retention import destroyed_on
from critique.writing import actions as writing
from critique.writing import carried as facts
from critique.writing import content, page
from critique.writing.models import SelfReview, Way
from critique.writing.opening import open_review
from critique.writing.readers import readers_of
from critique.writing.sheets import sheet
from documents.html import to_fragment
from documents.http import pdf_response
from meetings.actions.writing import Conflict, Saved
from meetings.views.shared import act
from members.access import load, require
from members.policy import may
from members.press import press_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from critique.official_forms.evidence import LevelCheck
    from members.access import MemberRequest


def load_review(request: MemberRequest, pk: int, action: str) -> SelfReview:
    """Until it is submitted, only its author and whoever enters it from paper know more of it than that it exists."""
    review: SelfReview = load(request, SelfReview.objects.with_people(), action, pk=pk)
    if review.submitted_at is None:
        require(request.user, "selfreview.draft", review)
    return review


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
        "destroyed_on": destroyed_on(review),
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
        return pdf_response(paper, download=True)
    above = not may(request.user, "cycle.see", review.cycle)
    context = {"review": review, "cycle": review.cycle, "paper": to_fragment(paper), "above": above}
    context["checks"] = _checks(review) if may(request.user, "rating.list", review.cycle) else []
    return render(request, "critique/read.html", context)


def _checks(review: SelfReview) -> list[LevelCheck]:
    """For whoever judges levels and has opened the text: the conditions of the level chosen and of the one proposed."""
    proposed = standing_of(review.participant).proposed
    found = [facts.level_check(review), facts.level_check(review, proposed) if proposed else None]
    return list({check.level: check for check in found if check}.values())


@sensitive_variables()
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
        "destroyed_on": destroyed_on(review),
    }
    return render(request, "critique/review.html", context)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def self_review_write(request: MemberRequest, pk: int, step: str) -> HttpResponse:
    """One step of the form. POST: 200 saved, 409 another text was saved meanwhile, 422 refused with the reason."""
    if step not in content.STEPS:
        raise Http404
    review = load_review(request, pk, "selfreview.write")
    if request.method == "GET":
        return _step_page(request, review, step) if _writable(review) else redirect(review)
    posted = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    base, names = posted.get("base", ""), {"base", "key", "go", "csrfmiddlewaretoken"}
    texts = {name: value for name, value in posted.items() if name not in names}
    who: dict[str, Any] = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    try:
        known = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else -1
        answer = writing.save_step(review, step, texts, base=known, **who)
    except (Refused, AlreadyDone) as problem:
        return _refused(request, review, step, texts, problem)
    if isinstance(answer, Conflict):
        return _conflict(request, review, step, texts, answer)
    return _saved(request, review, step, answer)


def _writable(review: SelfReview) -> bool:
    return review.submitted_at is None and review.cycle.state in WRITING


def _step_page(request: MemberRequest, review: SelfReview, step: str, status: int = 200, **more: Any) -> HttpResponse:
    own = may(request.user, "selfreview.own", review)
    words = facts.soft_words(review) if own and "posted" not in more else ()
    blank = 2 if request.GET.get("more") else 1
    shown = page.build(review, step, blank_rows=blank, posted=more.pop("posted", None), advice=words)
    context = {
        "review": review,
        "cycle": review.cycle,
        "own": own,
        "page": shown,
        "base": content.rev_of(review, step),
        "steps": content.STEPS.values(),
        "next_step": content.after(step),
        "check": facts.level_check(review) if step == "rating" else None,
        **more,
    }
    return render(request, "critique/write.html", context, status=status)


def _wants_json(request: MemberRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _saved(request: MemberRequest, review: SelfReview, step: str, answer: Saved) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"rev": answer.rev, "at": f"{timezone.localtime(answer.at):%H:%M}"})
    if request.POST.get("go") != "next":
        return redirect("self-review-write", review.pk, step)
    following = content.after(step)
    return redirect("self-review-write", review.pk, following) if following else redirect(review)


def _refused(
    request: MemberRequest, review: SelfReview, step: str, texts: dict[str, str], problem: Exception
) -> HttpResponse:
    sentence = problem.sentence if isinstance(problem, Refused) else "Bản này đã được lưu trước đó."
    if _wants_json(request):
        return JsonResponse({"sentence": sentence}, status=422)
    return _step_page(request, review, step, 422, posted=texts, sentence=sentence)


def _conflict(
    request: MemberRequest, review: SelfReview, step: str, texts: dict[str, str], answer: Conflict
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"rev": answer.rev, "theirs": answer.theirs, "other": answer.other}, status=409)
    other = {name: text for name, text in answer.theirs.items() if text and text != texts.get(name)}
    return _step_page(request, review, step, 409, posted=texts, theirs=list(other.values()), base=answer.rev)


@require_POST
def self_review_submit(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.write")
    said = "Đã nộp bản kiểm điểm. Chi uỷ đọc được từ bây giờ."
    return act(request, review, writing.submit, review, said=said)


@require_POST
def self_review_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.write")
    return act(request, review, writing.withdraw, review, said="Đã rút lại. Sửa xong xin nộp lại.")


@require_POST
def self_review_way(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.own")
    return act(request, review, writing.choose_way, review, form=WayForm(request.POST))


@require_GET
def self_review_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    review = load_review(request, pk, "selfreview.own")
    return pdf_response(sheet(review), download=True)
