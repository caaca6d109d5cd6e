"""The printed slip: an answer that shows the code once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
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
    from django.http import HttpRequest, HttpResponse

    from members.models import Member, User

SHOWN = (
    "Đã lập phiếu ở lần bấm trước; mã chỉ hiện một lần. Phiếu đã in vẫn dùng được; chưa in kịp thì bấm “In phiếu "
    "đăng nhập” lần nữa."
)


@dataclass(frozen=True, slots=True)
class Printed:
    """One slip as it stands on paper."""

    owner: User
    code: str = field(repr=False)
    address: str
    at: datetime
    expires_at: datetime
    waits: bool

    @property
    def member(self) -> Member | None:
        return self.owner.member

    @property
    @sensitive_variables()
    def picture(self) -> str:
        """After "#" the code stays in the browser: it is in no request, no log and no history of the server."""
        return segno.make(f"{self.address}#{self.code}", error="m").svg_data_uri(scale=4, border=2)


@sensitive_variables("code")
def printed(request: HttpRequest, owner: User, code: str, at: datetime) -> Printed:
    address = request.build_absolute_uri(reverse("slip"))
    return Printed(owner, code, address, at, at + slips.SLIP_LIFE, slips.was_used(owner))


@sensitive_variables("code", "slip", "context")
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
    slip = printed(request, owner, code, at)
    context = {"member": owner.member, "slip": slip, "back": back.headers["Location"]}
    return never_kept(render(request, "members/slip_paper.html", context))


def never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
