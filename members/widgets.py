"""Days, and days with their hour, as everybody here writes them: day first, whatever language the browser speaks.

static/days.js says the chosen day in words and brings the browser's calendar; without it one types.
"""

from __future__ import annotations

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """19/05/1980."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        written = {"data-day": "", "inputmode": "numeric", "maxlength": 10, "placeholder": "ngày/tháng/năm"}
        super().__init__(attrs={**written, **(attrs or {})}, format="%d/%m/%Y")


class GrowingInput(forms.Textarea):
    """One line of text in a field that becomes as high as its words (static/chibo.css).

    A browser that cannot do that is told how many rows they take. A new line without script is cleaned to a space by
    the field; with it the key sends the form (static/chibo.js).
    """

    A_ROW = 30  # letters, in a narrow column

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        rows = max(1, -(-len(value or "") // self.A_ROW))
        return super().get_context(name, value, {"data-grows": "", "rows": rows, "cols": False, **(attrs or {})})


class DateTimeInput(forms.DateTimeInput):
    """03/12/2026 19:00, in Vietnamese time."""

    input_type = "text"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        written = {"data-day": "time", "maxlength": 30, "placeholder": "ngày/tháng/năm giờ:phút"}
        super().__init__(attrs={**written, **(attrs or {})}, format="%d/%m/%Y %H:%M")
