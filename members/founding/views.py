"""Pages on which a committee founds what is below it, and hands the first slips to its secretaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from members.access import load_committee
from members.forming import answer, run
from members.founding import actions
from members.founding.forms import BodiesForm
from members.importing.actions import undoable
from members.importing.views import Preview, take_back
from members.models import Event
from members.text import thousands

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.access import MemberRequest


@require_http_methods(["GET", "POST"])
def body_import(request: MemberRequest, committee: int) -> HttpResponse:
    """The list, then what would become of it, then the same done."""
    top = load_committee(request, "body.found", committee)
    form = BodiesForm(request.POST or None, request.FILES or None)
    preview, at = None, timezone.now()
    if form.is_valid():
        given = form.cleaned_data
        how = {"mark": request.POST.get("mark", ""), "skip": given["skip"], "key": given["key"]}
        if "apply" in request.POST and run(form, actions.import_bodies, top, form.asked, **how, by=request.user, at=at):
            messages.success(request, _done(form.outcome))
            people = form.outcome is not None and form.outcome.data["members"]
            return redirect("first-slips" if people else "body-import", top.pk)
        preview = Preview(actions.planned(top, form.asked, at))
    imports = [] if form.is_bound else undoable(top, at, actions.IN, actions.OUT)
    return answer(request, "members/body_import.html", form, cell=top, preview=preview, imports=imports)


def _done(event: Event | None) -> str:
    if event is None:
        return "Danh sách này đã được thêm ở lần bấm trước."
    people = len(event.data["members"])
    bodies = thousands(len(event.data["bodies"]))
    return f"Đã thêm {bodies} tổ chức" + (f", {thousands(people)} bí thư." if people else ".")


@require_POST
def body_undo(request: MemberRequest, committee: int, number: int) -> HttpResponse:
    top = load_committee(request, "body.found", committee)
    event = get_object_or_404(Event.objects.of(top), what=actions.IN, number=number)
    take_back(request, actions.undo_bodies, top, event, f"{thousands(len(event.data['bodies']))} tổ chức")
    return redirect("body-import", top.pk)
