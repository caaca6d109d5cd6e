"""The secret of a second factor at rest: sealed with a key from CHIBO_SECRET_KEY, bound to its account.

`s1.<nonce, secret and tag>`. A stolen dump alone gives no codes, and a secret moved to another account opens nothing.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.crypto import salted_hmac

FORMAT = "s1."
NONCE = 12


class Unreadable(Exception):
    """Another key has sealed it, or it was somebody else's."""


def seal(secret: bytes, account: int) -> str:
    nonce = os.urandom(NONCE)
    return FORMAT + urlsafe_b64encode(nonce + _lock().encrypt(nonce, secret, _bond(account))).decode()


def opened(sealed: str, account: int) -> bytes:
    try:
        if not sealed.startswith(FORMAT):
            raise Unreadable
        held = urlsafe_b64decode(sealed.removeprefix(FORMAT))
        return _lock().decrypt(held[:NONCE], held[NONCE:], _bond(account))
    except (InvalidTag, ValueError) as problem:
        raise Unreadable from problem


def _lock() -> AESGCM:
    return AESGCM(salted_hmac("members.entry.locked", "second factor", algorithm="sha256").digest())


def _bond(account: int) -> bytes:
    return f"account {account}".encode()
