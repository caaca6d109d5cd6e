"""A sealed paper that is signed outside: the copy to sign, what came back, what each signature is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from documents.http import file_response
from documents.model import signers
from meetings.actions import signed as actions
from meetings.forms import SignedForm
from meetings.views.shared import act
from members.access import load
from members.forming import run
from members.policy import may
from members.press import press_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from meetings.actions.signed import Paper
    from members.access import MemberRequest


def load_paper(request: MemberRequest, kind: str, pk: int, right: str = "") -> Paper:
    """By the column that its address names it with: of minutes that is their meeting's key, as everywhere."""
    about = actions.KINDS[kind]
    row = load(request, about.rows._default_manager, right or about.see, **{about.by: pk})
    if not about.is_sealed(row):
        raise Http404
    return row


def _of_meeting(kind: str) -> str:
    """What an upper app seals has addresses of its own."""
    if kind not in actions.KINDS or actions.KINDS[kind].views != actions.OF_MEETINGS:
        raise Http404
    return kind


def _address(kind: str, row: Paper, view: str = "", *more: int) -> str:
    about = actions.KINDS[kind]
    named = [kind] if about.views == actions.OF_MEETINGS else []
    return reverse(about.views + view, args=[*named, getattr(row, about.by), *more])


@require_GET
def signed(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Every place to sign with what stands in it, looked at anew each time."""
    return signed_page(request, _of_meeting(kind), load_paper(request, kind, pk))


def signed_page(request: MemberRequest, kind: str, row: Paper, form: SignedForm | None = None) -> HttpResponse:
    paper = actions.paper_of(kind, row)
    copies = actions.copies_of(kind, row)
    wrong = paper.proof is not None and bool(paper.proof.wrong)
    came_back = len(copies) > 1 and not wrong
    looked = actions.looked_at(kind, row, copies[0], copies[-1]) if came_back else None
    found = {one.field: one for one in looked.found} if looked else {}
    files = [(one, _address(kind, row, "-file", one.number)) for one in copies]
    context = {
        "where": actions.KINDS[kind].where(row),
        "give": _address(kind, row, "-give"),
        "add": _address(kind, row, "-add"),
        "title": paper.document.title,
        "proof": paper.proof,
        "given": files[-1:],
        "back": files[:-1],
        "looked": looked,
        "places": [(number, who, found.get(number)) for number, who in enumerate(signers(paper.document), 1)],
        "may_keep": may(request.user, "signed.keep", row) and not wrong,
        "form": form or SignedForm(),
        "now": timezone.now(),
    }
    return render(request, "meetings/signed.html", context, status=422 if form and form.errors else 200)


@require_POST
def signed_give(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    return give_paper(request, _of_meeting(kind), pk)


def give_paper(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Makes the copy to sign, where there is none."""
    row = load_paper(request, kind, pk, "signed.keep")
    return act(request, _address(kind, row), actions.give, kind, row)


@require_POST
def signed_add(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    return add_paper(request, _of_meeting(kind), pk)


def add_paper(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """What came back; refused beside the field with the reason, and then nothing is kept."""
    row = load_paper(request, kind, pk, "signed.keep")
    form = SignedForm(request.POST, request.FILES)
    who = {"by": request.user, "at": timezone.now(), "key": press_of(request)}
    if form.is_valid() and run(form, actions.keep, kind, row, form.cleaned_data["file"], **who):
        messages.success(request, "Đã lưu bản ký số.")
        return redirect(_address(kind, row))
    return signed_page(request, kind, row, form)


@require_GET
def signed_file(request: MemberRequest, kind: str, pk: int, number: int) -> HttpResponse:
    return paper_file(_of_meeting(kind), load_paper(request, kind, pk), number)


def paper_file(kind: str, row: Paper, number: int) -> HttpResponse:
    """Always a download: somebody else's program wrote part of it. Byte for byte, or the signatures are void."""
    copy = actions.numbered(kind, row, number)
    if copy is None or actions.wrong_with(kind, copy):
        raise Http404
    name = f"{actions.paper_of(kind, row).document.name}-{f'ky-so-{number}' if number else 'de-ky'}"
    response = file_response(bytes(copy.data), name, "pdf", download=True)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
