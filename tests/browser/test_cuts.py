"""An evening at a desk whose network is cut, and whose server is killed, at random moments: no acknowledged word is lost.

`make test` cuts three times, `make long` a hundred times. Whoever wants to see a failure again sets what it prints:
`CHIBO_SEED=… CHIBO_CUTS=…`.
"""

from __future__ import annotations

import os
import random
import re
import time
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from playwright.sync_api import Error, expect

from meetings.actions import evening
from meetings.models import Remark, Task
from tests.browser.conftest import PATIENCE
from tests.browser.person import Person, session_of
from tests.factories import at
from tests.killing import Server
from tests.sample import LONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet
    from playwright.sync_api import Browser, Locator, Page

    from meetings.models import AgendaItem, Meeting
    from tests.conftest import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds the server's workers in /proc"),
]

SEED = os.environ.get("CHIBO_SEED") or f"{datetime.now(tz=UTC):%Y-%m-%d}"
CUTS = int(os.environ.get("CHIBO_CUTS", "0")) or (100 if LONG else 3)
SETTLED = 40_000  # milliseconds: the longest pause between two tries, twice
PARTS = ("awareness", "proposal")
WORD = re.compile(r"k\d{4}")

# What the page tells the person, at the moment at which it does: the words in the boxes beside which "Đã lưu" appears.
LISTEN = """addEventListener("DOMContentLoaded", () => new MutationObserver(changes => {
    const lines = new Set(changes.map(({ target }) => (target.closest ? target : target.parentElement).closest("[data-save-state]")));
    for (const line of lines) if (line?.dataset.state === "saved" && line.textContent.startsWith("Đã lưu"))
        told([...line.closest("form").querySelectorAll("textarea")].map(box => box.value).join(" "));
}).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["data-state"] }));"""
# What lies in this device's drawer, and what stands in the boxes of its page.
DEVICE = """() => window.chibo.drafts.all().then(found => [...found.map(one => one.step ? one.given.text : one.text),
    ...[...document.querySelectorAll("[data-write] textarea")].map(box => box.value)].join(" "))"""
UNSAVED = "window.chibo.drafts.all().then(found => found.filter(one => one.step || one.text !== one.saved))"
AT_HAND = """() => new Promise(done => { const look = () => caches.match(location.origin + location.pathname).then(found =>
    found && navigator.serviceWorker.controller ? done(true) : setTimeout(look, 50)); look(); })"""


@dataclass
class Desk:
    """Hoa's: what she has typed into which box, what she has been told of it, and what the desk holds for her."""

    hoa: Person
    server: Server
    item: AgendaItem
    dice: random.Random
    typed: dict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    acknowledged: set[str] = field(default_factory=set)
    held: list[str] = field(default_factory=list)
    number: int = 0
    reloads: int = 0

    @property
    def page(self) -> Page:
        return self.hoa.page

    @property
    def path(self) -> str:
        return f"/items/{self.item.pk}/desk/"

    def opens(self) -> None:
        self.hoa.page = page = self.hoa.context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())

    def hears(self, words: str) -> None:
        self.acknowledged.update(WORD.findall(words))

    def a_word(self) -> str:
        self.number += 1
        return f"k{self.number:04}"

    # --- What a person does ---------------------------------------------------------------------------

    def box(self) -> tuple[tuple[int, str], Locator]:
        """One of the boxes of the remark that is open on this page."""
        form = self.page.locator("form[data-write^='remark-']").first
        pk = int((form.get_attribute("data-write") or "").removeprefix("remark-"))
        part = self.dice.choice(PARTS)
        return (pk, part), form.locator(f"textarea[name={part}]")

    def types(self, many: int) -> None:
        """Word after word at the end of a box, as fast as somebody who is quick."""
        where, box = self.box()
        box.press("Control+End")
        for _ in range(many):
            word = self.a_word()
            self.typed[where].append(word)
            self.page.keyboard.insert_text(f" {word}")  # the server keeps no space at the end
            self.page.wait_for_timeout(self.dice.uniform(10, 150))

    def walks(self, keys: list[int]) -> None:
        self.page.goto(f"{self.path}?remark={self.dice.choice(keys)}")

    def holds(self) -> None:
        """What is done in the part of the page that is there while the network is not."""
        outbox = self.page.get_by_role("region", name="Ghi khi mất mạng")
        expect(outbox).to_be_visible(timeout=15_000)
        word = self.a_word()
        if self.dice.random() < 0.5:
            outbox.get_by_label("Đồng chí").first.select_option(label="Nguyễn Thị Hoa")
            outbox.get_by_label("Ý kiến", exact=True).fill(word)
            outbox.get_by_role("button", name="Giữ ý kiến này").click()
        else:
            if not outbox.get_by_label("Nhiệm vụ", exact=True).is_visible():
                outbox.get_by_text("Kết luận, nhiệm vụ").click()
            outbox.get_by_label("Nhiệm vụ", exact=True).fill(word)
            outbox.get_by_role("button", name="Giữ nhiệm vụ này").click()
        expect(outbox).to_contain_text(word)
        self.held.append(word)

    def reloads_or_closes(self, cut: bool) -> None:
        self.reloads += 1
        self.page.wait_for_timeout(250)  # from the last letter to the key that closes
        if self.dice.random() < 0.5:
            self.page.reload()
            return
        with self.page.expect_event("close"):
            self.page.close(run_before_unload=True)
        self.opens()
        if cut:
            self.hoa.context.set_offline(True)  # this tab's as well
        self.page.goto(self.path)

    # --- A cut ------------------------------------------------------------------------------------------

    def is_cut(self, by_killing: bool, held: int) -> None:
        """In mid-typing: after some words, or just as they are on their way."""
        if self.dice.random() < 0.5:
            with suppress(Error), self.page.expect_request(lambda sent: "/write/" in sent.url, timeout=2500):
                self.types(self.dice.randint(1, 4))
            self.page.wait_for_timeout(self.dice.choice([0, 0, 5, 15, 30]))
        else:
            self.types(self.dice.randint(1, 6))
        if by_killing:
            self.server.kill_everything()
        else:
            self.hoa.context.set_offline(True)
        self.nothing_acknowledged_is_lost()
        self.types(self.dice.randint(0, 4))
        if self.dice.random() < 0.4:
            self.reloads_or_closes(cut=not by_killing)
            self.types(self.dice.randint(0, 4))
        for _ in range(held):
            self.holds()
        self.page.wait_for_timeout(self.dice.choice([0, 100, 700, 1500]))
        self.everything_is_somewhere()
        if by_killing:
            self.server.start()
        else:
            self.hoa.context.set_offline(False)

    # --- What has to be so ------------------------------------------------------------------------------

    def remarks(self) -> QuerySet[Remark]:
        return Remark.objects.filter(item=self.item).order_by("pk")

    def tasks(self) -> list[str]:
        return list(Task.objects.filter(meeting=self.item.meeting).order_by("pk").values_list("text", flat=True))

    def record(self) -> Counter[str]:
        texts = [text for row in self.remarks().values_list(*PARTS) for text in row]
        return Counter(WORD.findall(" ".join([*texts, *self.tasks()])))

    def nothing_acknowledged_is_lost(self) -> None:
        stored = self.record()
        assert self.acknowledged - set(stored) == set(), "called saved, and not in the record"
        assert {word for word, times in stored.items() if times > 1} == set(), "twice in the record"

    def everything_is_somewhere(self) -> None:
        """In the record or on this device, which asks nobody to choose between two texts of their own."""
        here = set(WORD.findall(self.page.evaluate(DEVICE)))
        everything = {word for words in self.typed.values() for word in words} | set(self.held)
        self.nothing_acknowledged_is_lost()
        assert everything - here - set(self.record()) == set(), "neither in the record nor on the device"
        expect(self.page.locator(".conflict-box")).to_have_count(0)

    def everything_is_stored(self) -> None:
        """After a while with network: all of it, once and in the order in which it was typed and done."""
        end = time.monotonic() + SETTLED / 1000
        self.page.goto(self.path)
        while (left := self.page.evaluate(UNSAVED)) and time.monotonic() < end:
            others = {draft["name"].split("/")[3] for draft in left if not draft.get("step")}
            for remark in others:  # as the page says: open it there, to save the rest
                self.page.goto(f"{self.path}?remark={remark}")
            self.page.wait_for_timeout(1000)
        assert left == [], "still on the device"
        for (pk, part), words in self.typed.items():
            stored = WORD.findall(getattr(Remark.objects.get(pk=pk), part))
            assert [word for word in stored if word not in self.held] == words
        for texts in (self.remarks().values_list("awareness", flat=True), self.tasks()):
            done = [word for text in texts for word in WORD.findall(text) if word in self.held]
            assert done == sorted(done), "in another order than it was done"
        self.everything_is_somewhere()


def is_old(collected: Path) -> bool:
    """Whether a file of ours has changed since the pages' files were brought together."""
    when = collected.stat().st_mtime if collected.exists() else 0.0
    return any(one.stat().st_mtime > when for one in (settings.BASE_DIR / "static").iterdir())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    if is_old(settings.STATIC_ROOT):
        pytest.fail("make static-files brings the pages' files together")
    one = Server(tmp_path)
    one.start()
    yield one
    one.stop()


@pytest.fixture
def desk(cast: Cast, opened: Meeting, server: Server, chromium: Browser) -> Iterator[Desk]:
    item, who = (
        opened.items.get(step="thematic_discussion"),
        {"by": cast.account(cast.hoa), "at": at("2026-12-03 19:20")},
    )
    evening.start_item(item, **who)
    for member in (cast.lan, cast.tuan, cast.son):
        evening.add_remark(item, opened.attendances.get(member=member), **who)
    context = chromium.new_context(base_url=f"http://127.0.0.1:{server.port}", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{**session_of("hoa"), "url": f"http://127.0.0.1:{server.port}"}])
    dice = random.Random(SEED)
    one = Desk(Person(context), server, item, dice)
    one.hoa.page.close()
    context.expose_function("told", one.hears)
    context.add_init_script(LISTEN)
    one.opens()
    one.page.goto(one.path)
    assert one.page.evaluate(AT_HAND)
    yield one
    context.close()


@pytest.mark.in_turn
def test_no_acknowledged_word_is_lost_whenever_the_line_is_cut_or_the_server_killed(desk: Desk) -> None:
    keys, began = list(Remark.objects.filter(item=desk.item).values_list("pk", flat=True)), time.monotonic()
    print(f"\nCHIBO_SEED={SEED} CHIBO_CUTS={CUTS}")
    for number in range(CUTS):
        if desk.dice.random() < 0.3:
            desk.walks(keys)
        held = number % 4 == 1
        desk.is_cut(by_killing=number % 2 == 1, held=desk.dice.randint(1, 2) if held else 0)
        desk.page.wait_for_timeout(desk.dice.choice([0, 50, 300, 2500]))
        if number % 10 == 9:
            desk.everything_is_stored()
    desk.everything_is_stored()
    print(
        f"{CUTS} cuts, {desk.server.kills} of them kills; {sum(map(len, desk.typed.values()))} words typed, "
        f"{len(desk.acknowledged - set(desk.held))} called saved, {len(desk.held)} things held, {desk.reloads} reloads and closed tabs, "
        f"none lost, none twice, {time.monotonic() - began:.0f} s"
    )
