"""People write and seal while the server is killed: what was acknowledged is stored, once and whole.

`make test` kills a worker, then everything, and everything again at the end; `make long` ten times and at the end.
`CHIBO_EDITS=50000` goes on until so many edits are stored, and spreads the kills over them.
"""

from __future__ import annotations

import os
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from book.models import Link
from book.verify import verify
from meetings.actions import evening
from meetings.lifecycle import State
from meetings.models import Addendum, Meeting, Minutes, Remark
from members.entry.door import ENTERED, PROVED
from tests.factories import at, make_member
from tests.killing import FIELDS, FILLING, Sealer, Server, Writer, kills
from tests.meetings.steps import DURING, begin, fresh, item_of
from tests.sample import LONG, only_long
from tests.world import Crew, hold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from members.models import Member
    from tests.conftest import Cast

pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server's workers in /proc"),
]
WRITERS = 8
EDITS = int(os.environ.get("CHIBO_EDITS", "0"))
PATIENCE = 3600 if EDITS else 60  # seconds; two cores are shared by two workers


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    yield one
    one.stop()


@pytest.fixture
def session(as_user: Callable[..., Client]) -> Callable[[Member], str]:
    """Of somebody who has just typed their password."""

    def sign_in(who: Member) -> str:
        client = as_user(who)
        known = client.session
        known[ENTERED] = known[PROVED] = int(time.time())
        known.save()
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    return sign_in


def remarks_of(cast: Cast, opened: Meeting) -> list[int]:
    """One for each writer, empty."""
    row, by = opened.attendances.get(member=cast.tuan), cast.account(cast.hoa)
    item = item_of(opened)
    return [evening.add_remark(item, row, by=by, at=DURING).pk for _ in range(WRITERS)]


def closed_meetings(cast: Cast, many: int) -> list[Meeting]:
    """Of other months; what was said in them is written, nothing is confirmed."""
    crew = Crew(cast.cell, cast.lan, cast.hoa, cast.tuan, make_member(cast.cell, "Đặng Hoài Nam", username="nam"))
    found = []
    for month in range(1, many + 1):
        day = f"2026-{month:02}-05"
        meeting = hold(crew, State.OPEN, kind="regular", day=day, reviewer=cast.phuc)
        begin(meeting)
        when = {"opened_at": at(f"{day} 19:05"), "closed_at": at(f"{day} 20:35"), "at": at(f"{day} 20:35")}
        evening.close(meeting, by=cast.account(cast.lan), **when)
        found.append(fresh(meeting))
    return found


def not_whole(keys: list[int]) -> list[tuple[int, ...]]:
    """Remarks whose four fields are not of the same edit, or whose revision is not that edit's number."""
    rows = Remark.objects.filter(pk__in=keys, rev__gt=0).values_list("pk", "rev", *FIELDS)
    wanted = [(pk, rev, *(f"{rev} {name}{FILLING}" for name in FIELDS)) for pk, rev, *_ in rows]
    return [row for row, expected in zip(rows, wanted, strict=True) if row != expected]


def has_gaps(meeting: Meeting) -> bool:
    """A change of the meeting without its event, or an event without its change."""
    numbers = list(meeting.events.order_by("number").values_list("number", flat=True))
    return numbers != list(range(1, fresh(meeting).version + 1))


def look(cast: Cast, keys: list[int]) -> None:
    """While nobody serves: the database as the kill has left it."""
    assert not_whole(keys) == []
    assert verify(cast.cell).wrong == ""


@dataclass
class Office:
    """Everybody who is at work, each in a thread of their own."""

    writers: list[Writer]
    sealer: Sealer
    over: Event
    breath: float  # seconds between two kills, at least
    between: int  # saves between two kills, at least
    jobs: list[Future[None]] = field(default_factory=list)
    seen: int = 0

    def begin(self, threads: ThreadPoolExecutor) -> None:
        self.jobs = [threads.submit(one.work) for one in (*self.writers, self.sealer)]

    def waits_for(self, what: Callable[[], bool]) -> None:
        """Until it is so; not for somebody who has been told what nobody should be."""
        end = time.monotonic() + PATIENCE
        while not what() and time.monotonic() < end and not any(job.done() and job.exception() for job in self.jobs):
            time.sleep(0.02)

    def gets_on(self) -> None:
        self.over.wait(self.breath)
        self.waits_for(lambda: self.acknowledged >= min(self.seen + self.between, EDITS or 10**9))
        self.seen = self.acknowledged

    def comes_to_an_end(self) -> None:
        """Everybody has something stored, all minutes are sealed, and the edits that were asked for are done."""
        self.waits_for(lambda: all(one.acknowledged for one in self.writers) and not self.sealer.closed)
        for job in self.jobs[:WRITERS] if EDITS else ():
            job.result()

    @property
    def busy(self) -> int:
        return sum(one.busy for one in (*self.writers, self.sealer))

    @property
    def acknowledged(self) -> int:
        return sum(one.acknowledged for one in self.writers)


def go(cast: Cast, opened: Meeting, server: Server, session: Callable[[Member], str], many: int, breath: float) -> None:
    keys, closed = remarks_of(cast, opened), closed_meetings(cast, 10 if LONG else 2)
    over, began = Event(), time.monotonic()
    typist, chair = session(cast.hoa), session(cast.lan)
    most = -(-EDITS // WRITERS) or 10**9
    between = max(2 * WRITERS, EDITS // (many + 1))
    writers = [Writer(server, (typist, chair)[n % 2], over, remark=key, most=most) for n, key in enumerate(keys)]
    office = Office(writers, Sealer(server, chair, over, closed=[*closed], other=typist), over, breath, between)
    server.start()
    with ThreadPoolExecutor(WRITERS + 1) as threads:
        office.begin(threads)
        try:
            for _ in kills(server, many, office.gets_on):
                look(cast, keys)
            office.comes_to_an_end()
        finally:
            over.set()
    for job in office.jobs:
        job.result()
    server.kill_everything()
    look(cast, keys)
    stored = dict(Remark.objects.filter(pk__in=keys).values_list("pk", "rev"))
    tell(office, sum(stored.values()), server.kills, time.monotonic() - began)
    assert {one.remark for one in writers if stored[one.remark] - one.acknowledged not in (0, 1)} == set()
    assert min(one.acknowledged for one in writers) > 0
    assert EDITS or not office.busy
    assert office.sealer.sealed == [one.pk for one in closed]
    assert not Minutes.objects.filter(meeting__in=closed, sealed_at=None).exists()
    assert Addendum.objects.count() - office.sealer.addenda in (0, 1)
    assert [one.pk for one in (opened, *closed) if has_gaps(one)] == []


def tell(office: Office, stored: int, times: int, seconds: float) -> None:
    everybody = (*office.writers, office.sealer)
    print(
        f"\n{office.acknowledged} saves acknowledged, {stored} stored, {times} kills, "
        f"{sum(one.broken for one in everybody)} broken lines, {office.busy} too busy, "
        f"{len(office.sealer.sealed)} minutes sealed, "
        f"{office.sealer.addenda} addenda, {Link.objects.count()} links, {seconds:.1f} s"
    )


@pytest.mark.in_turn
@pytest.mark.skipif(LONG, reason="ten kills instead")
def test_what_was_acknowledged_outlives_a_killed_server(
    cast: Cast, opened: Meeting, server: Server, session: Callable[[Member], str]
) -> None:
    go(cast, opened, server, session, many=2, breath=0.5)


@only_long
def test_what_was_acknowledged_outlives_ten_kills(
    cast: Cast, opened: Meeting, server: Server, session: Callable[[Member], str]
) -> None:
    go(cast, opened, server, session, many=10, breath=3)
