"""A line of the program's log: who was refused is on it, by the number of the account and nothing else."""

from __future__ import annotations

import logging


class WithAccount(logging.Filter):
    """Gives each record `account`; empty where nobody was refused a right."""

    def filter(self, record: logging.LogRecord) -> bool:
        user = getattr(getattr(record, "request", None), "user", None)
        refused = getattr(record, "status_code", None) == 403 and getattr(user, "pk", None) is not None
        record.account = f" (account {user.pk})" if refused and user is not None else ""
        return True
