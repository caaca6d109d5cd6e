"""Which texts of a meeting save themselves, who may write them, and in which states."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from meetings.actions.core import refuse_if_apart
from meetings.actions.inspecting import exchange_of
from meetings.extension import keeper_of
from meetings.lifecycle import ALIVE, OVER, PLANNING, TAKING_MINUTES, TOOK_PLACE, Inspecting, State
from meetings.models import (
    AgendaItem,
    Draft,
    InspectionComment,
    Matter,
    Meeting,
    News,
    Opinion,
    Outcome,
    Remark,
    Resolution,
    ThematicPaper,
)
from members.changes import hold, stay
from members.models import Organisation
from members.refusal import Refused
from members.saving.drafts import DraftSheet
from members.saving.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from members.models import User

_OF_MEETING = ("meeting__cell", "meeting__paper")


def while_in(states: Collection[State]) -> Callable[[Any, User, datetime], None]:
    """The meeting's state does not change while something of it is saved.

    What several people write at the same time, each their own piece, waits for nobody who is writing as well.
    """

    def held(row: Meeting | AgendaItem | Remark | Outcome | ThematicPaper, by: User, at: datetime) -> None:
        if isinstance(row, (AgendaItem, Remark, Outcome)):
            stay(row.meeting, states)
        else:
            hold(row if isinstance(row, Meeting) else row.meeting, states)
        if isinstance(row, AgendaItem):
            refuse_if_apart(row)

    return held


def _while_shared(paper: ThematicPaper, by: User, at: datetime) -> None:
    if paper.shared_at is None:
        raise Refused("Dự thảo chưa được gửi xin ý kiến.")
    while_in(PLANNING | {State.OPEN})(paper, by, at)


def _while_unsigned(row: Resolution, by: User, at: datetime) -> None:
    hold(row.meeting, TOOK_PLACE)
    row.refresh_from_db(fields=["sealed_at"])
    if row.sealed_at is not None:
        raise Refused("Văn bản này đã ký ban hành nên không sửa được nữa.")


def _while_returned(comment: InspectionComment, by: User, at: datetime) -> None:
    hold(exchange_of(comment.meeting), {Inspecting.RETURNED})


def _of_the_cell(cell: Organisation, by: User, at: datetime) -> None:
    hold(cell)


def _while_open(matter: Matter, by: User, at: datetime) -> None:
    hold(matter)
    if not matter.is_open:
        raise Refused("Đề xuất này đã được trả lời.")


SHEETS = (
    Sheet(
        name="meeting",
        model=Meeting,
        fields=("dues", "quality"),
        needs="meeting.run",
        hold=while_in(TAKING_MINUTES),
        related=("cell", "paper"),
    ),
    Sheet(
        name="item",
        model=AgendaItem,
        fields=("notes", "conclusion"),
        needs="meeting.run",
        hold=while_in(TAKING_MINUTES),
        related=_OF_MEETING,
    ),
    Sheet(
        name="remark",
        model=Remark,
        fields=("text", "awareness", "relation", "proposal"),
        needs="meeting.run",
        hold=while_in(TAKING_MINUTES),
        related=_OF_MEETING,
    ),
    Sheet(
        name="outcome",
        model=Outcome,
        fields=("text",),
        needs="meeting.run",
        hold=while_in(TAKING_MINUTES),
        related=_OF_MEETING,
    ),
    Sheet(
        name="resolution",
        model=Resolution,
        fields=("assessment", "directions", "arrangements"),
        needs="resolution.keep",
        hold=_while_unsigned,
        related=("cell", *_OF_MEETING),
    ),
    Sheet(
        name="news",
        model=News,
        fields=("headline", "text"),
        needs="news.write",
        hold=while_in(OVER),
        related=_OF_MEETING,
        longest=6000,
    ),
    Sheet(
        name="draft",
        model=ThematicPaper,
        fields=("draft",),
        needs="paper.write",
        hold=while_in(PLANNING | {State.OPEN}),
        related=_OF_MEETING,
    ),
    Sheet(
        name="completed",
        model=ThematicPaper,
        fields=("completed",),
        needs="paper.write",
        hold=while_in(ALIVE - PLANNING),
        related=_OF_MEETING,
    ),
    # forms that are sent by a button: what is typed is kept for its author until then
    DraftSheet(
        name="meeting-edit",
        model=Meeting,
        kept=Draft,
        fields=("purpose",),
        needs="plan.edit",
        hold=while_in(PLANNING),
        related=("cell", "paper"),
        longest=3000,
    ),
    DraftSheet(
        name="opinion-add",
        model=ThematicPaper,
        kept=Draft,
        fields=("text",),
        labels={"text": "ý kiến góp ý"},
        needs="opinion.give",
        hold=_while_shared,
        related=_OF_MEETING,
        longest=5000,
    ),
    DraftSheet(
        name="opinion-answer",
        model=Opinion,
        kept=Draft,
        fields=("reason", "became"),
        needs="paper.write",
        hold=while_in(ALIVE),
        related=_OF_MEETING,
        longest=2000,
    ),
    DraftSheet(
        name="matter-add",
        model=Organisation,
        kept=Draft,
        fields=("text",),
        labels={"text": "đề xuất"},
        needs="matter.send",
        hold=_of_the_cell,
        longest=2000,
    ),
    DraftSheet(
        name="matter-answer",
        model=Matter,
        kept=Draft,
        fields=("reason",),
        labels={"reason": "lý do"},
        needs="matter.answer",
        hold=_while_open,
        related=("cell", "meeting"),
        longest=2000,
    ),
    DraftSheet(
        name="comment-answer",
        model=InspectionComment,
        kept=Draft,
        fields=("answer",),
        needs="minutes.answer",
        hold=_while_returned,
        related=("inspection__meeting__cell", "inspection__meeting__paper"),
        longest=5000,
    ),
)


def others_wrote(meeting: Meeting, since: str, by: User) -> bool:
    """Has somebody else typed at this meeting's desk since that moment? Each desk asks every ten seconds, no phone."""
    try:
        moment = parse_datetime(since)
        if moment is None or timezone.is_naive(moment):
            return False
        moment = moment.astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last day of time are no moments of everywhere
        return False
    if meeting.saved_at is not None and meeting.saved_at > moment and meeting.saved_by_id != by.pk:
        return True
    rows = (kind.objects.filter(meeting=meeting, saved_at__gt=moment) for kind in (AgendaItem, Remark, Outcome))
    if any(found.exclude(saved_by=by).exists() for found in rows):
        return True
    keeper = keeper_of(meeting)
    return keeper is not None and keeper.wrote(meeting, moment, by)
