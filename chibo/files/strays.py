"""Files that no row names, and names that no file answers to: what a crash, or a lost folder, leaves behind."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from chibo.files.places import in_use, named, of_ours

if TYPE_CHECKING:
    from datetime import datetime

A_DAY = timedelta(days=1)  # in a folder a file lies there before its row is stored


@dataclass(frozen=True, slots=True)
class Kept:
    """In the place in use, of what is attached: `files` there are; `missing`: names in rows; `strays`: files in no row,
    older than a day; `used`: files in a row.
    """

    files: int
    missing: list[str]
    strays: list[str]
    used: int

    @classmethod
    def at(cls, now: datetime) -> Kept:
        """The files first: one that goes meanwhile leaves its row before, and is old enough to be called a stray, which
        it is. One that comes is none of them, and its name is not missing: it is looked for once more.
        """
        names, place = list(in_use().names()), in_use()
        asked = named()
        here = {*of_ours(names, asked)}
        missing = [name for name in sorted(asked - here) if not place.exists(name)]
        left = here - asked
        return cls(len(here), missing, [name for name in sorted(left) if _is_old(name, now)], len(here) - len(left))

    @property
    def is_doubtful(self) -> bool:
        """A crash leaves a few files. Where rows name fewer than they do not, these may be another database's."""
        return self.used < len(self.strays)


def _is_old(name: str, now: datetime) -> bool:
    with suppress(FileNotFoundError):  # gone by now
        return bool(now - in_use().get_modified_time(name) > A_DAY)
    return False


def remove(strays: list[str]) -> int:
    """Those that no row names even now, from both places. A name is never given twice, so that none comes back."""
    asked = named() if strays else set()
    left = [name for name in strays if name not in asked]
    for name in left:
        in_use().delete(name)
    return len(left)
