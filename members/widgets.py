"""Inputs that browsers draw themselves: a day, and a day with its hour."""

from __future__ import annotations

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """The browser's own calendar; it understands ISO dates only, whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"min": "1900-01-01", "max": "2100-12-31", **(attrs or {})}, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """Day and hour to the minute, in Vietnamese time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        limits = {"min": "1900-01-01T00:00", "max": "2100-12-31T23:59", "step": 60}
        super().__init__(attrs={**limits, **(attrs or {})}, format="%Y-%m-%dT%H:%M")
