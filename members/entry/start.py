"""The first start of a server: whether it is still to come, and the code that says whose server it is.

The code is kept nowhere. It is made from the server's secret and from the moment at which this database was laid down,
so that every process and every machine of one installation makes the same, and another database has another.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac

from members.entry.codes import LETTERS, hash_of
from members.models import User

_LENGTH = 12  # as a slip's: some 59 bits


def is_to_come() -> bool:
    """Nobody has an account here yet, of whatever kind."""
    return not User.objects.exists()


def asks_code() -> bool:
    """A server that others can reach is taken only by whoever sees its console; one for trying asks nothing."""
    return not settings.DEBUG


def start_code() -> str:
    """ "ABCD-EFGH-JKMN". For the console of the server, nowhere else."""
    laid_down = MigrationRecorder.Migration.objects.order_by("id").values_list("applied", flat=True).first()
    number = int.from_bytes(salted_hmac("chibo.start", str(laid_down), algorithm="sha256").digest())
    letters = ""
    for _ in range(_LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return "-".join(letters[at : at + 4] for at in range(0, _LENGTH, 4))


def is_start_code(typed: str) -> bool:
    """However it is spelt."""
    return secrets.compare_digest(hash_of(typed), hash_of(start_code()))
