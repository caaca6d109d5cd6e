"""`{% writing sheet row %} {% text row name label %} … {% endwriting %}`: texts that save themselves, on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.middleware.csrf import get_token
from django.template.loader import get_template

from members.saving.sheet import SHEETS

if TYPE_CHECKING:
    from django.template import RequestContext

    from members.access import MemberRequest

register = template.Library()


@register.simple_block_tag(takes_context=True)
def writing(
    context: RequestContext,
    content: str,
    sheet: str,
    row: Any,
    *,
    rev: int | None = None,
    anchor: str = "",
    foot: bool = True,
) -> str:
    """`rev`: where the page knows it. `anchor`: where to come back to without script. `foot=False`: own buttons."""
    request: MemberRequest = context.request  # type: ignore[assignment]
    known = SHEETS[sheet]
    shown = {
        "sheet": sheet,
        "row": row.pk,
        "rev": known.rev(known.kept_in(row, request.user)) if rev is None else rev,
        "next": f"{request.get_full_path()}{anchor and '#'}{anchor}",
        "csrf_token": get_token(request),
        "content": content,
        "foot": foot,
    }
    return get_template("ui/writing.html").render(shown)


@register.inclusion_tag("ui/text.html")
def text(
    row: Any,
    name: str,
    label: str,
    *,
    value: str | None = None,
    rows: int = 2,
    hint: str = "",
    focus: int | None = None,
) -> dict[str, Any]:
    """One box, with what stands in that column unless `value` says otherwise; `focus`: the row to type in, by key."""
    return {
        "id": f"{row._meta.model_name}-{row.pk}-{name}",
        "name": name,
        "label": label,
        "text": getattr(row, name) if value is None else value,
        "rows": rows,
        "hint": hint,
        "focus": focus is not None and focus == row.pk,
    }
