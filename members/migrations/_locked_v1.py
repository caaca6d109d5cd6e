"""The first sealing of a phone's secret, as the update of 0007 made it; leans on nothing that goes on changing."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.crypto import salted_hmac

FORMAT = "s1."
NONCE = 12


def seal(secret, account):
    nonce = os.urandom(NONCE)
    return FORMAT + urlsafe_b64encode(nonce + _lock().encrypt(nonce, secret, _bond(account))).decode()


def opened(sealed, account):
    """InvalidTag or ValueError where another key has sealed it, or it was somebody else's."""
    held = urlsafe_b64decode(sealed.removeprefix(FORMAT))
    return _lock().decrypt(held[:NONCE], held[NONCE:], _bond(account))


def _lock():
    return AESGCM(salted_hmac("members.entry.locked", "second factor", algorithm="sha256").digest())


def _bond(account):
    return f"account {account}".encode()
