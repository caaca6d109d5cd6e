"""Forms that nobody's page has sent: rows of another cell, fields that no form has, the same click twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from critique.sealing.fields import EncryptedJSON
from meetings.lifecycle import State
from tests.addresses import address
from tests.clicks import BUTTONS, buttons, click, clients, form_for, taken_back, written
from tests.clicks_reviews import due
from tests.sample import this_weeks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import Field, Model
    from django.test import Client

    from tests.world import World

STATES = [State.PLAN, State.CALLED, State.OPEN, State.CLOSED, State.SEALED]
# A key made by chance, the mark of all that was sent with it, a file whose name the disk has given, or what is
# sealed anew each time.
RANDOM = {"key", "digest", "file", "body", "note", "mark"}
RANDOM |= {"shortcoming", "cause", "measure", "finished_when", "words"}
RANDOM |= {"presented", "response", "merits", "faults", "duties", "due", "reply", "ruling", "texts"}
RANDOM |= {"noted", "wish", "grounds", "suggestion"}
RANDOM |= {"matter", "reply", "why", "extension", "record", "thing_pk"}
RANDOM |= {"hash", "previous"}  # of a link in the book: over the key of its row, which PostgreSQL counts on
RANDOM |= {"was"}  # what stood before a step on the speaking list names its turns by the keys that PostgreSQL counts on

# What a clever person adds to a form: columns of our tables and names of our functions' arguments.
EXTRAS = {
    "state": "sealed", "version": "999", "rev": "999", "rulebook": "hd12", "kind": "regular", "number": "77",
    "sealed_at": "2020-01-01", "fingerprint": "0" * 64, "standing": "full", "entitled": "99", "base": "1",
    "called_at": "2020-01-01", "shared_at": "2020-01-01", "completed_at": "2020-01-01", "apology_accepted": "1",
    "is_staff": "on", "is_superuser": "on", "path": "/", "step": "conclusion", "position": "1",
    "at": "2020-01-01", "by": "1", "actor": "1", "user": "1", "entered_by": "1", "written_by": "1",
    "cell": "1", "cell_id": "1", "meeting": "1", "meeting_id": "1", "organisation": "1", "id": "1", "pk": "1",
}  # fmt: skip
# Posted so that no address and no log keeps a word of it: it only reads.
READS = {"shorthand-look"}
# What is taken away leaves nothing to click on a second time; and each time that a record is taken out is told.
GONE = {"order-give-up"}
EACH = {"cell-export"}
# Where a form has a field of that name, it is no extra.
OWN = {
    "guest-add": {"position"},
    "remark-add": {"kind"},
    "floor-ask": {"kind"},
    "report": {"state"},
    "matter": {"meeting"},
    "vote-add": {"kind"},
    "poll-open": {"kind"},
    "ballot-add": {"kind"},
    "sign": {"seen"},
    "remedy-report": {"state"},
    "remedy-check": {"meeting"},
    "remedy-close": {"meeting"},
    "hearing-list": {"meeting"},
    "hearing-opinion-add": {"kind"},
    "write": {"kind"},
    "ballot-confirm": {"seen"},
    "errand-list": {"kind"},
}


def contents(models: Iterable[type[Model]], known: set[tuple[str, Any]]) -> dict[str, list[str]]:
    """Every row of these tables. A row made since `known` is just "new": databases count differently."""
    found = {}
    for model in models:
        compared = [f for f in model._meta.concrete_fields if not (f.primary_key or isinstance(f, EncryptedJSON))]
        fields = [f for f in compared if f.name not in RANDOM]
        rows = model._base_manager.values_list(*(f.attname for f in fields))
        found[model.__name__] = sorted(
            repr([_cell(field, value, known) for field, value in zip(fields, row, strict=True)]) for row in rows
        )
    return found


def _cell(field: Field[Any, Any], value: Any, known: set[tuple[str, Any]]) -> Any:
    if isinstance(value, memoryview):  # of PostgreSQL; it shows where it lies, not what it holds
        return bytes(value)
    stranger = field.is_relation and value is not None and (field.related_model.__name__, value) not in known
    return "new" if stranger else value


class Tables:
    """What stands in our tables before any click, beside which the effect of each is seen."""

    def __init__(self) -> None:
        ours = ("members", "book", "rulings", "meetings", "shelf", "errands", "critique", "privacy", "printing")
        models = [one for one in apps.get_models() if one._meta.app_label in ours and not one._meta.proxy]
        self.models = {model._meta.db_table: model for model in models}
        self.known = {
            (model.__name__, pk) for model in models for pk in model._base_manager.values_list("pk", flat=True)
        }
        self.before = contents(models, self.known)

    def effect(self, client: Client, url: str, *forms: dict[str, Any]) -> tuple[list[int], dict[str, list[str]]]:
        """The answers to these clicks one after another, and the tables that differ then; taken back afterwards."""
        with taken_back(client), written() as wrote:
            answers = [_send(client, url, form) for form in forms]
            # no other table can have changed; every name stands in quotes
            touched = {name for sql in wrote for name in sql.split('"')[1:2]}
            after = contents((self.models[name] for name in touched & set(self.models)), self.known)
        return answers, {name: rows for name, rows in after.items() if rows != self.before[name]}


def _send(client: Client, url: str, form: dict[str, Any]) -> int:
    for value in form.values():
        if hasattr(value, "seek"):
            value.seek(0)  # the click before has read the file to its end
    return client.post(url, form).status_code


@pytest.fixture(params=STATES)
def world(request: pytest.FixtureRequest, world_in: Callable[[State], World]) -> World:
    return world_in(request.param)


@pytest.mark.in_turn
def test_a_form_with_fields_that_it_does_not_have_does_what_it_does_without_them(world: World) -> None:
    differing, tables = [], Tables()
    for name, client, url, form in this_weeks(buttons(world), of=5):
        own = {*form, *OWN.get(name.split()[0], ())}
        extras = {field: value for field, value in EXTRAS.items() if field not in own}
        if tables.effect(client, url, form) != tables.effect(client, url, {**extras, **form}):
            differing.append(name)
    assert differing == []


@pytest.mark.in_turn
def test_the_same_click_arriving_twice_has_one_effect(world: World) -> None:
    """And every button has one, so that this test and the one above can fail."""
    differing, idle, tables = [], [], Tables()
    for name, client, url, form in this_weeks(buttons(world), of=5):
        once, twice = tables.effect(client, url, form), tables.effect(client, url, form, form)
        view = name.split()[0]
        again = [once[0][0], 404] if view in GONE else once[0] * 2
        if twice[0] != again or (once[1] != twice[1] and view not in EACH):
            differing.append((name, twice[0]))
        if once[0][0] not in (200, 302) or bool(once[1]) == (view in READS):
            idle.append((name, once[0]))
    assert (differing, idle) == ([], [])


# Address, whose row, state, who clicks, the field, and whose key stands in it.
FOREIGN = [
    ("meeting-new", "cell", "plan", "lan", "chair", "their member"),
    ("meeting-new", "cell", "plan", "lan", "minute_taker", "their member"),
    ("meeting-new", "cell", "plan", "lan", "author", "their member"),
    ("meeting-edit", "meeting", "plan", "lan", "chair", "their member"),
    ("meeting-edit", "meeting", "plan", "lan", "minute_taker", "their member"),
    ("meeting-edit", "meeting", "plan", "lan", "author", "their member"),
    ("item-add", "meeting", "plan", "lan", "presenter", "their member"),
    ("item-edit", "item", "plan", "lan", "presenter", "their member"),
    ("opinion-add", "meeting", "plan", "lan", "member", "their member"),
    ("matter-list", "cell", "plan", "lan", "member", "their member"),
    ("matter", "matter", "plan", "lan", "meeting", "their meeting"),
    ("remark-add", "item", "open", "hoa", "speaker_now", "their attendance"),
    ("remark-add", "item", "open", "hoa", "speaker_now", "attendance at an earlier meeting"),
    ("remark-add", "item", "open", "hoa", "vote", "their vote"),
    ("remark-add", "item", "open", "hoa", "vote", "vote at an earlier meeting"),
    ("outcome-add", "item", "open", "hoa", "vote", "their vote"),
    ("aside-add", "item", "open", "hoa", "person", "their attendance"),
    ("aside-add", "item", "open", "hoa", "person", "attendance at an earlier meeting"),
    ("task-add", "item", "open", "hoa", "owner", "their member"),
    ("task-edit", "task", "open", "hoa", "owner", "their member"),
    ("comment-add", "meeting", "sealed", "phuc", "part", "their member"),
    ("hearing-list", "cell", "plan", "lan", "about", "their member"),
    ("hearing-list", "cell", "plan", "lan", "meeting", "their meeting"),
    ("hearing-opinion-add", "hearing", "plan", "lan", "speaker", "their member"),
    ("remedy-new", "cell", "plan", "lan", "about", "their member"),
    ("remedy-new", "cell", "plan", "lan", "helper", "their member"),
    ("remedy-arrange", "remedy", "plan", "lan", "helper", "their member"),
    ("remedy-check", "remedy-check", "plan", "lan", "meeting", "their meeting"),
    ("remedy-close", "remedy", "plan", "lan", "meeting", "their meeting"),
    ("remedy-link", "remedy", "plan", "lan", "earlier", "their remedy"),
    ("remedy-link", "remedy", "plan", "lan", "earlier", "their closed-remedy"),
    ("ballot-list", "shown-cycle", "plan", "lan", "head", "their member"),
    ("ballot-list", "shown-cycle", "plan", "lan", "tellers", "their member"),
    ("ballot-list", "shown-cycle", "plan", "lan", "chair", "their member"),
    ("letter-new", "cell", "plan", "lan", "to", "their member"),
    ("letter-new", "cell", "plan", "lan", "sender", "their member"),
    ("data-request-new", "cell", "plan", "lan", "member", "their member"),
    ("retention", "cell", "plan", "lan", "rows", "a text of theirs that is due"),
    ("errand-list", "committee", "plan", "phuc", "cells", "a body that is no cell below"),
]


@pytest.mark.in_turn
def test_a_row_of_another_cell_or_meeting_in_a_field_is_refused_and_nothing_is_written(world: World) -> None:
    who, accepted = clients(world), []
    foreign = {f"their {kind}": key for kind, key in world.theirs.items()}
    foreign["a text of theirs that is due"] = due(world.theirs["old-review"])
    foreign["a body that is no cell below"] = world.cast.ward.pk
    foreign["attendance at an earlier meeting"] = world.earlier.attendances.get(member=world.nam).pk
    foreign["vote at an earlier meeting"] = world.earlier.votes.last().pk
    for name, of, state, person, field, whose in FOREIGN:
        if state == world.meeting.state:
            form = {**form_for(name, world), field: foreign[whose]}
            got = click(who[person], "post", address(name, of, world.keys), form)
            if (got.word, got.wrote) not in (("404", []), ("422", [])):
                accepted.append((name, field, whose, got.word, got.wrote))
    assert accepted == []


@pytest.mark.in_turn
def test_a_secretary_has_no_power_over_any_row_of_another_cell(world_in: Callable[[State], World]) -> None:
    """Mai's meeting is open while Lan clicks: every right that Lan has at home would work there."""
    world = world_in(State.OPEN)
    lan, answered = clients(world)["lan"], []
    keys = {**world.keys, **world.theirs}
    there = [(name, of) for name, of, _, _ in BUTTONS if of.rpartition("/")[-1] in {"-", *keys}]
    assert len(BUTTONS) - len(there) <= 2  # a draft of minutes, and what is asked to be corrected in it, come later
    for name, of in there:
        got = click(lan, "post", address(name, of, keys), form_for(name, world, of))
        if (got.word, got.wrote) != ("404", []):
            answered.append((name, got.word, got.wrote))
    assert answered == []


def test_a_promise_of_another_cell_cannot_be_reported_at_our_meeting(world_in: Callable[[State], World]) -> None:
    world = world_in(State.OPEN)
    url = address("report", "meeting", {**world.keys, "promise": world.theirs["promise"]})
    got = click(clients(world)["hoa"], "post", url, form_for("report", world))
    assert (got.word, got.wrote) == ("404", [])


def test_a_member_who_names_somebody_else_gives_the_opinion_in_their_own_name(
    world_in: Callable[[State], World],
) -> None:
    world = world_in(State.CALLED)
    nam = clients(world)["nam"]
    nam.post(address("opinion-add", "meeting", world.keys), {"text": "Góp ý", "member": world.cast.tuan.pk})
    assert world.meeting.opinions.latest("pk").member == world.nam


def test_minutes_are_signed_only_as_they_were_read(world_in: Callable[[State], World]) -> None:
    world = world_in(State.CLOSED)
    lan, url = clients(world)["lan"], address("sign", "meeting", world.keys)
    lan.post(url, {"seat": "chair", "seen": "0" * 64})
    lan.post(url, {"seat": "secretary", "seen": form_for("sign", world)["seen"]})
    world.meeting.refresh_from_db()
    assert (world.meeting.signatures.count(), world.meeting.state) == (0, State.CLOSED)
