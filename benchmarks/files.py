"""What an attached file costs in a folder and in the database: `python -m benchmarks.files`, on the database at hand.

Keeps files under names of its own, reads them, makes a backup with and without them, and takes them away again.
"""

from __future__ import annotations

import os
import time
from io import BytesIO
from statistics import median
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chibo.settings")
django.setup()

from pathlib import Path  # noqa: E402

from django.core.files.base import ContentFile  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.server import processor_time  # noqa: E402
from chibo.backup.archive import write  # noqa: E402
from chibo.files.moving import content  # noqa: E402
from chibo.files.places import Database, Folder  # noqa: E402

if TYPE_CHECKING:
    from chibo.files.moving import Place

MB = 1 << 20
TRIES = {1 * MB: 30, 10 * MB: 6}  # by size


def measured(place: Place, size: int) -> tuple[str, list[str]]:
    """Milliseconds to keep and to read, by the clock and on processors, server and database together."""
    said, names = [], []
    for number in range(TRIES[size]):
        name = f"benchmark/{size}-{number}.pdf"
        data = os.urandom(size)  # what is attached is packed already
        said.append([timed(lambda data=data, name=name: names.append(place.save(name, ContentFile(data))))])
        said[-1].append(timed(lambda name=name: BytesIO(content(place, name)).read()))
    keep, read = ([one[which] for one in said] for which in (0, 1))
    told = [
        f"{median(clock for clock, _ in these):.0f} ({median(work for _, work in these):.0f})" for these in (keep, read)
    ]
    return f"{place.WORD}, {size // MB} MB: kept in {told[0]} ms, read in {told[1]} ms (processor)", names


def timed(what) -> tuple[float, float]:
    others = own_backend()
    began, worked = time.perf_counter(), time.process_time() + processor_time(others)
    what()
    took = time.perf_counter() - began
    return took * 1000, (time.process_time() + processor_time(others) - worked) * 1000


def own_backend() -> list[int]:
    """The process of the database that works for this one, where it runs on this machine."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    return [pid] if Path(f"/proc/{pid}/task").exists() else []


def backup() -> tuple[int, float]:
    """Bytes and seconds."""
    began = time.perf_counter()
    with TemporaryFile() as out, TemporaryDirectory() as folder:
        write(out, "four words of no meaning", Path(folder), timezone.now())
        return out.tell(), time.perf_counter() - began


def main() -> None:
    connection.ensure_connection()
    print(f"{connection.vendor}; files of random bytes, as packed ones are")
    before = backup()
    for place in (Folder(), Database()):
        kept = []
        for size in TRIES:
            said, names = measured(place, size)
            kept += names
            print(said)
        total = sum(size * many for size, many in TRIES.items())
        grown, took = (after - was for after, was in zip(backup(), before, strict=True))
        print(f"  backup: {grown / total:.3f} bytes for each attached, {took / total * (1 << 30):.0f} s for a GB more")
        if isinstance(place, Database) and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_total_relation_size('chibo_keptfile')")
                print(f"  in the table: {cursor.fetchone()[0] / total:.3f} bytes for each attached")
        for name in kept:
            place.delete(name)


if __name__ == "__main__":
    main()
