"""Whatever is recorded of what was done names the person who did it: every event of a whole year, in every table."""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from meetings.lifecycle import State
from tests.world import make_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from django.db.models import Model

    from tests.conftest import Cast

OURS = ("members", "meetings", "critique", "privacy")
FEWEST_PEOPLE, FEWEST_EVENTS = 6, 150


def event_tables() -> list[type[Model]]:
    """Every table that says who did what at which moment."""
    wanted = {"what", "actor", "happened_at"}
    return [model for model in apps.get_models() if wanted <= {field.name for field in model._meta.get_fields()}]


def action_modules() -> Iterator[ModuleType]:
    for app in OURS:
        for found in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "actions" in found.name.split("."):
                yield importlib.import_module(found.name)


class Watch:
    """Looks at the tables before and after each action that somebody takes; what it does itself is part of it."""

    def __init__(self) -> None:
        self.tables = event_tables()
        self.inside = False
        self.wrong: list[str] = []
        self.seen: Counter[str] = Counter()
        self.people: set[int] = set()

    def last(self) -> dict[type[Model], int]:
        found = {
            table: table._default_manager.order_by("-pk").values_list("pk", flat=True).first() for table in self.tables
        }
        return {table: pk or 0 for table, pk in found.items()}

    def over(self, action: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(action)
        def watched(*given: Any, **more: Any) -> Any:
            by = more.get("by")
            if self.inside or by is None:
                return action(*given, **more)
            before, self.inside = self.last(), True
            try:
                return action(*given, **more)
            finally:
                self.inside = False
                self.look(action, by.pk, before)

        return watched

    def look(self, action: Callable[..., Any], by: int, before: dict[type[Model], int]) -> None:
        for table in self.tables:
            for event in table._default_manager.filter(pk__gt=before[table]):
                self.seen[table.__name__] += 1
                self.people.add(by)
                if event.actor_id != by:  # type: ignore[attr-defined]
                    self.wrong.append(f"{action.__module__}.{action.__name__}: {event.what}")  # type: ignore[attr-defined]


@pytest.mark.in_turn
def test_every_event_of_a_year_names_whoever_clicked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    for module in action_modules():
        for name, action in list(vars(module).items()):
            if inspect.isfunction(action) and "by" in inspect.signature(action).parameters:
                monkeypatch.setattr(module, name, watch.over(action))
    make_world(cast, State.SEALED)
    assert sorted(set(watch.wrong)) == []
    assert sorted(watch.seen) == sorted(table.__name__ for table in watch.tables)
    assert (len(watch.people) >= FEWEST_PEOPLE, watch.seen.total() >= FEWEST_EVENTS) == (True, True)
