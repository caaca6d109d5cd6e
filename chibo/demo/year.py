"""What the demonstration cell keeps beside its meetings: next year's programme, a resolution, an owner's own word."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from chibo.demo import content
from errands import actions as errands
from meetings.actions import following, programme, resolutions
from meetings.actions.programme import Typed
from meetings.models import Kind, Resolution, ResolutionKind

if TYPE_CHECKING:
    from chibo.demo.build import Stage
    from meetings.models import Meeting


def keep_year(stage: Stage, thematic: Meeting) -> None:
    """After both meetings were held: what they lead to."""
    _ask_from_above(stage)
    _plan_next_year(stage)
    task = thematic.tasks.get(owner=stage.cast["binh"])
    at = stage.at(stage.today, 8, 30)
    following.note_task(task, state="going", text=content.OWNERS_WORD, by=stage.account("binh"), at=at)


def _ask_from_above(stage: Stage) -> None:
    errands.give(
        stage.reviewer.tenures[0].organisation,
        year=stage.today.year + 1,
        month=2,
        kind=Kind.THEMATIC,
        text=content.ASKED_FROM_ABOVE,
        document="",
        cells=[],
        by=stage.reviewer,
        at=stage.at(stage.today - timedelta(days=2), 9),
    )


def _plan_next_year(stage: Stage) -> None:
    """Laid out on the fixed day, the thematic meetings with topic and preparer, the turns filled in."""
    lead, at = stage.account("thanh"), stage.at(stage.today - timedelta(days=1), 9)
    made = programme.lay_out(
        stage.cell,
        year=stage.today.year + 1,
        fixed_day=5,
        usual_time=time(14),
        usual_place=content.PLACE,
        thematic_day=20,
        by=lead,
        at=at,
    )
    lines = made.lines.filter(kind=Kind.THEMATIC)
    rows = {
        line.pk: {"topic": topic, "preparer": stage.cast[key], "presenter": stage.cast[key]}
        for line, (topic, key) in zip(lines, content.TOPICS_NEXT_YEAR, strict=True)
    }
    programme.save(made, Typed(base=made.version, rows=rows), rotate=True, by=lead, at=at)


def issue(stage: Stage, meeting: Meeting) -> None:
    """The resolution that it adopted, on the day after."""
    day = timezone.localdate(meeting.starts_at)
    lead = stage.account("thanh")
    issued = resolutions.issue(
        meeting,
        kind=ResolutionKind.RESOLUTION,
        subject=content.RESOLUTION,
        vote=None,
        issued_on=day + timedelta(days=1),
        by=lead,
        at=stage.at(day + timedelta(days=1), 8),
    )
    row = Resolution.objects.with_meeting().get(pk=issued.pk)
    seen = resolutions.paper_of(row, lead).fingerprint
    resolutions.sign(row, seen=seen, by=lead, at=stage.at(day + timedelta(days=1), 9))
    resolutions.take_step(
        issued, state="carried_out", text=content.CARRIED_OUT, by=lead, at=stage.at(day + timedelta(days=7), 8)
    )
