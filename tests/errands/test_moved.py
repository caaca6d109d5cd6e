"""Topics of the year become errands and go back, with their events; tried on the tables of today, by the old models."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from errands import actions
from errands.models import Charge, Errand
from meetings.models import Kind
from members.append_only import AppendOnly
from members.models import Event
from tests.factories import NOW, make_cell
from tests.meetings.test_programme import lay_out, line_of
from tests.world_shelf import keep_errand

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

    from members.models import Organisation
    from tests.conftest import Cast


def with_old_tables(editor: BaseDatabaseSchemaEditor) -> Any:
    """The models as they were then; what has gone since is laid down again, until the test is over."""
    then = MigrationExecutor(connection).loader.project_state([("errands", "0002_topics_for_some_cells")]).apps
    editor.deferred_sql = []
    connection.check_constraints()  # PostgreSQL alters no table while any wait
    editor.execute(*editor.table_sql(then.get_model("meetings", "Directive")))
    editor.execute("ALTER TABLE meetings_programmeline ADD COLUMN directive_id bigint NULL")
    return then


def told(thing: str) -> list[tuple[str, int, Any]]:
    return list(Event.objects.filter(thing=thing).values_list("what", "number", "actor"))


def asked(text: str) -> dict[Organisation, int | None]:
    return {one.cell: one.line_id for one in Charge.objects.filter(errand__text=text).select_related("cell")}


def test_a_topic_becomes_an_errand_of_every_cell_that_saw_it_and_goes_back(cast: Cast) -> None:
    moving = import_module("errands.migrations.0003_topics_of_the_year_move_here")
    line = line_of(lay_out(cast, thematic_day=20), 5, Kind.THEMATIC)
    ended = make_cell(cast.ward, "Chi bộ đã giải thể")
    type(ended).objects.filter(pk=ended.pk).update(closed_on=NOW.date())
    work, events = keep_errand(cast.ward, cast.phuc, NOW), told("errand")
    editor = connection.schema_editor()
    then = with_old_tables(editor)
    directives, lines = then.get_model("meetings", "Directive"), then.get_model("meetings", "ProgrammeLine")
    given = {"organisation_id": cast.ward.pk, "given_by_id": cast.phuc.pk, "given_at": NOW, "version": 1}
    old = directives.objects.create(text="Nêu gương", year=2027, kind="thematic", document="1-CV", **given)
    lines.objects.filter(pk=line.pk).update(directive=old)
    Event.objects.create(
        cell=cast.ward, thing="directive", thing_pk=old.pk, number=1, what="give_directive", actor=cast.phuc,
        happened_at=NOW,
    )  # fmt: skip

    connection.check_constraints()
    moving.move_here(then, editor)
    assert asked("Nêu gương") == {cast.cell: line.pk, cast.other_cell: None}
    assert (told("directive"), told("errand")) == ([], [*events, ("give_errand", 1, cast.phuc.pk)])
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(what="x")

    charge = Charge.objects.get(errand__text="Nêu gương", cell=cast.cell)
    actions.report(charge, state="going", words="", by=cast.account(cast.lan), at=NOW)
    lines.objects.update(directive=None)  # as the next migration drops both
    directives.objects.all().delete()
    connection.check_constraints()
    AppendOnly("Report").database_backwards("errands", editor, SimpleNamespace(apps=apps), None)  # as 0004 goes back
    moving.move_back(then, editor)
    back = directives.objects.get()
    assert (back.text, back.year, back.document) == ("Nêu gương", 2027, "1-CV")
    assert lines.objects.get(pk=line.pk).directive == back
    assert (told("directive"), told("errand")) == ([("give_directive", 1, cast.phuc.pk)], events)
    assert [*Errand.objects.all()] == [work]
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.update(what="x")
