"""The shape of what is given to cells, and of what a cell says about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms

from errands.models import SAID
from meetings.forms.programme import KINDS, MONTHS, YEARS
from members.fields import Line, Lines
from members.forming import PressForm, side_by_side
from members.names import by_title
from members.widgets import DateInput

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import Organisation

WORK = "Việc phải báo lại"


class ErrandForm(PressForm):
    kind = forms.ChoiceField(
        label="Giao gì",
        choices=[("", WORK), *((value, f"Nội dung đưa vào {label.lower()}") for value, label in KINDS[:2])],
        widget=forms.RadioSelect,
        required=False,
    )
    text = Line(label="Việc, nội dung", max_length=300)
    document = Line(label="Theo văn bản", max_length=160, required=False)
    due_on = forms.DateField(label="Hạn của việc", widget=DateInput, required=False)
    year = forms.IntegerField(
        label="Nội dung của năm",
        min_value=YEARS[0],
        max_value=YEARS[-1],
        error_messages=dict.fromkeys(("min_value", "max_value"), f"Năm phải từ {YEARS[0]} đến {YEARS[-1]}."),
        required=False,
    )
    month = forms.TypedChoiceField(
        label="Tháng", choices=[("", "Tháng nào cũng được"), *MONTHS], coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, cells: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cells"] = forms.TypedMultipleChoiceField(
            label="Chi bộ nào (không chọn là mọi chi bộ trực thuộc)",
            choices=[(cell.pk, cell.name) for cell in by_title(cells)],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.helper.layout = Layout("key", "kind", "text", "document", side_by_side("due_on", "year", "month"), "cells")

    def clean(self) -> dict[str, Any]:
        """Work has a day, a topic a year and perhaps a month; the year stands in the form before anybody chooses."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") and given.get("due_on"):
            self.add_error("due_on", "Nội dung sinh hoạt thì ghi năm, tháng; không ghi hạn.")
        if given.get("kind") and given.get("year") is None and "year" not in self.errors:
            self.add_error("year", "Ghi năm của nội dung sinh hoạt.")
        if not given.get("kind") and given.get("month"):
            self.add_error("month", "Việc phải báo lại thì ghi hạn; tháng chỉ ghi cho nội dung sinh hoạt.")
        return given if given.get("kind") else {**given, "year": None}


class ReportForm(PressForm):
    state = forms.ChoiceField(
        label="Tình trạng", choices=[(one.value, one.label) for one in SAID], widget=forms.RadioSelect
    )
    words = Lines(label="Kết quả, minh chứng; hoặc lý do", rows=2, max_length=600, required=False)
