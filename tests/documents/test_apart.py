"""A paper is written beside the server, within a limit, and whoever waits for it gets an answer."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from documents import apart, turn
from documents.pdf import _pages, to_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from documents.model import Document


def is_child(pid: int) -> bool:
    """It runs, or has ended and nobody has heard of it."""
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[bool]]:
    """Of each child that was made, whether it is left behind; the run has children of its own (tests/migrated.py)."""
    made: list[int] = []
    fork = os.fork

    def remembered() -> int:
        made.append(fork())
        return made[-1]

    monkeypatch.setattr(os, "fork", remembered)
    return lambda: [is_child(pid) for pid in made]


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


def test_the_same_bytes_come_from_beside_the_server(sample: Document, left: Callable[[], list[bool]]) -> None:
    assert (to_pdf(sample) == _pages(sample, None), left()) == (True, [False])


@pytest.mark.parametrize("work", [busy, asleep, hungry], ids=["time", "the clock", "memory"])
def test_what_takes_too_much_is_ended_and_told(
    monkeypatch: pytest.MonkeyPatch, left: Callable[[], list[bool]], work: object
) -> None:
    monkeypatch.setattr(apart, "QUICK", apart.Bounds(seconds=1, waits=3))
    begun = time.monotonic()
    with pytest.raises(apart.TooMuch):
        apart.apart(work)  # type: ignore[arg-type]
    assert (time.monotonic() - begun < 10, left()) == (True, [False])


def test_what_goes_wrong_there_is_said_here() -> None:
    with pytest.raises(RuntimeError, match="KeyError: 'thiếu'"):
        apart.apart(stumbles)


def test_a_page_tells_the_reader_what_to_do(client: Client, monkeypatch: pytest.MonkeyPatch, cast: object) -> None:
    def too_much(*given: object) -> bytes:
        raise apart.TooMuch

    monkeypatch.setattr("documents.http._written", too_much)
    client.force_login(cast.account(cast.lan), backend="members.accounts.Backend")  # type: ignore[attr-defined]
    answer = client.get(f"/cells/{cast.cell.pk}/letters/blank.pdf")  # type: ignore[attr-defined]
    assert (answer.status_code, "Chưa lập được bản in này" in answer.content.decode()) == (422, True)


def test_who_waits_for_a_print_does_not_hold_the_others(client: Client, cast: object) -> None:
    client.force_login(cast.account(cast.lan), backend="members.accounts.Backend")  # type: ignore[attr-defined]
    page = f"/cells/{cast.cell.pk}/letters/blank.pdf"  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch, turn.turn():
        patch.setattr(turn, "PATIENCE", 0.1)
        answer = client.get(page)
        told = (answer.status_code, answer["Retry-After"], "Máy chủ đang bận in" in answer.content.decode())
        assert told == (503, "5", True)
    assert (client.get(page).status_code, turn._WAITING) == (200, [])


def test_one_account_waits_once_and_the_line_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "PATIENCE", 1)

    def asked(by: int) -> float:
        """How long it held a thread until it was turned away."""
        turn.ASKING.set(lambda: by)
        begun = time.monotonic()
        with pytest.raises(turn.Busy), turn.turn():
            pass
        return time.monotonic() - begun

    with turn.turn(), ThreadPoolExecutor(32) as threads:
        waited = list(threads.map(asked, [7] * 16 + list(range(100, 116))))
    assert [seconds > 0.5 for seconds in waited[:16]].count(True) == 1
    assert [seconds > 0.5 for seconds in waited].count(True) == turn.MOST_WAITING
