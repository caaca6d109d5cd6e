"""`{% csrf_token %}` of this house: the token, and whose page it is that sends.

A builtin (TEMPLATES in chibo/settings.py): so every form says it, and what is sent after a session has ended is shown
to nobody but whoever has written it (members/sent.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html

from members.sent import PAGE_OF, owner_of

if TYPE_CHECKING:
    from django.template import Context
    from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString | str:
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 (what Django says where there is none)
        return ""
    line = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    request = getattr(context, "request", None)
    owner = owner_of(request.user) if request is not None and hasattr(request, "user") else ""
    return line + format_html('<input type="hidden" name="{}" value="{}">', PAGE_OF, owner) if owner else line
