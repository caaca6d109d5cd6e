"""Pages of coming in, and of one's own account."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members import actions
from members.access import load, shut_sentence
from members.entry import door, limits, start, visits
from members.entry.actions import factor, news, recovery, sessions, slips
from members.entry.forms import CodeForm, EmailForm, OwnPassword, PasswordForm, SignInForm, SlipForm
from members.entry.views.again import password_again
from members.forming import answer, run
from members.models import SignInSlip, User
from members.press import key_of
from members.refusal import AlreadyDone, Refused
from members.sent import Sent, next_of, page_behind

if TYPE_CHECKING:
    from collections.abc import Callable

    from members.access import MemberRequest

PENDING = "pending"  # in the session of somebody whose password was right and whose second factor is asked for
PENDING_SECONDS = 600
CODES_SHOWN = (
    "Đã tạo bộ mã ở lần bấm trước; mã chỉ hiện một lần. Bộ đã in vẫn dùng được; chưa in kịp thì bấm “In mã dự phòng” "
    "để tạo bộ khác."
)


@sensitive_post_parameters("password")
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(next_of(request))
    if request.method == "GET" and start.is_to_come():
        return redirect("start")
    form, sent = SignInForm(request, request.POST or None), Sent.carried(request)
    if form.is_valid() and form.user:
        return _let_in(request, form.user, next_of(request), sent)
    told = request.method == "GET" and door.shut_here(request)
    return answer(request, "members/sign_in.html", form, next=next_of(request), told=told, sent=sent)


def session_ended(request: HttpRequest) -> HttpResponse:
    """Something was sent by somebody who is not signed in any more: the door, with what they have sent."""
    context = {"form": SignInForm(request), "next": page_behind(request), "sent": Sent.by(request)}
    return render(request, "members/sign_in.html", context, status=401)


def _let_in(request: HttpRequest, user: User, then: str, sent: Sent | None = None) -> HttpResponse:
    """The password was right: in, or on to the second factor."""
    if user.second_factor_since is None:
        return _inside(request, user, then, sent)
    request.session[PENDING] = {"user": user.pk, "at": int(time.time()), "next": then}
    if sent is None:
        return redirect("sign-in-code")
    return render(request, "members/sign_in_code.html", {"form": CodeForm(), "sent": sent})


def _inside(request: HttpRequest, user: User, then: str, sent: Sent | None) -> HttpResponse:
    """In, and on to where the person was going; what was sent before the door closed waits for one press."""
    door.enter(request, user)
    if sent is not None and not sent.is_of(user):
        messages.warning(request, "Điều gửi lúc hết phiên là của tài khoản khác nên không mở ở đây.")
        sent = None
    on = redirect(then) if sent is None else render(request, "members/sent_again.html", {"sent": sent, "next": then})
    return door.remember_device(request, on, user)


@sensitive_post_parameters("code")
@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step at the door. Whoever comes here without the first, or too late, begins anew."""
    pending: dict[str, Any] = request.session.get(PENDING) or {}
    user = door.account(pending.get("user", 0))
    if user is None or time.time() - pending["at"] > PENDING_SECONDS:
        return redirect("sign-in")
    form, sent = CodeForm(request.POST or None), Sent.carried(request)
    if form.is_valid() and run(form, _judge_code, user, form.cleaned_data["code"]):
        request.session.pop(PENDING)
        return _inside(request, user, pending["next"], sent)
    return answer(request, "members/sign_in_code.html", form, sent=sent)


def _judge_code(user: User, code: str) -> None:
    at = timezone.now()
    limits.CODE.begin(user.pk, at)
    if not factor.is_right(user, code, at):
        raise Refused(factor.WRONG, field="code")
    limits.CODE.forget(user.pk)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return door.turn_draft_key(request, redirect("sign-in"))


@sensitive_post_parameters("code", "password", "again", "recovery")
@login_not_required
@require_http_methods(["GET", "POST"])
def slip(request: HttpRequest) -> HttpResponse:
    """The owner of a slip sets a password and is signed in with it."""
    form = SlipForm(request.POST or None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("code", "password", "recovery")}
        if run(form, slips.limited_use, place=visits.place_of(request.META.get("REMOTE_ADDR", "")), **given):
            messages.success(request, "Đã đặt mật khẩu. Từ lần sau, dùng tên đăng nhập và mật khẩu này.")
            first = not recovery.left(form.outcome)
            return _let_in(request, form.outcome, f"{news.address_of_account()}#recovery" if first else "/")
    return answer(request, "members/slip.html", form)


@sensitive_post_parameters("old", "password", "again")
@require_http_methods(["GET", "POST"])
def account(request: MemberRequest) -> HttpResponse:
    """One's own address for notices and one's own password: two forms, told apart by the button."""
    user = request.user
    does = request.POST.get("do")
    email = EmailForm(user, request.POST if does == "email" else None, **_email_of(user))
    password = PasswordForm(user, request.POST if does == "password" else None)
    at = timezone.now()
    by: dict[str, Any] = {"by": user, "at": at}
    if email.is_valid():
        run(email, actions.set_email, user, email=email.cleaned_data["email"], **by)
        messages.success(request, "Đã lưu địa chỉ e-mail.")
        return redirect("account")
    if password.is_valid():
        run(password, actions.set_password, user, password=password.cleaned_data["password"], **by)
        sessions.end_sessions(user, None, but=request.session.session_key, **by)
        update_session_auth_hash(request, user)
        visits.note(request, user, at)
        messages.success(request, "Đã đổi mật khẩu. Các máy khác dùng tài khoản này đã bị đăng xuất.")
        return redirect("account")
    return account_page(request, password if does == "password" else email, email_form=email, password_form=password)


def _email_of(user: User) -> dict[str, Any]:
    """With ids of its own: another form of the page asks for the password too."""
    return {"initial": {"email": user.email}, "auto_id": "email-%s"}


def account_page(request: MemberRequest, form: Any, **forms: Any) -> HttpResponse:
    """`forms`: those that came back with errors; the others are fresh."""
    user = request.user
    shut = "" if user.is_private_open or user.private_until is None else shut_sentence(user.private_until)
    fresh: dict[str, Callable[[], Any]] = {
        "email_form": lambda: EmailForm(user, **_email_of(user)),
        "password_form": lambda: PasswordForm(user),
        "codes_form": lambda: OwnPassword(user, prefix="codes"),
        "private_form": lambda: CodeForm(prefix="private", label="Một mã dự phòng") if shut else None,
    }
    context = {
        **{name: forms.get(name) or new() for name, new in fresh.items()},
        "seats": visits.seats_of(user, request.session.session_key),
        "code_set": recovery.set_of(user),
        "leads": factor.leads(user),
        "shut": shut,
    }
    return answer(request, "members/account.html", form, **context)


@require_POST
def visit_end(request: MemberRequest, pk: int) -> HttpResponse:
    """One of one's own sessions; 0: all the others."""
    here = request.session.session_key
    ended = sessions.end_sessions(request.user, pk or None, but=here, by=request.user, at=timezone.now())
    messages.success(request, f"Đã kết thúc {ended} phiên đăng nhập." if ended else "Phiên ấy đã kết thúc rồi.")
    return redirect("account")


@sensitive_post_parameters()
@sensitive_variables("codes")
@require_POST
def recovery_codes(request: MemberRequest) -> HttpResponse:
    """The codes are this answer and nothing else: shown once, to be printed, kept as hashes."""
    form = OwnPassword(request.user, request.POST, prefix="codes")
    who = {"by": request.user, "at": timezone.now(), "key": key_of(request)}
    if form.is_valid() and run(form, recovery.make_codes, request.user, **who):
        if form.outcome:
            context = {"codes": form.outcome, "set": recovery.set_of(request.user)}
            return render(request, "members/recovery_codes.html", context)
        messages.info(request, CODES_SHOWN)
        return redirect("account")
    return account_page(request, form, codes_form=form)


@sensitive_post_parameters()
@require_POST
def private_open(request: MemberRequest) -> HttpResponse:
    form = CodeForm(request.POST, prefix="private", label="Một mã dự phòng")
    if form.is_valid() and run(form, _open, request.user, form.cleaned_data["code"]):
        messages.success(request, "Phần riêng đã mở.")
        return redirect("account")
    return account_page(request, form, private_form=form)


def _open(user: User, code: str) -> None:
    at = timezone.now()
    limits.CODE.begin(user.pk, at)
    recovery.open_private(user, code=code, by=user, at=at)
    limits.CODE.forget(user.pk)


@require_POST
def news_seen(request: MemberRequest) -> HttpResponse:
    try:
        news.see_news(request.user, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(next_of(request))


@require_POST
def slip_refuse(request: MemberRequest) -> HttpResponse:
    try:
        slips.refuse_slip(request.user, by=request.user, at=timezone.now())
        messages.success(request, "Đã huỷ phiếu. Xin báo bí thư hoặc cấp uỷ cấp trên rằng đồng chí không xin phiếu.")
    except AlreadyDone:
        messages.info(request, "Phiếu ấy không còn hiệu lực.")
    return redirect("home")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@password_again
def second_factor(request: MemberRequest) -> HttpResponse:
    """Setting it up: a secret for the phone, then the phone's code; or giving it up, with a code."""
    user, does, at = request.user, request.POST.get("do"), timezone.now()
    form = CodeForm(request.POST if does in ("confirm", "drop") else None, label="Mã đang hiện trên điện thoại")
    try:
        if does == "begin":
            factor.begin(user, by=user, at=at)
            return redirect("second-factor")
        if form.is_valid() and run(form, _change_factor, user, does, form.cleaned_data["code"]):
            said = "Đã bật xác nhận hai lớp." if does == "confirm" else "Đã tắt xác nhận hai lớp."
            messages.success(request, said)
            return redirect("account")
    except Refused as refused:
        messages.error(request, refused.sentence)
    context = {"begun": factor.begun(user), "must": factor.is_missing(user), "codes_left": recovery.left(user)}
    return answer(request, "members/second_factor.html", form, **context)


def _change_factor(user: User, does: str, code: str) -> None:
    at = timezone.now()
    limits.CODE.begin(user.pk, at)
    (factor.confirm if does == "confirm" else factor.drop)(user, code=code, by=user, at=at)
    limits.CODE.forget(user.pk)


@require_GET
def slip_list(request: MemberRequest) -> HttpResponse:
    """Slips that wait for a second person, for whoever may be one."""
    return render(request, "members/slip_list.html", {"slips": slips.to_confirm(request.user, timezone.now())})


@require_POST
def slip_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    slip = load(request, SignInSlip.objects.with_people(), "slip.confirm", pk=pk)
    try:
        slips.confirm_slip(slip, by=request.user, at=timezone.now())
        messages.success(request, "Đã xác nhận. Chủ tài khoản thấy tên đồng chí ở lần đăng nhập tới.")
    except Refused as refused:
        messages.error(request, refused.sentence)
    except AlreadyDone:
        messages.info(request, "Phiếu ấy không còn chờ xác nhận.")
    return redirect("slip-list")
