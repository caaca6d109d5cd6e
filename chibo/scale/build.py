"""The tree, its people, and their meetings; all of it or, where something goes wrong, nothing."""

from __future__ import annotations

import time
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from django.db import connection, transaction

from chibo.scale.fill import count_on
from chibo.scale.held import Past
from chibo.scale.people import IN_A_BODY, NAMES, Register

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Tell = Callable[[str], None]

SEED = 12
MOST_MEMBERS = len(NAMES)


@dataclass(slots=True)
class Made:
    """Keys of the organisation on top, of one body below it and of one cell; accounts that follow and lead them."""

    top: int
    body: int
    cell: int
    follower: int
    of_body: int
    secretary: int
    rows: int = 0


@transaction.atomic
def build(*, cells: int, members: int, years: int, now: datetime, tell: Tell) -> Made:
    """The same rows for the same arguments and the same day."""
    seed, began = Random(SEED), time.monotonic()  # noqa: S311 (nothing is kept secret by it)
    register = Register(seed, now, members)
    past = Past(seed, now, years, register.events)
    tables = (*register.tables[:-1], *past.tables, register.events)
    top, path, follower = register.body((None, ""), "Đảng bộ tỉnh (số liệu đo)", "")
    made: Made | None = None
    for first in range(0, cells, IN_A_BODY):
        number = first // IN_A_BODY + 1
        body, way, of_body = register.body((top, path), f"Đảng uỷ xã số {number}", "ĐẢNG BỘ TỈNH")
        for one in range(first, min(first + IN_A_BODY, cells)):
            name = f"Chi bộ thôn {one % IN_A_BODY + 1}, xã số {number}"
            cell = register.cell((body, way), name, f"ĐẢNG BỘ XÃ SỐ {number}", of_body)
            past.fill(cell)
            made = made or Made(top, body, cell.pk, follower, of_body, cell.by)
        rows = sum(table.write() for table in tables)
        if made is not None:
            made.rows += rows
        done = min(first + IN_A_BODY, cells)
        tell(f"{done:,}/{cells:,} chi bộ · {100 * done // cells} % · {time.monotonic() - began:.0f} giây")
    count_on(tables)
    if made is None:
        raise ValueError("no cell was asked for")
    return made


def know_sizes() -> None:
    """What PostgreSQL does by itself some minutes after so much has come: statistics, and which pages are all seen."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
