"""The administrator's lists: bodies, people with their accounts; and one account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from members import actions
from members.access import require_administrator
from members.bodies.page import found_bodies
from members.forming import answer, run
from members.models import Organisation, User
from members.paging import page_with
from members.running.forms import AccountForm
from members.running.people import administrators, found_people

if TYPE_CHECKING:
    from django.http import HttpResponse

    from members.access import MemberRequest

PAGE = 50
LONGEST = 120  # letters of what is looked for


@require_GET
def server_bodies(request: MemberRequest) -> HttpResponse:
    """Every body of the server."""
    require_administrator(request.user)
    asked = request.GET.get("ten", "")[:LONGEST].strip()
    page = page_with(found_bodies(asked), PAGE, request.GET.get("page"))
    return render(request, "members/server_bodies.html", {"page": page, "asked": asked})


@require_GET
def server_people(request: MemberRequest) -> HttpResponse:
    """Everybody of the server, or of one body: where they are and whether they have an account."""
    require_administrator(request.user)
    asked, of = request.GET.get("ten", "")[:LONGEST].strip(), request.GET.get("noi", "")[:18]
    body = get_object_or_404(Organisation, pk=int(of)) if of.isascii() and of.isdecimal() else None
    page = page_with(found_people(asked, body.pk if body else None), PAGE, request.GET.get("page"))
    context = {"page": page, "asked": asked, "body": body, "administrators": administrators()}
    return render(request, "members/server_people.html", context)


@require_http_methods(["GET", "POST"])
def account_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """The name to sign in with, and whether it may come in at all; its owner is told."""
    require_administrator(request.user)
    account = get_object_or_404(User, pk=pk)
    form = AccountForm(request.POST or None).over(AccountForm.initial_for(account))
    by: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.edit_account, account, fields=form.cleaned_data, **by):
        messages.success(request, "Đã lưu tài khoản.")
        return redirect("member-edit", account.member_id) if account.member_id else redirect("server-people")
    return answer(request, "members/account_edit.html", form, account=account)
