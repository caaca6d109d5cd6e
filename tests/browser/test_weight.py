"""What the first pages weigh over the wire, everything included."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.test import Client

from meetings.models import Remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.models import Meeting
    from tests.conftest import Cast

KILOBYTES = 1000
MOST = 100
SLOWER = 3  # times the same page with a few remarks; milliseconds are asked of a quiet machine by `make bench`


def weight(client: Client, path: str) -> float:
    """Kilobytes of the page as it is and of each file that it names, compressed as the server sends them at worst."""
    page = client.get(path).content
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode()))
    assert "house.css" in names
    assert names & {"chibo.js", "house.js"}
    files = [Path(str(finders.find(name))).read_bytes() for name in names]
    return (len(page) + sum(len(gzip.compress(file)) for file in files)) / KILOBYTES


def cost(client: Client, path: str) -> tuple[float, bytes]:
    """Seconds of the processor at best, because what else the machine does meanwhile is not the page's; and the page."""
    took = []
    for _ in range(7):
        begun = time.process_time()
        page = client.get(path).content
        took.append(time.process_time() - begun)
    return min(took), page


def test_the_sign_in_page_is_light(cast: Cast) -> None:
    assert weight(Client(), "/sign-in/") < MOST


def test_the_home_page_of_a_secretary_is_light(cast: Cast, as_user: Callable[..., Client]) -> None:
    assert weight(as_user(cast.lan), "/") < MOST


def test_the_desk_is_light(cast: Cast, opened: object, as_user: Callable[..., Client]) -> None:
    """A phone at the back of the hall may be opened on it for the first time that evening."""
    item = opened.items.get(step="thematic_discussion")
    assert weight(as_user(cast.lan), f"/items/{item.pk}/desk/") < MOST


def test_a_long_discussion_makes_the_desk_neither_heavy_nor_slow(
    cast: Cast, opened: Meeting, as_user: Callable[..., Client]
) -> None:
    """400 remarks of a page each: those before the last are a line, and what they say is loaded when it is opened."""
    item, client = opened.items.get(step="thematic_discussion"), as_user(cast.lan)
    who = {"entered_by": cast.account(cast.lan), "entered_at": opened.opened_at}
    told = {"meeting": opened, "item": item, "speaker": opened.attendances.first(), **who}
    remarks = [Remark(**told, awareness="Nêu gương từ việc nhỏ. " * 120) for _ in range(400)]
    address = f"/items/{item.pk}/desk/"
    Remark.objects.bulk_create(remarks[:10])
    few, _ = cost(client, address)
    Remark.objects.bulk_create(remarks[10:])
    many, page = cost(client, address)
    assert len(page) < MOST * KILOBYTES
    assert many < SLOWER * few
    # the last remark, what was presented, and two that wait for a network that is gone
    assert page.count(b"<textarea") == 6
    earliest = Remark.objects.order_by("pk").first()
    assert page.count(b"<textarea") + 3 == client.get(f"{address}?remark={earliest.pk}").content.count(b"<textarea")
