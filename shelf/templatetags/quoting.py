"""`{% quote sheet row field %}`: the button that brings a passage of the shelf into a box that saves itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.urls import reverse

if TYPE_CHECKING:
    from django.template import RequestContext

register = template.Library()


@register.inclusion_tag("shelf/quote.html", takes_context=True)
def quote(context: RequestContext, sheet: str, row: Any, field: str, *, shared: bool = False) -> dict[str, Any]:
    """Inside `{% writing %}`, behind its `{% text %}`. Without script the press saves what is typed and goes on to
    the passages: it is sent as where to go next. `shared`: one button for several boxes of a form, whichever was last
    written in.
    """
    box = f"{row._meta.model_name}-{row.pk}-{field}"
    back = f"{context.request.get_full_path()}#{box}"
    return {"address": reverse("cite", args=[sheet, row.pk, field], query={"next": back}), "box": box, "shared": shared}
