"""The notice about personal data with its ticks, and taking back what was agreed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from meetings.views.shared import act
from members.forming import run
from privacy.actions import consent as actions
from privacy.consent import standing
from privacy.data_notice import current
from privacy.fixed import basis_of
from privacy.forms import ConsentForm, PurposeForm
from privacy.models import OPTIONAL, Purpose
from privacy.views.my_data import myself

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_http_methods(["GET", "POST"])
def data_notice(request: MemberRequest) -> HttpResponse:
    """The notice, and a tick for each thing that is not agreed to yet."""
    me = myself(request)
    held = standing(me)
    read = held.get(Purpose.READ) == current().version
    asked = [*([] if read else [Purpose.READ]), *(one for one in OPTIONAL if one not in held)]
    form = ConsentForm(request.POST or None, asked=asked)
    who = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.agree, form.ticked, key=form.cleaned_data["key"], **who):
        messages.success(request, "Đã ghi lựa chọn của đồng chí.")
        return redirect("data-notice")
    given = {Purpose(row.purpose): row.said_at for row in me.consents.all()}
    context = {
        "notice": current(),
        "basis": basis_of(me.organisation, timezone.localdate()),
        "form": form,
        "asked": asked,
        "read_at": given.get(Purpose.READ) if read else None,
        "held": [(one, given[one]) for one in OPTIONAL if one in held],
    }
    return render(request, "privacy/data_notice.html", context, status=422 if form.errors else 200)


@require_POST
def consent_take_back(request: MemberRequest) -> HttpResponse:
    myself(request)
    form = PurposeForm(request.POST)
    return act(request, "data-notice", actions.take_back, form=form, said="Đã rút lại sự đồng ý.")
