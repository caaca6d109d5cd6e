"""Every URL of ours, and what its address is made of for one row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

if TYPE_CHECKING:
    from collections.abc import Callable

Keys = dict[str, int]
CITED = {"draft": "draft", "remark": "text", "resolution": "directions"}
YEAR, MONTH = [2026], [2026, 12]

#: What stands behind the key of the row.
BEHIND: dict[str, list[Any]] = {
    **dict.fromkeys(("programme", "year-book", "remedies-pdf", "cell-remedies-pdf", "handed-up-pdf"), YEAR),
    **dict.fromkeys(("roll-up-year", "roll-up-year-pdf", "roll-up-year-xlsx"), YEAR),
    **dict.fromkeys(("roll-up-month", "roll-up-month-pdf", "roll-up-month-xlsx"), MONTH),
    "programme-lay-out": [2027],
    "addendum-pdf": [1],
    "self-review-write": ["strengths"],
    "blank-form": ["02B"],
    "dossier-item": [2],
    "explain": ["no-meeting"],
    "conference-signed-file": [0],
}


def _sheet(of: str) -> str:
    return of.partition("/")[0]


def _kind(of: str) -> str:
    return of.partition("/")[2]


def _signed(keys: Keys, of: str) -> list[Any]:
    """Of a paper that is signed outside: its kind, and whose key."""
    return [_sheet(of), keys[_kind(of)]]


#: Addresses that are made otherwise: of the keys, and of what kind the row is.
WHOLE: dict[str, Callable[[Keys, str], list[Any]]] = {
    "write": lambda keys, of: [_sheet(of), keys[_kind(of)]],
    "cite": lambda keys, of: [_sheet(of), keys[_kind(of)], CITED[_sheet(of)]],
    "report": lambda keys, of: [keys["meeting"], keys["promise"]],
    "import-undo": lambda keys, of: [keys["cell"], keys["imported"]],
    "body-undo": lambda keys, of: [keys["committee"], keys["founded"]],
    "own-remedies-pdf": lambda keys, of: [keys[of], 2026, keys.get("member", 0)],
    "need-list": lambda keys, of: ["no-meeting"],
    "visit-end": lambda keys, of: [0],
    "calendar-ics": lambda keys, of: ["khong-co-lich-nao"],
    **dict.fromkeys(("signed", "signed-give", "signed-add"), _signed),
    "signed-file": lambda keys, of: [*_signed(keys, of), 0],
}


def our_urls() -> dict[str, URLPattern]:
    """Every named URL except those that Django's admin brings."""
    found: dict[str, URLPattern] = {}

    def walk(entries: list[Any]) -> None:
        for entry in entries:
            if isinstance(entry, URLResolver):
                if entry.namespace != "admin":
                    walk(entry.url_patterns)
            else:
                found[entry.name or str(entry.pattern)] = entry

    walk(get_resolver().url_patterns)
    return found


def address(name: str, of: str, keys: Keys) -> str:
    """The URL of this name for one row; `of` says of what kind, a slash separates what comes after it."""
    if name in WHOLE:
        return reverse(name, args=WHOLE[name](keys, of))
    return reverse(name, args=[] if of == "-" else [keys[of], *BEHIND.get(name, [])])
