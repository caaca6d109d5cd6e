"""Every door through which text comes in: a marked text is turned away at each of them, and nothing is saved."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from critique.sealing import crypto
from meetings.lifecycle import State
from members.secrecy import mark_in
from tests.addresses import address
from tests.clicks import click, clients, form_for
from tests.meetings.test_filetext import word
from tests.sample import LONG, this_weeks
from tests.test_bad_input import forms_of
from tests.world import PDF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.world import World

WORDS = "Rà soát quy chế 7391"
MARKED = f"TỐI MẬT\n{WORDS}"
STATES = [State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED]
# Doors that hold no words of a meeting or of criticism: a password, an address, a name to sign in with.
NOT_TEXT = {"key", "password", "again", "code", "username", "email", "old"}


@contextmanager
def stored() -> Iterator[list[str]]:
    """What is put into the database, before it is sealed and after."""
    found: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append(repr(params))
        return execute(sql, params, many, context)

    seal = crypto.Keyring.seal

    def overhear(self: crypto.Keyring, value: Any, place: str) -> crypto.Sealed:
        found.append(repr(value))
        return seal(self, value, place)

    crypto.Keyring.seal = overhear  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(listen):
            yield found
    finally:
        crypto.Keyring.seal = seal  # type: ignore[method-assign]


@pytest.mark.in_turn
@pytest.mark.parametrize("state", STATES)
def test_a_marked_text_is_refused_in_every_field_that_takes_a_text(
    world_in: Callable[[State], World], state: State
) -> None:
    """A field takes text when an ordinary one that is typed there is kept."""
    world = world_in(state)
    let_in, silent, fields = [], [], set()
    for name, client, url, form in this_weeks(forms_of(world), of=5):
        for field in form:
            if field in NOT_TEXT or not isinstance(form[field], str):
                continue
            with stored() as kept:
                click(client, "post", url, {**form, field: WORDS})
            if not any(WORDS in value for value in kept):
                continue
            fields.add((name.split()[0], field))
            with stored() as kept:
                got = click(client, "post", url, {**form, field: MARKED})
            if got.wrote or any(WORDS in value for value in kept):
                let_in.append((name, field))
            if got.word not in ("422", "302"):
                silent.append((name, field, got.word))
    assert (let_in, silent) == ([], [])
    assert len(fields) >= {State.PLAN: 30, State.CALLED: 2}.get(state, 3) // (1 if LONG else 6)


def test_the_page_keeps_what_was_typed_and_says_why(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    who = clients(world)
    for name, of, person, field in (
        ("letter-new", "cell", "nam", "words"),
        ("remedy-new", "cell", "lan", "shortcoming"),
        ("write", "review-strengths/draft", "nam", "A.I.1"),
        ("data-request-answer", "request", "lan", "words"),
        ("write", "draft/paper", "tuan", "draft"),
    ):
        form = {**form_for(name, world, of), field: MARKED}
        got = click(who[person], "post", address(name, of, world.keys), form)
        page = got.response.content.decode()
        assert (name, got.word, WORDS in page, "dấu độ mật (“TỐI MẬT”)" in page) == (name, "422", True, True)


def test_saving_as_one_types_is_told_in_a_sentence(world_in: Callable[[State], World]) -> None:
    world = world_in(State.PLAN)
    url = address("write", "review-strengths/draft", world.keys)
    form = {**form_for("write", world, "review-strengths/draft"), "A.I.1": MARKED}
    answer = clients(world)["nam"].post(url, form, headers={"accept": "application/json"})
    assert (answer.status_code, "không được đưa vào đây" in answer.json()["sentence"]) == (422, True)


def test_a_marked_file_is_refused_by_its_name_and_a_word_file_by_what_is_in_it(
    world_in: Callable[[State], World],
) -> None:
    """A PDF is not looked into: there the declaration is the gate."""
    world = world_in(State.PLAN)
    tuan, url = clients(world)["tuan"], address("paper-edit", "meeting", world.keys)
    marked, plain = word(document="<w:p>TUYỆT MẬT</w:p>"), word(document="<w:p>Báo cáo</w:p>")

    def sent(name: str, content: bytes, **declared: str) -> tuple[str, bool]:
        got = click(tuan, "post", url, {"file": SimpleUploadedFile(name, content), **declared})
        return got.word, bool(got.wrote)

    for name, content in (("Tối mật.pdf", PDF), ("Tối mật.docx", plain), ("moi.docx", marked)):
        assert (name, sent(name, content, not_secret="on")) == (name, ("422", False))
    for name, content in (("moi.pdf", PDF), ("moi.docx", plain)):
        assert (name, sent(name, content)) == (name, ("422", False))  # without the declaration no file at all
        assert (name, sent(name, content, not_secret="on")) == (name, ("302", True))


def test_the_marked_text_of_this_test_is_one_and_the_ordinary_is_not() -> None:
    assert (mark_in(MARKED), mark_in(MARKED.replace("\n", " ")), mark_in(WORDS)) == ("TỐI MẬT", "TỐI MẬT", "")
