"""The paragraph of the draft under discussion: which can be chosen at the desk, and which one every screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meetings import outline

if TYPE_CHECKING:
    from meetings.models import AgendaItem, Meeting
    from meetings.outline import Block

DISCUSSED_IN = ("present_paper", "thematic_discussion")  # steps of the guideline
OFFERED_IN = (*DISCUSSED_IN, "assess_topic", "conclusion", "")  # and on every line that the cell has added itself


@dataclass(frozen=True, slots=True)
class Passage:
    """As it was chosen. `number`: its place in the draft as it stands now, from 0; None once it was rewritten."""

    text: str
    number: int | None


def passages(meeting: Meeting) -> list[tuple[int, Block]]:
    """What can be chosen, each with its place in the draft; nothing before members have it."""
    paper = meeting.thematic_paper
    if paper is None or paper.shared_at is None:
        return []
    return [(place, block) for place, block in enumerate(outline.blocks(paper.draft)) if block.kind != "heading"]


def passage_of(meeting: Meeting, item: AgendaItem | None) -> Passage | None:
    """The one that is shown while the item is on."""
    if item is None or not item.passage or item.progress != "running":
        return None
    places = (place for place, block in passages(meeting) if block.text == item.passage)
    return Passage(item.passage, next(places, None))
