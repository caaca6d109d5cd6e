"""Plain SQL of what is held: it travels together, sees what came before, and stores what Django would have stored."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from meetings.lifecycle import PLANNING, RUNNING
from meetings.models import FloorStep, Turn, Voice
from members.changes import Often, claim, claim_held, hold, hold_anyhow
from members.held import put_in, row_of, written
from members.models import Event, Organisation
from members.press import Press
from members.refusal import AlreadyDone, Refused
from members.scoping import FOLLOWED
from tests.factories import NOW, press

if TYPE_CHECKING:
    from meetings.models import Meeting
    from tests.conftest import Cast

pytestmark = pytest.mark.django_db
KEY = press("d" * 64)


def an_event(cast: Cast, **other: object) -> Event:
    given = {"thing": "organisation", "thing_pk": cast.cell.pk, "number": 7, "what": "told", "happened_at": NOW}
    return Event(cell=cast.cell, **{**given, **other})


def test_a_row_put_in_is_the_row_that_django_would_have_saved(cast: Cast) -> None:
    """Words, a moment, a key, what is empty and what is kept as JSON."""
    told = {"key": KEY.key, "digest": KEY.digest, "data": {"lời": ["một", 2, None]}, "actor": cast.account(cast.hoa)}
    plain, saved = an_event(cast, **told), an_event(cast, **{**told, "key": None, "thing_pk": 0})
    put_in(plain)
    saved.save()
    assert plain.pk
    names = [field.attname for field in Event._meta.concrete_fields if field.name not in ("id", "key", "thing_pk")]
    one, two = (Event.objects.values_list(*names).get(pk=row.pk) for row in (plain, saved))
    assert (one, Event.objects.get(pk=plain.pk).key) == (two, KEY.key)
    assert (plain._state.adding, plain._state.db) == (False, "default")


def test_what_is_put_in_is_refused_as_any_row_is(cast: Cast) -> None:
    put_in(an_event(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        put_in(an_event(cast))


def test_what_is_written_beside_is_there_before_the_row_and_goes_with_it(cast: Cast) -> None:
    cast.cell.place_name = "Hà Nội"
    with pytest.raises(IntegrityError), transaction.atomic():
        put_in(an_event(cast, number=None), written(cast.cell, "place_name"))
    assert Organisation.objects.get(pk=cast.cell.pk).place_name != "Hà Nội"
    put_in(an_event(cast), written(cast.cell, "place_name"))
    assert Organisation.objects.get(pk=cast.cell.pk).place_name == "Hà Nội"


def test_each_statement_sees_what_the_one_before_it_has_done(cast: Cast) -> None:
    cast.cell.place_name = "Đà Nẵng"
    look = ("SELECT place_name, %s FROM members_organisation WHERE id = %s", ["50%", cast.cell.pk])
    assert row_of(written(cast.cell, "place_name"), look) == ("Đà Nẵng", "50%")
    assert row_of(written(cast.cell, "place_name")) is None
    assert row_of((look[0], ["", 0])) is None


def test_on_postgresql_they_travel_together(cast: Cast) -> None:
    """A claim goes to the database twice: it holds and looks, then it writes version and event."""
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        claim(cast.cell, None, "told", by=None, at=NOW)
    told = [query["sql"] for query in asked if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(told) == (2 if connection.vendor == "postgresql" else 3)
    assert "; ".join(told).count("UPDATE") == (2 if connection.vendor == "postgresql" else 1)  # FOR NO KEY UPDATE


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_outside_a_transaction(cast: Cast) -> None:
    for held in (lambda: hold(cast.cell), lambda: claim(cast.cell, None, "told", by=None, at=NOW)):
        with pytest.raises(transaction.TransactionManagementError):
            held()
    assert not cast.cell.events.filter(what="told").exists()


def test_the_next_number_follows_the_row_and_its_events_whichever_is_ahead(cast: Cast) -> None:
    """Events of a table that was taken down and put up again stay, and the keys begin anew."""
    put_in(an_event(cast, number=40))
    claim(cast.cell, None, "told", by=None, at=NOW)
    assert cast.cell.version == 41
    Organisation.objects.filter(pk=cast.cell.pk).update(version=90)
    hold(cast.cell)
    claim_held(cast.cell, None, "told", by=None, at=NOW)
    assert (cast.cell.version, Organisation.objects.get(pk=cast.cell.pk).version) == (91, 91)


def test_how_often_somebody_did_a_thing_lately_is_counted_while_the_row_is_held(cast: Cast) -> None:
    hoa, lan = cast.account(cast.hoa), cast.account(cast.lan)
    for minutes, what, by in (
        (1, "told", hoa),
        (2, "told", hoa),
        (9, "told", hoa),
        (1, "other", hoa),
        (1, "told", lan),
    ):
        claim(cast.cell, None, what, by=by, at=NOW - timedelta(minutes=minutes))
    hold(cast.cell, often=Often("told", hoa, NOW - timedelta(minutes=5)))
    assert cast.cell.done_lately == 2
    for other in (KEY, None):
        hold(cast.cell, key=other)
        assert cast.cell.done_lately is None


def test_a_press_that_came_before_is_told_to_whoever_asks_and_stops_everybody_else(opened: Meeting) -> None:
    assert not hold_anyhow(opened, RUNNING, key=None)
    assert not hold_anyhow(opened, RUNNING, key=KEY)
    claim(opened, RUNNING, "told", by=None, at=NOW, key=KEY)
    assert hold_anyhow(opened, RUNNING, key=KEY)
    assert hold_anyhow(opened, RUNNING, key=Press(KEY.key, "e" * 64))  # whatever was sent with it
    for look in (lambda: hold(opened, key=KEY), lambda: claim(opened, RUNNING, "told", by=None, at=NOW, key=KEY)):
        with pytest.raises(AlreadyDone):
            look()
    with pytest.raises(Refused):
        hold_anyhow(opened, PLANNING, key=KEY)


def test_nothing_follows_what_is_put_in_without_telling_anybody() -> None:
    """Where the search ever follows one of these, or a version, it has to be saved as any other row."""
    assert not {Event, Turn, FloorStep, Voice} & {*FOLLOWED}
    assert [model for model, (columns, _) in FOLLOWED.items() if "version" in columns] == []
