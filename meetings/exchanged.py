"""What cell and superior committee have said to each other about one meeting's minutes, as pages and paper show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from meetings.in_book import ADDENDUM, ANSWER, COMMENT, VERDICT
from meetings.lifecycle import Inspecting
from meetings.models import Addendum, Inspection, InspectionComment
from members.asked import Asked

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import Model
    from django.utils.safestring import SafeString

    from meetings.models import Exchange, Meeting
    from members.forming import HouseForm
    from members.models import User
    from members.saving.models import UnsentDraft

WHOLE = "Toàn bộ biên bản"


@dataclass
class Said:
    """One comment with the heading of its part; `open`: it waits for an answer, which has its form and draft."""

    comment: InspectionComment
    heading: str
    open: bool = False
    form: HouseForm | None = None
    draft: UnsentDraft | None = None


@dataclass
class Look:
    """One verdict with its comments, in the order in which they were written."""

    given: Inspection
    comments: list[Said]


@dataclass
class Exchanged:
    """`looks`: what was sent, the latest last. `draft`: what this reader has written and not sent."""

    exchange: Exchange | None
    looks: list[Look] = field(default_factory=list)
    draft: list[Said] = field(default_factory=list)
    addenda: list[Addendum] = field(default_factory=list)

    def sealed(self) -> list[tuple[str, Model]]:
        """What of it stands in the book, each row with its kind."""
        said = [one.comment for look in self.looks for one in look.comments]
        return [
            *((ADDENDUM, one) for one in self.addenda),
            *((VERDICT, look.given) for look in self.looks),
            *((COMMENT, one) for one in said),
            *((ANSWER, one) for one in said if one.answered_at),
        ]

    @property
    def state(self) -> str:
        return self.exchange.state if self.exchange else Inspecting.WAITING

    @property
    def word(self) -> str:
        return str(Inspecting(self.state).label)

    @cached_property
    def given_at(self) -> datetime | None:
        return self.looks[-1].given.given_at if self.looks else None

    @property
    def answer_by(self) -> date | None:
        """The day by which the cell answers, as long as it has to."""
        return self.looks[-1].given.answer_by if self.looks and self.state == Inspecting.RETURNED else None

    @property
    def comments(self) -> list[Said]:
        return [said for look in self.looks for said in look.comments]

    @property
    def open(self) -> list[Said]:
        return [said for said in self.comments if said.open]

    @property
    def new_answers(self) -> list[Said]:
        """What the cell has answered since the superior committee last said something."""
        return [said for said in self.comments if self._is_new(said.comment.answered_at)]

    @property
    def new_addenda(self) -> list[Addendum]:
        return [one for one in self.addenda if self._is_new(one.written_at)]

    def _is_new(self, moment: datetime | None) -> bool:
        return moment is not None and self.given_at is not None and moment > self.given_at

    def beside(self, pieces: tuple[tuple[str, SafeString], ...]) -> list[tuple[SafeString, list[Said]]]:
        """The paper's pieces, each with what was said of it; what is about no part of it stands before the first."""
        known = {part for part, _ in pieces}
        by_part: dict[str, list[Said]] = {}
        for said in self.comments:
            by_part.setdefault(said.comment.part if said.comment.part in known else "", []).append(said)
        return [(html, by_part.get(part, [])) for part, html in pieces]


_LOOKS = Asked(lambda meeting: Inspection.objects.filter(meeting=meeting).with_superior())
_COMMENTS = Asked(lambda meeting: InspectionComment.objects.filter(inspection__meeting=meeting).with_answer())
_ADDENDA = Asked(lambda meeting: Addendum.objects.filter(meeting=meeting).with_writer())


def exchanged(meeting: Meeting, headings: dict[str, str], reader: User | None = None) -> Exchanged:
    """`headings`: of the paper's parts. Three queries."""
    exchange, addenda = getattr(meeting, "exchange", None), _ADDENDA(meeting.pk, meeting=meeting)
    if exchange is None:
        return Exchanged(None, addenda=addenda)
    rows = {row.pk: row for row in _LOOKS(meeting.pk, meeting=meeting)}
    comments: dict[int, list[InspectionComment]] = {pk: [] for pk in rows}
    for one in _COMMENTS(meeting.pk) if rows else ():
        one.inspection = rows[one.inspection_id]
        comments[one.inspection_id].append(one)
    given = sorted((row for row in rows.values() if row.verdict), key=lambda row: (row.given_at, row.pk))
    waits = exchange.state == Inspecting.RETURNED
    looks = [
        Look(row, [Said(one, headings.get(one.part, WHOLE), waits and one.is_open) for one in comments[row.pk]])
        for row in given
    ]
    mine = [row for row in rows.values() if not row.verdict and reader is not None and row.superior_id == reader.pk]
    draft = [Said(one, headings.get(one.part, WHOLE)) for row in mine for one in comments[row.pk]]
    return Exchanged(exchange, looks, draft, addenda)
