"""What a desk did without network, one thing in each request: done, or why it could not be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from meetings.actions.outbox import bring_in
from meetings.forms.outbox import HeldForm
from meetings.views.shared import load_meeting
from members.forming import complaint
from members.press import press_of
from members.refusal import AlreadyDone, Refused
from members.sent import only_own

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_POST
def outbox(request: MemberRequest, pk: int) -> HttpResponse:
    """200 where it stands in the record now, from this press or an earlier one; 422 with a sentence where it cannot."""
    only_own(request)
    meeting = load_meeting(request, pk, "meeting.run")
    form = HeldForm(request.POST, meeting=meeting)
    if not form.is_valid():
        return JsonResponse({"sentence": complaint(form)}, status=422)
    try:
        bring_in(meeting, form.held, done_at=form.moment, by=request.user, at=timezone.now(), key=press_of(request))
    except AlreadyDone:
        pass
    except Refused as refused:
        return JsonResponse({"sentence": refused.sentence}, status=422)
    return JsonResponse({"done": True})
