"""What every form of the house shares: its base, and an action's refusal beside the field it names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.shortcuts import render

from members.edits import Edits
from members.press import Press
from members.refusal import AlreadyDone, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


EMPTY = "Đồng chí chưa điền mục này."
_DJANGO_SAYS = forms.Field.default_error_messages["required"]
_NO_DAY = {
    forms.DateField: "Không đọc được ngày này. Hãy ghi như 19/05/1980.",
    forms.DateTimeField: "Không đọc được ngày giờ này. Hãy ghi như 03/12/2026 19:00.",
}


class HouseForm(Edits, forms.Form):
    """The page owns the `<form novalidate>`; `layout` is order and columns; `outcome` what `run` brought."""

    layout: tuple[Any, ...] = ()
    outcome: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False  # no widget of the house brings any
        self.helper.layout = Layout(*(self.layout or list(self.fields)))

    def full_clean(self) -> None:
        """One sentence for an empty field, unless the field has its own."""
        for field in self.fields.values():
            if field.error_messages.get("required") is _DJANGO_SAYS:
                field.error_messages["required"] = EMPTY
            for kind, sentence in _NO_DAY.items():
                usual = kind.default_error_messages["invalid"]
                if isinstance(field, kind) and field.error_messages["invalid"] is usual:
                    field.error_messages["invalid"] = sentence
        super().full_clean()


FORGED = "Trang này đã cũ nên chưa gửi được. Chữ đồng chí đã nhập vẫn còn đây: xin gửi lại một lần nữa."


class PressForm(HouseForm):
    """With a key of its own: the same click twice has one effect."""

    key = forms.CharField(required=False, widget=forms.HiddenInput, initial=uuid4)

    def clean_key(self) -> Press | None:
        """What is no key is said above the form, which goes out again with a fresh one."""
        given = self.cleaned_data["key"]
        try:
            return Press.of(UUID(given), self.data, self.files) if given else None
        except ValueError:
            self.add_error(None, FORGED)
            sent: Any = self.data
            self.data = again = sent.copy()
            again[self.add_prefix("key")] = str(uuid4())
            return None


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
