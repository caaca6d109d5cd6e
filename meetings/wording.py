"""How dates, times, people and counts are said in Vietnamese, on paper and on screen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from documents.dates import paper_day as paper_day  # noqa: PLC0414 (all wording is asked for here)
from documents.dates import paper_month as paper_month  # noqa: PLC0414
from documents.dates import paper_time as paper_time  # noqa: PLC0414
from documents.named import NAMES, OR_ELSE
from guideline.model import party_date
from members.text import thousands

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
QUARTERS = ("I", "II", "III", "IV")


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def short_day(day: date) -> str:
    """For tables and notes of a paper: "04/02/2026", "31/3/2026"."""
    return party_date(day)


def screen_moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{weekday(local.date())}, {local:%d/%m/%Y, %H:%M}"


def paper_moment(moment: datetime | None) -> str:
    """With the time before the day, as papers say it; nothing where nobody has said when."""
    return f"{paper_time(moment)}, {paper_day(timezone.localdate(moment))}" if moment else ""


def duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} phút"
    return f"{hours} giờ {rest:02d} phút" if rest else f"{hours} giờ"


def quarter(day: date) -> str:
    return QUARTERS[(day.month - 1) // 3]


FULL_MEMBERS = "đảng viên chính thức"


def comrade(name: str) -> str:
    return f"đồng chí {name}"


def people(names: Iterable[str]) -> str:
    return ", ".join(comrade(name) for name in names)


def up_to(number: int, most: int) -> str:
    """Of what is counted no further than that: "hơn 1.000"."""
    return str(number) if number <= most else f"hơn {thousands(most)}"


def count(number: int) -> str:
    """Counts on paper have two figures, as in "Số 05"; nobody is "không"."""
    return f"{number:02d}" if number else "không"


def percent(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",") + "%"


def points(value: Decimal | int | None) -> str:
    """ "92,5", "5"; nothing where no figure was given."""
    return "" if value is None else f"{value:.1f}".removesuffix(".0").replace(".", ",")


_KINDS = {letters: name for letters, name in NAMES.items() if letters not in OR_ELSE}
_SYMBOL = re.compile(r"(?:(?<=^)|(?<=theo ))(\d+-(" + "|".join(_KINDS) + r")/\S)")

_BARE = re.compile(r"\d+-\w+/")


def with_kind(text: str) -> str:
    """ "Hướng dẫn 15-HD/ĐU" where only the symbol was typed; "QĐ" may be two kinds and stays as it is."""
    return _SYMBOL.sub(lambda found: f"{_KINDS[found[2]]} {found[1]}", text)


def based_on(source: str) -> str:
    """What stands behind "Căn cứ: ", which says "theo" already: "Hướng dẫn 15-HD/ĐU", "văn bản số 07-QĐ/ĐU ngày …"."""
    text = with_kind(source.strip()).removeprefix("theo ")
    return f"văn bản số {text}" if _BARE.match(text) else text


def first_up(text: str) -> str:
    """The first letter large, the others as they are."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence: first letter up, a full stop at the end unless it has its own."""
    text = text.strip()
    if not text:
        return ""
    text = first_up(text)
    return text if text[-1] in ".!?…:;" else text + "."
