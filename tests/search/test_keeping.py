"""The passages are what a rebuild would give, whatever happened and whichever way a row was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from meetings.extension import do_chores
from meetings.lifecycle import State
from meetings.models import AgendaItem, Meeting, Remark, Task
from members.declare import DECLARED, Stays
from members.models import Member, Organisation, Tenure
from search.keeping import is_of_this_shape, rebuild
from search.kinds import SEARCHED
from search.models import Passage, Shape
from tests.factories import make_member
from tests.meetings import test_random_evenings as evenings
from tests.world import AFTER

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Cast
    from tests.world import World

Kept = dict[tuple[str, int], dict[str, Any]]


def kept() -> Kept:
    return {
        (one["kind"], one["thing_pk"]): one
        for one in Passage.objects.values("kind", "thing_pk", "cell_id", "day", "words")
    }


def made() -> Kept:
    all_of_them = (kind.made_of(row) for kind in SEARCHED.values() for row in kind.rows())
    return {(one["kind"], one["thing_pk"]): one for one in all_of_them if one["words"]}


def is_true() -> bool:
    """Also that SQLite's own table holds exactly these words: it raises where it does not."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_index(search_index, rank) VALUES ('integrity-check', 1)")
    return kept() == made()


@pytest.mark.parametrize("state", [State.OPEN, State.SEALED])
def test_a_year_of_a_cell_is_kept_as_a_rebuild_would_make_it(world_in: Callable[[State], World], state: State) -> None:
    """What is written on an evening that is not sealed is kept nowhere twice; other evenings of the year are."""
    world = world_in(state)
    assert is_true()
    there = {kind for kind, _ in kept()}
    assert {"member", "meeting", "item", "task", "vote", "resolution", "number", "paper", "opinion"} <= there
    assert (("remark", world.keys["remark"]) in kept()) is (state == State.SEALED)


@pytest.mark.django_db
def test_whatever_happens_on_an_evening(monkeypatch: pytest.MonkeyPatch) -> None:
    told, paper = [], evenings.Night.paper

    def looked_at(night: evenings.Night, *, seal: bool) -> Any:
        found = paper(night, seal=seal)
        told.append((is_true(), Passage.objects.filter(kind__in=["remark", "vote", "decision"]).count()))
        return found

    monkeypatch.setattr(evenings.Night, "paper", looked_at)
    evenings.many(evenings.make_night(), 200 if evenings.LONG else 12)
    assert [true for true, _ in told] == [True] * len(told)
    assert any(number for _, number in told)


def test_however_a_row_is_written_its_passage_follows(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    remark, item = Remark.objects.get(pk=world.keys["remark"]), AgendaItem.objects.get(pk=world.keys["item"])

    def words(kind: str, pk: int) -> str | None:
        return Passage.objects.filter(kind=kind, thing_pk=pk).values_list("words", flat=True).first()

    remark.text = "Sửa máy bơm"
    remark.save(update_fields=["text"])
    assert (words("remark", remark.pk) or "").startswith("sua may bom")
    Remark.objects.filter(pk=remark.pk).update(text="Mái nhà", awareness="", relation="", proposal="")
    assert words("remark", remark.pk) == "mai nha"
    Remark.objects.filter(text="Mái nhà").update(text=" … ")  # no longer among those that were asked for
    assert words("remark", remark.pk) is None
    item.notes = "Đọc lại"
    AgendaItem.objects.bulk_update([item], ["notes"])
    assert "doc lai" in (words("item", item.pk) or "")
    new = Task(cell=world.cast.cell, meeting=world.meeting, text="Quét vôi")
    made_at_once = Task.objects.bulk_create([new])
    assert words("task", made_at_once[0].pk) == "quet voi"
    pk = new.pk
    Task.objects.filter(pk=pk).delete()
    assert words("task", pk) is None
    then = AFTER.replace(year=2031)
    Meeting.objects.filter(pk=world.meeting.pk).update(opened_at=then, closed_at=then)
    assert {
        one.day.year for one in Passage.objects.filter(kind="remark", thing_pk__in=world.meeting.remarks.values("pk"))
    } <= {2031}
    Organisation.objects.filter(pk=world.cast.cell.pk).update(symbol="CBMOI")
    assert Passage.objects.filter(kind="number", words__endswith="cbmoi").exists()
    assert is_true()


def test_what_is_taken_back_is_not_kept(world_in: Callable[[State], World]) -> None:
    world = world_in(State.SEALED)
    before = kept()
    with transaction.atomic():
        Remark.objects.filter(pk=world.keys["remark"]).update(text="Không giữ")
        assert kept() != before
        transaction.set_rollback(True)
    assert kept() == before


def test_an_old_database_gets_its_passages_and_a_rebuild_puts_right_what_is_wrong(
    world_in: Callable[[State], World], capsys: pytest.CaptureFixture[str]
) -> None:
    world_in(State.SEALED)
    whole = kept()
    assert not is_of_this_shape()
    wrong = Passage.objects.filter(kind="remark").first()
    assert wrong is not None
    Passage.objects.exclude(pk=wrong.pk).delete()
    Passage.objects.filter(pk=wrong.pk).update(words="khac")
    Passage.objects.create(kind="remark", thing_pk=10**9, cell_id=wrong.cell_id, day=wrong.day, words="mat roi")
    Passage.objects.create(kind="gone", thing_pk=1, cell_id=wrong.cell_id, day=wrong.day, words="mat roi")
    call_command("bring_up_to_date")
    assert kept() == whole
    assert is_of_this_shape()
    Shape.objects.update(digest="other")
    assert not is_of_this_shape()
    assert rebuild() == len(whole)
    assert (kept(), is_of_this_shape(), is_true()) == (whole, True, True)
    call_command("rebuild_search")
    assert str(len(whole)) in capsys.readouterr().out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL cleans up by itself")
def test_when_the_clock_has_called_a_deleted_word_is_in_no_page_of_the_index(cast: Cast) -> None:
    def pages() -> bytes:
        with connection.cursor() as cursor:
            cursor.execute("SELECT block FROM search_index_data")
            return b"".join(bytes(block) for (block,) in cursor.fetchall())

    cast.hoa.full_name = "Kuzmina"
    cast.hoa.save()
    cast.hoa.full_name = "Nguyễn Thị Hoa"
    cast.hoa.save()
    assert b"kuzmina" in pages()
    do_chores(AFTER)
    assert b"kuzmina" not in pages()


def test_nothing_that_is_sealed_secret_or_destroyed_in_time_is_searched() -> None:
    """A passage has no time of its own, so nothing that has one may be in it, and no word that lies encrypted."""
    for kind in SEARCHED.values():
        declared = DECLARED[kind.table]
        assert not declared.ending(), kind.name
        assert all(isinstance(one, Stays) for one in declared.kept), kind.name
        assert kind.table._meta.app_label in ("members", "rulings", "meetings", "shelf"), kind.name
        columns = {type(field).__module__ for field in kind.table._meta.concrete_fields}
        assert not {name for name in columns if "sealing" in name}, kind.name


def test_many_rows_that_go_at_once_leave_no_passage_and_cost_one_statement(cast: Cast) -> None:
    people = [make_member(cast.cell, f"Vương Văn {letter}") for letter in "ABCDE"]
    keys = [one.pk for one in people]
    Tenure.objects.filter(member__in=keys).delete()
    with CaptureQueriesContext(connection) as asked:
        Member.objects.filter(pk__in=keys).delete()
    forgotten = [one["sql"] for one in asked if one["sql"].startswith("DELETE") and "search_passage" in one["sql"]]
    assert (len(forgotten), Passage.objects.filter(kind="member", thing_pk__in=keys).count()) == (1, 0)
    alone = make_member(cast.cell, "Vương Văn Một")
    Tenure.objects.filter(member=alone).delete()
    key = alone.pk
    alone.delete()
    assert not Passage.objects.filter(kind="member", thing_pk=key).exists()
