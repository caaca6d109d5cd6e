"""Text as people type it: one Unicode form, no control characters, and a sentence for whoever pastes them."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms


def clean_text(value: str, *, lines: bool) -> str:
    """NFC, without control and direction characters; line breaks stay only where a text may have lines."""
    value = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    kept = (c if unicodedata.category(c) not in ("Cc", "Cf") or (lines and c in "\n\t") else " " for c in value)
    text = "".join(kept)
    return text.strip() if lines else " ".join(text.split())


class Line(forms.CharField):
    """One line of text, trimmed, inner spaces single."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "", lines=False)


class Lines(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "", lines=True)
