"""The speaking list: what one adding costs, how many several desks manage, and what becomes of 32 people at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from typing import TYPE_CHECKING

from django.utils import timezone

from benchmarks import measure
from benchmarks.server import Client, new_key
from meetings.actions import polls
from meetings.models import AgendaItem, Meeting, Remark, Turn, TurnState, Voice

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.bench import Bench
    from benchmarks.world import Room
    from members.models import EventQuerySet

ON_A_PHONE = "X-Words: 1\r\n"  # as static/live.js says it: no page follows
CHANGES = 6  # of each of the thirty
DESKS = 8


def _taken(client: Client, address: str, fields: dict[str, object]) -> None:
    answer = client.post(address, {**fields, "key": new_key()})
    if answer.status not in (200, 302):
        raise ValueError(f"{address} answers {answer.status}")


def _adds(client: Client, item: int, speaker: int) -> None:
    _taken(client, f"/items/{item}/remarks/", {"speaker": speaker})


def gives(client: Client, item: int, speaker: int) -> None:
    """The floor, whoever has it or waits."""
    _taken(client, f"/items/{item}/remarks/", {"speaker_now": speaker})


def clear(item: int) -> None:
    """Nobody waits any more, so that everybody can be put on the list again."""
    Turn.objects.filter(item=item, state=TurnState.WAITING).update(state=TurnState.WITHDRAWN)


def _waiting(item: int) -> int:
    return Turn.objects.filter(item=item, state=TurnState.WAITING).count()


def begin(client: Client, item: int, first: int) -> None:
    """The item runs and somebody speaks: whoever is named now is put on the list."""
    client.post(f"/items/{item}/start/", {"key": new_key()})
    clear(item)
    gives(client, item, first)


def one(bench: Bench) -> None:
    """Processor time of one change of the list, beside the least that saving can be."""
    live, room, remark = bench.world.live, bench.world.room, bench.world.remarks[1]
    desk = Client(bench.port, live.session)
    begin(desk, live.item, live.rows[0])
    begin(Client(bench.port, room.session), room.item, room.first)
    left, members = iter(live.rows[1:]), iter([Client(bench.port, session, ON_A_PHONE) for session in room.people])
    runs = bench.runs(len(room.people))
    works: dict[str, Callable[[], object]] = {
        "adding a speaker": lambda: _adds(desk, live.item, next(left)),
        "asking for the floor": lambda: _taken(next(members), f"/items/{room.item}/ask/", {}),
        "giving the floor": lambda: gives(desk, live.item, next(left)),
        "bare": lambda: desk.post(f"/bare/save/{remark}/", {"awareness": new_key()}),
    }
    taken = measure.in_turn(runs, works, measure.processors(bench.pid))
    if (_waiting(live.item), _waiting(room.item)) != (runs, runs):
        raise ValueError("somebody was not put on the list")
    bare = taken.pop("bare")
    for name, found in taken.items():
        bench.tell(name, found, f"beside {bare:.2f} ms.", times=found / bare)


def several(bench: Bench) -> None:
    """Eight desks at once, each with people of its own, until everybody is on the list; then again."""
    live = bench.world.live
    begin(Client(bench.port, live.session), live.item, live.rows[0])
    shares = [live.rows[number + 1 :: DESKS] for number in range(DESKS)]
    clients = [Client(bench.port, live.session) for _ in shares]

    def ours(client: Client, rows: list[int]) -> int:
        for row in rows:
            _adds(client, live.item, row)
        return len(rows)

    def bare(client: Client, rows: list[int]) -> int:
        for row in rows:
            client.post(f"/bare/save/{bench.world.remarks[1]}/", {"awareness": str(row)})
        return len(rows)

    def rate(work: Callable[[Client, list[int]], int]) -> float:
        total, took = 0, 0.0
        for _ in range(bench.runs(3, 1)):
            clear(live.item)
            start = time.perf_counter()
            with ThreadPoolExecutor(DESKS) as pool:
                total += sum(pool.map(work, clients, shares))
            took += time.perf_counter() - start
        return total / took

    adds = rate(ours)
    if _waiting(live.item) != sum(map(len, shares)):
        raise ValueError("somebody was not put on the list")
    least = rate(bare)
    bench.tell("speakers added a second, 8 desks", adds, f"beside {least:.0f}.", times=adds / least)


def everybody(bench: Bench) -> None:
    """Thirty members who ask for the floor and vote, and two desks that add speakers and write, all at once."""
    room = bench.world.room
    desk = Client(bench.port, room.session)
    begin(desk, room.item, room.first)
    item = AgendaItem.objects.with_people().get(pk=room.item)
    poll = polls.open_poll(item, question="Thống nhất", by=room.lead, at=timezone.now())
    before = Meeting.objects.get(pk=room.meeting).version
    works = [*(_member(bench.port, session, room.item, poll.pk) for session in room.people)]
    works += [_desk(bench.port, room, rows) for rows in room.guests]
    with ThreadPoolExecutor(len(works)) as pool:
        taken = sorted(second for each in pool.map(lambda work: work(), works) for second in each)
    with ThreadPoolExecutor(len(works)) as pool:
        bare = sorted(
            second for each in pool.map(lambda session: _bare(bench, session), room.people) for second in each
        )
    slow, least = (quantiles(each, n=20)[-1] * 1000 for each in (taken, bare))
    bench.tell("32 people at once", slow, f"p95 of {len(taken)} answers, {least:.0f} bare.", times=slow / least)
    bench.tell("32 people at once, lost", _lost(room, poll.pk, before))
    numbers = list(_events(room, before).values_list("number", flat=True))
    now = Meeting.objects.get(pk=room.meeting).version
    gaps = len(set(range(before + 1, now + 1)) ^ set(numbers)) + len(numbers) - len(set(numbers))
    bench.tell("32 people at once, gaps among the events", gaps, f"{len(numbers)} events")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _member(port: int, session: str, item: int, poll: int) -> Callable[[], list[float]]:
    """Asks for the floor once and votes, and changes the vote until the last one, which is in favour."""
    client = Client(port, session, ON_A_PHONE)

    def work() -> list[float]:
        found = [_timed(lambda: _taken(client, f"/items/{item}/ask/", {}))]
        for number in range(1, CHANGES):
            choice = "in_favour" if number % 2 == (CHANGES - 1) % 2 else "other"
            found.append(_timed(lambda choice=choice: _taken(client, f"/polls/{poll}/say/", {"choice": choice})))
        return found

    return work


def _desk(port: int, room: Room, rows: list[int]) -> Callable[[], list[float]]:
    """Puts those without a phone on the list, and writes meanwhile."""
    client, remark = Client(port, room.session), room.remarks[rows[0]]

    def work() -> list[float]:
        found, rev = [], measure.save(client, remark, "…", -1)
        for row in rows:
            found.append(_timed(lambda row=row: _adds(client, room.item, row)))
            start = time.perf_counter()
            rev = measure.save(client, remark, f"bản {row}", rev)
            found.append(time.perf_counter() - start)
        return found

    return work


def _bare(bench: Bench, session: str) -> list[float]:
    client, address = Client(bench.port, session), f"/bare/save/{bench.world.remarks[1]}/"
    return [_timed(lambda: client.post(address, {"awareness": "x"})) for _ in range(CHANGES)]


def _events(room: Room, after: int) -> EventQuerySet:
    return Meeting.objects.get(pk=room.meeting).events.filter(number__gt=after)


def _lost(room: Room, poll: int, before: int) -> int:
    """What was answered with a yes and is not there: askings, votes, each change of one, speakers, last words."""
    kinds = list(_events(room, before).values_list("what", flat=True))
    waiting = set(Turn.objects.filter(item=room.item, state=TurnState.WAITING).values_list("speaker", flat=True))
    named = [row for rows in room.guests for row in rows]
    said = Voice.objects.filter(poll=poll, choice="in_favour").count()
    written = [Remark.objects.get(pk=room.remarks[rows[0]]).awareness == f"bản {rows[-1]}" for rows in room.guests]
    return (
        len(room.people) * CHANGES
        - kinds.count("ask_for_oneself")
        - kinds.count("say")
        + len(set(named) - waiting)
        + len(room.people)
        - said
        + written.count(False)
    )
