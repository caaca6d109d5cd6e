"""Saving typed text: JSON for the page that saves as you type, a page of its own where there is no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from meetings.actions.writing import SHEETS, Conflict, Saved, save_text
from meetings.models import Meeting
from members.access import load
from members.fields import clean_text
from members.press import press_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_POST
def write(request: MemberRequest, sheet: str, pk: int) -> HttpResponse:
    """Save the fields of one sheet. 200 saved, 409 somebody else saved meanwhile, 422 refused with the reason."""
    if sheet not in SHEETS:
        return HttpResponse(status=404)
    rows = SHEETS[sheet].model._default_manager.get_queryset()
    related = ["cell"] if rows.model is Meeting else ["meeting__cell", "meeting__paper"]
    row: Any = load(request, rows.select_related(*related), SHEETS[sheet].needs, pk=pk)
    texts = {n: clean_text(request.POST[n], lines=True) for n in SHEETS[sheet].fields if n in request.POST}
    base = request.POST.get("base", "")
    try:
        answer = save_text(
            sheet,
            row,
            texts,
            base=int(base) if base.isdecimal() and len(base) < 10 else -1,
            by=request.user,
            at=timezone.now(),
            key=press_of(request),
        )
    except (Refused, AlreadyDone) as problem:
        return _refused(request, sheet, row, texts, problem)
    if isinstance(answer, Conflict):
        return _conflict(request, sheet, row, answer)
    return _saved(request, answer, getattr(row, "meeting", row).version)


def _wants_json(request: MemberRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _saved(request: MemberRequest, answer: Saved, version: int) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"rev": answer.rev, "at": f"{timezone.localtime(answer.at):%H:%M}", "version": version})
    return redirect(_next(request))


def _next(request: MemberRequest) -> str:
    given = request.POST.get("next", "")
    inside = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if inside else "/"


def _refused(
    request: MemberRequest, sheet: str, row: models.Model, texts: dict[str, str], problem: Exception
) -> HttpResponse:
    sentence = problem.sentence if isinstance(problem, Refused) else "Bản này đã được lưu trước đó."
    if _wants_json(request):
        return JsonResponse({"sentence": sentence}, status=422)
    context = {
        "sheet": sheet,
        "row": row,
        "texts": _fields(row, texts),
        "sentence": sentence,
        "next": _next(request),
    }
    return render(request, "meetings/not_saved.html", context, status=422)


def _conflict(request: MemberRequest, sheet: str, row: models.Model, answer: Conflict) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"rev": answer.rev, "theirs": answer.theirs, "other": answer.other}, status=409)
    context = {
        "sheet": sheet,
        "row": row,
        "base": answer.rev,
        "other": answer.other,
        "texts": _fields(row, answer.mine),
        "theirs": _fields(row, answer.theirs),
        "next": _next(request),
    }
    return render(request, "meetings/not_saved.html", context, status=409)


def _fields(row: models.Model, texts: dict[str, str]) -> list[dict[str, Any]]:
    """Each text with the words that people know its field by."""
    return [
        {"name": name, "label": row._meta.get_field(name).verbose_name, "text": text}  # type: ignore[union-attr]
        for name, text in texts.items()
    ]
