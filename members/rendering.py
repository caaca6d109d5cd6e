"""How inputs are written: a line of HTML each, by functions; a page has dozens, and Django's templates cost more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINES = ("text", "hidden", "password", "email", "date", "datetime", "time", "checkbox")


class Renderer(DjangoTemplates):
    """Django's own, except for what is written below."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = _WRITERS.get(template_name)
        return write(context["widget"]) if write else super().render(template_name, context, request)


def _marks(attrs: Mapping[str, Any]) -> SafeString:
    """Attributes as Django writes them: True is the bare name, False is nothing."""
    return SafeString("".join([_mark(name, value) for name, value in attrs.items() if value is not False]))


def _mark(name: str, value: Any) -> str:
    """By itself instead of by format_html(): an input has six of them."""
    escape = conditional_escape
    return f" {escape(name)}" if value is True else f' {escape(name)}="{escape(str(value))}"'


def _number(widget: Mapping[str, Any]) -> SafeString:
    """Figures on a line of text: a wheel of the mouse or an arrow key turns no figure that stands."""
    attrs = {name: value for name, value in widget["attrs"].items() if name not in {"min", "max", "step"}}
    return _line({**widget, "type": "text", "attrs": {"inputmode": "numeric", **attrs}})


def _line(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _marks(widget["attrs"])
    )


def _area(widget: Mapping[str, Any]) -> SafeString:
    marks = _marks(widget["attrs"])
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], marks, widget["value"] or "")


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = format_html_join("", "{}", ((_group(name, options),) for name, options, _ in widget["optgroups"]))
    return format_html('<select name="{}"{}>{}</select>', widget["name"], _marks(widget["attrs"]), groups)


def _group(name: str | None, options: list[Mapping[str, Any]]) -> SafeString:
    lines = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((str(option["value"]), _marks(option["attrs"]), option["label"]) for option in options),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, lines) if name else lines


_WRITERS = {
    **{f"django/forms/widgets/{kind}.html": _line for kind in _LINES},
    "django/forms/widgets/number.html": _number,
    "django/forms/widgets/textarea.html": _area,
    "django/forms/widgets/select.html": _select,
}
