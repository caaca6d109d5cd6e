"""HOW FAST ONE MAY GUESS. Each try is counted before it is judged, so that many at once are as slow as one by one.

After some free tries each further one waits twice as long as the one before, never longer than `longest`; nothing is
ever locked for good, and a day without a wrong try begins anew. Why names are counted so and not otherwise:
docs/decisions/0008-passwords.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from members.models import Tries
from members.refusal import Refused

FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """`of`: what is counted. `free`: tries without waiting. `longest`: seconds between two tries at most."""

    of: str
    free: int
    longest: int

    def begin(self, whose: object, at: datetime) -> None:
        """Count one try. Refused, with the time to wait, where the one before is too near."""
        with transaction.atomic():
            row, _ = Tries.objects.select_for_update().get_or_create(key=self._key(whose), defaults={"last_at": at})
            if at - row.last_at > FORGOTTEN_AFTER:
                row.count = 0
            left = self._seconds(row.count) - (at - row.last_at).total_seconds() if row.count else 0.0
            if left <= 0:
                row.count, row.last_at = row.count + 1, at
                row.save()
        if left > 0:
            raise Refused(
                f"Đã sai nhiều lần. Xin đợi {in_words(left)} rồi thử lại; trong lúc đợi, gõ đúng cũng chưa được."
            )

    def forget(self, whose: object) -> None:
        """It was right in the end."""
        Tries.objects.filter(key=self._key(whose)).delete()

    def _seconds(self, count: int) -> int:
        over = count - self.free
        return 0 if over < 0 else min(2 ** min(over, 20), self.longest)

    def _key(self, whose: object) -> str:
        return salted_hmac("chibo.tries", f"{self.of}:{whose}", algorithm="sha256").hexdigest()


def in_words(seconds: float) -> str:
    return f"{int(seconds) + 1} giây" if seconds < 90 else f"{round(seconds / 60)} phút"


NAME = Limit("name", free=20, longest=300)  # from wherever that account has never come in
DEVICE = Limit("device", free=20, longest=900)  # one that the account came in with; a stolen one is slowed as well
PASSWORD = Limit("password", free=8, longest=900)  # the password again, of whoever is signed in
SLIP = Limit("slip", free=20, longest=900)  # codes of slips, by address
START = Limit("start", free=6, longest=900)  # the code of the first start, by address
CODE = Limit("code", free=6, longest=900)  # second factor, recovery codes, by account
