"""Text as people type it: one Unicode form, no control characters, no mark of a state secret."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms

from members.secrecy import mark_in, sentence_about


def clean_text(value: str, *, lines: bool) -> str:
    """NFC, without control and direction characters; line breaks stay only where a text may have lines."""
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    kept = (c if unicodedata.category(c) not in ("Cc", "Cf") or (lines and c in "\n\t") else " " for c in value)
    text = "".join(kept)
    return text.strip() if lines else " ".join(text.split())


def unmarked(text: str) -> str:
    """The text, unless it carries the mark of a state secret; also where that is a line of its own."""
    if mark := mark_in(text):
        raise forms.ValidationError(sentence_about(mark), code="marked")
    return text


class Line(forms.CharField):
    """One line of text, trimmed, inner spaces single."""

    def to_python(self, value: Any) -> str:
        return clean_text(unmarked(super().to_python(value) or ""), lines=False)


class Lines(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(unmarked(super().to_python(value) or ""), lines=True)
