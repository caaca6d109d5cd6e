"""What goes when the time of a row is over: every column declared to end, of it and of all that goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Model

from members.declare import DECLARED, With

if TYPE_CHECKING:
    from datetime import date


def erase(row: Model, day: date) -> None:
    """Overwrite the words. Who, when, the level, and who has read it stay."""
    declared = DECLARED[type(row)]
    for other in DECLARED.values():
        for kept in other.kept:
            if isinstance(kept, With) and kept.root is type(row):
                for part in other.rows().filter(**{kept.path: row.pk}, **kept.only):
                    erase(part, day)
    written = [_overwrite(row, name) for name in declared.ending()]
    if declared.ends is not None:
        row.destroyed_on = day  # type: ignore[attr-defined]
        written.append("destroyed_on")
    if written:
        row.save(update_fields=written)


def _overwrite(row: Any, name: str) -> str:
    left = getattr(DECLARED[type(row)].columns[name], "left", None)
    setattr(row, name, left(row) if left else row._meta.get_field(name).get_default())
    return name
