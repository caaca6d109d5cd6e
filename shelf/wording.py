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

#: What a paper may be called, folded: its number stands behind this word.
KINDS = {
    "bao cao", "chi thi", "chien luoc", "chuong trinh", "chuong trinh hanh dong", "cong van", "de an", "huong dan",
    "ke hoach", "ket luan", "nghi dinh", "nghi quyet", "phuong an", "quy che", "quy dinh", "quyet dinh", "tuyen bo",
    "thong bao", "thong bao ket luan", "thong tri", "thong tu",
}  # fmt: skip


def names_nothing(text: str) -> bool:
    """Whether this is no source: nothing but signs, or a word like “sưu tầm”."""
    plain = folded(text)
    return not re.search(r"\w", plain) or re.sub(r"^(nguon|theo) ", "", plain) in NO_SOURCE


def source_of(entry: Entry, place: str = "") -> str:
    """As a paper names it, with the place in it; “dẫn theo” at second hand. Whoever has written a work stands first."""
    if entry.number and entry.dated_on:
        told = [_document(entry, short_day(entry.dated_on))]
    else:
        told = [f"{entry.body}: {entry.title}"]
    if entry.edition:
        told.append(entry.edition)
    if entry.issue_on:
        told.append(f"tháng {entry.issue_on:%m/%Y}")
    if place:
        told.append(place)
    return f"{', '.join(told)}{_relayed(entry)}"


def _document(entry: Entry, day: str) -> str:
    """ "Chỉ thị số 50-CT/TW, ngày 23/7/2025 của Ban Bí thư về …": its kind first, where the title begins with one."""
    kind, joint, matter = entry.title.partition(" về ")
    number = f"số {entry.number}, ngày {day} của {entry.body}"
    if joint and folded(kind) in KINDS:
        return f"{kind} {number} về {matter}"
    return f"{entry.title}, {number}"


def _relayed(entry: Entry) -> str:
    return f"; dẫn theo {entry.seen_where}" if entry.is_relayed else ""


def cited(quotation: Quotation) -> str:
    """The exact words between quotation marks, the source behind them in brackets."""
    return f"“{quotation.words}” ({source_of(quotation.entry, quotation.place)})"


def added(text: str, passage: str) -> str:
    """A passage at the end of what stands, as a paragraph of its own, which ends with a full stop."""
    return f"{text.rstrip()}\n{passage}." if text.strip() else f"{passage}."
