"""Screens of the minutes: reading, signing, addenda; what the superior committee says stands beside each part."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from book.proof import sealed_paper, wrong_among
from documents.http import paper_response
from guideline import checks
from meetings import facts
from meetings.actions import minutes as actions
from meetings.exchanged import exchanged
from meetings.extension import keeper_of
from meetings.forms import AddendumForm, CommentAnswerForm, InspectForm, SignForm
from meetings.in_book import ADDENDUM
from meetings.lifecycle import Inspecting, State
from meetings.models import Meeting, Seat
from meetings.rules import rulebook_of
from meetings.views.shared import load_meeting
from members.entering import may_enter_for
from members.entry.views.again import password_again
from members.forming import complaint, focused, run
from members.policy import may
from members.saving.drafts import drafts_of

if TYPE_CHECKING:
    from documents.sealed import Rendered
    from members.access import MemberRequest
    from members.forming import HouseForm
    from members.models import Member, User

USUAL_TIME = timedelta(days=14)  # proposed for an answer, and changed at will: no rule gives a day


def page(
    request: MemberRequest,
    meeting: Meeting,
    answering: tuple[int, HouseForm] | None = None,
    *,
    about: int = 0,
    **forms: HouseForm,
) -> HttpResponse:
    """`answering`: the key of a comment and its answer, and `forms` by name, as they came back with what was typed."""
    paper = _paper(request, meeting)
    sealed = meeting.state == State.SEALED
    opened = request.GET.get("open") == "addendum"
    context = {
        "meeting": meeting,
        "states": State,
        "paper": paper.fragment(),
        "language": paper.document.language,
        "fingerprint": paper.fingerprint,
        "proof": paper.proof,
        "signed_outside": _signed_outside(meeting, request.user) if sealed else "",
        "seats": _seats(meeting, request),
        "sign_form": forms.get("sign_form"),
        **_corrections(request, meeting),
        "correction_form": forms.get("correction_form"),
        "answer_form": forms.get("answer_form"),
        "about": about,
        "may_sign": may(request.user, "minutes.sign", meeting) and meeting.state == State.CLOSED,
        "may_run": may(request.user, "meeting.run", meeting),
        "may_correct": sealed and may(request.user, "minutes.correct", meeting),
        "findings": _advice(request, meeting) if sealed else (),
        "addendum_form": forms.get("addendum_form") or (focused(AddendumForm(), "text") if opened else None),
        **(_above(request, meeting, paper, answering, forms.get("inspect_form")) if sealed else {}),
    }
    refused = [*forms.values(), *([answering[1]] if answering else [])]
    return render(request, "meetings/minutes.html", context, status=422 if any(one.errors for one in refused) else 200)


def _above(
    request: MemberRequest,
    meeting: Meeting,
    paper: Rendered,
    answering: tuple[int, HouseForm] | None,
    form: HouseForm | None,
) -> dict[str, Any]:
    """What stands between the cell and the superior committee, and the forms of either side."""
    may_inspect = may(request.user, "minutes.inspect", meeting)
    talk = exchanged(meeting, dict(paper.document.parts()), request.user)
    if may(request.user, "minutes.answer", meeting):
        drafts = drafts_of("comment-answer", [said.comment for said in talk.open], request.user)
        for said in talk.open:
            said.draft = drafts[said.comment.pk]
            again = answering and answering[0] == said.comment.pk
            said.form = answering[1] if answering and again else _answer_form(said.comment.pk, said.draft.texts)
    wrong = wrong_among(talk.sealed())
    in_a_fortnight = timezone.localdate() + USUAL_TIME
    return {
        "talk": talk,
        "wrong_beside": wrong,
        "addenda": talk.addenda,
        "may_inspect": may_inspect,
        "beside": talk.beside(paper.parts()) if talk.comments else [],
        "inspecting": Inspecting,
        "inspect_form": form
        or (may_inspect and InspectForm(parts=paper.document.parts(), initial={"answer_by": in_a_fortnight})),
    }


def _answer_form(pk: int, texts: dict[str, str]) -> HouseForm:
    return CommentAnswerForm(initial=texts, auto_id=f"answer_{pk}_%s")


def _signed_outside(meeting: Meeting, user: User) -> str:
    """Where copies are signed: of the whole minutes for who may read these, where words about people are kept apart."""
    keeper = keeper_of(meeting)
    if keeper is None:
        return reverse("signed", args=["minutes", meeting.pk])
    return keeper.signed_outside(meeting) if may(user, "minutes.whole", meeting) else ""


def _paper(request: MemberRequest, meeting: Meeting, *, printed: bool = False) -> Rendered:
    whole = may(request.user, "minutes.whole", meeting)
    if whole:
        actions.whole_is_opened(meeting, printed=printed, by=request.user, at=timezone.now())
    return actions.rendered_paper(meeting, whole=whole)


def _seats(meeting: Meeting, request: MemberRequest) -> list[dict[str, Any]]:
    """Each seat with who confirmed it; while that is open, what this person may do about it."""
    if meeting.state not in (State.CLOSED, State.SEALED):
        return []
    signed = {s.seat: s for s in actions.signatures_of(meeting)}
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
    runs, words = may(request.user, "meeting.run", meeting), []
    if meeting.state == State.CLOSED:
        said = meeting.remarks.of_members()
        words = [one for one in said if (who := one.speaker.member) and _may_ask(request.user, who, runs=runs)]
    above = may(request.user, "minutes.inspect", meeting)
    asked = meeting.state == State.CLOSED or request.GET.get("open") == "corrections"
    corrections = list(meeting.corrections.with_people()) if asked and not above else []
    more = meeting.was_corrected and not asked and not above
    return {
        "words": words,
        "corrections": corrections,
        "more_corrections": more,
        "may_answer": runs and meeting.state == State.CLOSED,
    }


def _may_ask(by: User, speaker: Member, *, runs: bool) -> bool:
    return speaker.pk == by.member_id or (runs and may_enter_for(speaker, by))


def _advice(request: MemberRequest, meeting: Meeting) -> tuple[checks.Finding, ...]:
    if not may(request.user, "plan.edit", meeting):
        return ()
    opinions = list(meeting.opinions.all()) if meeting.is_thematic else []
    # After the closing only times and opinions are asked about: the evening itself is in the sealed paper.
    figures = facts.facts_of(facts.Evening(meeting), now=timezone.now(), opinions=opinions)
    return checks.findings(checks.Stage.AFTER_CLOSING, figures, rulebook_of(meeting))


def readable(request: MemberRequest, pk: int) -> Meeting:
    """Members read the minutes from the closing on; whoever takes them, from the opening."""
    meeting = load_meeting(request, pk, "minutes.see")
    open_to = (State.CLOSED, State.SEALED) if not may(request.user, "meeting.run", meeting) else actions.READABLE
    if meeting.state not in open_to:
        raise Http404
    return meeting


@require_GET
def minutes(request: MemberRequest, pk: int) -> HttpResponse:
    return page(request, readable(request, pk))


@require_GET
def minutes_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    return paper_response(request, _paper(request, readable(request, pk), printed=True), download="tai" in request.GET)


def as_typed(request: MemberRequest, meeting: Meeting, form: HouseForm, **more: Any) -> HttpResponse:
    """What was refused while a draft stands, beside it; in any other state the sentence, on the meeting's page."""
    if meeting.state == State.CLOSED:
        return page(request, meeting, **more)
    messages.error(request, complaint(form))
    return redirect(meeting)


@require_POST
@password_again
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
    return paper_response(request, sealed_paper(ADDENDUM, get_object_or_404(meeting.addenda, number=number)))
