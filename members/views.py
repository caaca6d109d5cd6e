"""Pages about accounts and members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from members import actions, roster
from members.access import is_administrator, load_body, load_kept, load_organisation
from members.edits import undisturbed
from members.entry.forms import PhoneForm
from members.entry.views.slip_paper import slip_paper
from members.forming import answer, run
from members.forms import (
    ChangedStandingForm,
    NewMemberForm,
    PersonForm,
    UserNameForm,
)
from members.importing.actions import undoable
from members.models import STANDINGS, Member, TenureKind
from members.paging import page_with
from members.policy import may
from members.transfers.actions import arrival
from members.who_may_know import answers

if TYPE_CHECKING:
    from members.access import MemberRequest

PAGE = 50  # members on one page of the list


@require_GET
def who_may_know(request: MemberRequest) -> HttpResponse:
    """What is decided by anyway, printed for everybody who signs in."""
    return render(request, "members/who_may_know.html", {"answers": answers()})


@require_GET
def member_list(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_organisation(request, "member.see", cell)
    today = timezone.localdate()
    entries, asked = roster.on_day(organisation, today), request.GET.get("dong-chi", "")[:18]
    manages = may(request.user, "member.manage", organisation)
    context = {
        "cell": organisation,
        "total": len(entries),
        "page": page_with(entries, PAGE, request.GET.get("page"), pk=int(asked) if asked.isdecimal() else 0),
        "tally": roster.tally(entries),
        "manages": manages,
        "without_account": roster.without_account(organisation, entries) if manages else 0,
        "imports": undoable(organisation, timezone.now()) if manages else [],
        "former": roster.former(organisation, today) if manages else [],
    }
    return render(request, "members/member_list.html", context)


@require_http_methods(["GET", "POST"])
def member_add(request: MemberRequest, cell: int) -> HttpResponse:
    organisation = load_body(request, "member.manage", cell)
    form = NewMemberForm(request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        given = form.cleaned_data
        standing = {"standing": given["kind"], "starts_on": given["starts_on"]}
        by = {"by": request.user, "at": timezone.now()}
        if run(form, actions.add_member, organisation, person=form.person, **standing, **by):
            messages.success(request, f"Đã thêm đồng chí {form.outcome} vào danh sách.")
            if "again" not in request.POST:
                return redirect("member-edit", form.outcome.pk)
            same = urlencode({"kind": given["kind"], "starts_on": f"{given['starts_on']:%d/%m/%Y}"})
            return redirect(f"{reverse('member-add', args=[organisation.pk])}?{same}")
    return answer(request, "members/member_add.html", form, cell=organisation)


def _member_page(request: MemberRequest, member: Member, **typed: Any) -> HttpResponse:
    """Everything about one member; `typed` holds the form that came back with errors, under its name."""
    today = timezone.localdate()
    held = list(member.tenures.with_organisation())
    now = [tenure for tenure in held if tenure.covers(today) and tenure.organisation_id == member.organisation_id]
    came = arrival(member, held)
    fresh = {
        "form": PersonForm(shares_name=bool(member.apart)).over(PersonForm.initial_for(member)),
        "standing_form": ChangedStandingForm(initial=came),
        "account_form": UserNameForm(member=member),
    }
    context = {
        "member": member,
        "tenures": held,
        "came_from": came.get("from"),
        "standing": next((tenure for tenure in now if tenure.kind in STANDINGS), None),
        "posts": [tenure for tenure in now if tenure.kind not in STANDINGS],
        "account": getattr(member, "account", None),
        "left": TenureKind.LEFT.label,
        "may_issue_slip": is_administrator(request) or may(request.user, "slip.issue", member),
        "phone_form": PhoneForm(),
        **fresh,
        **typed,
    }
    return render(request, "members/edit.html", context, status=422 if typed else 200)


def _load_member(request: MemberRequest, pk: int, action: str = "member.manage") -> Member:
    found: Member = load_kept(request, Member.objects.with_organisation(), action, pk=pk)
    return found


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


@require_POST
def slip_issue(request: MemberRequest, pk: int) -> HttpResponse:
    member = _load_member(request, pk, "slip.issue")
    owner = getattr(member, "account", None)
    back = redirect("member-edit", member.pk)
    if owner is None:
        messages.error(request, "Đồng chí này chưa có tài khoản. Hãy mở tài khoản trước.")
        return back
    return slip_paper(request, owner, back=back)
