"""The book of a year: who gets which papers in it, where they stand, and what says that it is whole."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from book.verify import verify
from book.volume import build_front
from book.yearly import volume, years
from documents.model import plain_text
from documents.pdf import to_pdf
from documents.style import Look
from meetings.actions import resolutions
from meetings.lifecycle import State
from meetings.models import Kind, Meeting, Minutes, Resolution
from members.house import COMMITTEE, House
from printing.models import Order
from printing.runner import work
from tests.book.tampering import drop_guards
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from book.yearly import Volume
    from members.models import User
    from tests.world import World

    Sign = Callable[..., Client]

YEAR = 2026


@pytest.fixture
def world(world_in: Callable[[State], World], monkeypatch: pytest.MonkeyPatch) -> World:
    """Sealed minutes with an addendum, and a signed resolution; real PDFs."""
    world = world_in(State.SEALED)
    monkeypatch.setattr("documents.sealed.to_pdf", to_pdf)
    lan = world.cast.account(world.cast.lan)
    resolution = Resolution.objects.with_meeting().get(pk=world.keys["resolution"])
    resolutions.sign(resolution, seen=resolutions.paper_of(resolution, lan).fingerprint, by=lan, at=AFTER)
    return world


def address(world: World, year: int = YEAR) -> str:
    return reverse("year-book", args=[world.cast.cell.pk, year])


def read_by(world: World, user: User) -> Volume:
    found = volume(world.cast.cell, user, YEAR)
    assert found is not None
    return found


def bound(client: Client, world: World) -> bytes:
    """As people get it: asked for, waited for, opened."""
    before = Order.objects.count()
    assert ("Lập sổ" in client.get(address(world)).text, Order.objects.count()) == (True, before)
    waiting = client.post(address(world))
    page = client.get(waiting["Location"])
    assert ("Đang chờ đến lượt" in page.content.decode(), page["Refresh"]) == (True, "2")
    work()
    page = client.get(waiting["Location"])
    assert (f'href="{address(world)}"' in page.content.decode(), "Refresh" in page) == (True, False)
    return client.get(address(world)).content


def words(page: Any) -> str:
    return " ".join(page.extract_text().split())


@pytest.mark.in_turn
def test_the_book_holds_every_paper_of_the_year_in_order_and_says_its_page(world: World, as_user: Sign) -> None:
    client = as_user(world.cast.lan)
    data = bound(client, world)
    Order.objects.all().delete()
    assert bound(client, world) == data  # the same record gives the same bytes
    found = read_by(world, world.cast.account(world.cast.lan))
    assert {leaf.kind.name for leaf in found.leaves} == {"minutes", "addendum", "resolution"}
    assert [leaf.place for leaf in found.leaves] == sorted(leaf.place for leaf in found.leaves)
    sealed = Minutes.objects.filter(meeting__cell=world.cast.cell, meeting__state=State.SEALED)
    assert sum(leaf.kind.name == "minutes" for leaf in found.leaves) == sealed.count()
    reader = PdfReader(BytesIO(data))
    pages = [words(page) for page in reader.pages]
    marks = [item for item in reader.outline if not isinstance(item, list)]
    starts = [reader.get_destination_page_number(item) for item in marks[1:]]  # type: ignore[arg-type]
    assert len(starts) == len(found.leaves)
    assert [page.endswith(f"Trang {number}") for number, page in enumerate(pages, start=1)] == [True] * len(pages)
    contents = next(page for page in pages if "MỤC LỤC" in page)
    for mark, start, leaf in zip(marks[1:], starts, found.leaves, strict=True):
        paper = leaf.kind.text_of(leaf.row)
        assert leaf.row.fingerprint in "".join(pages[place] for place in range(starts[0])).replace(" ", "")
        assert re.search(rf"{re.escape(str(mark.title))} {start + 1}(?!\d)", contents), (mark.title, start, contents)
        assert all(line in pages[start] for line in re.findall(r'"kind":"([^"]+)"', paper))
    assert pages_are_the_sealed_papers_own(client, world, pages)
    lines = {line.strip() for page in reader.pages[: starts[0]] for line in page.extract_text().splitlines()}
    assert {leaf.link.code for leaf in found.leaves} <= lines  # each on a line of its own, none over two
    assert found.head.code in pages[0]
    assert found.head.hash in pages[0].replace(" ", "")


def pages_are_the_sealed_papers_own(client: Client, world: World, pages: list[str]) -> bool:
    own = PdfReader(BytesIO(client.get(reverse("minutes-pdf", args=[world.meeting.pk])).content))
    alone = [words(page) for page in own.pages]
    start = next(number for number, page in enumerate(pages) if page.startswith(alone[0]))
    return [page.rpartition(" Trang ")[0] for page in pages[start : start + len(alone)]] == alone


def test_the_pages_in_front_are_set_and_worded_as_the_house_has_settled(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = world.cast.account(world.cast.lan)
    before = read_by(world, lan)
    style = House(look=Look(line_pt=22, two_sided=True), spelling="ủy", behalf=COMMITTEE)
    monkeypatch.setattr("members.house.SETTLED", [lambda _of: lambda _day: style])
    settled = read_by(world, lan)
    monkeypatch.setattr("members.house.SETTLED", [])  # they are laid out where nobody asks for it again
    front = build_front(settled, [], [])
    assert (front.look, front.style().line_pt, before.key == settled.key) == (style.look, 22, False)
    said = plain_text(front)
    assert ("biên bản hủy" in said, "T/M CHI ỦY" in said) == (True, True)


@pytest.mark.in_turn
def test_a_committees_minutes_stand_in_the_book_of_whoever_may_read_them(world: World, as_user: Sign) -> None:
    """Nam has no business with them and is told that something is left out; the bytes are not shared."""
    Meeting.objects.filter(pk=world.meeting.pk).update(kind=Kind.COMMITTEE)
    lan, nam = (world.cast.account(one) for one in (world.cast.lan, world.nam))
    less, more = read_by(world, nam), read_by(world, lan)
    left = {leaf.link.number for leaf in more.leaves} - {leaf.link.number for leaf in less.leaves}
    assert (len(left) >= 2, less.others - more.others) == (True, len(left))
    client = as_user(world.nam)
    pages = [words(page) for page in PdfReader(BytesIO(bound(client, world))).pages]
    assert f"{less.others} văn bản khác của năm mà người lập quyển này không được đọc" in pages[0]
    assert [order.by for order in Order.objects.filter(kind="year")] == [nam]
    as_user(world.cast.lan).post(address(world))
    assert Order.objects.filter(kind="year").count() == 2


def test_whoever_follows_the_cell_gets_what_is_sealed_and_what_is_kept_apart_is_in_nobodys(world: World) -> None:
    cell, above = world.cast.cell, world.cast.phuc
    assert {leaf.kind.name for leaf in read_by(world, above).leaves} == {"minutes", "addendum", "resolution"}
    assert [year for year, _ in years(cell, above)] == [year for year, _ in years(cell, world.cast.account(world.nam))]
    assert volume(cell, world.cast.account(world.cast.mai), YEAR) is None
    assert volume(cell, world.far, YEAR) is None
    held = Meeting.objects.filter(pk=world.meeting.pk)
    held.update(opened_at=held.get().opened_at.replace(year=YEAR - 1))  # whatever day was planned
    assert [year for year, _ in years(cell, above)] == [YEAR, YEAR - 1]


def test_a_year_without_papers_does_not_exist_and_the_books_page_names_those_with(world: World, as_user: Sign) -> None:
    client = as_user(world.nam)
    assert {client.get(address(world, year)).status_code for year in (0, 2019, 10**19)} == {404}
    page = client.get(reverse("book", args=[world.cast.cell.pk])).content.decode()
    assert f'action="{address(world)}"' in page


def test_no_volume_is_bound_from_a_book_that_is_not_whole(world: World, as_user: Sign) -> None:
    """Neither when it is asked for nor when it was changed between asking and binding."""
    client = as_user(world.cast.lan)
    waiting = client.post(address(world))["Location"]
    drop_guards()
    row = Minutes.objects.get(meeting=world.meeting)
    Minutes.objects.filter(pk=row.pk).update(document=row.document.replace("Biên bản", "Biên bàn"))
    assert not verify(world.cast.cell).whole
    work()
    assert "Có văn bản đang lưu không khớp sổ biên bản" in client.get(waiting).content.decode()
    assert client.get(address(world))["Location"] == reverse("book", args=[world.cast.cell.pk])
