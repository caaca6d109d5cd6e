"""Screens of the thematic paper: reading it, writing it, opinions and answers, the completed text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from documents.http import paper_response
from meetings import outline
from meetings.actions import thematic
from meetings.forms import AnswerForm, OpinionForm, UploadForm
from meetings.lifecycle import State
from meetings.models import AgendaItem, Meeting, Opinion, ThematicPaper
from meetings.papers.thematic import build_thematic, text_of
from meetings.views.shared import act, attached, load_meeting, number, people_of
from members.access import load, require
from members.edits import undisturbed
from members.entering import may_enter_for
from members.forming import run
from members.policy import may
from members.press import press_of
from members.saving.drafts import draft_of

if TYPE_CHECKING:
    from members.access import MemberRequest
    from members.models import Member


def _paper(request: MemberRequest, pk: int, action: str) -> ThematicPaper:
    """The paper of a thematic meeting. Until it is shared only those who prepare it see it."""
    meeting = load_meeting(request, pk, action)
    paper: ThematicPaper | None = meeting.thematic_paper
    if paper is None:
        raise Http404
    if paper.shared_at is None:
        require(request.user, "plan.see", meeting)
    paper.meeting = meeting
    return paper


def _from_pocket(request: MemberRequest) -> bool:
    """Whoever came from the card on their phone goes back to it."""
    return "pocket" in (request.GET.get("back"), request.POST.get("back"))


def _on_behalf(request: MemberRequest, meeting: Meeting) -> list[Member]:
    """For whom an opinion may be entered: those who cannot enter it themselves."""
    entering = may(request.user, "opinion.enter", meeting)
    return [member for member in people_of(meeting) if may_enter_for(member, request.user)] if entering else []


def _page(request: MemberRequest, paper: ThematicPaper, opinion_form: OpinionForm | None = None) -> HttpResponse:
    meeting: Meeting = paper.meeting
    opinions = list(meeting.opinions.with_people())
    by_paragraph: dict[int, list[Opinion]] = {}
    for opinion in opinions:
        if opinion.paragraph is not None:
            by_paragraph.setdefault(opinion.paragraph, []).append(opinion)
    on_behalf = _on_behalf(request, meeting)
    may_give = meeting.state in thematic.BEFORE_CLOSING and paper.shared_at is not None
    draft = draft_of("opinion-add", paper, request.user) if may_give else None
    if opinion_form is None:
        chosen = request.GET.get("paragraph", "")
        initial = {"paragraph": int(chosen)} if chosen.isdecimal() and len(chosen) < 6 else {}
        opinion_form = OpinionForm(people=on_behalf, initial={**initial, **(draft.texts if draft else {})})
    blocks = list(enumerate(outline.blocks(paper.draft)))
    about = opinion_form["paragraph"].value()
    context = {
        "meeting": meeting,
        "paper": paper,
        "blocks": [(n, block, by_paragraph.get(n, [])) for n, block in blocks],
        "completed": outline.blocks(paper.completed) if paper.completed_at else [],
        "prints": bool(text_of(paper).strip()),
        "opinions": opinions,
        "form": opinion_form,
        "about": next((n for n, _ in blocks if str(n) == str(about)), None),
        "may_write": may(request.user, "paper.write", meeting),
        "may_agree": may(request.user, "paper.agree", meeting),
        "may_give": may_give,
        "draft": draft,
        "from_pocket": _from_pocket(request),
    }
    return render(request, "meetings/paper.html", context, status=422 if opinion_form.errors else 200)


@require_GET
def paper(request: MemberRequest, pk: int) -> HttpResponse:
    return _page(request, _paper(request, pk, "meeting.see"))


@require_http_methods(["GET", "POST"])
def paper_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Write the draft (before closing) or the completed text (after); POST attaches a file."""
    row = _paper(request, pk, "paper.write")
    form = UploadForm(request.POST or None, request.FILES or None)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, thematic.attach, row, form.cleaned_data["file"], **who):
        return redirect("paper-edit", pk)
    completing = row.meeting.state not in thematic.BEFORE_CLOSING
    opinions = list(row.meeting.opinions.with_people()) if completing else []
    context = {
        "meeting": row.meeting,
        "paper": row,
        "form": form,
        "completing": completing,
        "opinions": opinions,
    }
    return render(request, "meetings/paper_edit.html", context, status=422 if form.errors else 200)


@require_POST
def paper_share(request: MemberRequest, pk: int) -> HttpResponse:
    row = _paper(request, pk, "paper.write")
    said = "Đảng viên đã có thể đọc và góp ý dự thảo."
    if row.meeting.state == State.PLAN:
        said = "Đã ghi: dự thảo sẵn sàng. Đảng viên đọc và góp ý được từ khi gửi thông báo họp."
    act(request, row.meeting, thematic.share, row, said=said)
    return redirect("paper", pk)


@require_POST
def paper_agree(request: MemberRequest, pk: int) -> HttpResponse:
    row = _paper(request, pk, "paper.agree")
    act(request, row.meeting, thematic.agree, row, said="Đã ghi: chi uỷ thông qua dự thảo.")
    return redirect("paper", pk)


@require_POST
def paper_complete(request: MemberRequest, pk: int) -> HttpResponse:
    row = _paper(request, pk, "paper.write")
    act(request, row.meeting, thematic.complete, row, said="Đã lưu bản hoàn thiện bên cạnh dự thảo.")
    row.refresh_from_db(fields=["completed_at"])
    return redirect("paper" if row.completed_at else "paper-edit", pk)


@require_GET
def paper_pdf(request: MemberRequest, pk: int) -> HttpResponse:
    """To hand out and to read aloud; a paper that lies in a file alone is printed from there."""
    row = _paper(request, pk, "meeting.see")
    if not text_of(row).strip():
        raise Http404
    return paper_response(request, build_thematic(row))


@require_GET
def paper_file(request: MemberRequest, pk: int) -> FileResponse:
    return attached(_paper(request, pk, "meeting.see"))


@require_POST
def passage_show(request: MemberRequest, pk: int) -> HttpResponse:
    """The paragraph named by the button is the one that is discussed; a button without a number takes it away."""
    item = load(request, AgendaItem.objects.with_meeting(), "meeting.run", pk=pk)
    place, _, mark = request.POST.get("paragraph", "").partition(".")
    paragraph = number(place, none=-1) if place else None
    act(request, item.meeting, thematic.show_passage, item, paragraph=paragraph, mark=mark)
    return redirect("room-item", pk)


@require_POST
def opinion_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = _paper(request, pk, "opinion.give")
    people = _on_behalf(request, row.meeting)
    form = OpinionForm(request.POST, people=people)
    if form.is_valid():
        data: dict[str, Any] = {
            **form.cleaned_data,
            "member": form.cleaned_data.get("member") or request.user.member,
        }
        if run(form, thematic.give_opinion, row, by=request.user, at=timezone.now(), **data):
            draft_of("opinion-add", row, request.user).forget()
            about = data["paragraph"]
            if _from_pocket(request):
                messages.success(request, "Đã gửi ý kiến góp ý.")
                return redirect("pocket", pk)
            return redirect(reverse("paper", args=[pk], fragment="opinions" if about is None else f"p{about}"))
    return _page(request, row, form)


@require_http_methods(["GET", "POST"])
def opinion_answer(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Opinion.objects.with_meeting().with_people()
    opinion = load(request, rows, "paper.write", pk=pk)
    draft = draft_of("opinion-answer", opinion, request.user)
    who = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, opinion.meeting, opinion):
        form = AnswerForm(request.POST or None, initial=draft.texts).over(AnswerForm.initial_for(opinion))
        if form.is_valid() and run(form, thematic.answer_opinion, opinion, **who, **form.cleaned_data):
            draft.forget()
            return redirect(reverse("paper", args=[opinion.meeting_id], fragment=f"opinion-{pk}"))
    context = {"meeting": opinion.meeting, "opinion": opinion, "form": form, "draft": draft}
    return render(request, "meetings/opinion_answer.html", context, status=422 if form.errors else 200)
