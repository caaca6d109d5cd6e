"""Codes that are read from paper by people over 60: made at random, kept as a hash, typed in any spelling."""

from __future__ import annotations

import hashlib
import secrets

# No 0/O, 1/I/L. 12 letters of 31 are about 59 bits: nobody guesses one, so a plain hash is enough.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def fresh_code() -> str:
    """ "ABCD-EFGH-JKMN"."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


def hash_of(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()
