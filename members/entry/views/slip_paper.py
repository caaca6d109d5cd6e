"""The printed slip: an answer that shows the code once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from members.entry.actions import slips
from members.press import key_of
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.models import User

SHOWN = (
    "Đã lập phiếu ở lần bấm trước; mã chỉ hiện một lần. Phiếu đã in vẫn dùng được; chưa in kịp thì bấm “In phiếu "
    "đăng nhập” lần nữa."
)


@sensitive_variables("code", "address", "picture", "context")
def slip_paper(request: Any, owner: User, *, back: HttpResponse) -> HttpResponse:
    """The slip is this answer and nothing else: the code is shown once and kept nowhere."""
    at = timezone.now()
    try:
        drops, key = "drops_factor" in request.POST, key_of(request)
        code = slips.issue_slip(owner, by=request.user, at=at, drops_factor=drops, key=key)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return back
    except AlreadyDone:
        messages.info(request, SHOWN)
        return back
    # After "#" the code stays in the browser: it is in no request, no log and no history of the server.
    address = request.build_absolute_uri(reverse("slip"))
    picture = segno.make(f"{address}#{code}", error="m").svg_data_uri(scale=4, border=2)
    context = {
        "member": owner.member,
        "owner": owner,
        "code": code,
        "address": address,
        "picture": picture,
        "at": at,
        "expires_at": at + slips.SLIP_LIFE,
        "waits": slips.was_used(owner),
        "back": back.headers["Location"],
    }
    response = render(request, "members/slip_paper.html", context)
    response["Cache-Control"] = "no-store"
    return response
