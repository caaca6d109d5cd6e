"""The search among a hundred thousand passages: of two hundred cells whose minutes a superior committee reads."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils import timezone

from benchmarks import measure
from benchmarks.server import Client
from benchmarks.world import grow_tree, know_sizes
from meetings.models import AgendaItem, Attendance, Meeting, Remark
from members.models import User
from search.models import Passage

if TYPE_CHECKING:
    from benchmarks.bench import Bench

PASSAGES, CELLS, MEETINGS, REMARKS = 100_000, 200, 5, 100  # remarks of each meeting
# What stands in every passage, in one of a hundred, in one alone, in none; two words of many passages, and a phrase.
ASKED = ("chi bộ", "việc 77", "duy nhất 4321", "không đâu có", "đảng viên chi bộ việc", '"chi bộ thống nhất"')
WORDS = "Chi bộ thống nhất giao đảng viên làm việc {few}, hoàn thành trước kỳ họp sau, báo cáo bí thư. "


def passages(bench: Bench) -> None:
    """The slowest of these questions, asked by whoever reads all of it and by the secretary of one cell."""
    fill(bench.runs(CELLS, 4))
    know_sizes()
    reviewer, secretary = Client(bench.port, bench.world.reviewer), Client(bench.port, bench.world.session)
    works = {}
    for who, client in (("all", reviewer), ("one", secretary)):
        for words in ASKED:
            address = f"/search/?q={quote(words)}"
            measure.good(client, address)
            works[f"{words}, {who}"] = lambda client=client, address=address: client.get(address)
    works["bare"] = lambda: secretary.get("/bare/page/20000/")
    taken = measure.in_turn(bench.runs(9), works, measure.processors(bench.pid))
    bare = taken.pop("bare")
    slowest = max(taken, key=lambda name: taken[name])
    told = ", ".join(f"{name} {taken[name]:.0f}" for name in taken)
    bench.tell("search, 100,000 passages", taken[slowest], f"slowest: {slowest}. {told}.", times=taken[slowest] / bare)


def fill(cells: int) -> None:
    """Sealed meetings with a hundred remarks each, until there are as many passages as that."""
    grow_tree(cells, MEETINGS)
    entered = {"entered_by": User.objects.exclude(member=None).first(), "entered_at": timezone.now()}
    grown = Meeting.objects.filter(cell__name__startswith="Chi bộ số", items=None).order_by("pk")
    rows = list(grown[: cells * MEETINGS])
    items = AgendaItem.objects.bulk_create(AgendaItem(meeting=row, position=1, title="Thảo luận") for row in rows)
    people = Attendance.objects.bulk_create(Attendance(meeting=row, name="Khách") for row in rows)
    for number, (item, speaker) in enumerate(zip(items, people, strict=True)):
        Remark.objects.bulk_create(
            Remark(
                meeting=item.meeting,
                item=item,
                speaker=speaker,
                text=WORDS.format(few=(number * REMARKS + one) % 100) * 3 + f"Ý duy nhất {number * REMARKS + one}.",
                **entered,
            )
            for one in range(REMARKS)
        )
    if cells == CELLS and (there := Passage.objects.count()) < PASSAGES:
        raise ValueError(f"{there} passages")
