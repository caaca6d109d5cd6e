"""A file that only a passphrase opens: Scrypt, then AES-256-GCM piece by piece, so that no size needs its memory.

Layout: 15 bytes that say what it is, one byte with the base-2 logarithm of Scrypt's cost, 16 bytes of salt, 7 of
nonce; then pieces of 1 MiB, each with its tag. The nonce of a piece holds its number and whether it is the last: none
can be left out, swapped or cut off at the end. The head is authenticated with every piece.
"""

from __future__ import annotations

import io
import os
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC, ARCHIVE = b"CHIBO-BACKUP-1\n", b"CHIBO-EXPORT-1\n"  # of a whole server, of one cell; equally long
COST, LARGEST_COST = 17, 20  # 128 MiB and some tenths of a second for each guess
SALT, NONCE, TAG, PIECE = 16, 7, 16, 1 << 20
HEAD = len(MAGIC) + 1 + SALT + NONCE


class NotOpened(Exception):
    """No file of ours, another passphrase, or a file that was changed or cut off; `pieces` were opened before."""

    def __init__(self, pieces: int = 0) -> None:
        super().__init__()
        self.pieces = pieces


class Locked(io.RawIOBase):
    """Written to like a file; `close()` writes the last piece."""

    def __init__(self, out: IO[bytes], passphrase: str, magic: bytes = MAGIC) -> None:
        self._out, self._held, self._number = out, bytearray(), 0
        self._head = magic + bytes([COST]) + os.urandom(SALT + NONCE)
        self._cipher = _cipher(self._head, passphrase)
        out.write(self._head)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        given = bytes(data)  # type: ignore[call-overload]
        self._held += given
        while len(self._held) > PIECE:
            self._seal(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(given)

    def close(self) -> None:
        if not self.closed:
            self._seal(bytes(self._held), last=True)
        super().close()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._head, self._number, last), piece, self._head))
        self._number += 1


class Opened(io.RawIOBase):
    """Read from like a file; raises NotOpened at the first piece that is not what was written."""

    def __init__(self, source: IO[bytes], passphrase: str, magic: bytes = MAGIC) -> None:
        self._source, self._number, self._ready = source, 0, b""
        self._head = source.read(HEAD)
        if len(self._head) < HEAD or not self._head.startswith(magic) or self._head[len(MAGIC)] > LARGEST_COST:
            raise NotOpened
        self._cipher = _cipher(self._head, passphrase)
        self._next = source.read(PIECE + TAG)

    def readable(self) -> bool:
        return True

    def readinto(self, into: object) -> int:
        view = memoryview(into)  # type: ignore[arg-type]
        while not self._ready and self._next:
            self._ready = self._open()
        count = min(len(view), len(self._ready))
        view[:count], self._ready = self._ready[:count], self._ready[count:]
        return count

    def _open(self) -> bytes:
        piece, self._next = self._next, self._source.read(PIECE + TAG)
        try:
            opened = self._cipher.decrypt(_nonce(self._head, self._number, not self._next), piece, self._head)
        except InvalidTag as error:
            raise NotOpened(self._number) from error
        self._number += 1
        return opened


def _cipher(head: bytes, passphrase: str) -> AESGCM:
    start = len(MAGIC) + 1
    salt = head[start : start + SALT]
    return AESGCM(Scrypt(salt=salt, length=32, n=1 << head[len(MAGIC)], r=8, p=1).derive(passphrase.encode()))


def _nonce(head: bytes, number: int, last: bool) -> bytes:
    return head[-NONCE:] + number.to_bytes(4, "big") + bytes([last])
