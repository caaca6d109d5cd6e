"""Saving what is typed in a hearing, part by part: 200, 409 with both texts, 422 with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from critique.hearing.actions.text import CHOICES, OPINION_PARTS, PARTS, save_part
from critique.hearing.models import Hearing, HearingOpinion
from critique.hearing.models.hearing import OpinionKind, Stance
from critique.hearing.views.hearing import load_hearing, load_opinion
from meetings.actions.writing import Conflict
from members.press import press_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.access import MemberRequest

_CHOICES = {"kind": OpinionKind.choices, "stance": [("", "— chưa chọn —"), *Stance.choices]}


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def hearing_write(request: MemberRequest, pk: int, part: str) -> HttpResponse:
    if part not in PARTS:
        raise Http404
    return _save(request, load_hearing(request, pk, PARTS[part].needs), part)


@sensitive_post_parameters()
@sensitive_variables()
@require_POST
def hearing_opinion_write(request: MemberRequest, pk: int, part: str) -> HttpResponse:
    if part not in OPINION_PARTS:
        raise Http404
    return _save(request, load_opinion(request, pk, OPINION_PARTS[part].needs), part)


@sensitive_variables()
def _save(request: MemberRequest, row: Hearing | HearingOpinion, part: str) -> HttpResponse:
    texts = {name: value for name, value in request.POST.items() if isinstance(value, str)}
    who: dict[str, Any] = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    base = texts.get("base", "")
    known = int(base) if base.isascii() and base.isdecimal() and len(base) < 10 else -1
    try:
        answer = save_part(row, part, texts, base=known, **who)
    except (Refused, AlreadyDone) as problem:
        sentence = problem.sentence if isinstance(problem, Refused) else "Bản này đã được lưu trước đó."
        return _not_saved(request, row, part, texts, 422, {"sentence": sentence})
    if isinstance(answer, Conflict):
        told = {"rev": answer.rev, "theirs": answer.theirs, "other": answer.other}
        return _not_saved(request, row, part, texts, 409, told)
    if wants_json(request):
        return JsonResponse({"rev": answer.rev, "at": f"{timezone.localtime(answer.at):%H:%M}"})
    return redirect(_place(row))


def wants_json(request: MemberRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _place(row: Hearing | HearingOpinion) -> str:
    if isinstance(row, Hearing):
        return row.get_absolute_url()
    return f"{row.hearing.get_absolute_url()}#opinion-{row.pk}"


@sensitive_variables()
def _not_saved(
    request: MemberRequest,
    row: Hearing | HearingOpinion,
    part: str,
    texts: dict[str, str],
    status: int,
    told: dict[str, Any],
) -> HttpResponse:
    """What was typed comes back: to the script as it asks for it, else on a page with the other text beside it."""
    if wants_json(request):
        return JsonResponse(told, status=status)
    known = (PARTS if isinstance(row, Hearing) else OPINION_PARTS)[part]
    theirs = told.get("theirs", {})
    fields = [
        {
            "name": name,
            "label": known.labels[name],
            "text": texts.get(name, ""),
            "choices": _CHOICES[name] if name in CHOICES else (),
            "theirs": dict(_CHOICES.get(name, ())).get(theirs.get(name, ""), theirs.get(name, "")),
        }
        for name in known.fields
    ]
    context = {
        "title": known.title,
        "fields": fields,
        "place": _place(row),
        "sentence": told.get("sentence", ""),
        "other": told.get("other", ""),
        "base": told.get("rev", texts.get("base", "")),
    }
    return render(request, "critique/hearing_not_saved.html", context, status=status)
