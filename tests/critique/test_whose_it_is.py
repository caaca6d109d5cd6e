"""Sealed words stay with whom they are of: moved, given to somebody else, put back or damaged they do not open."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module
from itertools import cycle as endlessly
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from critique.migrations._bound_to_whose import seal_anew
from critique.sealing.crypto import Sealed
from critique.sealing.rotation import sealed_columns
from critique.sealing.unopened import SENTENCE
from critique.writing import content
from critique.writing.models import SelfReview
from meetings.lifecycle import State
from members.refusal import Refused
from tests.addresses import address
from tests.clicks import BUTTONS, buttons, click, clients
from tests.critique.conftest import review_of, shortcoming, write
from tests.matrix import READING
from tests.sample import LONG, this_weeks
from tests.world_critique import COMPLAINT, TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from critique.cycle.models import Cycle
    from tests.conftest import Cast
    from tests.world import World

WORDS = [TEXT, "Chậm trả lời ý kiến của đảng viên", COMPLAINT]
DAMAGE = ("", "v1.", "v2.", "hello", "v2.00000000.AAAA")


@pytest.fixture
def world(world_in: Callable[[State], World]) -> World:
    return world_in(State.PLAN)


def one_of(model: Any) -> Any:
    """The row whose neighbours are known best: the last that was made."""
    found = model._base_manager.order_by("pk").last()
    assert found is not None, f"no row of {model.__name__} in the world"
    return found


def is_open(model: Any, column: str, pk: int) -> bool:
    return not getattr(getattr(model._base_manager.get(pk=pk), column), "unopened", False)


def another(thing: Any, name: str) -> Iterator[Any]:
    """Values that might stand in this column instead."""
    field, value = thing._meta.get_field(name), getattr(thing, name)
    if isinstance(field, models.ForeignKey):
        yield from field.related_model._base_manager.exclude(pk=value or 0).values_list("pk", flat=True)[:3]
        if field.null and value is not None:
            yield None
    elif field.choices:
        yield from (code for code, _ in field.choices if code not in (value, ""))
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value + 77)
    elif isinstance(field, models.UUIDField):
        yield uuid4()
    elif isinstance(field, models.DateField):
        yield (value or date(2026, 1, 5)) + timedelta(days=1)
    else:
        yield f"{value}x"[-field.max_length :]


def owner_of(row: Any, path: str) -> tuple[Any, str]:
    *owners, name = path.split(".")
    for owner in owners:
        row = getattr(row, owner)
    return row, name


def changed(row: Any, path: str, column: str) -> bool | None:
    """Whether it still opens after somebody has written another value there by SQL; None: the database refuses."""
    thing, name = owner_of(row, path)
    for value in another(thing, name):
        try:
            with transaction.atomic():
                type(thing)._base_manager.filter(pk=thing.pk).update(**{name: value})
                found = is_open(type(row), column, row.pk)
                transaction.set_rollback(True)
        except DatabaseError:
            continue
        return found
    return None


def test_no_sealed_word_opens_beside_another_name_kind_or_revision(world: World) -> None:
    kept, tried, refused = [], 0, []
    for model, field in sealed_columns():
        row = one_of(model)
        assert is_open(model, field.attname, row.pk), field
        for path in field.bonds(model):
            found = changed(row, path, field.attname)
            tried += 1
            if found is None:
                refused.append((model.__name__, path))
            elif found:
                kept.append((model.__name__, field.attname, path))
    assert (kept, tried > 150) == ([], True)
    assert len(refused) < tried // 5, refused  # a constraint of the database says no before us


def test_no_damaged_or_moved_value_opens_or_stops_anything(world: World) -> None:
    wrong = []
    for model, field in sealed_columns():
        row, column = one_of(model), field.attname
        held = model._base_manager.values_list(column, flat=True).get(pk=row.pk)
        others = model._base_manager.exclude(pk=row.pk).values_list(column, flat=True)[:1]
        for value in (*DAMAGE, held[:-9], held.replace("v2", "v1", 1), held[:60] + "*!" + held[62:], *others):
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{column: Sealed(value)})
                if is_open(model, column, row.pk):
                    wrong.append((model.__name__, column, str(value)[:12]))
                only = [column] if getattr(model, "APPEND_ONLY", False) else None
                model._base_manager.get(pk=row.pk).save(update_fields=only)  # whoever saves the row loses nothing
                if model._base_manager.values_list(column, flat=True).get(pk=row.pk) != value:
                    wrong.append((model.__name__, column, "was written over"))
                transaction.set_rollback(True)
    assert wrong == []


def spoil() -> None:
    """Nothing that is sealed opens any more, each value for another reason."""
    reasons = endlessly((*DAMAGE, None))
    for model, field in sealed_columns():
        former = model._base_manager.values_list(field.attname, flat=True)
        for pk in model._base_manager.values_list("pk", flat=True):
            value = next(reasons)
            cut = former.get(pk=pk)[:-5]
            model._base_manager.filter(pk=pk).update(**{field.attname: Sealed(cut if value is None else value)})


READERS = ("lan", "binh", "hoa", "nam", "phuc")


@pytest.mark.in_turn
def test_every_page_says_what_does_not_open_and_none_breaks(world: World) -> None:
    spoil()
    who, broken, told, said = clients(world), [], [], set()
    lines = [line.split() for line in READING.splitlines() if line]
    for name, of, _, *cells in this_weeks(lines, of=5):
        if of.rpartition("/")[-1] not in {"-", *world.keys}:
            continue
        by = dict(zip(("lan", "binh", "hoa", "tuan", "nam", "kha", "mai", "phuc"), cells, strict=False))
        for person in (one for one in READERS if by[one].startswith("200")):
            client = who[person]
            client.raise_request_exception = False
            got = click(client, "get", address(name, of, world.keys)).response
            if got.status_code >= 500:
                broken.append((person, name, of))
            page = getattr(got, "content", b"").decode("utf-8", "replace")
            told += [(person, name, words) for words in WORDS if words in page]
            if SENTENCE[:23] in page:
                said.add(name)
    assert (broken, told) == ([], [])
    shown = {"hearing", "letter", "data-request", "remedy", "self-review-write", "my-data", "destruction", "prep-note"}
    assert not LONG or shown <= said, said


@pytest.mark.in_turn
def test_every_button_has_an_answer_where_nothing_opens(world: World) -> None:
    """And no new text is made of the sentence that stands in the place of the words."""
    spoil()
    broken = []
    for name, client, url, form in this_weeks(buttons(world), of=5):
        client.raise_request_exception = False
        got = click(client, "post", url, form, then=sentences)
        if got.response.status_code >= 500 or got.then:
            broken.append((name, got.word, got.then))
    assert (broken, len(BUTTONS) > 100) == ([], True)


def sentences() -> list[str]:
    """Where our own sentence was sealed as if somebody had said it."""
    found = []
    for model, field in sealed_columns():
        for row in model._base_manager.all():
            value = getattr(row, field.attname)
            if not getattr(value, "unopened", False) and SENTENCE[:23] in str(value):
                found.append(f"{model.__name__}.{field.attname}")
    return found


def test_an_older_text_of_the_same_row_does_not_come_back(cast: Cast, cycle: Cycle) -> None:
    hoa = review_of(cycle, cast.hoa)
    write(cast, hoa, shortcoming("Bản trước"))
    older = SelfReview.objects.values_list("body", flat=True).get(pk=hoa.pk)
    write(cast, review_of(cycle, cast.hoa), shortcoming("Bản sau"), base=1)
    SelfReview.objects.filter(pk=hoa.pk).update(body=older)
    assert content.texts_of(review_of(cycle, cast.hoa))["A.I.1"] == SENTENCE


def test_nobody_writes_over_a_text_that_does_not_open(cast: Cast, cycle: Cycle) -> None:
    hoa = review_of(cycle, cast.hoa)
    write(cast, hoa, shortcoming())
    SelfReview.objects.filter(pk=hoa.pk).update(body=Sealed("hello"))
    with pytest.raises(Refused, match="không ghi đè"):
        write(cast, review_of(cycle, cast.hoa), shortcoming("Viết lại"), base=1)
    assert SelfReview.objects.values_list("body", flat=True).get(pk=hoa.pk) == "hello"


def everything() -> dict[Any, Any]:
    return {
        (model, field.attname, row.pk): getattr(row, field.attname)
        for model, field in sealed_columns()
        for row in model._base_manager.all()
    }


def test_what_was_sealed_before_is_sealed_anew_and_back_again(world: World) -> None:
    before, editor = everything(), SimpleNamespace(connection=connection)
    moves = {
        app: import_module(f"{app}.migrations.{name}_sealed_words_say_whose_they_are").COLUMNS
        for app, name in (("critique", "0004"), ("privacy", "0003"))
    }
    for app, columns in moves.items():
        seal_anew(apps, editor, app=app, columns=columns, before="v2", after="v1")
    later = {("critique", "ProceedingsCopy")}  # there was none then
    rows = ((model, value) for (model, *_), value in everything().items() if not isinstance(value, dict))
    held = {str(value) for model, value in rows if (model._meta.app_label, model.__name__) not in later}
    assert held - {""} == {SENTENCE}  # empty: the file of an order that is not made yet
    for app, columns in moves.items():
        seal_anew(apps, editor, app=app, columns=columns, before="v1", after="v2")
    assert everything() == before
