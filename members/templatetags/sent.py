"""`{% what_was_sent %}`: on a page that says no, what somebody has written and the server has not taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from members.sent import Sent, from_our_page

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()


@register.inclusion_tag("ui/what_was_sent.html", takes_context=True)
def what_was_sent(context: RequestContext, *, again: bool = False) -> dict[str, Any]:
    """`again`: with a button that sends it once more. Only where a page of ours has sent it: nobody else fills it."""
    request = context.get("request")
    if request is None:
        return {}
    sent = Sent.by(request)
    if sent is None or not sent.is_of(request.user):
        return {}
    repeat = again and from_our_page(request)
    return {"sent": sent, "again": repeat, "csrf_token": context.get("csrf_token")}
