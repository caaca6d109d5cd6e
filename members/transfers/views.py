"""The page on which a member goes to another cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members.access import load
from members.forming import answer, run
from members.models import Member
from members.transfers import actions
from members.transfers.forms import TransferForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.access import MemberRequest


@require_http_methods(["GET", "POST"])
def member_transfer(request: MemberRequest, pk: int) -> HttpResponse:
    """Afterwards the file is with the other cell: whoever did it is led to the list of their own."""
    member = load(request, Member.objects.with_organisation(), "member.manage", pk=pk)
    cell, form = member.organisation, TransferForm(request.POST or None)
    if form.is_valid() and run(
        form, actions.transfer_member, member, **form.cleaned_data, by=request.user, at=timezone.now()
    ):
        if form.outcome is not None:
            said = f"Đã chuyển hồ sơ đồng chí {member} sang {form.outcome}; chờ chi bộ ấy tiếp nhận."
            messages.success(request, said)
        if member.pk == request.user.member_id:
            return redirect("home")
        return redirect("member-list", cell.pk)
    return answer(request, "members/member_transfer.html", form, member=member, cell=cell)
