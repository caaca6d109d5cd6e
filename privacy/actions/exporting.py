"""Writing down that somebody has taken everything kept about them out of the house."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from members.access import require_self
from members.changes import claim

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def data_exported(account: User, form: str, *, by: User, at: datetime) -> None:
    """`form`: json, pdf or docx. Before it leaves; only for oneself."""
    require_self(by, account)
    if account.member is not None:
        claim(account.member, None, "export_data", by=by, at=at, form=form)
