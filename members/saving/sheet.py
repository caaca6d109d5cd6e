"""THE TABLE OF TEXTS THAT SAVE THEMSELVES: what a sheet is; the app that owns the texts joins them when it starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from members.changes import reload
from members.refusal import Refused
from members.secrecy import refuse_marked
from members.text import clean_text

if TYPE_CHECKING:
    from datetime import datetime

    from django.db import models

    from members.models import User

LONGEST = 60_000  # characters in one field; a two-hour speech is about 15,000
MOST_LINES = 2_000  # in one field: each is a paragraph of the paper, and a paper takes its time by paragraphs

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """One input of a sheet as a page without script shows it again."""

    name: str
    label: str
    choices: Choices = ()
    line: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Texts that are saved together: columns of one row, with one revision. Other shapes override what differs.

    `needs` is a line of ALLOWED. `hold(row, by, at)` holds the row that rules whether this may be written now, and
    refuses where it may not: nothing is closed or sealed between looking and saving.
    """

    name: str
    model: type[models.Model]
    fields: tuple[str, ...]
    needs: str
    hold: Callable[[Any, User, datetime], None]
    related: tuple[str, ...] = ()  # what `hold` and the rights ask of the row, fetched with it
    revision: str = "rev"
    longest: int = LONGEST
    labels: Mapping[str, str] = field(default_factory=dict)  # where a column's own words do not do
    choices: Mapping[str, Choices] = field(default_factory=dict)
    line: str = ""  # the one field that is a single line

    def rows(self) -> Any:
        return self.model._default_manager.select_related(*self.related)

    def kept_in(self, row: Any, by: User) -> Any:
        """What holds the texts: the row itself, or something of this writer's that belongs to it."""
        return row

    def fresh(self, kept: Any) -> Any:
        """As it stands now that it is held; refused when it is gone, or takes no more words."""
        reload(kept, *self.fields, self.revision, "saved_at", "saved_by_id")
        return kept

    def boxes(self, row: Any, posted: Mapping[str, str]) -> list[Box]:
        return [
            Box(name, self.label(name), self.choices.get(name, ()), name == self.line)
            for name in self.fields
            if name in posted
        ]

    def label(self, name: str) -> str:
        return self.labels.get(name) or str(self.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

    def clean(self, row: Any, posted: Mapping[str, str]) -> dict[str, Any]:
        """What was sent of this sheet, in one shape; a field that the page did not send is left as it is."""
        return {name: self._cleaned(name, posted[name]) for name in self.fields if name in posted}

    def _cleaned(self, name: str, text: str) -> str:
        if name in self.choices:
            if text not in dict(self.choices[name]):
                raise Refused("Xin chọn lại.", field=name)
            return text
        text = clean_text(text, lines=name != self.line)
        if len(text) > self.longest:
            long, most = (f"{number:,}".replace(",", ".") for number in (len(text), self.longest))
            raise Refused(f"Đoạn này dài {long} ký tự, quá {most}. Xin tách bớt.", field=name)
        if (lines := text.count("\n") + 1) > MOST_LINES:
            many, most = (f"{number:,}".replace(",", ".") for number in (lines, MOST_LINES))
            raise Refused(f"Đoạn này có {many} dòng, quá {most}. Xin bỏ bớt chỗ xuống dòng.", field=name)
        refuse_marked(text, field=name)
        return text

    def read(self, kept: Any) -> dict[str, Any]:
        return {name: getattr(kept, name) for name in self.fields}

    def is_unopened(self, kept: Any) -> bool:
        """A sealed text that does not open any more is not written over: it may come back."""
        return any(getattr(getattr(kept, name, None), "unopened", False) for name in self.fields)

    def rev(self, kept: Any) -> int:
        return int(getattr(kept, self.revision))

    def is_of(self, kept: Any, base: int) -> bool:
        """Whether what stands is the revision that was typed on."""
        return self.rev(kept) == base

    def put(self, kept: Any, texts: Mapping[str, Any], by: User, at: datetime) -> None:
        for name, text in texts.items():
            setattr(kept, name, text)
        setattr(kept, self.revision, self.rev(kept) + 1)
        kept.saved_at, kept.saved_by = at, by
        kept.save(update_fields=[*texts, self.revision, "saved_at", "saved_by"])

    def said(self, kept: Any, by: User) -> tuple[int, int] | None:
        """Where somebody confirms to have seen what is written here: its row, and the count with this text in it."""
        return None

    def shown(self, row: Any, texts: Mapping[str, Any], posted: Mapping[str, str]) -> dict[str, str]:
        """These texts as the page that sent `posted` has them in its inputs."""
        return dict(texts)

    def judge_clash(self, theirs: Mapping[str, str], posted: Mapping[str, str]) -> None:
        """Two texts have met; refused where the page could not show the other one."""


SHEETS: dict[str, Sheet] = {}


def join(*sheets: Sheet) -> None:
    """Called by an app when it starts, for the texts that it owns."""
    SHEETS.update({sheet.name: sheet for sheet in sheets})
