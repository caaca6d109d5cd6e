"""Where somebody goes, and from which day."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div
from django import forms

from members.forming import HouseForm
from members.forms import DayField, NameField


class TransferForm(HouseForm):
    """Whether the cell may be left without anybody who leads it is asked only where it would be."""

    to = NameField(label="Chi bộ nhận", max_length=240, help_text="Ghi đúng tên, ví dụ Chi bộ Tổ dân phố 3.")
    starts_on = DayField(label="Sinh hoạt ở chi bộ nhận từ ngày", help_text="Theo giấy giới thiệu, quyết định.")
    knowing = forms.BooleanField(label="Tôi biết và vẫn ghi như vậy", required=False)
    layout: tuple[Any, ...] = (Div("to", "starts_on", css_class="form-row"),)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if field == "knowing":
            self.helper.layout.append("knowing")
