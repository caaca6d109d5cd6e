"""The lock on free text: what is sealed here can be read only with a key that is kept outside the database.

A sealed value looks like `v2.<key>.<nonce, words and tag>`. It is bound to its place (table, column, and all that says
whose it is): moved, given to somebody else or brought back from earlier it does not open. Lengths are rounded up, so
that a dump does not tell who has written how much.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

FORMAT = "v2"  # v1 did not say who speaks, and of which revision; migrations have sealed it anew
KEY_BYTES = 32
NONCE_BYTES = 12
STEP = 1024  # bytes that lengths are rounded up to


class Unreadable(Exception):
    """No key of this installation opens the value, or it stands where it was not written. Never says what it is."""


class Sealed(str):  # noqa: SLOT000 (it carries what stood beside it)
    """A value as the database holds it, and what its row said beside it when both were read."""

    beside: dict[str, Any] | None = None


def key_from(text: str) -> bytes:
    """32 random bytes written as URL-safe base64. Raises ValueError on anything else."""
    key = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(key) != KEY_BYTES or len(set(key)) < 8:
        raise ValueError("a key is 32 random bytes")
    return key


class Keyring:
    """The first key seals; every key opens what it has sealed."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._locks = {_name(key): AESGCM(key) for key in keys}
        self.current = _name(keys[0])

    def seal(self, value: Any, place: str) -> Sealed:
        words = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        words += b" " * (-len(words) % STEP)  # blanks after JSON mean nothing
        nonce = os.urandom(NONCE_BYTES)
        locked = nonce + self._locks[self.current].encrypt(nonce, words, _bond(place))
        return Sealed(f"{FORMAT}.{self.current}.{urlsafe_b64encode(locked).decode()}")

    def open(self, sealed: str, place: str) -> Any:
        form, _, rest = sealed.partition(".")
        name, _, locked = rest.partition(".")
        if form != FORMAT or name not in self._locks:
            raise Unreadable(f"No key of this installation opens this value (key {name[:16]!r}).")
        try:
            data = urlsafe_b64decode(locked)
            words = self._locks[name].decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], _bond(place))
        except (InvalidTag, ValueError):  # changed, or cut off in the middle
            raise Unreadable(f"This value was changed, or was not written here ({place}).") from None
        return json.loads(words)

    def has(self, name: str) -> bool:
        return name in self._locks

    def is_current(self, sealed: str) -> bool:
        return sealed.startswith(f"{FORMAT}.{self.current}.")


def keyring() -> Keyring:
    return _keyring(tuple(settings.CRITIQUE_KEYS))


@lru_cache(maxsize=8)
def _keyring(keys: tuple[str, ...]) -> Keyring:
    return Keyring([key_from(key) for key in keys])


def _name(key: bytes) -> str:
    return sha256(b"chibo.critique.key" + key).hexdigest()[:8]


def _bond(place: str) -> bytes:
    return f"chibo.critique|{FORMAT}|{place}".encode()
