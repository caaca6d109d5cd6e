"""What is said about people at some kinds of meeting is kept by another app, which says here how to reach it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from documents.model import Document
    from meetings.business import Business
    from meetings.models import AgendaItem, Meeting
    from members.models import User


@dataclass(frozen=True, slots=True)
class Keeper:
    """One app's part in one kind of meeting; a keeper fills in KEEPERS when its app starts.

    `written_at`: the page on which the words under an agenda item are written. `whole`: the minutes with those
    words, as they stand or as they were sealed. `seal` keeps them when the minutes are sealed and may refuse.
    `moved` hears that the plan has another day, and may refuse.
    """

    written_at: Callable[[AgendaItem], Business | None]
    whole: Callable[[Meeting], Document]
    seal: Callable[[Meeting, Document, User, datetime], None]
    moved: Callable[[Meeting], None]


KEEPERS: dict[str, Keeper] = {}


def keeper_of(meeting: Meeting) -> Keeper | None:
    return KEEPERS.get(meeting.kind)
