"""The number by which somebody is found on the roll of one meeting: shown at the door, typed or scanned at the desk."""

from __future__ import annotations

from random import SystemRandom
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from meetings.models import Attendance

# All are multiples of 11, so that one wrong digit, or two neighbours swapped, make nobody else's number.
SHORT, LONG = range(1001, 10_000, 11), range(10_010, 100_000, 11)
_chance = SystemRandom()


def draw(count: int, taken: Collection[int] = ()) -> list[int]:
    """So many that nobody has yet, at random: a number says nothing of its owner, and each meeting draws anew."""
    free = [number for number in SHORT if number not in taken]
    if len(free) < count:
        free += [number for number in LONG if number not in taken]
    return _chance.sample(free, count)


def hand_out(rows: Iterable[Attendance], taken: Iterable[int | None] = ()) -> None:
    """A number to each of these rows that has none; they are not saved here. `taken`: of the rest of the roll."""
    rows = list(rows)
    without = [row for row in rows if row.roll_number is None]
    used = {number for number in (*taken, *(row.roll_number for row in rows)) if number is not None}
    for row, number in zip(without, draw(len(without), used), strict=True):
        row.roll_number = number


def read(typed: str) -> int | None:
    """The number in what was typed or scanned, which may be grouped by spaces; None where there is none."""
    digits = "".join(typed.split())
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= len(str(LONG.stop)) else None
