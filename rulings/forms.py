"""The shape of what is typed from a document, of its last day, and of a day off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone

from members.fields import Line
from members.forming import PressForm, side_by_side
from members.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date

    from rulings.subjects import Subject

PAPER = ("document", "document_date", "starts_on")


class PaperDayField(forms.DateField):
    """A day that stands in a document, in a year that is no slip of the pen."""

    widget = DateInput

    def __init__(self, *, first: int = 1990, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.first = first

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not self.first <= value.year <= 2100:
            raise forms.ValidationError(f"Năm phải từ {self.first} đến 2100. Xin kiểm tra lại năm.")


class RulingForm(PressForm):
    """The subject's own fields, then the document: every ruling names the one that fixed it."""

    subject = forms.CharField(widget=forms.HiddenInput)
    document = Line(
        label="Số, ký hiệu văn bản đã quy định",
        max_length=120,
        error_messages={"required": "Quy định riêng phải ghi theo văn bản nào."},
    )
    document_date = PaperDayField(label="Ngày văn bản")
    starts_on = PaperDayField(label="Áp dụng từ ngày")

    def __init__(self, *args: Any, about: Subject, **kwargs: Any) -> None:
        super().__init__(*args, initial={"subject": about.key, **about.start()}, **kwargs)
        self.own = about.fields()
        self.fields |= self.own
        self.helper.layout = Layout("key", "subject", *(about.layout or self.own), side_by_side(*PAPER))

    @property
    def told(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        return {"value": {name: data[name] for name in self.own}, **{name: data[name] for name in (*PAPER, "key")}}


class EndForm(PressForm):
    ends_on = PaperDayField(label="Áp dụng đến hết ngày")


class DayOffForm(PressForm):
    day = PaperDayField(label="Ngày nghỉ", first=2018, initial=timezone.localdate)
    name = Line(label="Tên ngày nghỉ", max_length=80, help_text="Ví dụ Tết Nguyên đán, nghỉ bù Quốc khánh.")
    layout = ("key", side_by_side("day", "name"))
