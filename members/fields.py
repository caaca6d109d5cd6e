"""Fields of text as people type it: cleaned, and without the mark of a state secret."""

from __future__ import annotations

from typing import Any

from django import forms

from members.secrecy import mark_in, sentence_about
from members.text import clean_text
from members.widgets import GrowingInput


def unmarked(text: str) -> str:
    """The text, unless it carries the mark of a state secret; also where that is a line of its own."""
    if mark := mark_in(text):
        raise forms.ValidationError(sentence_about(mark), code="marked")
    return text


class Line(forms.CharField):
    """One line of text, trimmed, inner spaces single."""

    def to_python(self, value: Any) -> str:
        return clean_text(unmarked(super().to_python(value) or ""), lines=False)


class LongLine(Line):
    """One line that may be longer than its field: all of it is in sight."""

    widget = GrowingInput


class CountField(forms.IntegerField):
    """How many: a line of figures, which no wheel of a mouse turns."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4})

    def __init__(self, *, least: int = 0, most: int = 2000, **kwargs: Any) -> None:
        sentence = f"Ghi một số từ {least} đến {most}."
        super().__init__(min_value=least, max_value=most, **kwargs)
        self.error_messages["invalid"] = sentence
        for validator in self.validators:
            validator.message = sentence  # type: ignore[attr-defined]


class Lines(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(unmarked(super().to_python(value) or ""), lines=True)
