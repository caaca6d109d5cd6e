"""The shape of what a committee has fixed, as it is typed in from its document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from guideline import rulebook as guidelines
from guideline.local import LOCAL_KEYS
from meetings.forms.base import side_by_side
from members.fields import Line, Lines
from members.forming import HouseForm
from members.widgets import DateInput

if TYPE_CHECKING:
    from datetime import date


class PaperDayField(forms.DateField):
    widget = DateInput

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and not 1990 <= value.year <= 2100:
            raise forms.ValidationError("Năm phải từ 1990 đến 2100. Xin kiểm tra lại năm.")


class PaperForm(HouseForm):
    """Every local rule names the document that fixed it."""

    document = Line(
        label="Số, ký hiệu văn bản đã quy định",
        max_length=120,
        error_messages={"required": "Quy định riêng phải ghi theo văn bản nào."},
    )
    document_date = PaperDayField(label="Ngày văn bản")
    starts_on = PaperDayField(label="Áp dụng từ ngày")


class FigureForm(PaperForm):
    key = forms.ChoiceField(label="Quy định về", choices=[(key.value, words) for key, words in LOCAL_KEYS.items()])
    figure = forms.IntegerField(label="Mức", min_value=0, max_value=1000)
    members_from = forms.IntegerField(
        label="Chỉ với chi bộ từ (đảng viên)", min_value=0, max_value=1000, required=False
    )
    members_to = forms.IntegerField(label="đến (đảng viên)", min_value=0, max_value=1000, required=False)
    layout = (
        side_by_side("key", "figure"),
        side_by_side("members_from", "members_to"),
        side_by_side("document", "document_date", "starts_on"),
    )


class BreakdownForm(PaperForm):
    rulebook = forms.ChoiceField(
        label="Theo hướng dẫn", choices=[(one.key, one.document) for one in reversed(guidelines.RULEBOOKS)]
    )
    breakdown = Lines(label="Biểu điểm: mỗi dòng “mã | nội dung | điểm”", rows=16, max_length=20_000)
    layout = (
        side_by_side("rulebook", "document"),
        side_by_side("document_date", "starts_on"),
        "breakdown",
    )


class EndForm(HouseForm):
    ends_on = PaperDayField(label="Áp dụng đến hết ngày")
