"""WHICH FILES TRAVEL TOGETHER: written one after the other when static files are collected; a page asks less often.

Whoever works on a script or a style edits the file in static/ and finds it unchanged in what the browser shows.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Name -> its files without their ending, in the order in which a page would name them.
BUNDLES = {
    "house.css": ("js-lib-bootstrap5/css/bootstrap.min", "meeting", "year", "conference", "chibo"),  # every page
    "house.js": ("chibo", "days", "drafts"),  # every page of somebody who is signed in
    "desk.bundle.js": ("elsewhere", "writing", "desk", "floor", "stream", "follow", "roll", "outbox", "quoting"),
    "live.bundle.js": ("stream", "live"),  # wall, pocket, and the meeting's page while it is open
}
_MAP = re.compile(rb"^/[/*]# sourceMappingURL=.*$", re.MULTILINE)  # it lies beside the file, not beside the bundle


class Finder(finders.BaseFinder):
    """Finds the bundles for `collectstatic`, and for the suite's server, which collects nothing."""

    storage = FileSystemStorage(location=settings.BUILD / "bundles")

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        found = [str(write(path))] if path in BUNDLES else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Any]]:
        for name in BUNDLES:
            write(name)
            yield name, self.storage


def write(name: str) -> Path:
    """The bundle as its files are now."""
    files = [finders.find(f"{one}{Path(name).suffix}") for one in BUNDLES[name]]
    pieces = [_MAP.sub(b"", Path(str(file)).read_bytes()) for file in files]
    path = settings.BUILD / "bundles" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{name}.{os.getpid()}")
    new.write_bytes(b"\n".join(pieces))
    new.replace(path)  # two who write at once write the same
    return path
