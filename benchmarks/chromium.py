"""Where this machine keeps its Chromium: the suite, the bench and the pictures of the guide ask here."""

from __future__ import annotations

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the first draws no window


def chromium() -> str | None:
    """The first of them that is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)
