"""What is typed and typed over within an evening leaves no trace: no history of words in any table, for any text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from members.saving.sheet import SHEETS
from tests.addresses import address
from tests.clicks import BUTTONS, clients, form_for, taken_back
from tests.world import ORDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from meetings.lifecycle import State
    from tests.world import World

FIRST, SECOND = "Câu gõ đầu rồi xoá đi", "Câu gõ lại sau cùng"
MOVING = {"django_session", "sqlite_sequence"}
TEXTS = [(of, state, person) for name, of, state, person in BUTTONS if name == "write"]


def rows() -> Counter[tuple[str, str]]:
    """Every row of every table that there is, ours or not, as the database itself holds it."""
    found: Counter[tuple[str, str]] = Counter()
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - MOVING):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.update((table, repr(row)) for row in cursor.fetchall())
    return found


def with_words(sheet: str, form: dict[str, Any], words: str) -> dict[str, Any]:
    """The form with these words in each of its free texts."""
    known = SHEETS[sheet]
    free = [name for name in form if name not in ("key", "base", *known.choices) and isinstance(form[name], str)]
    return {**form, **{name: f"{words} ({name})" for name in free if form[name] not in ("good", "done", "explains")}}


def shape(sheet: str) -> tuple[str, str]:
    """How it is kept, and in which table."""
    known = SHEETS[sheet]
    return type(known).__name__, getattr(known, "kept", known.model).__name__


def test_every_way_in_which_texts_save_themselves_is_tried() -> None:
    assert {shape(of.partition("/")[0]) for of, _, _ in TEXTS} == set(map(shape, SHEETS))


@pytest.mark.parametrize("state", ORDER)
def test_words_that_were_typed_over_are_nowhere(world_in: Callable[[State], World], state: State) -> None:
    world = world_in(state)
    who = clients(world)
    for of, _, person in [one for one in TEXTS if one[1] == state]:
        client, sheet = who[person], of.partition("/")[0]
        url, form = address("write", of, world.keys), form_for("write", world, of, person)
        with taken_back(client):
            first = client.post(url, with_words(sheet, form, FIRST), headers={"accept": "application/json"})
            assert (of, first.status_code) == (of, 200)
            before = rows()
            typed_over = {**form, "base": first.json()["rev"]}
            second = client.post(url, with_words(sheet, typed_over, SECOND), headers={"accept": "application/json"})
            assert (of, second.status_code, second.json()["rev"]) == (of, 200, first.json()["rev"] + 1)
            after = rows()
            gone, new = sorted((before - after).elements()), sorted((after - before).elements())
        assert [of for _, row in after if FIRST in row] == []
        assert gone != []
        assert (of, [table for table, _ in gone]) == (of, [table for table, _ in new])  # replaced, none added
