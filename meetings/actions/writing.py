"""Saving what is typed: every long text of a meeting goes through here, and two people never overwrite each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from meetings.actions.core import member_name, refuse_if_apart
from meetings.lifecycle import ALIVE, PLANNING, TAKING_MINUTES, State
from meetings.models import AgendaItem, Meeting, Remark, ThematicPaper
from meetings.wording import thousands
from members.access import require
from members.changes import claim, hold
from members.refusal import AlreadyDone, Refused
from members.secrecy import refuse_marked

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from django.db import models

    from members.models import User
    from members.press import Press

LONGEST = 60_000  # characters in one field; a two-hour speech is about 15,000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts that can be typed into, who may, when."""

    model: type[models.Model]
    fields: tuple[str, ...]
    needs: str
    states: Collection[State]


SHEETS: dict[str, Sheet] = {
    "meeting": Sheet(Meeting, ("dues", "quality"), "meeting.run", TAKING_MINUTES),
    "item": Sheet(AgendaItem, ("notes", "conclusion"), "meeting.run", TAKING_MINUTES),
    "remark": Sheet(Remark, ("text", "awareness", "relation", "proposal"), "meeting.run", TAKING_MINUTES),
    "draft": Sheet(ThematicPaper, ("draft",), "paper.write", PLANNING | {State.OPEN}),
    "completed": Sheet(ThematicPaper, ("completed",), "paper.write", ALIVE - PLANNING),
}


@dataclass(frozen=True, slots=True)
class Saved:
    rev: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody else saved meanwhile. Both texts are on record; the person chooses."""

    rev: int
    theirs: dict[str, str]
    mine: dict[str, str]
    other: str  # who saved the text that stands


@transaction.atomic
def save_text(
    sheet_name: str,
    row: models.Model,
    texts: Mapping[str, str],
    *,
    base: int,
    by: User,
    at: datetime,
    key: Press | None = None,
) -> Saved | Conflict:
    """Save the fields of one sheet that was last seen at revision `base`.

    Returns Saved with the new revision, or Conflict when another text was saved since and differs. The same
    key again returns the answer it got the first time. Raises Refused for state, rights, length and a mark of secrecy.
    """
    sheet = SHEETS[sheet_name]
    meeting: Meeting = row if isinstance(row, Meeting) else row.meeting  # type: ignore[attr-defined]
    require(by, sheet.needs, meeting)
    texts = {
        name: text.replace("\r\n", "\n").replace("\x00", "") for name, text in texts.items() if name in sheet.fields
    }
    _judge(texts)
    if isinstance(row, AgendaItem):
        refuse_if_apart(row)
    what = f"write_{sheet_name}"
    try:
        hold(meeting, sheet.states, key=key)
    except AlreadyDone:
        first = meeting.events.get(key=key.key)  # type: ignore[union-attr]
        if (first.what, first.data.get("row"), first.data.get("texts")) != (what, row.pk, texts):
            raise
        return Saved(first.data["rev"], first.happened_at)
    try:
        row.refresh_from_db(fields=["rev", *sheet.fields])
    except ObjectDoesNotExist:
        sentence = "Chỗ ghi này vừa được bỏ khỏi biên bản nên chưa lưu. Xin chép lại những gì đã viết."
        raise Refused(sentence) from None
    standing = {name: getattr(row, name) for name in texts}
    if row.rev != base and standing != texts:  # type: ignore[attr-defined]
        claim(meeting, sheet.states, f"conflict_{sheet_name}", by=by, at=at, row=row.pk, texts=texts)
        return Conflict(row.rev, standing, dict(texts), _last_writer(meeting, sheet_name, row.pk))  # type: ignore[attr-defined]
    if standing != texts:
        for name, text in texts.items():
            setattr(row, name, text)
        row.rev += 1  # type: ignore[attr-defined]
        row.save(update_fields=["rev", *texts])
    told = {"row": row.pk, "texts": texts, "rev": row.rev}  # type: ignore[attr-defined]
    claim(meeting, sheet.states, what, by=by, at=at, key=key, **told)
    return Saved(row.rev, at)  # type: ignore[attr-defined]


def _judge(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if len(text) > LONGEST:
            raise Refused(
                f"Đoạn này dài {thousands(len(text))} ký tự, quá {thousands(LONGEST)}. Xin tách bớt.", field=name
            )
        refuse_marked(text, field=name)


def _last_writer(meeting: Meeting, sheet_name: str, pk: int) -> str:
    events = meeting.events.filter(what=f"write_{sheet_name}", data__row=pk).select_related("actor__member")
    last = events.order_by("-number").first()
    return member_name(last.actor) if last and last.actor else ""
