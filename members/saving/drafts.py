"""Forms that are sent by a button: what is typed into them is kept for its author until they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from members.access import require
from members.saving.sheet import SHEETS, Sheet

if TYPE_CHECKING:
    from members.models import User
    from members.saving.models import UnsentDraft

DAYS = 60  # what nobody has touched for so long is erased


@dataclass(frozen=True, kw_only=True)
class DraftSheet(Sheet):
    """The long texts of one form about one row. `kept` is the app's own table of drafts, `hold` as in every sheet.

    `fields` and `labels` are those of the form, not columns of the row.
    """

    kept: type[UnsentDraft]

    def kept_in(self, row: Any, by: User) -> UnsentDraft:
        found = self.kept.objects.for_user(by).filter(sheet=self.name, thing=row.pk).first()
        return found or self.kept(cell=row.cell, author=by.member, sheet=self.name, thing=row.pk)

    def fresh(self, kept: UnsentDraft) -> UnsentDraft:
        same = {"author": kept.author_id, "sheet": kept.sheet, "thing": kept.thing}
        return self.kept.objects.filter(**same).first() or kept

    def read(self, kept: UnsentDraft) -> dict[str, str]:
        return {name: kept.texts.get(name, "") for name in self.fields}

    def is_of(self, kept: UnsentDraft, base: int) -> bool:
        """Where nothing waits any more, because the form was sent from another tab, there is nothing to clash with."""
        return kept.pk is None or super().is_of(kept, base)

    def put(self, kept: UnsentDraft, texts: Mapping[str, Any], by: User, at: datetime) -> None:
        require(by, "draft.keep", kept)
        kept.texts = {**kept.texts, **texts}
        kept.rev, kept.saved_at = kept.rev + 1, at
        kept.save()


def draft_of(name: str, row: Any, by: User) -> UnsentDraft:
    """What this person has typed into this form and not sent; `texts` go into the form's initial values."""
    found: UnsentDraft = SHEETS[name].kept_in(row, by)
    return found


def drafts_of(name: str, rows: Iterable[Any], by: User) -> dict[int, UnsentDraft]:
    """The same for several rows of one cell, by their keys. One query."""
    sheet: Any = SHEETS[name]
    wanted = {row.pk: row for row in rows}
    found = {kept.thing: kept for kept in sheet.kept.objects.for_user(by).filter(sheet=name, thing__in=wanted)}
    return {
        pk: found.get(pk) or sheet.kept(cell=row.cell, author=by.member, sheet=name, thing=pk)
        for pk, row in wanted.items()
    }


def erase_forgotten(now: datetime) -> None:
    """Whenever the clock calls: words that nobody came back to."""
    for table in {sheet.kept for sheet in SHEETS.values() if isinstance(sheet, DraftSheet)}:
        table.objects.untouched_since(now - timedelta(days=DAYS)).delete()
