"""`{% csrf_token %}` of this house: the token, and whose page it is that sends.

A builtin (TEMPLATES in chibo/settings.py): so every form says it, and what is sent after a session has ended is shown
to nobody but whoever has written it (members/sent.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
    request = getattr(context, "request", None)
    written: dict[str, SafeString] = {} if request is None else request.__dict__.setdefault("_csrf_lines", {})
    if (line := written.get(str(token))) is None:  # a page has dozens of forms, with one line for all of them
        line = written[str(token)] = _line(token, getattr(request, "user", None))
    return line


def _line(token: str, user: Any) -> SafeString:
    line = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token)
    owner = owner_of(user) if user is not None else ""
    return line + format_html('<input type="hidden" name="{}" value="{}">', PAGE_OF, owner) if owner else line
