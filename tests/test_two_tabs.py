"""Two tabs on one form: whatever the first has saved is still there after the second, or the second is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from meetings.lifecycle import State
from tests.addresses import address
from tests.clicks import clients, taken_back, written
from tests.pages import forms_on, pages_for
from tests.sample import LONG, this_weeks

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.pages import PageForm
    from tests.world import World

FIRST, SECOND = "MỘTTHẺ", "HAITHẺ"
WHO = ("lan", "hoa", "phuc", "admin")
OURS = {model._meta.db_table for model in apps.get_models()} - {"django_session", "axes_accessattempt"}
NOWHERE = {"sign-in", "slip"}


def kept_in(statements: list[str]) -> str:
    """Every word of the tables that these statements have changed, sealed ones as they read."""
    touched = {name for sql in statements for name in sql.split('"')[1:2]}
    changed = [model for model in apps.get_models() if model._meta.db_table in touched & OURS]
    rows = [row for model in changed for row in model._base_manager.all()]
    return repr([getattr(row, field.attname) for row in rows for field in row._meta.concrete_fields])


def typed(form: PageForm, word: str) -> dict[str, Any]:
    """What somebody sends who has added a word to every text, and chosen what was not chosen yet."""
    chosen = {name: first for name, first in form.first.items() if not form.data.get(name)}
    return form.data | chosen | {name: f"{form.fields[name].value[:40]} {word}".strip() for name in form.words}


def pages_with_words(world: World, person: str, client: Client) -> list[tuple[str, str, int]]:
    """Name, address, and which form of the page, wherever this person may write words; of this week's pages."""
    found = []
    for name, url in this_weeks([page for page in pages_for(world) if page[0].split()[0] not in NOWHERE], of=20):
        response = client.get(url)
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            forms = forms_on(response, url)
            found += [(f"{person} {name}", url, index) for index, form in enumerate(forms) if form.words]
    return found


def lost_by(client: Client, url: str, index: int) -> str:
    """What became of the first tab's words when the second is sent after it; empty when nothing is lost."""
    with taken_back(client):
        one, two = (forms_on(client.get(url), url)[index] for _ in range(2))
        with written() as wrote:
            first = client.post(one.action, typed(one, FIRST))
        if first.status_code != 302 or not wrote or FIRST not in kept_in(wrote):
            return "not saved"
        second = client.post(two.action, typed(two, SECOND))
        return "" if FIRST in kept_in(wrote) else f"lost, {second.status_code}"


@pytest.mark.in_turn
@pytest.mark.parametrize("state", [State.PLAN, State.OPEN, State.CLOSED, State.SEALED])
def test_no_form_of_the_product_loses_silently_what_another_tab_has_saved(
    world_in: Callable[[State], World], state: State
) -> None:
    world, saved, lost = world_in(state), 0, []
    who = clients(world).at_once()
    for person in WHO:
        for name, url, index in pages_with_words(world, person, who[person]):
            came = lost_by(who[person], url, index)
            saved += came != "not saved"
            if came.startswith("lost"):
                lost.append(f"{name} form {index}: {came}")
    assert lost == []
    assert saved or not LONG, "this test would find nothing"


def test_where_nothing_is_compared_this_finds_what_is_lost(
    world_in: Callable[[State], World], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("members.edits.Edits._judge", lambda *_: None)
    world = world_in(State.PLAN)
    assert lost_by(clients(world)["lan"], address("meeting-edit", "meeting", world.keys), 1) == "lost, 302"
