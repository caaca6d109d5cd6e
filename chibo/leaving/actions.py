"""Writing down that a cell's record has left the house."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from members.access import require
from members.changes import claim

if TYPE_CHECKING:
    from members.models import Organisation, User


@transaction.atomic
def exported(cell: Organisation, *, by: User | None, at: datetime) -> None:
    """Before it leaves, after it was gathered: the archive holds what stood before. `by` None: a command run there."""
    if by is not None:
        require(by, "cell.export", cell)
    claim(cell, None, "export_cell", by=by, at=at)
