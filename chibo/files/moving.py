"""Files from one place into the other while the server runs: copied, read back, compared; only then taken away.

Each is read once on either side, however it got there.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from chibo.files.places import named, of_ours

if TYPE_CHECKING:
    from chibo.files.places import Database, Folder

    Place = Folder | Database


@dataclass
class Moved:
    """`there`: how many are the same in both by now, `copied` of them just now. `other`: names that are another file
    there, `broken`: what did not come back as it was sent."""

    there: int = 0
    copied: int = 0
    bytes: int = 0
    removed: int = 0
    other: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


def move(source: Place, target: Place, *, remove: bool) -> Moved:
    """Nothing is ever written over; what is not the same in both, and what is no attached file, stays where it is."""
    told = Moved()
    for name in list(of_ours(source.names(), named())):
        new, kept = not target.exists(name), name
        try:
            data = content(source, name)
            held = None if new else content(target, name)
            if held is not None and _is_cut_off(held, data):
                target.remove(name)
                new = True
            if new:
                kept = target.save(name, ContentFile(data))
                held = content(target, name)
            same = kept == name and held == data
        except FileNotFoundError:
            same = False
        is_gone = not source.exists(name)  # taken away meanwhile: nothing of it stays behind
        if new and (is_gone or not same):
            target.remove(kept)
        if is_gone:
            continue
        if not same:
            (told.broken if new else told.other).append(name)
            continue
        told.there, told.copied, told.bytes = told.there + 1, told.copied + new, told.bytes + len(data)
        if remove:
            source.remove(name)
            told.removed += 1
    return told


def _is_cut_off(held: bytes, data: bytes) -> bool:
    """A copy was ended in the middle of this file: what is there is the beginning of it, and nothing else."""
    return len(held) < len(data) and data.startswith(held)


def content(place: Place, name: str) -> bytes:
    with place.open(name) as held:
        return held.read()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
