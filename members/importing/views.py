"""Pages on which many members come in at once, and go out again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members.access import load_organisation
from members.forming import answer, run
from members.importing import actions
from members.importing.forms import ListForm
from members.importing.progress import far
from members.models import Event
from members.refusal import AlreadyDone, Refused
from members.text import thousands

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.access import MemberRequest
    from members.models import Organisation

SHOWN = 300  # rows of a preview: what is wrong first, then the others from the top


@dataclass(frozen=True, slots=True)
class Preview:
    """Of a plan of members, or of bodies."""

    plan: Any

    @property
    def placed(self) -> list[tuple[Any, str]]:
        """Each row of a list of bodies with what stands above it."""
        return [(line, self.plan.above(line)) for line in self.rows]

    @property
    def rows(self) -> list[Any]:
        first = sorted(self.plan.lines, key=lambda line: (not line.problems, line.number))[:SHOWN]
        return sorted(first, key=lambda line: line.number)

    @property
    def left_out(self) -> int:
        return max(len(self.plan.lines) - SHOWN, 0)


@require_http_methods(["GET", "POST"])
def member_import(request: MemberRequest, cell: int) -> HttpResponse:
    """The list, then what would become of it, then the same done."""
    organisation = load_organisation(request, "member.manage", cell)
    form = ListForm(request.POST or None, request.FILES or None)
    preview, at = None, timezone.now()
    if form.is_valid():
        given = form.cleaned_data
        how = {"mark": request.POST.get("mark", ""), "skip": given["skip"], "key": given["key"]}
        if "apply" in request.POST and run(
            form, actions.import_members, organisation, form.asked, **how, by=request.user, at=at
        ):
            messages.success(request, _done(form.outcome))
            return redirect("member-list", organisation.pk)
        preview = Preview(actions.planned(organisation, form.asked, at))
        if (undated := preview.plan.undated) and not given["starts_on"]:
            form.add_error("starts_on", f"Xin ghi ngày: danh sách có {undated} dòng không ghi ngày riêng.")
    return answer(request, "members/member_import.html", form, cell=organisation, preview=preview)


def _done(event: Event | None) -> str:
    if event is None:
        return "Danh sách này đã được thêm ở lần bấm trước."
    return f"Đã thêm {thousands(len(event.data['members']))} đồng chí vào danh sách."


@require_GET
def import_far(request: MemberRequest) -> HttpResponse:
    """How many rows of one's own list are written, for the page that waits. 204: nothing is known."""
    try:
        told = far(request.user, UUID(request.GET.get("key", "")))
    except ValueError:
        told = None
    return HttpResponse(status=204) if told is None else JsonResponse(told)


@require_POST
def import_undo(request: MemberRequest, cell: int, number: int) -> HttpResponse:
    organisation = load_organisation(request, "member.manage", cell)
    event = get_object_or_404(Event.objects.of(organisation), what=actions.IN, number=number)
    take_back(request, actions.undo_import, organisation, event, f"{thousands(len(event.data['members']))} đồng chí")
    return redirect("member-list", organisation.pk)


def take_back(request: MemberRequest, undo: Callable[..., None], of: Organisation, event: Event, what: str) -> None:
    """Undo what came in from a list, and say what became of it."""
    try:
        undo(of, event, by=request.user, at=timezone.now())
        messages.success(request, f"Đã bỏ lần thêm {what}.")
    except Refused as refused:
        messages.error(request, refused.sentence)
    except AlreadyDone:
        messages.info(request, "Lần thêm này đã được bỏ.")
