"""How whoever asks for a large paper wakes the process that makes it."""

from __future__ import annotations

import os
import select
from contextlib import suppress


class Bell:
    """A pipe of all processes of a server, made before they part. It stays rung until whoever makes papers has made
    them all: who takes the place of one that was killed finds it so, and a server that begins as well.
    """

    def __init__(self) -> None:
        self.heard, self.rung = os.pipe()
        for end in (self.heard, self.rung):
            os.set_blocking(end, False)
        self.ring()

    def ring(self) -> None:
        """Waits for nobody."""
        with suppress(BlockingIOError):  # it was rung often enough
            os.write(self.rung, b"!")

    def is_rung(self, within: float = 0) -> bool:
        """`within`: seconds."""
        return bool(select.select([self.heard], [], [], within)[0])

    def hush(self) -> None:
        with suppress(BlockingIOError):
            os.read(self.heard, 1 << 16)


BELL = Bell()
