"""What the page of rulings shows: about each subject what holds, from whom, by which document, and what else is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rulings.in_force import nearest
from rulings.models import Ruling
from rulings.subjects import grouped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from members.models import Organisation
    from rulings.subjects import Subject, Usual


@dataclass(frozen=True, slots=True)
class Shown:
    """One ruling; `why` it does not hold today, for those that do not."""

    row: Ruling
    words: str
    lines: list[tuple[str, int]]
    own: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    subject: Subject
    usual: Usual
    now: list[Shown]
    other: list[Shown]

    def is_worked_on(self, opened: str, ending: int, day: date) -> bool:
        """Its form, or that of a last day, has been asked for; or a ruling is still to come."""
        return opened == self.subject.key or any(
            one.row.pk == ending or one.row.starts_on > day for one in (*self.now, *self.other)
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The subjects of one group; `own` of them have a ruling. It lies open while one of them is worked on."""

    title: str
    entries: list[Entry]
    own: int
    open: bool


def sections(organisation: Organisation, day: date, opened: str = "", ending: int = 0) -> list[Section]:
    """What `entries` says, for a page on which most of it is folded."""
    return [
        Section(
            title,
            found,
            sum(bool(one.now) for one in found),
            any(one.is_worked_on(opened, ending, day) for one in found),
        )
        for title, found in entries(organisation, day).items()
    ]


def entries(organisation: Organisation, day: date) -> dict[str, list[Entry]]:
    """By the heading of each group. One query, and what the subjects need to say what is usual."""
    rows: dict[str, list[Ruling]] = {}
    reaching = list(Ruling.objects.reaching(organisation).nearest_first())
    for row in reaching:
        rows.setdefault(row.subject, []).append(row)
    holding = nearest(row for row in reaching if row.holds_on(day))
    return {
        group: [_entry(one, organisation, day, rows.get(one.key, ()), holding.get(one.key, [])) for one in subjects]
        for group, subjects in grouped().items()
    }


def _entry(
    about: Subject, organisation: Organisation, day: date, rows: Iterable[Ruling], holding: list[Ruling]
) -> Entry:
    now = holding if about.several else holding[:1]
    held = {row.pk for row in now}
    shown = [
        Shown(
            row,
            about.words(row),
            about.lines(row),
            row.organisation_id == organisation.pk,
            "" if row.pk in held else _why(row, day),
        )
        for row in rows
    ]
    others = [one for one in shown if one.why]
    return Entry(about, about.usual(organisation, day), [one for one in shown if not one.why], others)


def _why(row: Ruling, day: date) -> str:
    if row.is_over(day):
        return "đã thôi áp dụng"
    return "sắp áp dụng" if row.starts_on > day else "đã có quy định khác thay ở đây"
