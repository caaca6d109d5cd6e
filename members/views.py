"""Pages about accounts and members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import segno
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members import actions, roster
from members.access import load, load_organisation
from members.edits import undisturbed
from members.forming import answer, run
from members.forms import (
    ChangedStandingForm,
    EmailForm,
    NewMemberForm,
    PasswordForm,
    PersonForm,
    SignInForm,
    SlipForm,
    UserNameForm,
)
from members.models import STANDINGS, Member, TenureKind
from members.paging import page_with
from members.policy import may
from members.refusal import Refused
from members.sent import Sent, next_of, page_behind
from members.who_may_know import answers

if TYPE_CHECKING:
    from members.access import MemberRequest

BACKEND = "members.accounts.Backend"

PAGE = 50  # members on one page of the list


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    going_to = next_of(request)
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(going_to)
    form, sent = SignInForm(request, request.POST or None), Sent.carried(request)
    if form.is_valid() and form.user:
        login(request, form.user)
        if sent is not None:
            return render(request, "members/sent_again.html", {"sent": sent, "next": going_to})
        return redirect(going_to)
    return answer(request, "members/sign_in.html", form, next=going_to, sent=sent)


def session_ended(request: HttpRequest) -> HttpResponse:
    """Something was sent by somebody who is not signed in any more: the door, with what they have sent."""
    context = {"form": SignInForm(request), "next": page_behind(request), "sent": Sent.by(request)}
    return render(request, "members/sign_in.html", context, status=401)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("sign-in")


@sensitive_post_parameters("code", "password", "again")
@login_not_required
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest) -> HttpResponse:
    """The owner of a slip sets a password and is signed in with it."""
    form = SlipForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        if run(form, actions.use_slip, code=given["code"], password=given["password"], at=timezone.now()):
            login(request, form.outcome, backend=BACKEND)
            messages.success(request, "Đã đặt mật khẩu. Từ lần sau, dùng tên đăng nhập và mật khẩu này.")
            return redirect("home")
    return answer(request, "members/slip.html", form)


@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "POST"])
def account(request: MemberRequest) -> HttpResponse:
    """One's own address for notices and one's own password: two forms, told apart by the button."""
    user = request.user
    does = request.POST.get("do")
    email = EmailForm(request.POST if does == "email" else None, initial={"email": user.email})
    password = PasswordForm(user, request.POST if does == "password" else None)
    if email.is_valid():
        run(email, actions.set_email, user, email=email.cleaned_data["email"], by=user)
        messages.success(request, "Đã lưu địa chỉ e-mail.")
        return redirect("account")
    if password.is_valid():
        run(
            password,
            actions.set_password,
            user,
            password=password.cleaned_data["password"],
            by=user,
            at=timezone.now(),
        )
        update_session_auth_hash(request, user)
        messages.success(request, "Đã đổi mật khẩu. Các máy khác dùng tài khoản này đã bị đăng xuất.")
        return redirect("account")
    shown = password if does == "password" else email
    return answer(request, "members/account.html", shown, email_form=email, password_form=password)


@require_GET
def who_may_know(request: MemberRequest) -> HttpResponse:
    """What is decided by anyway, printed for everybody who signs in."""
    return render(request, "members/who_may_know.html", {"answers": answers()})


@require_GET
def member_list(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_organisation(request, "member.see", cell)
    today = timezone.localdate()
    entries = roster.on_day(organisation, today)
    manages = may(request.user, "member.manage", organisation)
    context = {
        "cell": organisation,
        "total": len(entries),
        "page": page_with(entries, PAGE, request.GET.get("page")),
        "tally": roster.tally(entries),
        "manages": manages,
        "former": roster.former(organisation, today) if manages else [],
    }
    return render(request, "members/member_list.html", context)


@require_http_methods(["GET", "POST"])
def member_add(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_organisation(request, "member.manage", cell)
    form = NewMemberForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        standing = {"standing": given["kind"], "starts_on": given["starts_on"]}
        by = {"by": request.user, "at": timezone.now()}
        if run(form, actions.add_member, organisation, person=form.person, **standing, **by):
            messages.success(request, f"Đã thêm đồng chí {form.outcome} vào danh sách.")
            return redirect("member-edit", form.outcome.pk)
    return answer(request, "members/member_add.html", form, cell=organisation)


def _member_page(request: MemberRequest, member: Member, **typed: Any) -> HttpResponse:
    """Everything about one member; `typed` holds the form that came back with errors, under its name."""
    today = timezone.localdate()
    held = list(member.tenures.with_organisation())
    now = [tenure for tenure in held if tenure.covers(today) and tenure.organisation_id == member.organisation_id]
    fresh = {
        "form": PersonForm(shares_name=bool(member.apart)).over(PersonForm.initial_for(member)),
        "standing_form": ChangedStandingForm(),
        "account_form": UserNameForm(member=member),
    }
    context = {
        "member": member,
        "tenures": held,
        "standing": next((tenure for tenure in now if tenure.kind in STANDINGS), None),
        "posts": [tenure for tenure in now if tenure.kind not in STANDINGS],
        "account": getattr(member, "account", None),
        "left": TenureKind.LEFT.label,
        "may_issue_slip": may(request.user, "slip.issue", member),
        **fresh,
        **typed,
    }
    return render(request, "members/edit.html", context, status=422 if typed else 200)


def _load_member(request: MemberRequest, pk: int, action: str = "member.manage") -> Member:
    return load(request, Member.objects.with_organisation(), action, pk=pk)


@require_http_methods(["GET", "POST"])
def member_edit(request: MemberRequest, pk: int) -> HttpResponse:
    member = _load_member(request, pk)
    if request.method == "GET":
        return _member_page(request, member)
    by = {"by": request.user, "at": timezone.now()}
    with undisturbed(request, member):
        form = PersonForm(request.POST, shares_name=bool(member.apart)).over(PersonForm.initial_for(member))
        if form.is_valid() and run(form, actions.edit_member, member, person=form.person, **by):
            messages.success(request, f"Đã lưu hồ sơ đồng chí {member}.")
            return redirect("member-edit", member.pk)
    return _member_page(request, member, form=form)


@require_POST
def member_standing(request: MemberRequest, pk: int) -> HttpResponse:
    member = _load_member(request, pk)
    form = ChangedStandingForm(request.POST)
    by = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.set_standing, member, member.organisation, **form.cleaned_data, **by):
        messages.success(request, f"Đã ghi tư cách mới của đồng chí {member}.")
        return redirect("member-edit", member.pk)
    return _member_page(request, member, standing_form=form)


@require_POST
def member_account(request: MemberRequest, pk: int) -> HttpResponse:
    member = _load_member(request, pk)
    form = UserNameForm(request.POST, member=member)
    by = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.open_account, member, **form.cleaned_data, **by):
        messages.success(request, "Đã mở tài khoản. Bước tiếp theo: in phiếu đăng nhập và trao tận tay.")
        return redirect("member-edit", member.pk)
    return _member_page(request, member, account_form=form)


@sensitive_variables("code", "address")
@require_POST
def slip_issue(request: MemberRequest, pk: int) -> HttpResponse:
    """The slip is this answer and nothing else: the code is shown once and kept nowhere."""
    member = _load_member(request, pk, "slip.issue")
    owner = getattr(member, "account", None)
    if owner is None:
        messages.error(request, "Đồng chí này chưa có tài khoản. Hãy mở tài khoản trước.")
        return redirect("member-edit", member.pk)
    at = timezone.now()
    try:
        code = actions.issue_slip(owner, by=request.user, at=at)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("member-edit", member.pk)
    # After "#" the code stays in the browser: it is in no request, no log and no history of the server.
    address = request.build_absolute_uri(reverse("slip"))
    picture = segno.make(f"{address}#{code}", error="m").svg_data_uri(scale=4, border=2)
    context = {"member": member, "owner": owner, "code": code, "address": address, "picture": picture}
    response = render(request, "members/slip_paper.html", {**context, "expires_at": at + actions.SLIP_LIFE})
    response["Cache-Control"] = "no-store"
    return response
