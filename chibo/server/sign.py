"""What is said of one thing on the page of the server's state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class How(StrEnum):
    """Green, amber, red: always said in the word, the colour only beside it."""

    GOOD = "Tốt"
    CARE = "Cần để ý"
    BAD = "Phải xử lý ngay"


@dataclass(frozen=True, slots=True)
class Sign:
    """`says`: what was found. `do`: what to do about it, where there is something to do."""

    how: How
    title: str
    says: str
    do: str = ""


_GRAVEST = [How.BAD, How.CARE, How.GOOD]


def worst(signs: list[Sign]) -> How:
    return min((one.how for one in signs), key=_GRAVEST.index, default=How.GOOD)


def gravest_first(signs: list[Sign]) -> list[Sign]:
    """What is asked for at once stands on top; else in the order in which it was asked."""
    return sorted(signs, key=lambda one: _GRAVEST.index(one.how))


def size(number: float) -> str:
    """Bytes, as people say them."""
    for unit in ("byte", "KB", "MB", "GB"):
        if number < 1024:
            return f"{number:,.0f} {unit}".replace(",", ".")
        number /= 1024
    return f"{number:,.1f} TB".replace(".", ",")


def ago(seconds: float) -> str:
    """How long since, in the largest unit that says it."""
    for length, unit in ((86400, "ngày"), (3600, "giờ"), (60, "phút")):
        if seconds >= length:
            return f"{int(seconds // length)} {unit}"
    return "chưa đầy một phút"
