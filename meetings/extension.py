"""What an upper app adds to meetings: it registers one `Extension` when it starts, and a meeting knows none of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from meetings.models import Kind

if TYPE_CHECKING:
    from documents.model import Document
    from documents.sealed import Rendered
    from guideline.rulebook import Rulebook
    from meetings.models import AgendaItem, Meeting, ProgrammeLine, Signature
    from members.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Business:
    """One sentence that everybody of the cell and the printed notice may carry, and the page behind it."""

    sentence: str
    url: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a committee above would have taken up in a cell's year. `pk` names it to the app that brings it; `line`:
    where the cell has put it. `placed_at`: the address that puts it into a month; `answered_at`: the page to say why
    not.
    """

    pk: int
    text: str
    document: str
    by: str
    kind: Kind
    month: int | None
    line: int | None
    placed_at: str
    answered_at: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where what is said about people at one kind of meeting is kept, outside the meeting's own record.

    `written_at`: the page on which the words under an agenda item are written. `at_desk`: the address of the desk's
    own page for them, for who keeps them there; "" where there is none. `wrote`: whether somebody else has done or
    typed anything there since a moment. `whole`: the minutes with those
    words, as they stand now. `sealed`: the ones that were sealed, with their proof, which counts the confirmations in.
    `seal` gets the paper that was read and, with its confirmations, the
    one to keep when the minutes are sealed; it may refuse.
    `signed_outside`: the address of the page where the sealed whole minutes are taken out and brought back signed; ""
    where they are not sealed.
    `opened` hears who is about to read the whole paper, when, and whether as a print.
    `timed`: what was recorded there, each with its words and the time after which the meeting can end.
    `moved` hears that the plan has another day, and may refuse. `begun`: whether anything was recorded there.
    """

    written_at: Callable[[AgendaItem], Business | None]
    at_desk: Callable[[AgendaItem, User], str]
    wrote: Callable[[Meeting, datetime, User], bool]
    whole: Callable[[Meeting], Document]
    sealed: Callable[[Meeting, list[tuple[str, Signature]]], Rendered | None]
    seal: Callable[[Meeting, Document, Document, User, datetime], None]
    moved: Callable[[Meeting], None]
    begun: Callable[[Meeting], bool]
    timed: Callable[[Meeting], Iterable[tuple[str, datetime]]]
    opened: Callable[[Meeting, User, datetime, bool], None]
    signed_outside: Callable[[Meeting], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """One app's part in meetings; it gives what it has.

    `brings`: what it brings before a meeting. `reads`: what is to be read before it, item by item. `advises`: what
    those who plan it are told is missing. `chores`: what it wants done whenever the clock calls (`manage.py
    remind`). `declined`: who of these members, by their keys, no longer wants to write on the screen. `keeps`: kind of
    meeting → Keeper. `asks`: what it would have of a cell's year. `planned`: hears which of that now stands on the
    agenda of the meeting of a line.
    """

    brings: Callable[[Meeting, datetime], list[Business]] | None = None
    reads: Callable[[Meeting, Sequence[AgendaItem], datetime], list[Business]] | None = None
    advises: Callable[[Meeting, Sequence[AgendaItem], Rulebook, datetime], list[Business]] | None = None
    chores: tuple[Callable[[datetime], None], ...] = ()
    declined: Callable[[Iterable[int]], set[int]] | None = None
    keeps: Mapping[str, Keeper] = field(default_factory=dict)
    asks: Callable[[Organisation, int], list[Topic]] | None = None
    planned: Callable[[Collection[int], ProgrammeLine, User, datetime], None] | None = None


EXTENSIONS: dict[str, Extension] = {}  # name of the app → its part


def brought_before(meeting: Meeting, now: datetime) -> list[Business]:
    """What falls due by the meeting's day; once it was announced, as it stood then."""
    return [one for app in EXTENSIONS.values() if app.brings for one in app.brings(meeting, now)]


def asked_of(cell: Organisation, year: int) -> list[Topic]:
    return [one for app in EXTENSIONS.values() if app.asks for one in app.asks(cell, year)]


def note_planned(asked: Collection[Topic], line: ProgrammeLine, *, by: User, at: datetime) -> None:
    for app in EXTENSIONS.values():
        if app.planned:
            app.planned([one.pk for one in asked], line, by, at)


def to_read(meeting: Meeting, items: Sequence[AgendaItem], now: datetime) -> list[Business]:
    """Documents beside the agenda, in its order; once it was announced, as they stood then."""
    return [one for app in EXTENSIONS.values() if app.reads for one in app.reads(meeting, items, now)]


def advised(meeting: Meeting, items: Sequence[AgendaItem], rulebook: Rulebook, now: datetime) -> list[Business]:
    """What is missing before the meeting; refuses nothing."""
    return [one for app in EXTENSIONS.values() if app.advises for one in app.advises(meeting, items, rulebook, now)]


def do_chores(now: datetime) -> None:
    for app in EXTENSIONS.values():
        for chore in app.chores:
            chore(now)


def who_declined(members: Iterable[int | None]) -> set[int]:
    """Those who hand in on paper because they have taken back writing on the screen."""
    known = {member for member in members if member is not None}
    return {member for app in EXTENSIONS.values() if app.declined for member in app.declined(known)}


def keeper_of(meeting: Meeting) -> Keeper | None:
    return next((app.keeps[meeting.kind] for app in EXTENSIONS.values() if meeting.kind in app.keeps), None)
