"""A paper is written beside the server, within a limit, and whoever waits for it gets an answer."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from documents import apart
from documents.pdf import _pages, to_pdf

if TYPE_CHECKING:
    from django.test import Client

    from documents.model import Document


def children() -> bool:
    """Whether something of ours is left behind."""
    try:
        return os.waitpid(-1, os.WNOHANG) != (0, 0)
    except ChildProcessError:
        return False


def busy() -> bytes:
    while True:
        pass


def asleep() -> bytes:
    time.sleep(60)
    return b""


def hungry() -> bytes:
    return b"".join([b"x" * 50_000_000 for _ in range(100)])


def stumbles() -> bytes:
    raise KeyError("thiếu")


def test_the_same_bytes_come_from_beside_the_server(sample: Document) -> None:
    assert (to_pdf(sample) == _pages(sample, None), children()) == (True, False)


@pytest.mark.parametrize("work", [busy, asleep, hungry], ids=["time", "the clock", "memory"])
def test_what_takes_too_much_is_ended_and_told(monkeypatch: pytest.MonkeyPatch, work: object) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    monkeypatch.setattr(apart, "WAITS", 3)
    begun = time.monotonic()
    with pytest.raises(apart.TooMuch):
        apart.apart(work)  # type: ignore[arg-type]
    assert (time.monotonic() - begun < 10, children()) == (True, False)


def test_what_goes_wrong_there_is_said_here() -> None:
    with pytest.raises(RuntimeError, match="KeyError: 'thiếu'"):
        apart.apart(stumbles)


def test_a_page_tells_the_reader_what_to_do(client: Client, monkeypatch: pytest.MonkeyPatch, cast: object) -> None:
    def too_much(*given: object) -> bytes:
        raise apart.TooMuch

    monkeypatch.setattr("documents.pdf.apart", too_much)
    client.force_login(cast.account(cast.lan), backend="members.accounts.Backend")  # type: ignore[attr-defined]
    answer = client.get(f"/cells/{cast.cell.pk}/letters/blank.pdf")  # type: ignore[attr-defined]
    assert (answer.status_code, "Chưa lập được bản in này" in answer.content.decode()) == (422, True)
