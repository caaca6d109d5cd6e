"""Every form of every page, as whoever sees it, filled with what nobody expects: an answer in words, and no word lost.

Another part each day, a larger one by `make long`. Whoever wants to see a failure again sets the seed that it prints:
`CHIBO_SEED=2026-11-29`.
"""

from __future__ import annotations

import html
import os
import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from book.kinds import KINDS
from critique.sealing.fields import EncryptedJSON
from meetings.lifecycle import State
from tests.book.tampering import drop_guards
from tests.clicks import clients, taken_back, written
from tests.factories import PASSWORD
from tests.pages import forms_on, pages_for
from tests.sample import LONG
from tests.test_bad_input import NASTY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.pages import PageForm
    from tests.world import World

SEED = os.environ.get("CHIBO_SEED") or f"{datetime.now(tz=UTC):%Y-%m-%d}"
WHO = ("lan", "binh", "hoa", "tuan", "nam", "mai", "phuc", "admin", "thu", "stranger")
STATES = [State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED]
PAGES = 200 if LONG else 8  # so many pages of each state, as one of the people each
FORMS = 6 if LONG else 2
# Not asked to bring words back: what is secret, or says that nothing was found.
SECRET = re.compile(r"password|code|old|again")
VIETNAMESE = re.compile(r"[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)


@dataclass
class Try:
    """What is sent: `typed` are words that nothing is wrong with, by field."""

    what: str
    data: dict[str, Any]
    typed: dict[str, str]


def spoilt(form: PageForm, dice: random.Random) -> Try:
    """Good words in every field for words, one thing of the rest that nobody expects."""
    chosen = {name: first for name, first in form.first.items() if not form.data.get(name)}
    good = {
        name: f"Chữ gõ cho mục {name}, không để mất, {dice.randrange(10**6):06}"
        for name in form.words
        if not SECRET.search(name)
    }
    data: dict[str, Any] = form.data | chosen | good
    if not data or dice.random() < 0.15:
        return Try("as it is", data, good)
    names = sorted(data)
    field, what = dice.choice(names), dice.choice(sorted(NASTY))
    kind = dice.random()
    if kind < 0.15:
        data = {name: value for name, value in data.items() if name != field}
        return Try(f"without {field}", data, {n: w for n, w in good.items() if n != field})
    if kind < 0.25:
        return Try(f"everywhere {what}", dict.fromkeys(data, NASTY[what]), {})
    value = noise(dice) if kind < 0.4 else NASTY[what]
    said = repr(value)[:60] if kind < 0.4 else what
    return Try(f"{field} = {said}", {**data, field: value}, {n: w for n, w in good.items() if n != field})


def noise(dice: random.Random) -> str:
    """Letters of all of Unicode that a browser can send, none of them half."""
    letters = (chr(dice.randrange(0x110000)) for _ in range(dice.randrange(1, 60)))
    return "".join(letter for letter in letters if not 0xD800 <= ord(letter) <= 0xDFFF)


def words_of(page: str) -> str:
    """What a person reads in the middle of the page."""
    main = page.partition("<main")[2] or page
    return re.sub(r"<[^>]*>", " ", main)


def wrong_with(client: Client, form: PageForm, sent: Try) -> str:
    """What is not as promised about the answer to this; empty where all is well."""
    with taken_back(client), written() as wrote:
        got = client.post(form.action, sent.data)
        if got.status_code >= 500:
            return str(got.status_code)
        if got.status_code == 302 and not [sql for sql in wrote if "axes_" not in sql]:
            got = client.get(got["Location"])  # refused, in words on the page that comes
            if got.status_code >= 500:
                return f"{got.status_code} behind it"
        elif got.status_code < 400:
            return ""
        if not got.get("Content-Type", "").startswith("text/html"):
            return ""
        page = html.unescape(got.content.decode())
        if got.status_code >= 400 and not VIETNAMESE.search(words_of(page)):
            return f"{got.status_code} without a sentence"
        lost = [name for name, typed in sent.typed.items() if typed not in page] if got.status_code != 200 else []
        return f"{got.status_code}, lost: {', '.join(lost)}" if lost else ""


def tries(world: World, dice: random.Random) -> Iterator[tuple[str, Client, PageForm, Try]]:
    who = clients(world)
    asked = [(person, name, url) for person in WHO for name, url in pages_for(world)]
    dice.shuffle(asked)
    opened = 0
    for person, name, url in asked:
        client = who[person]
        client.raise_request_exception = False
        got = client.get(url)
        found = forms_on(got, url) if got.get("Content-Type", "").startswith("text/html") else []
        found = [form for form in found if form.data or form.action != "/sign-out/"]
        if not found:
            continue
        opened += 1
        if opened > PAGES:
            return
        for form in dice.sample(found, min(FORMS, len(found))):
            yield f"{person} {name} {form.action}", client, form, spoilt(form, dice)


@pytest.mark.in_turn
@pytest.mark.parametrize("state", STATES)
def test_whatever_is_sent_from_any_form_there_is_an_answer_in_words_and_no_word_is_lost(
    world_in: Callable[[State], World], state: State
) -> None:
    dice, broken, number = random.Random(f"{SEED} {state}"), [], 0
    for name, client, form, sent in tries(world_in(state), dice):
        number += 1
        if wrong := wrong_with(client, form, sent):
            broken.append(f"{name}: {sent.what}: {wrong}")
    assert broken == [], f"see it again with CHIBO_SEED={SEED}"
    assert number >= 8


ODD = ["meetings/5", "../", "account", "?x", "#", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\x00"]
ODD += ["/%00", "http:/account/", "http://[", "/" + "a" * 5000, "\u202e/", " /account/", "./", "/account/\r\nX: y"]


def test_an_odd_way_back_leads_home_or_to_a_page_of_ours(world_in: Callable[[State], World]) -> None:
    """A relative `next` once was an error of the server."""
    world, wrong = world_in(State.PLAN), []
    lan, new = clients(world)["lan"], Client(raise_request_exception=False)
    lan.raise_request_exception = False
    for odd in ODD:
        typed = {"username": "lan", "password": PASSWORD, "next": odd}
        answers = {
            "signed in already": lan.get("/sign-in/", {"next": odd}),
            "asked": new.get("/sign-in/", {"next": odd}),
            "password again": lan.post("/account/password/", {"asked-again-old": PASSWORD, "next": odd}),
        }
        with taken_back(new):
            answers["signing in"] = new.post("/sign-in/", typed)
        for what, got in answers.items():
            to = got.headers.get("Location", "/")
            if got.status_code >= 500 or not to.startswith("/") or to.startswith(("//", "/\\")):
                wrong.append((odd[:20], what, got.status_code, to[:40]))
    assert wrong == []


SHOW_A_PAPER = {"minutes", "meeting", "book", "ballot", "destruction", "conference-paper", "home", "inspection-list"}
NO_PAPER = ["", "{", "[]", "null", '{"blocks": 1}', '{"name": "x"}', "\x01 rác"]


@pytest.mark.in_turn
def test_a_stored_paper_that_cannot_be_read_is_told_and_breaks_no_page(world_in: Callable[[State], World]) -> None:
    world, broken, told = world_in(State.SEALED), [], set()
    drop_guards()
    who = clients(world)
    pages = [("lan", name, url) for name, url in pages_for(world) if "pdf" in name or name.split()[0] in SHOW_A_PAPER]
    pages += [("phuc", name, url) for _, name, url in pages]
    for number, model in enumerate({kind.table: kind for kind in KINDS.values() if kind.text}.values()):
        odd = NO_PAPER[(number + len(SEED) + ord(SEED[-1])) % len(NO_PAPER)]
        field = model.table._meta.get_field(model.text)
        if not isinstance(field, EncryptedJSON):
            model.table._base_manager.update(**{model.text: odd})
    for person, name, url in pages:
        who[person].raise_request_exception = False
        with taken_back(who[person]):
            got = who[person].get(url)
            if got.status_code >= 500:
                broken.append((person, name))
            if "không còn đọc được" in getattr(got, "content", b"").decode("utf-8", "replace"):
                told.add(name)
    assert broken == []
    assert "minutes meeting" in told
