"""Saving what is typed: every long text goes through here, and two people never overwrite each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from members.access import require, shut_sentence
from members.known import known_of
from members.refusal import Refused
from members.saving.sheet import SHEETS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import User
    from members.saving.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Saved:
    """`said`: whose count of what was said this save has moved, and to what; only when something was written."""

    rev: int
    at: datetime
    said: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved meanwhile: nothing is overwritten, both texts stand on the page, the person chooses."""

    rev: int
    theirs: dict[str, str]
    mine: dict[str, str]
    other: str  # who saved the text that stands


@transaction.atomic
def save_text(name: str, row: Any, posted: Mapping[str, str], *, base: int, by: User, at: datetime) -> Saved | Conflict:
    """Save the texts of one sheet that were last seen at revision `base`; leaves no event and counts no version up.

    What stands there already is saved, whoever sends it again: so a save whose answer was lost gets it the second
    time. Raises Refused for state, length and a mark of secrecy, PermissionDenied for rights.
    """
    sheet = SHEETS[name]
    require(by, sheet.needs, row)
    mine = sheet.clean(row, posted)
    kept = sheet.kept_in(row, by)
    if not by.is_private_open and by.private_until and "draft.keep" in known_of(kept).see:
        raise Refused(shut_sentence(by.private_until))
    if _stands(sheet, kept, mine):
        return Saved(sheet.rev(kept), kept.saved_at or at)
    sheet.hold(row, by, at)
    kept = sheet.fresh(kept)
    if _stands(sheet, kept, mine):
        return Saved(sheet.rev(kept), kept.saved_at or at)
    if sheet.is_unopened(kept):
        raise Refused("Đoạn đang cất giữ không mở được nên không ghi đè lên. Xin báo người quản trị máy chủ.")
    if not sheet.is_of(kept, base):
        standing = {field: text for field, text in sheet.read(kept).items() if field in mine}
        theirs = sheet.shown(kept, standing, posted)
        sheet.judge_clash(theirs, posted)
        other = getattr(kept, "saved_by", None)
        name_of_other = other.get_full_name() if other else ""
        return Conflict(sheet.rev(kept), theirs, sheet.shown(kept, mine, posted), name_of_other)
    sheet.put(kept, mine, by, at)
    return Saved(sheet.rev(kept), at, sheet.said(kept, by))


def _stands(sheet: Sheet, kept: Any, mine: Mapping[str, Any]) -> bool:
    standing = sheet.read(kept)
    return all(standing[field] == text for field, text in mine.items())
