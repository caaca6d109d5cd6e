"""A sealed paper that is signed outside: the copy to sign, what came back, what each signature is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.http import file_response
from documents.model import signers
from meetings.actions import signed as actions
from meetings.forms import SignedForm
from meetings.models import SignedCopy
from meetings.views.shared import act
from members.access import load
from members.forming import run
from members.policy import may
from members.press import press_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from meetings.actions.signed import Paper
    from members.access import MemberRequest


def _paper(request: MemberRequest, kind: str, pk: int, right: str) -> Paper:
    """Of minutes the key is their meeting's, as everywhere."""
    if kind not in actions.KINDS:
        raise Http404
    rows = actions.KINDS[kind].objects
    by = {"meeting": pk} if kind == "minutes" else {"pk": pk}
    row: Paper = load(request, rows, right, **by)
    if not actions.is_signed_outside(kind, row):
        raise Http404
    return row


@require_GET
def signed(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Every place to sign with what stands in it, looked at anew each time."""
    return _page(request, kind, _paper(request, kind, pk, "minutes.see"))


def _page(request: MemberRequest, kind: str, row: Paper, form: SignedForm | None = None) -> HttpResponse:
    paper = actions.paper_of(kind, row)
    copies = actions.copies_of(kind, row)
    given, back = (copies[-1], copies[:-1]) if copies else (None, [])
    wrong = paper.proof is not None and bool(paper.proof.wrong)
    looked = actions.looked_at(kind, row, back[0], copies[-1]) if back and not wrong else None
    places = list(enumerate(signers(paper.document), 1))
    found = {one.field: one for one in looked.found} if looked else {}
    context = {
        "meeting": row.meeting,
        "kind": kind,
        "key": row.meeting_id if kind == "minutes" else row.pk,
        "title": paper.document.title,
        "proof": paper.proof,
        "given": given,
        "newest": back[0] if back else None,
        "earlier": back[1:],
        "looked": looked,
        "places": [(number, who, found.get(number)) for number, who in places],
        "may_keep": may(request.user, "signed.keep", row) and not wrong,
        "form": form or SignedForm(),
        "now": timezone.now(),
    }
    return render(request, "meetings/signed.html", context, status=422 if form and form.errors else 200)


@require_POST
def signed_give(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Makes the copy to sign, where there is none."""
    row = _paper(request, kind, pk, "signed.keep")
    return act(request, reverse("signed", args=[kind, pk]), actions.give, kind, row)


@require_POST
def signed_add(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """What came back; refused beside the field with the reason, and then nothing is kept."""
    row = _paper(request, kind, pk, "signed.keep")
    form = SignedForm(request.POST, request.FILES)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, actions.keep, kind, row, form.cleaned_data["file"], **who):
        messages.success(request, "Đã lưu bản ký số.")
        return redirect("signed", kind, pk)
    return _page(request, kind, row, form)


@require_GET
def signed_file(request: MemberRequest, kind: str, pk: int, number: int) -> HttpResponse:
    """Always a download: somebody else's program wrote part of it. Byte for byte, or the signatures are void."""
    row = _paper(request, kind, pk, "minutes.see")
    copy = get_object_or_404(SignedCopy.objects.numbered(kind, row, number))
    if actions.wrong_with(copy):
        raise Http404
    name = f"{actions.paper_of(kind, row).document.name}-{f'ky-so-{number}' if number else 'de-ky'}"
    response = file_response(bytes(copy.data), name, "pdf", download=True)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
