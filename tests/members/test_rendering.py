"""Inputs are written by our own functions exactly as Django's templates would write them, odd values included."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from members.rendering import Renderer
from members.widgets import DateInput

ODD = '"><script>alert(1)</script>&amp;'
CHOICES = [("", "–"), ("a&b", ODD), ("Nhóm <1>", [(1, "một"), (2, "<hai>")])]
WIDGETS: list[tuple[forms.Widget, Any]] = [
    (forms.TextInput({"class": ODD, "required": True, "readonly": False, "maxlength": 5}), ODD),
    (forms.TextInput(), None),
    (forms.TextInput(), ""),
    (forms.HiddenInput(), 0),
    (forms.PasswordInput(), ODD),
    (forms.EmailInput(), "a@b"),
    (DateInput(), date(2026, 12, 3)),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput({"value": ODD}), False),
    (forms.Textarea({"rows": 2}), f"\n{ODD}\n"),
    (forms.Textarea(), None),
    (forms.Select({"id": "x"}, CHOICES), "a&b"),
    (forms.Select({}, CHOICES), 2),
    (forms.Select({}, []), None),
    (forms.RadioSelect({}, CHOICES), 1),
]


def test_a_number_is_a_line_of_figures_that_no_wheel_turns() -> None:
    ours = forms.NumberInput({"min": 1, "step": 1}).render("minutes", 7, {"id": "id_minutes"}, Renderer())
    line = '<input type="text" name="minutes" value="7" inputmode="numeric" id="id_minutes">'
    assert parse_html(ours) == parse_html(line)


@pytest.mark.parametrize(("widget", "value"), WIDGETS)
def test_an_input_is_written_as_django_writes_it(widget: forms.Widget, value: Any) -> None:
    ours = widget.render("name", value, {"id": "id_name"}, Renderer())
    django = widget.render("name", value, {"id": "id_name"}, DjangoTemplates())
    assert parse_html(ours) == parse_html(django)
    assert "<script" not in ours
