"""How each database looks for words: FTS5 of SQLite, full text of PostgreSQL over the same folded words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, connections
from django.db.models import BooleanField, Func

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.backends.base.base import BaseDatabaseWrapper

    from search.asking import Sought

TABLE, INDEX = "search_passage", "search_index"
_ADD = f"INSERT INTO {INDEX}(rowid, words) VALUES (NEW.id, NEW.words);"  # noqa: S608
_DROP = f"INSERT INTO {INDEX}({INDEX}, rowid, words) VALUES ('delete', OLD.id, OLD.words);"  # noqa: S608
_TRIGGERS = {
    f"{TABLE}_added": f"AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"{TABLE}_gone": f"AFTER DELETE ON {TABLE} BEGIN {_DROP} END",
    f"{TABLE}_changed": f"AFTER UPDATE OF id, words ON {TABLE} WHEN OLD.id IS NOT NEW.id OR OLD.words IS NOT NEW.words "
    f"BEGIN {_DROP} {_ADD} END",
}


class Matching(Func):
    """Whether the passage has every term. Terms are letters and figures alone, so nothing in them is an operator."""

    output_field = BooleanField()

    def __init__(self, *expressions: Any, asked: Sought, begun: bool = False) -> None:
        super().__init__(*expressions)
        self.asked, self.begun = asked, begun

    def as_sqlite(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, tuple[str]]:
        terms = ['"' + " ".join(term.words) + '"' for term in self.asked.terms]
        told = " AND ".join(terms) + ("*" if self.begun else "")
        return f"{TABLE}.id IN (SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s)", (told,)  # noqa: S608

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper, **context: Any) -> tuple[str, tuple[str]]:
        terms = [" <-> ".join(term.words) for term in self.asked.terms]
        told = " & ".join(f"({term})" for term in terms)
        if self.begun:
            told = f"{told.removesuffix(')')}:*)"
        return f"{TABLE}.found @@ to_tsquery('simple', %s)", (told,)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """SQLite: its table of words, and the triggers that keep it; a migration that makes the table anew loses these."""
    tables = {*connection.introspection.table_names()}
    if connection.vendor != "sqlite" or TABLE not in tables:
        return
    with connection.cursor() as cursor:
        if INDEX not in tables:
            cursor.execute(
                f"CREATE VIRTUAL TABLE {INDEX} USING fts5("
                f"words, content='{TABLE}', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
            )
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608
        for name, when in _TRIGGERS.items():
            cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {name} {when}")


def let_go_of_words(now: datetime) -> None:
    """SQLite: a word that stands nowhere any more stays in the pages of its index until these are written anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('optimize')")  # noqa: S608


def after_migrations(sender: Any, using: str, **kwargs: Any) -> None:
    put_up(connections[using])
