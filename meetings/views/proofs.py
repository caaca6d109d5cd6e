"""The draft minutes on the phones: asking to correct one's own words, and answering that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from meetings.actions import proofs
from meetings.forms import CorrectionAnswerForm, CorrectionForm
from meetings.models import Correction, Meeting, Remark
from meetings.views.minutes import as_typed
from members.access import load
from members.forming import run

if TYPE_CHECKING:
    from members.access import MemberRequest


def _back(pk: int) -> HttpResponse:
    return redirect(reverse("minutes", args=[pk], fragment="corrections"))


def _meeting(row: Remark | Correction) -> Meeting:
    return Meeting.objects.with_people().get(pk=row.meeting_id)


@require_POST
def correction_add(request: MemberRequest, pk: int) -> HttpResponse:
    remark = load(request, Remark.objects.with_meeting(), "minutes.propose", pk=pk)
    form = CorrectionForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, proofs.propose_correction, remark, **who, **form.cleaned_data):
        return _back(remark.meeting_id)
    return as_typed(request, _meeting(remark), form, correction_form=form, about=remark.pk)


@require_POST
def correction_answer(request: MemberRequest, pk: int) -> HttpResponse:
    row = load(request, Correction.objects.with_meeting(), "meeting.run", pk=pk)
    form = CorrectionAnswerForm(request.POST)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, proofs.answer_correction, row, **who, **form.cleaned_data):
        return _back(row.meeting_id)
    return as_typed(request, _meeting(row), form, answer_form=form, about=row.pk)
