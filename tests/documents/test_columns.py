"""The widths of the columns that papers have."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from documents.fit import _wide
from documents.model import Column
from documents.style import HD05
from tests.test_architecture import APPS, called, files, text

if TYPE_CHECKING:
    from collections.abc import Iterator

AROUND = 8.5  # points: the room on both sides of a cell, and half of each line


def tables() -> Iterator[tuple[str, tuple[Column, ...]]]:
    for path in files(".py", under=APPS):
        if "Column(" in text(path) and "documents.model import" in text(path):
            import_module(called(path).removesuffix(".py").replace("/", "."))
    for name, module in sorted(sys.modules.items()):
        if name.split(".")[0] in APPS:
            for key, held in vars(module).items():
                if isinstance(held, tuple) and held and all(isinstance(one, Column) for one in held):
                    yield f"{name}.{key}", held


TABLES = dict(tables())


@pytest.mark.parametrize("name", TABLES)
def test_no_word_over_a_column_is_broken(name: str) -> None:
    columns = TABLES[name]
    share = HD05.text_width_mm / sum(column.width for column in columns) / 25.4 * 72
    wide = {
        word: _wide(word, bold=True) * HD05.table_pt / 1000 - (column.width * share - AROUND)
        for column in columns
        for word in column.title.split()
    }
    assert {word: over for word, over in wide.items() if over > 0} == {}


def test_tables_are_looked_for_everywhere() -> None:
    assert len(TABLES) > 10
