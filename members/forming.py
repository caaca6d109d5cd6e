"""What every form of the house shares: its base, and an action's refusal beside the field it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.shortcuts import render

from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class HouseForm(forms.Form):
    """The page owns the `<form novalidate>`; `layout` is order and columns; `outcome` what `run` brought."""

    layout: tuple[Any, ...] = ()
    outcome: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*(self.layout or list(self.fields)))


def side_by_side(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-sm") for name in names), css_class="g-3")


def complaint(form: forms.BaseForm) -> str:
    """What is wrong with a form that has no page of its own, in one line."""
    return " ".join(
        f"{form[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    )


def focused(form: HouseForm, field: str) -> HouseForm:
    """A form that was opened on purpose (`?open=`) begins where one types first."""
    form.fields[field].widget.attrs["autofocus"] = True
    return form


def refuse(form: forms.BaseForm, refused: Refused) -> None:
    """The sentence stands beside the field that it names, or above the form."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)


def run(form: forms.BaseForm, action: Callable[..., Any], *args: Any, **kwargs: Any) -> bool:
    """Do the action; False when it refused, and the form says why. What was already done counts as done."""
    try:
        outcome = action(*args, **kwargs)
    except Refused as refused:
        refuse(form, refused)
        return False
    except AlreadyDone:
        return True
    if isinstance(form, HouseForm):
        form.outcome = outcome
    return True


def answer(request: HttpRequest, template: str, form: forms.BaseForm, **context: Any) -> HttpResponse:
    """The page with its form; 422 when what was typed came back with errors."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)
