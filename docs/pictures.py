#!/usr/bin/env python3
"""Makes docs/pictures/*.png from the program itself, on a database and a port that live as long as this run.

The pictures that are there are replaced at the end only: a tour that stops half-way leaves them as they are.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "guide"
DRAWN = WORK / "pictures"
SETTINGS = {
    "CHIBO_DEBUG": "1",
    "CHIBO_HTTPS": "0",
    "CHIBO_ALLOWED_HOSTS": "chibo.localhost",
    "CHIBO_MEDIA_ROOT": str(WORK / "media"),
    "DATABASE_URL": f"sqlite:///{WORK / 'chibo.sqlite3'}",
    "DJANGO_SETTINGS_MODULE": "chibo.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # the story moves on between two pictures, inside Playwright's loop
}


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from benchmarks.chromium import chromium

    if (browser := chromium()) is None:
        sys.exit("Please install first: sudo apt-get install chromium")
    shutil.rmtree(WORK, ignore_errors=True)
    DRAWN.mkdir(parents=True)
    os.environ |= SETTINGS
    draw(browser)
    replace(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "docs" / "pictures")
    shutil.rmtree(WORK)


def replace(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    for picture in sorted(DRAWN.iterdir()):
        new = folder / picture.name
        shutil.copy(picture, new)
        print(f"{new.name}  {new.stat().st_size / 1000:.0f} kB")


def draw(chromium: str) -> None:
    import django

    django.setup()

    from django.core.management import call_command
    from django.utils import timezone
    from guide.tour import Tour
    from playwright.sync_api import sync_playwright

    from chibo.demo.build import build

    call_command("migrate", verbosity=0)
    password = secrets.token_urlsafe(18)  # mostly letters: one of figures is refused where the tour sets its own
    stage = build(password=password, today=timezone.localdate())
    with server() as port, sync_playwright() as play:
        # The address on the printed slip is the same in every run.
        rule = f"--host-resolver-rules=MAP chibo.localhost:80 127.0.0.1:{port}"
        flags = ["--no-sandbox", "--disable-gpu", "--lang=vi", rule]
        browser = play.chromium.launch(executable_path=chromium, args=flags, env={**os.environ, "LANGUAGE": "vi"})
        Tour(browser, stage, password, DRAWN).tell()
        browser.close()


@contextmanager
def server() -> Iterator[int]:
    """The program on a free port, with the database of this run."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "manage.py", "runserver", "--noreload", "--verbosity", "0", f"127.0.0.1:{port}"]
    with (WORK / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log)  # noqa: S603 (our own command)
        try:
            for _ in range(100):
                time.sleep(0.1)
                with socket.socket() as door:
                    if door.connect_ex(("127.0.0.1", port)) == 0:
                        break
            yield port
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
