"""The shape of work that is given to cells, and of what a cell says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms

from errands.models import SAID
from members.fields import Line, Lines
from members.forming import PressForm, side_by_side
from members.names import title_key
from members.widgets import DateInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Organisation


class ErrandForm(PressForm):
    text = Line(label="Việc giao", max_length=300)
    document = Line(label="Theo văn bản", max_length=160, required=False)
    due_on = forms.DateField(label="Hạn", widget=DateInput, required=False)

    def __init__(self, *args: Any, cells: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = sorted(cells, key=lambda cell: title_key(cell.name))
        self.fields["cells"] = forms.TypedMultipleChoiceField(
            label="Chi bộ nào (không chọn là mọi chi bộ trực thuộc)",
            choices=[(cell.pk, cell.name) for cell in named],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.helper.layout = Layout("key", "text", side_by_side("document", "due_on"), "cells")


class ReportForm(PressForm):
    state = forms.ChoiceField(
        label="Tình trạng", choices=[(one.value, one.label) for one in SAID], widget=forms.RadioSelect
    )
    words = Lines(label="Kết quả, minh chứng; hoặc lý do", rows=2, max_length=600, required=False)
