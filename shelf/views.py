"""Pages of the shelf: what stands on it, one entry with its passages, what a meeting reads, and what is cited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meetings.forms import UploadForm
from meetings.lifecycle import PLANNING
from meetings.views.shared import act, attached, back_unless_planned, load_meeting, number
from members.access import load, load_organisation, require
from members.edits import undisturbed
from members.forming import answer, run
from members.paging import page_with
from members.policy import may
from members.press import press_of
from members.refusal import AlreadyDone, Refused
from members.saving.sheet import SHEETS
from members.sent import next_of
from shelf import actions
from shelf.facts import CITED_IN, is_file_open, others, to_cite
from shelf.forms import QuotationForm, ReadingForm, SourceForm, month_asked
from shelf.models import Entry, EntryKind, Quotation, Reading

if TYPE_CHECKING:
    from django.forms import Form

    from members.access import MemberRequest
    from members.models import Organisation

A_PAGE = 25
ROWS = Entry.objects.with_organisation()


def _body(request: MemberRequest, pk: int, action: str) -> Organisation:
    """The cell or committee whose shelf it is; whoever follows a cell from above has no business on the cell's own."""
    body = load_organisation(request, action, pk)
    require(request.user, action, Entry(organisation=body))
    return body


def _keeps(request: MemberRequest, body: Organisation) -> bool:
    return may(request.user, "source.keep", Entry(organisation=body))


@require_GET
def shelf(request: MemberRequest, pk: int) -> HttpResponse:
    body = _body(request, pk, "source.see")
    asked = request.GET.get("q", "")[:200]
    found = Entry.objects.for_user(request.user).on_shelf_of(body).for_page().asked_for(asked)
    context = {
        "body": body,
        "page": page_with(found, A_PAGE, request.GET.get("page")),
        "asked": asked,
        "keeps": _keeps(request, body),
    }
    return render(request, "shelf/shelf.html", context)


@require_http_methods(["GET", "POST"])
def entry_new(request: MemberRequest, pk: int) -> HttpResponse:
    body = _body(request, pk, "source.keep")
    kind = request.GET.get("loai", "")
    if kind not in EntryKind.values:
        kind = EntryKind.DOCUMENT
    me = {"seen_by": request.user.get_full_name(), **month_asked(request.GET.get("thang", ""))}
    form = SourceForm(request.POST or None, kind=kind, initial=me)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, actions.put, body, kind, form.source, **who):
        messages.success(request, "Đã đưa vào tủ.")
        return redirect("shelf-entry", form.outcome.pk) if form.outcome else redirect("shelf", pk)
    label = EntryKind(kind).label
    return answer(request, "shelf/entry_form.html", form, body=body, kind=label)


@require_http_methods(["GET", "POST"])
def entry(request: MemberRequest, pk: int) -> HttpResponse:
    """One entry with its passages; POST copies another passage out of it."""
    row = load(request, ROWS, "source.keep" if request.method == "POST" else "source.see", pk=pk)
    form = QuotationForm(request.POST or None)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.quote, row, **who, **form.cleaned_data):
        messages.success(request, "Đã chép đoạn trích.")
        return redirect(row_address(row))
    return _entry(request, row, form=form)


def row_address(row: Entry, place: str = "") -> str:
    return reverse("shelf-entry", args=[row.pk], fragment=place or None)


def _entry(request: MemberRequest, row: Entry, **forms: Form) -> HttpResponse:
    """`home`: whose shelf it is reached from: one's own cell's, or the committee's for whoever keeps that one."""
    keeps = may(request.user, "source.keep", row)
    context = {
        "row": row,
        "home": row.organisation_id if keeps else next(iter(request.user.cell_ids), row.organisation_id),
        "quotations": list(row.quotations.standing()),
        "keeps": keeps and row.withdrawn_at is None,
        "opens": is_file_open(request.user, row),
        "form": forms.get("form", QuotationForm()),
        "upload": forms.get("upload", UploadForm()),
    }
    wrong = any(form.is_bound and form.errors for form in forms.values())
    return render(request, "shelf/entry.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "POST"])
def entry_edit(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "source.keep", pk=pk)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    with undisturbed(request, row):
        form = SourceForm(request.POST or None, kind=row.kind).over(SourceForm.initial_for(row))
        if form.is_valid() and run(form, actions.correct, row, form.source, **who):
            return redirect(row_address(row))
    context = {"body": row.organisation, "kind": row.get_kind_display(), "row": row}
    return answer(request, "shelf/entry_form.html", form, **context)


@require_POST
def entry_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "source.keep", pk=pk)
    then = reverse("shelf", args=[row.organisation_id])
    return act(request, then, actions.withdraw, row, said="Đã cất khỏi tủ. Chỗ đã trích dẫn giữ nguyên.")


@require_GET
def entry_file(request: MemberRequest, pk: int) -> FileResponse:
    row = load(request, ROWS, "source.see", pk=pk)
    if not is_file_open(request.user, row):
        raise Http404
    return attached(row)


@require_POST
def file_add(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, ROWS, "source.keep", pk=pk)
    form = UploadForm(request.POST, request.FILES)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, actions.attach, row, form.cleaned_data["file"], **who):
        return redirect(row_address(row))
    return _entry(request, row, upload=form)


@require_POST
def quotation_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Quotation.objects.with_entry(), "source.keep", pk=pk)
    return act(
        request, row_address(row.entry), actions.drop, row, said="Đã bỏ đoạn trích. Chỗ đã trích dẫn giữ nguyên."
    )


@require_http_methods(["GET", "POST"])
def readings(request: MemberRequest, pk: int) -> HttpResponse:
    """What is read for which item of a meeting that is being prepared; POST puts something there."""
    meeting = load_meeting(request, pk, "plan.edit")
    if (back := back_unless_planned(request, meeting)) is not None:
        return back
    there = Entry.objects.for_user(request.user).on_shelf_of(meeting.cell).for_page()
    first = {"entry": number(request.GET.get("entry", "")) or ""}
    form = ReadingForm(request.POST or None, items=meeting.items.all(), entries=there, initial=first)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid():
        chosen = form.cleaned_data
        if run(form, actions.read_at, chosen["item"], chosen["entry"], part=chosen["part"], **who):
            return redirect("readings", pk)
    rows = Reading.objects.of(meeting).at(timezone.now()).with_item()
    return answer(request, "shelf/readings.html", form, meeting=meeting, readings=list(rows), empty=not there)


@require_POST
def reading_remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Reading.objects.with_meeting(), "plan.edit", pk=pk)
    then = reverse("readings" if row.meeting.state in PLANNING else "meeting", args=[row.meeting_id])
    return act(request, then, actions.read_no_more, row)


@require_http_methods(["GET", "POST"])
def cite(request: MemberRequest, sheet: str, pk: int, field: str) -> HttpResponse:
    """The passages that may be put into this box; POST puts one at the end of what is saved there."""
    if field not in CITED_IN.get(sheet, ()):
        raise Http404
    known = SHEETS[sheet]
    row = load(request, known.rows(), known.needs, pk=pk)
    sentence = ""
    if request.method == "POST":
        rows = Quotation.objects.for_user(request.user).on_shelf_of(row.cell)
        passage = get_object_or_404(rows, pk=number(request.POST.get("quotation", "")))
        try:
            base = number(request.POST.get("base", ""), none=-1)
            actions.cite(sheet, row, field, passage, base=base, by=request.user, at=timezone.now())
            return redirect(next_of(request))
        except AlreadyDone:
            return redirect(next_of(request))
        except Refused as refused:
            sentence = refused.sentence
    context: dict[str, Any] = {
        "cell": row.cell,
        "label": known.label(field),
        "others": [(known.label(one), reverse("cite", args=[sheet, pk, one])) for one in others(sheet, field)],
        "stands": getattr(row, field),
        "passages": to_cite(request.user, row.cell, request.GET.get("q", "")[:200]),
        "asked": request.GET.get("q", ""),
        "base": known.rev(row),
        "next": next_of(request),
        "sentence": sentence,
    }
    return render(request, "shelf/cite.html", context, status=422 if sentence else 200)
