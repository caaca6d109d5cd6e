"""The posts of a cell: who holds them, giving one, ending one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members import roster
from members.access import load_body, load_kept
from members.forming import answer, run
from members.models import OrganisationKind, Tenure
from members.policy import may
from members.posts import actions, giving
from members.posts.forms import EndPostForm, GivePostForm

if TYPE_CHECKING:
    from members.access import MemberRequest


@require_http_methods(["GET", "POST"])
def post_list(request: MemberRequest, cell: int) -> HttpResponse:
    """Who holds which post, and the form of a new one for whoever gives them here."""
    organisation = load_body(request, "post.give", cell)
    if organisation.kind != OrganisationKind.CELL:
        return redirect("follower-list", cell)
    today = timezone.localdate()
    form = GivePostForm(request.POST or None, people=roster.people_today(organisation))
    by: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.give_post, organisation, **form.cleaned_data, **by):
        messages.success(request, "Đã ghi chức vụ.")
        return redirect("post-list", cell)
    context = {
        "cell": organisation,
        "posts": giving.held(organisation),
        "earlier": giving.over(organisation),
        "leaderless": giving.who_leads(organisation, today),
        "gives": giving.gives_here(request.user, organisation),
        "may_hand_over": may(request.user, "handover.see", organisation),
        "why_not": giving.ABOVE_GIVES,
    }
    return answer(request, "members/post_list.html", form, **context)


@require_http_methods(["GET", "POST"])
def post_end(request: MemberRequest, pk: int) -> HttpResponse:
    post = load_kept(request, Tenure.objects.posts().with_organisation(), "post.give", pk=pk)
    form = EndPostForm(request.POST or None)
    by: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    if form.is_valid() and run(form, actions.end_post, post, **form.cleaned_data, **by):
        messages.success(request, "Đã ghi ngày thôi giữ chức vụ.")
        own = post.member_id == request.user.member_id  # whoever has left may not see the page any more
        return redirect("home") if own else redirect("post-list", post.organisation_id)
    return answer(request, "members/post_end.html", form, post=post)
