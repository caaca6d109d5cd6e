"""Nothing disappears silently: what was promised last year comes back in section III, and how texts are compared."""

import re
import unicodedata
from collections.abc import Iterable

from critique.official_forms.body import Body, Row, rows_of
from critique.official_forms.model import shown_day
from critique.official_forms.sections import DONE

_WORDS = re.compile(r"[^\W_]+")
_WORDS_WITHOUT_FIGURES = re.compile(r"[^\W\d_]+")


def essence(text: str, *, figures: bool = False) -> str:
    """The words alone, so that another year, another comma or a capital letter does not make a new text."""
    words = _WORDS if figures else _WORDS_WITHOUT_FIGURES
    return " ".join(words.findall(unicodedata.normalize("NFC", text).casefold()))


def promises(body: Body) -> list[Row]:
    """What this review promises: one row for each shortcoming and each further measure; seeds of the plan."""
    own = [
        {name: row.get(name, "") for name in ("shortcoming", "cause", "measure", "due", "helper")}
        for row in rows_of(body, "A.II")
    ]
    further = [
        {"shortcoming": "", "cause": ""} | {name: row.get(name, "") for name in ("measure", "due", "helper")}
        for row in rows_of(body, "A.VI")
    ]
    return own + further


def carried(last: Body | None, concluded: Iterable[str] = ()) -> list[Row]:
    """Rows for section III: shortcomings that were concluded, last year's own and its promises, and what stayed open.

    `concluded` are words of the chair's conclusion or of a committee; they come first.
    """
    rows = [_row(text) for text in concluded]
    if last is not None:
        rows += [_row(one["shortcoming"] or one["measure"] or one["cause"], _promised(one)) for one in promises(last)]
        rows += [
            _row(row.get("shortcoming", ""), row.get("promised", ""))
            for row in rows_of(last, "A.III")
            if row.get("state") != DONE
        ]
    return _once(rows)


def fill(body: Body, rows: Iterable[Row]) -> Body:
    """The body with those rows in section III; what its author has written there stays as it is."""
    there = rows_of(body, "A.III")
    return body | {"A.III": there + not_there(body, rows)}


def not_there(body: Body, rows: Iterable[Row]) -> list[Row]:
    """Carried rows that section III no longer has."""
    known = {_name(row.get("shortcoming", "")) for row in rows_of(body, "A.III")}
    return [row for row in rows if _name(row["shortcoming"]) not in known]


def _name(shortcoming: str) -> str:
    """Figures count here: what was late in quarter 1 and in quarter 2 are two things."""
    return essence(shortcoming, figures=True) or shortcoming


def _row(shortcoming: str, promised: str = "") -> Row:
    return {
        "shortcoming": shortcoming,
        "promised": promised,
        "state": "",
        "extent": "",
        "obstacle": "",
        "responsibility": "",
    }


def _promised(promise: Row) -> str:
    """ "Đọc trước tài liệu; hạn 31/3/2027; đồng chí Hoa giúp"."""
    parts = (
        promise["measure"].rstrip(" .;") if promise["shortcoming"] else "",
        f"hạn {shown_day(promise['due'])}" if promise["due"] else "",
        f"người giúp: {promise['helper']}" if promise["helper"] else "",
    )
    return "; ".join(part for part in parts if part)


def _once(rows: Iterable[Row]) -> list[Row]:
    """Of rows that say the same the first stays; an empty promise takes the later one's words."""
    kept: dict[str, Row] = {}
    for row in rows:
        if not row["shortcoming"]:
            continue
        name = _name(row["shortcoming"])
        first = kept.setdefault(name, row)
        if not first["promised"]:
            kept[name] = first | {"promised": row["promised"]}
    return list(kept.values())
