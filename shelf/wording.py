"""How a source is said in Vietnamese, and which words name none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meetings.wording import short_day
from members.names import folded

if TYPE_CHECKING:
    from shelf.models import Entry, Quotation

#: What stands where a source should stand and says nothing; the whole field, folded.
NO_SOURCE = {
    "suu tam", "st", "khuyet danh", "khong ro", "khong ro nguon", "chua ro", "khong co", "internet", "tren mang",
    "mang", "mang xa hoi", "google", "facebook", "zalo", "tu lieu", "tong hop", "nhieu nguon", "khong", "nghe noi",
    "theo tri nho", "ai", "chatgpt", "may soan",
}  # fmt: skip


def names_nothing(text: str) -> bool:
    """Whether this is no source: nothing but signs, or a word like “sưu tầm”."""
    plain = folded(text)
    return not re.search(r"\w", plain) or re.sub(r"^(nguon|theo) ", "", plain) in NO_SOURCE


def source_of(entry: Entry, place: str = "") -> str:
    """As a paper names it: who, what, number and day, or the book, and the place in it; “dẫn theo” at second hand."""
    told = [entry.title]
    if entry.number:
        told.append(f"số {entry.number}")
    if entry.dated_on:
        told.append(f"ngày {short_day(entry.dated_on)}")
    if entry.edition:
        told.append(entry.edition)
    if entry.issue_on:
        told.append(f"tháng {entry.issue_on:%m/%Y}")
    if place:
        told.append(place)
    return f"{entry.body}: {', '.join(told)}{_relayed(entry)}"


def _relayed(entry: Entry) -> str:
    return f"; dẫn theo {entry.seen_where}" if entry.is_relayed else ""


def cited(quotation: Quotation) -> str:
    """The exact words between quotation marks, the source behind them in brackets."""
    return f"“{quotation.words}” ({source_of(quotation.entry, quotation.place)})"


def added(text: str, passage: str) -> str:
    """A passage at the end of what stands, as a paragraph of its own."""
    return f"{text.rstrip()}\n{passage}" if text.strip() else passage
