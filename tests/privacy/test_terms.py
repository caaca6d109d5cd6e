"""What has a term ends: each column declared to end hangs on a row that becomes due, and what ends by itself does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.db import models

from critique.sealing.fields import EncryptedJSON
from meetings.extension import do_chores
from members.declare import DECLARED, With
from members.models import Tries, Visit
from members.saving.drafts import DAYS, DraftSheet
from members.saving.sheet import SHEETS
from privacy.erasing import erase
from privacy.retention import ending
from tests.factories import PASSWORD
from tests.world import AFTER

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from members.declare import Declared
    from tests.conftest import Cast

MARK = "lời có thời hạn"
ENDING = [one for one in DECLARED.values() if one.ending()]


def leads_to_an_end(declared: Declared) -> bool:
    """A row of this kind becomes due itself, or goes with one that does."""
    if declared.ends is not None:
        return True
    return any(leads_to_an_end(DECLARED[kept.root]) for kept in declared.kept if isinstance(kept, With))


def test_every_column_with_a_term_hangs_on_something_that_becomes_due() -> None:
    assert [one.model.__name__ for one in ENDING if not leads_to_an_end(one)] == []
    assert len(ENDING) > 10


def words_of(declared: Declared) -> list[str]:
    """Columns with a term that hold words as they are; what a form is like inside is another test's question."""
    return [name for name in declared.ending() if not isinstance(declared.model._meta.get_field(name), EncryptedJSON)]


def test_no_column_with_a_term_keeps_a_word_once_all_that_can_become_due_is_erased(world_in: Any) -> None:
    """Written into every such column of every row there is, and looked for in all of them afterwards."""
    world_in("sealed")
    tried = set()
    for declared in ENDING:
        for row in declared.rows():
            for name in words_of(declared):
                setattr(row, name, MARK)
                tried.add((declared.model.__name__, name))
            if words_of(declared):
                models.Model.save(row, update_fields=words_of(declared))
    for root in ending().values():
        for row in root.rows():
            erase(row, AFTER.date())
    left = [
        (declared.model.__name__, name)
        for declared in ENDING
        for row in declared.rows()
        for name in words_of(declared)
        if getattr(row, name) == MARK
    ]
    untried = {(one.model.__name__, name) for one in ENDING for name in words_of(one)} - tried
    assert (left, untried) == ([], set())


# --- What ends by itself ----------------------------------------------------------------------


def drafts(cast: Cast, moment: datetime) -> list[Any]:
    """One in each table of what is typed and not sent."""
    tables = {sheet.kept for sheet in SHEETS.values() if isinstance(sheet, DraftSheet)}
    given = {"cell": cast.cell, "author": cast.hoa, "thing": 1, "saved_at": moment, "sheet": moment.isoformat()}
    return [table.objects.create(texts={"text": MARK}, **given) for table in tables]


def visits(cast: Cast, moment: datetime) -> list[Any]:
    given = {"user": cast.account(cast.hoa), "began_at": moment, "session_key": moment.isoformat()}
    return [Visit.objects.create(**given)]


def wrong_tries(cast: Cast, moment: datetime) -> list[Any]:
    attempt = AccessAttempt.objects.create(username=moment.isoformat(), failures_since_start=1)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=moment)
    return [attempt, Tries.objects.create(key=moment.isoformat(), last_at=moment)]


def sessions(cast: Cast, moment: datetime) -> list[Any]:
    return [Session.objects.create(session_key=f"{moment:%m%d%H%M%S}", session_data="", expire_date=moment)]


@pytest.mark.parametrize(
    ("made", "stays"),
    [(drafts, timedelta(DAYS)), (visits, timedelta(90)), (wrong_tries, timedelta(1)), (sessions, timedelta(0))],
)
def test_what_ends_by_itself_ends_when_the_clock_calls(cast: Cast, made: Any, stays: timedelta) -> None:
    early, late = (made(cast, AFTER - stays + timedelta(minutes=shift)) for shift in (-1, 1))
    do_chores(AFTER)
    there = [[type(row)._base_manager.filter(pk=row.pk).exists() for row in rows] for rows in (early, late)]
    assert there == [[False] * len(early), [True] * len(late)]


def test_coming_in_leaves_no_address_behind(cast: Cast, client: Client) -> None:
    client.post("/sign-in/", {"username": "hoa", "password": PASSWORD})
    assert (Visit.objects.count(), AccessLog.objects.count(), AccessAttempt.objects.count()) == (1, 0, 0)
